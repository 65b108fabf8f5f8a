// How what was checked stands as time goes on. A history says nothing about now once its head is ten minutes old: it is asked for again,
// which counts no opening. That changes the verdict, and never what was shown.

import { useCallback, useEffect, useReducer, useRef } from "preact/hooks";
import { millisOf } from "../../domain/instant.ts";
import { contradicts, isStale } from "../../domain/record/checkpoint.ts";
import { isSound, type RecordFault } from "../../domain/record/faults.ts";
import { isShutOut, type Answer } from "../api/call.ts";
import { readStatus } from "./calls.ts";
import { laterRules } from "./later-rules.ts";
import type { Link } from "./link.ts";
import type { ShareStatus } from "./opened.ts";
import type { Aged, Shown } from "./shown.ts";

/** Looked at so often, by the clock on the wall: a timer stands still while a device sleeps. */
const TICK_MS = 5_000;
const ASKED_EVERY_MS = 60_000;
/** Whoever waits longer for an answer reads that there is none yet. */
const PATIENCE_MS = 2_000;

/** Whether more was recorded, or a warning of the maker's or an alert came or went, since it was shown. */
export function hasMoved({ checkpoint: now, notices }: ShareStatus, { opened }: Shown): boolean {
  const { checkpoint: then } = opened;
  const warned = new Set<string>(opened.notices.map(({ id }) => id));
  const sameWarnings = notices.length === warned.size && notices.every((id) => warned.has(id));
  return now.root !== then.root || now.size !== then.size || now.status !== then.status || !sameWarnings;
}

const older = (shown: Shown, aged: Aged): Shown => ({
  ...shown,
  aged,
  findings: { ...shown.findings, verdict: "not-current" },
});

const rewritten: RecordFault = {
  code: "wrong-root",
  seq: null,
  detail: "The twin vouched for other entries than it vouches for now.",
};

const unreliable = (shown: Shown, faults: readonly RecordFault[], status = shown.findings.status): Shown => ({
  ...shown,
  findings: { ...shown.findings, verdict: "do-not-rely", status, faults: [...shown.findings.faults, ...faults] },
});

/** What was shown, with what speaks against it by a head that was signed since; null where nothing does. `now` in milliseconds. */
export async function against({ checkpoint }: ShareStatus, shown: Shown, now: number): Promise<Shown | null> {
  const { opened, findings } = shown;
  if (findings.present === null) return null;
  const { verifyCheckpoint } = await laterRules();
  const found = await verifyCheckpoint(checkpoint, findings.present, now);
  const faults = isSound(found) && contradicts(opened.checkpoint, checkpoint) ? [...found, rewritten] : found;
  if (faults.length === 0) return null;
  return unreliable(shown, faults, faults.some(({ code }) => code === "alert") ? checkpoint.status : findings.status);
}

/** How it stands by what was answered about its head. `now` in milliseconds. */
export async function standing(shown: Shown, answer: Answer<ShareStatus>, now: number): Promise<Shown> {
  const { opened, findings } = shown;
  if (findings.present === null) return shown;
  if (!answer.ok) return older(shown, isShutOut(answer.problem) ? "gone" : "unanswered");
  const { checkpoint } = answer.value;
  const doubted = await against(answer.value, shown, now);
  if (doubted !== null) return doubted;
  if (hasMoved(answer.value, shown)) return older(shown, "moved");
  if (isStale(millisOf(checkpoint.at), now)) return older(shown, "unanswered");
  return { ...shown, opened: { ...opened, checkpoint }, at: now };
}

/** What speaks against it already is not for time to tell. */
const canAge = ({ findings: { verdict } }: Shown): boolean => verdict === "unaltered" || verdict === "withheld";
const isUnreliable = ({ findings: { verdict } }: Shown): boolean => verdict === "do-not-rely";
const isDue = ({ opened: { checkpoint } }: Shown): boolean => isStale(millisOf(checkpoint.at), Date.now());

type Stands = { readonly shown: Shown; readonly now: Shown };

/** What was opened anew, beside what was shown before: a record that was rewritten stays so, however sound it is by itself. */
function anew({ shown: before, now }: Stands, shown: Shown): Shown {
  const both = [before, shown];
  const isRewritten =
    now.findings.faults.includes(rewritten) ||
    (both.every(({ findings }) => isSound(findings.faults)) &&
      contradicts(before.opened.checkpoint, shown.opened.checkpoint));
  return isRewritten ? unreliable(shown, [rewritten]) : shown;
}

/** What was shown, as it stands now; and how to say what was found out elsewhere. What speaks against it stays at least until it is opened anew. */
export function useStanding(link: Link, shown: Shown): readonly [Shown, (next: Shown) => void] {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const last = useRef<Stands>({ shown, now: shown });
  if (last.current.shown !== shown) last.current = { shown, now: anew(last.current, shown) };
  const put = useCallback(
    (next: Shown): void => {
      if (last.current.shown !== shown || isUnreliable(last.current.now)) return;
      last.current = { shown, now: next };
      draw(null);
    },
    [shown],
  );
  useEffect(() => {
    if (!canAge(shown)) return;
    let asking = false;
    let askedAt = 0;
    const look = async (): Promise<void> => {
      const { now } = last.current;
      if (asking || document.hidden || now.aged === "gone" || isUnreliable(now) || !isDue(now)) return;
      asking = true;
      askedAt = Date.now();
      const impatient = setTimeout(() => put(older(shown, "unanswered")), PATIENCE_MS);
      const answer = await readStatus(link);
      const next = await standing(shown, answer, Date.now()).catch(() => older(shown, "unanswered"));
      clearTimeout(impatient);
      asking = false;
      put(next);
    };
    const atOnce = (): void => void look();
    const timer = setInterval(() => Date.now() >= askedAt + ASKED_EVERY_MS && atOnce(), TICK_MS);
    document.addEventListener("visibilitychange", atOnce);
    addEventListener("online", atOnce);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", atOnce);
      removeEventListener("online", atOnce);
    };
  }, [link, shown, put]);
  return [last.current.now, put];
}
