// Which entries a link would open, as ticks. Pure.

import { personalDetails } from "../../domain/personal-details.ts";
import { shows, type Showing } from "../../domain/shown-by-share.ts";
import { isSomeonesWord, type History, type RecordedEntry } from "../record/history.ts";

/** The entries whose words can be shown or left out. */
export const choosable = (entries: readonly RecordedEntry[]): readonly RecordedEntry[] =>
  entries.filter((entry) => isSomeonesWord(entry) && entry.body !== null);

/** How many entries of the whole history a buyer can read: those of `open`, and those that the twin wrote, which always show. */
export const readable = ({ entries }: Pick<History, "entries">, open: number): number =>
  open + entries.filter((entry) => !isSomeonesWord(entry)).length;

/** What in an entry says how to reach somebody, each kind once. */
export const heldIn = ({ body }: RecordedEntry): readonly ("email" | "phone" | "address")[] => [
  ...new Set(
    personalDetails([body?.title, body?.text, body?.author].filter(Boolean).join("\n")).map(({ kind }) => kind),
  ),
];

/** What is ticked before anybody chose: all but what seems to tell a stranger how to reach somebody. */
export const tickedAtFirst = (entries: readonly RecordedEntry[]): ReadonlySet<number> =>
  new Set(entries.filter((entry) => heldIn(entry).length === 0).map(({ seq }) => seq));

/** Entries of the owner's side that came after a link was made, and that it doesn't open yet. */
export const cameSince = (entries: readonly RecordedEntry[], { withhold, upTo }: Showing): readonly RecordedEntry[] =>
  entries.filter((entry) => !withhold.includes(entry.seq) && !shows({ withhold, upTo }, entry));

/** What to tick where a link is changed: what it opens now, and of what came since what would be ticked in a new one. */
export const tickedIn = (entries: readonly RecordedEntry[], showing: Showing): ReadonlySet<number> => {
  const since = cameSince(entries, showing);
  return new Set([...entries.filter((entry) => shows(showing, entry)).map(({ seq }) => seq), ...tickedAtFirst(since)]);
};

/** What was ticked of a history that was looked at, as a link is told it. */
export const opening = ({ entries }: Pick<History, "entries">, ticked: ReadonlySet<number>): Showing => ({
  withhold: choosable(entries)
    .filter(({ seq }) => !ticked.has(seq))
    .map(({ seq }) => seq),
  upTo: entries.length,
});
