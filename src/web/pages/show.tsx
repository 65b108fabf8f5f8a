// Showing a thing's history to a buyer: the links, how often each was opened, and what a buyer asks of the seller now.

import "./notes/notes.css";
import "../showing/showing.css";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ShareView } from "../../domain/share.ts";
import type { Problem } from "../api/call.ts";
import { newestAnswer } from "../api/newest.ts";
import { AlertBanner } from "../handover/alert.tsx";
import { useHistory, waitingEntries } from "../record/use-history.ts";
import { isSomeonesWord } from "../record/history.ts";
import { AnswerBuyer } from "../showing/answer-buyer.tsx";
import { askedOf, settle } from "../showing/asked.ts";
import { linksOf } from "../showing/calls.ts";
import { LinkRow } from "../showing/link-row.tsx";
import { MakeLink } from "../showing/make-link.tsx";
import { online } from "../store/queue.ts";
import { faceOf, mayIn, refreshThing, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Section } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say } from "../ui/say.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { useArrivals } from "./notes/arrivals.ts";
import { OfThing } from "./of-thing.tsx";

function useLinks(twin: string) {
  const [links, setLinks] = useState<readonly ShareView[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const place = useRef(next);
  place.current = next;
  const newest = useMemo(newestAnswer, [twin]);
  const again = useCallback(() => {
    void newest(() => linksOf(twin, null)).then((answer) => {
      if (answer === null) return;
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      setLinks(answer.value.items);
      setNext(answer.value.next);
    });
  }, [twin, newest]);
  const more = async (cursor: string): Promise<void> => {
    const answer = await linksOf(twin, cursor);
    setProblem(answer.ok ? null : answer.problem);
    // The list may have begun anew meanwhile, with another end.
    if (!answer.ok || place.current !== cursor) return;
    const { items } = answer.value;
    setLinks((before) => [...(before ?? []), ...items]);
    setNext(answer.value.next);
  };
  useEffect(again, [again]);
  useArrivals(twin, again);
  // How often one was opened is told by nobody: whoever comes back to this page asks again.
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") again();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [again]);
  return { links, problem, again, more: next === null ? null : () => void more(next) };
}

function Content({ thing }: { thing: Thing }) {
  const w = words.value.showOut;
  const { history, problem: unread, again: readAgain } = useHistory(thing);
  const { links, problem, again, more } = useLinks(thing.id);
  const [making, setMaking] = useState(false);
  const asked = askedOf(thing.id);
  useEffect(() => {
    if (asked) say(w.answer.arrived);
  }, [asked?.at]);
  const { alert } = thing.view;
  useEffect(() => void refreshThing(thing.id), [thing.id]);
  const waits = waitingEntries(thing.id).length;
  const failed = problem ?? unread;
  const open = links?.filter(({ state }) => state === "open") ?? [];
  const over = links?.filter(({ state }) => state !== "open") ?? [];
  const row = (link: ShareView) =>
    history && (
      <li key={link.id}>
        <LinkRow thing={thing} link={link} history={history} onChange={again} />
      </li>
    );
  return (
    <>
      <p class="lead">{w.lead}</p>
      <AlertBanner thing={thing} />
      {alert && <p>{w.alert}</p>}
      {waits > 0 && <Notice tone="wait">{w.waits(waits)}</Notice>}
      {failed && failed.code !== "offline" && (
        <Failed
          problem={failed}
          again={() => {
            again();
            readAgain();
          }}
        />
      )}
      {!online.value && <Notice tone="wait">{w.waitsForNet}</Notice>}
      {(links === null || history === null) && failed === null && <Loading />}
      {links !== null && history !== null && open.length > 0 && (
        <Section title={w.links.title}>
          <ul class="list" aria-label={w.links.title}>
            {open.map(row)}
          </ul>
        </Section>
      )}
      {links !== null && links.length === 0 && history !== null && (
        <ShownToNobody anything={history.entries.some(isSomeonesWord)} />
      )}
      {history !== null && over.length > 0 && (
        <details class="told">
          <summary>{w.links.ends}</summary>
          <ul class="list" aria-label={w.links.ends}>
            {over.map(row)}
          </ul>
        </details>
      )}
      {more && <Button onClick={more}>{w.links.more}</Button>}
      {history !== null && !alert && online.value && (
        <div class="thumb-bar">
          <Button tone="primary" whole icon="eye" onClick={() => setMaking(true)}>
            {open.length === 0 ? w.make : w.another}
          </Button>
        </div>
      )}
      {making && history && (
        <MakeLink thing={thing} history={history} onMade={again} onClose={() => setMaking(false)} />
      )}
      {asked && !making && (
        <AnswerBuyer
          key={asked.at}
          thing={thing}
          link={asked.share}
          onClose={() => settle(asked)}
          onDone={() => settle(asked)}
        />
      )}
    </>
  );
}

/** Before there is a link: what one does. */
function ShownToNobody({ anything }: { anything: boolean }) {
  const w = words.value.showOut;
  return (
    <Empty title={w.links.none} picture={null}>
      {anything ? w.empty : w.choose.nothing}
    </Empty>
  );
}

export default function ShowPage() {
  return (
    <OfThing>
      {(thing) => (
        <Page
          title={words.value.showOut.title}
          back={`/t/${thing.id}/history`}
          eyebrow={<bdi>{thing.view.product.name}</bdi>}
          start={<Emblem id={faceOf(thing.id)} size={52} />}
        >
          {mayIn(thing, "owner") ? (
            <Content key={thing.id} thing={thing} />
          ) : (
            <Empty title={words.value.showOut.ownerOnly} />
          )}
        </Page>
      )}
    </OfThing>
  );
}
