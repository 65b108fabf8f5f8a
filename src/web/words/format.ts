// Numbers, days and moments as the reader's language writes them. All by Intl.

import { language } from "./language.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Whether Intl takes it: a browser on a bare system calls its language `en-US@posix`, and Intl throws at that. */
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

/** Of these languages, which is a new list whenever they change: the reader's own variety of each that was spoken. */
let own: { readonly of: readonly string[]; readonly tags: Map<string, string> } | null = null;

/** The reader's own variety of the language that is spoken: British days for a British reader, 24 hours where they are usual. */
function tag(): string {
  const { languages } = navigator;
  if (own?.of !== languages) own = { of: languages, tags: new Map() };
  const spoken = language.value;
  // Asking Intl takes as long as writing a day, and a long history writes a thousand.
  const found = own.tags.get(spoken) ?? languages.find((one) => one.split("-")[0] === spoken && isTag(one)) ?? spoken;
  own.tags.set(spoken, found);
  return found;
}

const made = new Map<string, unknown>();
/** Making a formatter takes far longer than using it, and a long history uses one a thousand times. */
function once<F>(what: string, make: (tag: string) => F): F {
  const spoken = tag();
  const key = `${what} ${spoken}`;
  const kept = (made.get(key) as F | undefined) ?? make(spoken);
  made.set(key, kept);
  return kept;
}

type Forms = { readonly one: string; readonly other: string };

/** The form of a word for `n` in the reader's language. */
export const plural = (n: number, forms: Forms): string =>
  once("plural", (spoken) => new Intl.PluralRules(spoken)).select(n) === "one" ? forms.one : forms.other;

export const number = (n: number): string => once("number", (spoken) => new Intl.NumberFormat(spoken)).format(n);

/** A share of 1, such as "84%". */
export const percent = (share: number): string => new Intl.NumberFormat(tag(), { style: "percent" }).format(share);

const dateOf = (at: string): Date => new Date(at.length === 10 ? `${at}T12:00:00` : at);

/** A day, such as "4 January 2026"; of this year without the year. `at` is a date or an instant (RFC 3339). */
export function day(at: string): string {
  const date = dateOf(at);
  const thisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(tag(), {
    day: "numeric",
    month: "long",
    ...(!thisYear && { year: "numeric" }),
  }).format(date);
}

/** The same always with its year: on a page that is printed or kept. */
export const wholeDay = (at: string): string =>
  once("day", (spoken) => new Intl.DateTimeFormat(spoken, { day: "numeric", month: "long", year: "numeric" })).format(
    dateOf(at),
  );

/** A month of a year, such as "January 2026". */
export const month = (at: string): string =>
  new Intl.DateTimeFormat(tag(), { month: "long", year: "numeric" }).format(dateOf(at));

/** The same in few letters, such as "Jan 2026". */
export const monthAndYear = (at: string): string =>
  new Intl.DateTimeFormat(tag(), { month: "short", year: "numeric" }).format(dateOf(at));

/** A day and its time. */
export const moment = (at: string): string =>
  new Intl.DateTimeFormat(tag(), { dateStyle: "long", timeStyle: "short" }).format(dateOf(at));

/** The time of a day. */
export const hour = (at: Date): string => new Intl.DateTimeFormat(tag(), { timeStyle: "short" }).format(at);

/** From when on, never too soon: "in 42 seconds", "in 15 hours". */
export function after(seconds: number): string {
  const [unit, size] =
    seconds <= 90
      ? (["second", 1] as const)
      : seconds <= 5_400
        ? (["minute", 60] as const)
        : (["hour", 3_600] as const);
  return new Intl.RelativeTimeFormat(tag(), { numeric: "always" }).format(Math.ceil(seconds / size), unit);
}

/** Of what is just over Intl says "now", and "Accepted now." is nothing that anybody says. */
const JUST_NOW = { en: "just now", de: "gerade eben" } as const;

/** How long ago, or how long from now: "just now", "3 minutes ago", "in 2 days"; a day by its date after a week. */
export function ago(at: string): string {
  const difference = dateOf(at).getTime() - Date.now();
  const size = Math.abs(difference);
  if (difference <= 0 && size < MINUTE_MS) return JUST_NOW[language.value];
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
  if (size < MINUTE_MS) return relative.format(0, "second");
  if (size < HOUR_MS) return relative.format(Math.round(difference / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(Math.round(difference / HOUR_MS), "hour");
  if (size < 7 * DAY_MS) return relative.format(Math.round(difference / DAY_MS), "day");
  return day(at);
}

/** Several as one phrase: "a, b and c". */
export const all = (items: readonly string[]): string =>
  new Intl.ListFormat(tag(), { type: "conjunction" }).format(items);

/** Rising numbers, those in a row as one: "2, 5–9 and 12". */
export function runs(numbers: readonly number[]): string {
  const rows: [number, number][] = [];
  for (const n of numbers) {
    const last = rows.at(-1);
    if (last?.[1] === n - 1) last[1] = n;
    else rows.push([n, n]);
  }
  return all(rows.map(([from, to]) => (from === to ? number(from) : `${number(from)}–${number(to)}`)));
}

const KILO = 1000;

/** A size in bytes: "420 kB", "3.4 MB". */
export function bytes(n: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const at = Math.min(units.length - 1, n < KILO ? 0 : Math.floor(Math.log(n) / Math.log(KILO)));
  return new Intl.NumberFormat(tag(), {
    style: "unit",
    unit: units[at]!,
    unitDisplay: "short",
    maximumFractionDigits: at < 2 ? 0 : 1,
  }).format(n / KILO ** at);
}

/** The same as `ago` in few letters, for a column: "3 min ago", "2 days ago", "4 Jan". */
export function agoShort(at: string): string {
  const difference = dateOf(at).getTime() - Date.now();
  const size = Math.abs(difference);
  // German's narrow minutes are an "m", which reads as metres.
  const relative = new Intl.RelativeTimeFormat(tag(), {
    numeric: "auto",
    style: language.value === "de" ? "short" : "narrow",
  });
  if (size < MINUTE_MS) return relative.format(0, "second");
  if (size < HOUR_MS) return relative.format(Math.round(difference / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(Math.round(difference / HOUR_MS), "hour");
  if (size < 7 * DAY_MS) return relative.format(Math.round(difference / DAY_MS), "day");
  const thisYear = dateOf(at).getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(tag(), {
    day: "numeric",
    month: "short",
    ...(!thisYear && { year: "numeric" }),
  }).format(dateOf(at));
}

const SECONDS = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;

/** How long something took, by its two greatest units: "2 days 4 hr", "35 min". */
export function duration(seconds: number): string {
  const units = Object.entries(SECONDS);
  const from = Math.max(
    0,
    units.findIndex(([, size]) => seconds >= size),
  );
  const [unit, size] = seconds < 1 ? (["second", 1] as const) : units[from]!;
  const parts = [[unit, Math.floor(seconds / size)] as const];
  const next = units[from + 1];
  const rest = next ? Math.floor((seconds % size) / next[1]) : 0;
  if (next && seconds >= 1 && rest > 0 && next[0] !== "second") parts.push([next[0], rest]);
  return parts
    .map(([unit, n]) => new Intl.NumberFormat(tag(), { style: "unit", unit, unitDisplay: "short" }).format(n))
    .join(" ");
}
