// One note as a conversation: what was written, where it stands, what the company answered, and what its owner says to that.

import "./notes/notes.css";
import "./note.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { standing } from "../store/agreements.ts";
import { companyName, makerOf } from "../store/makers.ts";
import { markRead, noteOf, refreshNote, type LocalNote } from "../store/notes.ts";
import { InHistory } from "../record/put-note.tsx";
import { ReplyLinks } from "../replies/on-note.tsx";
import { discard, online, retry } from "../store/queue.ts";
import { tellRead, tellsWhenRead } from "../store/receipts.ts";
import { faceOf, mayIn, thingOf, type Thing } from "../store/things.ts";
import { IssueOfNote } from "../notices/issue.tsx";
import { Unverified } from "../notices/unverified.tsx";
import { Photos } from "../photo/viewer.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { failureWords } from "../ui/failure-words.ts";
import { Icon } from "../ui/icon.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say } from "../ui/say.tsx";
import { Empty, Loading } from "../ui/states.tsx";
import { When } from "../ui/when.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { Actions } from "./note/actions.tsx";
import { Reply } from "./note/reply.tsx";
import { Said } from "./note/said.tsx";
import { VerdictPanel } from "./note/verdict.tsx";
import { agreed } from "./notes/agreed.ts";
import { useArrivals } from "./notes/arrivals.ts";
import { authorOf } from "./notes/author.ts";
import { kindIcon } from "./notes/kinds.ts";
import { Missing } from "./notes/missing.tsx";
import { answersByLink, isLocal, stands } from "./notes/stands.ts";
import { WordsOf } from "./notes/words-of.tsx";

function Details({ note }: { note: LocalNote }) {
  const w = words.value.thread;
  const lines = [
    w.wants[note.wants],
    note.occurredAt === null ? null : w.note.happened(day(note.occurredAt)),
    note.serial === null ? null : w.note.serial(note.serial),
  ].filter((line) => line !== null);
  return lines.length === 0 && !note.onRecord ? null : (
    <ul class="details">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {note.onRecord && (
        <li>
          <InHistory note={note} />
        </li>
      )}
    </ul>
  );
}

/** Where it stands, why, and under which terms. */
function Standing({ note, thing }: { note: LocalNote; thing: Thing }) {
  const w = words.value.thread.note;
  const company = companyName(thing);
  const { tone, text } = stands(note, thing);
  const { state, reason } = note.relay;
  const terms = standing(thing.id);
  const { receipts } = words.value.notices;
  const told = state === "delayed" || state === "failed" ? reason : null;
  return (
    <section class="note-standing" aria-label={w.standing}>
      <Mark tone={tone}>{text}</Mark>
      {note.queued === "refused" && note.queueSeq !== undefined && (
        <div class="line">
          <Button onClick={() => void retry(note.queueSeq!)}>{w.again}</Button>
          <Button tone="quiet" onClick={() => void discard(note.queueSeq!)}>
            {w.drop}
          </Button>
        </div>
      )}
      {told !== null && (
        <details class="small">
          <summary>{words.value.thread.stands.exactly}</summary>
          <p lang="en" dir="ltr">
            {told}
          </p>
        </details>
      )}
      {note.sent && thing.view.maker !== null && mayIn(thing, "agreements:read") && (
        <details class="small">
          <summary>{terms?.state === "accepted" ? w.terms(company) : w.termsNone(company)}</summary>
          <p>
            <Mark tone={agreed(thing).tone}>{agreed(thing).text}</Mark>
          </p>
          {terms && <p>{words.value.terms.plain(terms.terms ?? terms.preferred, company)}</p>}
          {terms?.state === "accepted" && <p>{tellsWhenRead(thing) ? receipts.on(company) : receipts.off(company)}</p>}
          {thing.view.maker !== null && <Unverified maker={makerOf(thing.view.maker)} />}
          <p>
            <a href={`/t/${thing.id}/terms`}>{w.termsLink}</a>
          </p>
        </details>
      )}
    </section>
  );
}

