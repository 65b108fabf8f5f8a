// A thing's history: what was done to it, by whom, and how sure that is. It goes with the thing; nothing else of its owner's does.

import "./notes/notes.css";
import "../record/record.css";
import { useEffect, useState } from "preact/hooks";
import { PhotoSource } from "../photo/viewer.tsx";
import { AboutEntry } from "../record/about-entry.tsx";
import { historyPhoto } from "../record/calls.ts";
import { Entry } from "../record/entry.tsx";
import { EntrySheet, type Writing } from "../record/entry-form.tsx";
import { answersIn, isSomeonesWord, statedIn, type History, type RecordedEntry } from "../record/history.ts";
import { OwnWork, useOwnStatement } from "../record/own-work.tsx";
import { StatedCounts } from "../record/stated.tsx";
import { useHistory, waitingEntries } from "../record/use-history.ts";
import { Waiting } from "../record/waiting.tsx";
import { online } from "../store/queue.ts";
import { faceOf, mayIn, type Thing } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { OfThing } from "./of-thing.tsx";

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

/** What is stated of how many entries there must be: one's own statement with one's own work, where somebody let in reads this. */
function Counts({ thing, history, again }: { thing: Thing; history: History; again: () => void }) {
  const owner = mayIn(thing, "owner");
  const stated = statedIn(history);
  const [own, noteOwn] = useOwnStatement(thing, stated);
  return (
    <>
      {!owner && mayIn(thing, "history:write") && thing.ended === null && (
        <OwnWork
          thing={thing}
          history={history}
          own={own}
          onStated={(statement) => {
            noteOwn(statement);
            again();
          }}
        />
      )}
      <StatedCounts stated={stated.filter((one) => one !== own)} tenure={history.checkpoint.tenure} mine={owner} />
    </>
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
          <Counts thing={thing} history={history} again={again} />
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
