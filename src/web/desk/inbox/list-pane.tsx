// The list of threads: its filters, its rows, what is new, and more of them towards the end.

import "./inbox.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/say.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useHeading } from "../frame.tsx";
import { isLive, useLive, type ThreadRef } from "../live.ts";
import { Bulk, type Ask } from "./bulk.tsx";
import { askedOf, isByWaiting, narrowed, unfiltered } from "./filter.ts";
import { More, Panel, Quicks, Search, Tabs, useFilter } from "./filters.tsx";
import { cursor, fresh, gone, nameOf, select, selection, show, showMore, takeIn, threads } from "./list.ts";
import { Measure } from "./measure.tsx";
import { ThreadRow } from "./row.tsx";

/** What changes at once is asked for at once. */
const GATHER_MS = 300;
const POLL_MS = 60_000;
/** Before the end is in sight. */
const AHEAD = "600px";

const ROWS = "desk-rows";
export const rowOf = (name: string): HTMLElement | null =>
  document.querySelector(`#${ROWS} [data-name="${CSS.escape(name)}"] > a`);

/** Whether somebody is at a row, by hand or by eye: then none may move. */
function isStill(): boolean {
  const rows = document.getElementById(ROWS);
  if (!rows) return false;
  const scroller = rows.closest(".list-pane");
  return (
    rows.contains(document.activeElement) ||
    rows.matches(":hover") ||
    selection.peek().size > 0 ||
    (scroller?.scrollTop ?? 0) > 0 ||
    scrollY > 0
  );
}

/** Takes in what the office says, a little later and all at once. */
function useNews(): void {
  const changed = useRef<ThreadRef[] | null>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const refs = changed.current;
      changed.current = [];
      void takeIn(refs, isStill);
    }, GATHER_MS);
  };
  useLive((word) => {
    if (word.type === "threads.changed") changed.current?.push(...word.threads);
    else if (word.type === "resumed") changed.current = null;
    else return;
    soon();
  });
  useEffect(() => {
    // Where the socket is away the list is asked for now and then.
    const poll = setInterval(() => {
      if (isLive.peek() || document.visibilityState !== "visible") return;
      changed.current = null;
      soon();
    }, POLL_MS);
    return () => {
      clearInterval(poll);
      clearTimeout(timer.current);
    };
  }, []);
}

/** Whatever is new in this view, shown: at the top, where the reader then is. */
export function showFresh(): void {
  const rows = document.getElementById(ROWS);
  rows?.closest(".list-pane")?.scrollTo(0, 0);
  scrollTo(0, 0);
  void show(threads.peek().asked ?? "").then(() => {
    rows?.querySelector("a")?.focus();
  });
}

function Fresh() {
  const w = deskWords.value.inbox;
  const n = fresh.value.length;
  const before = useRef(0);
  useEffect(() => {
    if (n > before.current) say(w.arrived(n));
    before.current = n;
  }, [n]);
  return (
    <div class="fresh">
      {n > 0 && (
        <Button tone="primary" onClick={showFresh}>
          {w.fresh(n, n >= 50)} · {w.freshGo}
        </Button>
      )}
    </div>
  );
}

function End() {
  const w = deskWords.value.inbox;
  const { next, busy, items } = threads.value;
  const at = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!at.current || next === null) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void showMore();
      },
      { rootMargin: AHEAD },
    );
    seen.observe(at.current);
    return () => seen.disconnect();
  }, [next]);
  return (
    <div class="list-end" ref={at}>
      {next === null ? (
        items.length > 10 && <p class="small soft">{w.all}</p>
      ) : (
        <Button busy={busy} onClick={() => void showMore()}>
          {w.more}
        </Button>
      )}
    </div>
  );
}

type Props = {
  /** The name of the thread that is open. */
  readonly open: string | null;
  readonly onAsk: (ask: Ask) => void;
};

export function ListPane({ open, onAsk }: Props) {
  const w = deskWords.value.inbox;
  const { query, route } = useLocation();
  const { filter, search } = useFilter();
  const asked = askedOf(filter);
  const byWaiting = isByWaiting(filter);
  const { items, busy, problem, asked: shown } = threads.value;
  const [panel, setPanel] = useState(narrowed(filter).some((name) => name !== "verdict" && name !== "assignee"));
  const heading = useHeading(open === null ? w.title : "", "inbox");
  useNews();
  useEffect(() => void show(asked), [asked]);
  useEffect(() => {
    if (!("find" in query)) return;
    route(`/desk${search}`, true);
    document.getElementById("desk-search")?.focus();
  }, [query["find"]]);
  const Heading = open === null ? "h1" : "h2";
  const isEmpty = shown === asked && items.length === 0 && !busy && problem === null;
  return (
    <section class="list-pane" aria-label={w.title}>
      <div class="list-head">
        <div class="list-title">
          <Heading ref={heading} tabIndex={-1}>
            {w.title}
          </Heading>
          <Measure />
        </div>
        <div class="search-line">
          <Search />
          <More open={panel} onOpen={setPanel} />
        </div>
        <div class="list-tools">
          <Tabs />
          <Quicks />
        </div>
        {panel && <Panel />}
      </div>
      <Fresh />
      {problem && items.length === 0 && <Failed problem={problem} again={() => void show(asked)} />}
      {items.length === 0 && busy && <Loading label={w.loading} />}
      {isEmpty &&
        (unfiltered(filter) ? (
          <Empty title={w.empty}>{w.emptyText}</Empty>
        ) : (
          <Empty
            title={w.noneMatch}
            picture={<Icon name="search" size={40} />}
            action={<LinkButton href="/desk">{w.showAll}</LinkButton>}
          />
        ))}
      {items.length > 0 && (
        <ol class="thread-rows" id={ROWS} aria-label={byWaiting ? w.listByWaiting : w.list} aria-busy={busy}>
          {items.map((item) => {
            const name = nameOf(item);
            return (
              <ThreadRow
                key={name}
                item={item}
                href={`/desk/t/${name}${search}`}
                isOpen={name === open}
                isChosen={selection.value.has(name)}
                isGone={gone.value.has(name)}
                byWaiting={byWaiting}
                onSelect={select}
                onFocus={(at) => {
                  cursor.name = at;
                }}
              />
            );
          })}
        </ol>
      )}
      {problem && items.length > 0 && <Failed problem={problem} again={() => void showMore()} />}
      {items.length > 0 && <End />}
      <Bulk onAsk={onAsk} />
    </section>
  );
}