function Revisions({ note }: { note: LocalNote }) {
  const w = words.value.thread.note;
  const earlier = (note.revisions ?? []).filter(({ revision }) => revision < note.revision);
  if (note.revision < 2 || note.retractedAt !== null || earlier.length === 0) return null;
  return (
    <details class="small revisions">
      <summary>
        {w.edited} · {w.revisions(earlier.length)}
      </summary>
      <ol>
        {earlier.map(({ revision, text, at }) => (
          <li key={revision}>
            <p class="soft">
              {w.revision(revision)}, <When at={at} style="moment" />
            </p>
            <WordsOf text={text} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Brings what came in below the fold within reach without moving anyone's page. */
function useNewAnswer(twin: string, note: LocalNote, company: string) {
  const last = useRef<HTMLLIElement>(null);
  const [below, setBelow] = useState(false);
  useArrivals(twin, (arrival) => {
    if (arrival.note === note.id && arrival.kind === "issue") say(words.value.notices.issues.arrived(company));
    if (arrival.kind !== "answer" || arrival.note !== note.id) return;
    say(words.value.thread.note.arrived(company));
    setBelow(true);
  });
  useEffect(() => {
    const item = last.current;
    if (!below || !item) return;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setBelow(false);
    });
    seen.observe(item);
    return () => seen.disconnect();
  }, [below, note.messages.length]);
  const jump = (): void => {
    last.current?.scrollIntoView({ block: "center", behavior: "smooth" });
    last.current?.focus({ preventScroll: true });
  };
  return { last, below, jump };
}

/** What is before somebody's eyes is read; what came while the page was hidden is not. */
function useRead(thing: Thing, note: LocalNote): void {
  useEffect(() => {
    if (isLocal(note)) return;
    const read = (): void => {
      if (document.visibilityState !== "visible") return;
      void markRead(thing.id, note.id);
      void tellRead(thing, note);
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [thing.id, note.id, note.unread, note.messages.length, tellsWhenRead(thing)]);
}

function Conversation({ note, thing }: { note: LocalNote; thing: Thing }) {
  const w = words.value.thread.note;
  const company = companyName(thing);
  const { last, below, jump } = useNewAnswer(thing.id, note, company);
  useRead(thing, note);
  useEffect(() => {
    // The feed brings the words that hold; what they were before is asked for by whoever looks.
    if (note.revision > 1 && !note.revisions && !isLocal(note)) void refreshNote(thing.id, note.id);
  }, [note.id, note.revision]);
  const mayTalk = mayIn(thing, "messages:write") && thing.ended === null && note.retractedAt === null;
  return (
    <>
      <article class="note-words">
        {note.text === null ? <p class="soft">{w.retractedText(company)}</p> : <WordsOf text={note.text} />}
        <Photos twin={thing.id} photos={note.photos} />
        <Details note={note} />
        <Revisions note={note} />
      </article>
      <Standing note={note} thing={thing} />
      {thing.ended === null && note.retractedAt === null && <Actions note={note} thing={thing} />}
      {note.messages.length > 0 && (
        <ol class="talk" aria-label={w.conversation}>
          {note.messages.map((message, at) => (
            <li
              key={message.id}
              ref={at === note.messages.length - 1 ? last : undefined}
              tabIndex={-1}
              class={`said ${message.from}`}
            >
              <Said message={message} thing={thing} />
              {message.queued === "refused" && message.queueSeq !== undefined && (
                <Notice tone="bad">
                  {message.problem && <p>{failureWords(message.problem)}</p>}
                  <span class="line">
                    <Button onClick={() => void retry(message.queueSeq!)}>{w.again}</Button>
                    <Button tone="quiet" onClick={() => void discard(message.queueSeq!)}>
                      {w.drop}
                    </Button>
                  </span>
                </Notice>
              )}
            </li>
          ))}
        </ol>
      )}
      {below && (
        <div class="jump">
          <Button tone="primary" icon="answer" onClick={jump}>
            {w.jump}
          </Button>
        </div>
      )}
      <IssueOfNote note={note} thing={thing} />
      {mayTalk && <VerdictPanel note={note} thing={thing} />}
      {mayTalk && (note.sent || answersByLink(note) !== null) && !isLocal(note) && (
        <Reply key={note.id} note={note} thing={thing} />
      )}
      <ReplyLinks note={note} thing={thing} />
    </>
  );
}

function Content({ note, thing }: { note: LocalNote; thing: Thing }) {
  const { thread } = words.value;
  const author = authorOf(thing, note);
  return (
    <Page
      title={note.title ?? thread.kinds[note.kind]}
      back={`/t/${thing.id}`}
      start={
        <span class={`kind-knot ${note.kind}`}>
          <Icon name={kindIcon[note.kind]} size={26} />
        </span>
      }
      eyebrow={
        <span class="line">
          <Emblem id={faceOf(thing.id)} size={24} />
          <bdi>{thing.view.product.name}</bdi>
          <When at={note.createdAt} style="moment" />
          {author !== null && <span>{thread.note.by(author)}</span>}
        </span>
      }
    >
      <Conversation note={note} thing={thing} />
    </Page>
  );
}

/** Not here: perhaps not yet, so it is asked for once. */
function Absent({ thing, id }: { thing: Thing; id: string }) {
  const w = words.value.thread.note;
  const [asked, setAsked] = useState(thing.ended !== null || !online.value);
  useEffect(() => {
    if (!asked) void refreshNote(thing.id, id).finally(() => setAsked(true));
  }, [thing.id, id]);
  if (!asked) {
    return (
      <Page title={w.standing} back={`/t/${thing.id}`}>
        <Loading label={w.loadingMore} />
      </Page>
    );
  }
  return (
    <Page title={w.missing.title} back={`/t/${thing.id}`}>
      <Empty
        title={w.missing.text}
        action={
          <LinkButton tone="primary" href={`/t/${thing.id}`}>
            {w.missing.back}
          </LinkButton>
        }
      />
    </Page>
  );
}

export default function NotePage() {
  const { twin = "", note: id = "" } = useRoute().params;
  const thing = thingOf(twin);
  if (!thing) return <Missing />;
  const note = noteOf(twin, id);
  return note ? <Content note={note} thing={thing} /> : <Absent key={id} thing={thing} id={id} />;
}
