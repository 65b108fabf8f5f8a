// How what was checked stands as time goes on. A history says nothing about now once its head is ten minutes old: it is asked for again,
// which counts no opening. That changes the verdict, and never what was shown.

import { useEffect, useState } from "preact/hooks";
import { millisOf } from "../../domain/instant.ts";
import { isStale } from "../../domain/record/checkpoint.ts";
import { verifyCheckpoint } from "../../domain/record/verify.ts";
import type { Answer, Problem } from "../api/call.ts";
import { readStatus } from "./calls.ts";
import type { Link } from "./link.ts";
import type { ShareStatus } from "./opened.ts";
import type { Aged, Shown } from "./shown.ts";

/** Looked at so often, by the clock on the wall: a timer stands still while a device sleeps. */
const TICK_MS = 5_000;
const ASKED_EVERY_MS = 60_000;
/** Whoever waits longer for an answer reads that there is none yet. */
const PATIENCE_MS = 2_000;

/** Whether a link opens nothing any more. */
export const isOver = ({ status }: Problem): boolean => status === 410 || status === 401 || status === 404;

/** Whether more was recorded, or an alert raised or taken back, since it was shown. */
export const hasMoved = ({ checkpoint: now }: ShareStatus, { opened: { checkpoint: then } }: Shown): boolean =>
  now.root !== then.root || now.size !== then.size || now.status !== then.status;

const older = (shown: Shown, aged: Aged): Shown => ({
  ...shown,
  aged,
  findings: { ...shown.findings, verdict: "not-current" },
});

/** How it stands by what was answered about its head. `now` in milliseconds. */
export async function standing(shown: Shown, answer: Answer<ShareStatus>, now: number): Promise<Shown> {
  const { opened, findings } = shown;
  if (findings.present === null) return shown;
  if (!answer.ok) return older(shown, isOver(answer.problem) ? "gone" : "unanswered");
  const { checkpoint } = answer.value;
  const faults = await verifyCheckpoint(checkpoint, findings.present, now);
  if (faults.length > 0) {
    const status = faults.some(({ code }) => code === "alert") ? checkpoint.status : findings.status;
    return { ...shown, findings: { ...findings, verdict: "do-not-rely", status, faults } };
  }
  if (hasMoved(answer.value, shown)) return older(shown, "moved");
  if (isStale(millisOf(checkpoint.at), now)) return older(shown, "unanswered");
  return { ...shown, opened: { ...opened, checkpoint }, at: now };
}

/** What speaks against it already is not for time to tell. */
const canAge = ({ findings: { verdict } }: Shown): boolean => verdict === "unaltered" || verdict === "withheld";
const isDue = ({ opened: { checkpoint } }: Shown): boolean => isStale(millisOf(checkpoint.at), Date.now());

/** What was shown, as it stands now. */
export function useStanding(link: Link, shown: Shown): Shown {
  const [stands, setStands] = useState({ shown, now: shown });
  useEffect(() => {
    if (!canAge(shown)) return;
    let left = false;
    let now = shown;
    let asking = false;
    let askedAt = 0;
    const put = (next: Shown): void => {
      if (left) return;
      now = next;
      setStands({ shown, now });
    };
    const look = async (): Promise<void> => {
      if (asking || document.hidden || now.aged === "gone" || !isDue(now)) return;
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
      left = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", atOnce);
      removeEventListener("online", atOnce);
    };
  }, [link, shown]);
  return stands.shown === shown ? stands.now : shown;
}
