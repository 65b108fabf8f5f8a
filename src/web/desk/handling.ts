// What a company does with threads, told to the API: taking them on, labelling them, linking them to a known issue.

import type { Answer } from "../api/call.ts";
import { toast } from "../ui/say.tsx";
import { deskWords } from "../words/desk/words.ts";
import { ask } from "./api/ask.ts";
import { troubleWords } from "./api/trouble.ts";
import type { ThreadItem } from "./api/views.ts";
import { nameOf, pathOf, put, takeIn } from "./inbox/list.ts";
import type { ThreadRef } from "./live.ts";
import { look, threadNamed } from "./thread/open.ts";

export type Change = {
  readonly assignee?: string | null;
  readonly labels?: readonly string[];
  readonly knownIssue?: string | null;
};
export type BulkChange = Omit<Change, "labels"> & {
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
};

/** As many as one call takes. */
export const MOST_AT_ONCE = 200;

/** Changes one thread; its row follows. Says what went wrong. */
export async function handle(thread: ThreadRef, change: Change): Promise<ThreadItem | null> {
  const answer = await ask<ThreadItem>(pathOf(thread), { method: "PATCH", body: change });
  if (!answer.ok) {
    toast(troubleWords(answer.problem));
    return null;
  }
  put(answer.value);
  if (threadNamed(nameOf(thread))) void look(thread);
  return answer.value;
}

type Handled = { readonly changed: number; readonly missing: readonly ThreadRef[] };

/** Changes several at once; their rows follow. */
export async function handleAll(items: readonly ThreadItem[], change: BulkChange): Promise<Answer<Handled>> {
  const threads = items.slice(0, MOST_AT_ONCE).map(({ twin, note }) => ({ twin, note: note.id }));
  const answer = await ask<Handled>("/threads/bulk", { method: "POST", body: { threads, ...change } });
  if (!answer.ok) {
    toast(troubleWords(answer.problem));
    return answer;
  }
  const { changed, missing } = answer.value;
  toast(deskWords.value.inbox.bulk.done(changed, missing.length));
  const gone = new Set(missing.map(nameOf));
  for (const item of items) if (!gone.has(nameOf(item))) put({ ...item, ...changedBy(item, change) });
  const shown = items.find((item) => threadNamed(nameOf(item)) !== null);
  if (shown) void look({ twin: shown.twin, note: shown.note.id });
  // What the rows can't know, such as a colleague's name, comes with the list.
  void takeIn(null, () => true);
  return answer;
}

function changedBy(
  item: ThreadItem,
  { addLabels = [], removeLabels = [], knownIssue }: BulkChange,
): Partial<ThreadItem> {
  const labels = [...new Set([...item.labels, ...addLabels])].filter((label) => !removeLabels.includes(label));
  return { labels, ...(knownIssue !== undefined && { knownIssue }) };
}
