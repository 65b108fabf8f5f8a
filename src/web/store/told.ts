// What companies tell of a thing unasked, with what its owner said to that laid over it. Pure.

import type { KeptNote, KeptNotice, ToldOf } from "./db.ts";
import type { Operation } from "./operation.ts";

/** `told` as it stands once the owner's word holds. */
export function withWord(told: ToldOf, op: Operation): ToldOf {
  switch (op.type) {
    case "settle":
      return {
        ...told,
        notices: told.notices.map((notice) => (notice.id === op.notice ? { ...notice, state: op.state } : notice)),
      };
    case "me-too":
      return {
        ...told,
        issues: told.issues.map((issue) => (issue.id === op.issue ? { ...issue, meToo: op.counted } : issue)),
      };
    default:
      return told;
  }
}

/** A note as it stands once the owner's word about its known issue holds; the same where that says nothing of it. */
export const withWordUnder = <N extends Pick<KeptNote, "knownIssue">>(note: N, op: Operation): N =>
  op.type === "me-too" && note.knownIssue?.id === op.issue && note.knownIssue.meToo !== op.counted
    ? { ...note, knownIssue: { ...note.knownIssue, meToo: op.counted } }
    : note;

const URGENT: ReadonlySet<KeptNotice["kind"]> = new Set(["safety", "recall"]);

/** Whether it is about somebody's safety, and still holds. */
export const isAlarm = ({ kind, withdrawn }: KeptNotice): boolean => URGENT.has(kind) && withdrawn === null;

/** Those that wait for their owner's word first, among them what is about safety; then the newest. */
export const noticesIn = ({ notices, said }: ToldOf): readonly KeptNotice[] =>
  notices
    .map((notice) => (notice.why === "board" ? { ...notice, state: said[notice.id] ?? notice.state } : notice))
    .toSorted((a, b) => {
      const [first, second] = [rank(a), rank(b)];
      return first - second || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);
    });

const rank = (notice: KeptNotice): number => (notice.state !== "open" ? 2 : isAlarm(notice) ? 0 : 1);
