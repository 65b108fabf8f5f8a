// A thing's history: what was done to it, by whom, and how sure that is. It goes with the thing; nothing else of its owner's does.

import "./notes/notes.css";
import "../record/record.css";
import { useEffect, useState } from "preact/hooks";
import { PhotoSource } from "../photo/viewer.tsx";
import { AboutEntry } from "../record/about-entry.tsx";
import { historyPhoto } from "../record/calls.ts";
import { Entry } from "../record/entry.tsx";
import { EntrySheet, type Writing } from "../record/entry-form.tsx";
import { answersIn, isSomeonesWord, makersCounts, type History, type RecordedEntry } from "../record/history.ts";
import { companyOf } from "../record/said-by.ts";
import { useHistory, waitingEntries } from "../record/use-history.ts";
import { Waiting } from "../record/waiting.tsx";
import { online } from "../store/queue.ts";
import { faceOf, mayIn, type Thing } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { OfThing } from "./of-thing.tsx";

/** How many entries a maker says that it made, beside how many of them are here. */
function Counts({ history }: { history: History }) {
  const w = words.value.record.counts;
  const counts = makersCounts(history);
  if (counts.length === 0) return null;
  return (
    <ul class="counts">
      {counts.map(({ maker, count, asOf, missing }) => (
        <li key={maker}>
          <p>{w.stated(companyOf(maker), count, day(asOf))}</p>
          <Mark tone={missing > 0 ? "bad" : "good"}>{missing > 0 ? w.short(missing) : w.found}</Mark>
          {missing > 0 && <p class="small">{w.ask(companyOf(maker))}</p>}
        </li>
      ))}
    </ul>
  );
}

/** Brings an entry that the address names before the eyes once it is there. */
function useNamed(history: History | null): void {
  useEffect(() => {
    if (history === null) return;
    const go = (): void => {
      const entry = document.getElementById(location.hash.slice(1));
      entry?.scrollIntoView({ block: "center" });
      entry?.focus({ preventScroll: true });
    };
    go();
    addEventListener("hashchange", go);
    return () => removeEventListener("hashchange", go);
  }, [history === null]);
}

function Timeline({
  thing,
  history,
  onMore,
}: {
  thing: Thing;
  history: History;
  onMore: (entry: RecordedEntry) => void;
}) {
  const w = words.value.record;
  const answers = answersIn(history);
  const waits = waitingEntries(thing.id);
  const owner = mayIn(thing, "owner");
  return (
    <PhotoSource.Provider value={historyPhoto}>
      <ol class="history-line" aria-label={w.list}>
        {waits.toReversed().map((queued) => (
          <Waiting key={queued.seq} queued={queued} />
        ))}
        {history.entries.toReversed().map((entry) => (
          <Entry
            key={entry.seq}
            twin={thing.id}
            entry={entry}
            history={history}
            mine={owner}
            answers={answers.get(entry.seq) ?? []}
            {...(owner && isSomeonesWord(entry) && { onMore: () => onMore(entry) })}
          />
        ))}
      </ol>
    </PhotoSource.Provider>
  );
}

function Content({ thing }: { thing: Thing }) {
  const w = words.value.record;
  const { history, problem, again } = useHistory(thing);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [chosen, setChosen] = useState<RecordedEntry | null>(null);
  useNamed(history);
  const owner = mayIn(thing, "owner");
  const isOffline = problem?.code === "offline" || !online.value;
  const first = history?.entries[0];
  const isNew = history !== null && !history.entries.some(isSomeonesWord) && waitingEntries(thing.id).length === 0;
  return (
    <>
      <p class="travels">
        <Icon name="history" size={20} />
        <span>
          {w.travels} {owner && w.notesStay}
        </span>
      </p>
      {owner && (
        <div class="line">
          <LinkButton icon="eye" href={`/t/${thing.id}/show`}>
            {w.show}
          </LinkButton>
        </div>
      )}
      {isOffline && <Notice tone="wait">{history === null ? w.offlineNever : w.offline}</Notice>}
      {problem && problem.code !== "offline" && <Failed problem={problem} again={again} />}
      {history === null && problem === null && <Loading label={w.loading} />}
      {history !== null && first && (
        <section class="stack" aria-label={w.list}>
          <p class="small soft">{w.lead(history.entries.length, day(first.recordedOn))}</p>
          <Counts history={history} />
          {isNew && (
            <Empty title={w.begun} picture={null}>
              {w.begunText(thing.view.product.name)}
            </Empty>
          )}
          <Timeline thing={thing} history={history} onMore={setChosen} />
        </section>
      )}
      {mayIn(thing, "history:write") && (
        <div class="thumb-bar">
          <Button tone="primary" whole icon="add" onClick={() => setWriting({ as: "new" })}>
            {w.add}
          </Button>
        </div>
      )}
      {writing && <EntrySheet thing={thing} writing={writing} onClose={() => setWriting(null)} />}
      {chosen && history && (
        <AboutEntry
          thing={thing}
          history={history}
          entry={chosen}
          onWrite={(next) => {
            setChosen(null);
            setWriting(next);
          }}
          onErased={again}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

export default function HistoryPage() {
  return (
    <OfThing>
      {(thing) => {
        const w = words.value.record;
        return (
          <Page
            title={w.name}
            back={`/t/${thing.id}`}
            eyebrow={<bdi>{thing.view.product.name}</bdi>}
            start={<Emblem id={faceOf(thing.id)} size={52} />}
          >
            {mayIn(thing, "history:read") ? <Content key={thing.id} thing={thing} /> : <Empty title={w.notYours} />}
          </Page>
        );
      }}
    </OfThing>
  );
}
