// When a warranty ends, in words and a mark: long to go, soon, or over.

import { Mark, type Tone } from "../../ui/notice.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";

const DAY_MS = 24 * 3_600_000;
const WEEK_DAYS = 7;
const MONTH_DAYS = 30.44;
const IN_DAYS_UP_TO = 2 * WEEK_DAYS;
const SOON_DAYS = 60;

/** Days from the reader's today to a day of the calendar; negative when it is over. */
function daysTo(date: string, now: Date): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.parse(`${date}T00:00:00Z`) - today) / DAY_MS);
}

/** What to say of it, and how. `until` is its last day, `YYYY-MM-DD`. */
export function warrantyWords(until: string, now = new Date()): { readonly tone: Tone; readonly text: string } {
  const w = words.value.papers.warranty;
  const days = daysTo(until, now);
  if (days < 0) return { tone: "calm", text: w.over(day(until)) };
  if (days === 0) return { tone: "wait", text: w.today };
  if (days === 1) return { tone: "wait", text: w.tomorrow };
  if (days <= SOON_DAYS) {
    const within = days < IN_DAYS_UP_TO ? w.within.days(days) : w.within.weeks(Math.floor(days / WEEK_DAYS));
    return { tone: "wait", text: w.soon(within) };
  }
  return { tone: "good", text: w.running(day(until), w.left.months(Math.floor(days / MONTH_DAYS))) };
}

export function WarrantyMark({ until }: { until: string }) {
  const { tone, text } = warrantyWords(until);
  return <Mark tone={tone}>{text}</Mark>;
}
