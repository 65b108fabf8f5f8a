// The inbox and the thread that is open in it: beside each other where there is room, else one at a time. The keyboard reaches all of it.

import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { toast } from "../../ui/say.tsx";
import { Empty } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { AssignSheet, IssueSheet, LabelsSheet } from "../handling-sheets.tsx";
import { handle, handleAll } from "../handling.ts";
import type { Ask } from "../inbox/bulk.tsx";
import { SEARCH_ID, useFilter } from "../inbox/filters.tsx";
import { ListPane, rowOf, showFresh } from "../inbox/list-pane.tsx";
import {
  cursor,
  fresh,
  itemNamed,
  itemOf,
  nameOf,
  select,
  selected,
  selectOnly,
  showMore,
  threads,
} from "../inbox/list.ts";
import { useKeys } from "../keys.ts";
import { me, mayAnswer } from "../session.ts";
import { intend, type Intent } from "../thread/intent.ts";
import { threadNamed } from "../thread/open.ts";
import { ThreadPane } from "../thread/pane.tsx";

export default function Inbox() {
  const w = deskWords.value;
  const { route } = useLocation();
  const { twin, note } = useRoute().params;
  const open = twin !== undefined && note !== undefined ? nameOf({ twin, note }) : null;
  const { search } = useFilter();
  const [asking, setAsking] = useState<{ what: Ask; names: readonly string[] } | null>(null);

  const openNamed = (name: string, replace = false): void => {
    cursor.name = name;
    route(`/desk/t/${name}${search}`, replace);
  };
  const step = (by: 1 | -1): void => {
    const names = threads.peek().items.map(nameOf);
    const at = names.indexOf(open ?? cursor.name ?? "");
    const next = names[at < 0 ? 0 : at + by];
    if (by === 1 && at >= names.length - 3) void showMore();
    if (next === undefined) return;
    if (open !== null) openNamed(next, true);
    else rowOf(next)?.focus();
  };
  /** What a key is about: what is selected, else the thread that is open, else the one the keyboard is at. */
  const targets = (): readonly string[] => {
    if (selected.peek().length > 0) return selected.peek().map(nameOf);
    const name = open ?? cursor.name;
    return name === null ? [] : [name];
  };
  const ask = (what: Ask): void => {
    const names = targets();
    if (names.length > 0 && mayAnswer.peek()) setAsking({ what, names });
  };
  const toMe = async (): Promise<void> => {
    const mine = me.peek()?.id;
    const names = targets();
    if (mine === undefined || names.length === 0 || !mayAnswer.peek()) return;
    if (selected.peek().length > 0) return void handleAll(selected.peek(), { assignee: mine });
    const [twin = "", note = ""] = names[0]!.split("/");
    if (await handle({ twin, note }, { assignee: mine })) toast(w.thread.handling.took);
  };
  const write = (intent: Intent): void => {
    const name = open ?? cursor.name;
    if (name === null || !mayAnswer.peek()) return;
    intend(name, intent);
    if (open === null) openNamed(name);
  };
  const up = (): void => {
    if (open !== null) route(`/desk${search}`);
  };

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    o: () => cursor.name !== null && openNamed(cursor.name),
    Enter: () => cursor.name !== null && open === null && openNamed(cursor.name),
    u: up,
    x: () => {
      const name = open ?? cursor.name;
      if (name !== null) select(name);
    },
    ".": () => fresh.peek().length > 0 && showFresh(),
    "/": () => {
      const field = document.getElementById(SEARCH_ID);
      if (field?.checkVisibility()) field.focus();
      else route(`/desk?find${search.replace("?", "&")}`);
    },
    Escape: () => {
      if (selected.peek().length > 0) selectOnly([]);
      else up();
    },
    r: () => write("answer"),
    e: () => write("close"),
    n: () => write("internal"),
    a: () => void toMe(),
    A: () => ask("assign"),
    l: () => ask("labels"),
    i: () => ask("issue"),
  });

  // Back in the list, the keyboard is where it was.
  const before = useRef(open);
  useEffect(() => {
    if (before.current !== null && open === null) rowOf(before.current)?.focus();
    before.current = open;
  }, [open]);

  const items = (asking?.names ?? []).map(itemNamed).filter((item) => item !== undefined);
  const only = asking?.names.length === 1 ? asking.names[0]! : null;
  const close = (): void => setAsking(null);
  const run = (change: Parameters<typeof handleAll>[1], one: Parameters<typeof handle>[1]): void => {
    if (only === null) return void handleAll(items, change);
    const [twin = "", note = ""] = only.split("/");
    void handle({ twin, note }, one).then((item) => item && toast(w.thread.handling.saved));
  };
  const whole = only === null ? null : threadNamed(only);
  const one = whole ? itemOf(whole) : only === null ? undefined : itemNamed(only);
  return (
    <main id="content" class={open === null ? "workbench" : "workbench has-thread"} tabIndex={-1}>
      <ListPane open={open} onAsk={ask} />
      {open === null ? (
        <div class="thread-pane none">
          <Empty title={w.inbox.pick}>{w.inbox.pickText}</Empty>
        </div>
      ) : (
        <ThreadPane key={open} twin={twin!} note={note!} back={`/desk${search}`} onAsk={ask} />
      )}
      <AssignSheet
        open={asking?.what === "assign"}
        onClose={close}
        current={only === null ? undefined : (one?.assignee?.id ?? null)}
        onPick={(assignee) => run({ assignee }, { assignee })}
      />
      <LabelsSheet
        open={asking?.what === "labels"}
        onClose={close}
        names={asking?.names ?? []}
        current={one?.labels ?? []}
        {...(only === null
          ? {
              onAdd: (addLabels: readonly string[]) => run({ addLabels }, {}),
              onRemove: (removeLabels: readonly string[]) => run({ removeLabels }, {}),
            }
          : { onSave: (labels: readonly string[]) => run({}, { labels }) })}
      />
      <IssueSheet
        open={asking?.what === "issue"}
        onClose={close}
        things={(one ? [one] : items).map(({ product }) => product.gtin)}
        current={only === null ? undefined : (one?.knownIssue ?? null)}
        onPick={(knownIssue) => run({ knownIssue }, { knownIssue })}
      />
    </main>
  );
}
