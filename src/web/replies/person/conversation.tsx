// The note, once its terms were accepted, what was said under it, and the answer of whoever accepted.

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import type { LinkMessage, LinkThread, OpenedLink } from "../../../domain/reply-link.ts";
import { kindIcon } from "../../pages/notes/kinds.ts";
import { WordsOf } from "../../pages/notes/words-of.tsx";
import { Photos, PhotoSource } from "../../photo/gallery.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Mark, Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { AnswerForm } from "./answer-form.tsx";
import { readPhoto, readThread } from "./calls.ts";
import { endAfter, type End } from "./ended.tsx";
import { recordFor } from "./key.ts";
import { MeaningForThem } from "./meaning.tsx";

type Props = { readonly bearer: string; readonly opened: OpenedLink; readonly onEnd: (end: End) => void };

/** So often it is asked whether the owner said something, while somebody looks. */
const ASKED_EACH_MS = 30_000;

export function Conversation({ bearer, opened, onEnd }: Props) {
  const [thread, setThread] = useState<LinkThread | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const w = words.value.replies.page;
  const look = useCallback(async () => {
    const answer = await readThread(bearer);
    if (answer.ok) {
      setProblem(null);
      return setThread(answer.value);
    }
    const end = await endAfter(bearer, answer.problem);
    if (end) onEnd(end);
    else setProblem(answer.problem);
  }, [bearer]);
  useEffect(() => {
    void look();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void look();
    }, ASKED_EACH_MS);
    return () => clearInterval(timer);
  }, [look]);
  const urls = useMemo(() => new Map<string, Promise<string | null>>(), [bearer]);
  const source = useCallback(
    (_twin: string, id: string): Promise<string | null> => {
      const url =
        urls.get(id) ?? readPhoto(bearer, id).then((answer) => (answer.ok ? URL.createObjectURL(answer.value) : null));
      urls.set(id, url);
      return url;
    },
    [bearer, urls],
  );
  if (!thread) {
    return (
      <Page title={w.title(opened.product.name)}>
        {problem ? <Failed problem={problem} again={() => void look()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <PhotoSource.Provider value={source}>
      <Content bearer={bearer} opened={opened} thread={thread} look={look} onEnd={onEnd}>
        {problem && <Failed problem={problem} again={() => void look()} />}
      </Content>
    </PhotoSource.Provider>
  );
}

type ContentProps = Props & {
  readonly thread: LinkThread;
  readonly look: () => Promise<void>;
  readonly children: ComponentChildren;
};

function Content({ bearer, opened, thread: read, look, onEnd, children }: ContentProps) {
  const w = words.value.replies.page;
  const { note, product, messages, thread, agreement } = read;
  const { accepted } = opened;
  const [sent, setSent] = useState(false);
  const [more, setMore] = useState(false);
  const details = [
    w.wants[note.wants],
    note.occurredAt === null ? null : w.happened(day(note.occurredAt)),
    note.serial === null ? null : w.serial(note.serial),
  ].filter((line) => line !== null);
  return (
    <Page
      title={note.title ?? w.kinds[note.kind]}
      start={
        <span class={`kind-knot ${note.kind}`}>
          <Icon name={kindIcon[note.kind]} size={26} />
        </span>
      }
      eyebrow={
        <span class="line">
          <bdi>{product.name}</bdi>
          <When at={note.createdAt} style="moment" />
        </span>
      }
    >
      {children}
      <article class="note-words">
        <WordsOf text={note.text ?? ""} />
        <Photos twin="" photos={note.photos} />
        {details.length > 0 && (
          <ul class="details">
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </article>
      {messages.length > 0 && (
        <ol class="talk" aria-label={w.conversation}>
          {messages.map((message) => (
            // On this page the company's side is one's own.
            <li key={message.id} class={`said ${message.from === "maker" ? "owner" : "maker"}`}>
              <Said message={message} />
            </li>
          ))}
        </ol>
      )}
      <Standing thread={thread} />
      {sent && (
        <Notice tone="good" title={w.sent} fresh>
          <p>{w.again}</p>
        </Notice>
      )}
      {sent && !more && (
        <div class="line">
          <Button icon="answer" onClick={() => setMore(true)}>
            {w.more}
          </Button>
        </div>
      )}
      {(!sent || more) && (
        <AnswerForm
          bearer={bearer}
          onSent={() => {
            setSent(true);
            setMore(false);
            void look();
          }}
          onEnd={onEnd}
        />
      )}
      <details class="agreed">
        <summary>{w.agreed}</summary>
        <div class="stack">
          {accepted && <p>{w.accepted(accepted.name, accepted.company, day(accepted.at))}</p>}
          {agreement.terms && <MeaningForThem code={agreement.terms} />}
          <p class="mono small">{w.check(agreement.checkCode)}</p>
          <SaveRecord bearer={bearer} code={agreement.checkCode} />
        </div>
      </details>
      {sent && accepted && (
        <section class="better">
          <h2>{w.better.title(accepted.company)}</h2>
          <p>{w.better.text}</p>
          <p>
            <LinkButton tone="quiet" href="/desk/join">
              {w.better.link}
            </LinkButton>
          </p>
        </section>
      )}
    </Page>
  );
}

function Said({ message }: { message: LinkMessage }) {
  const w = words.value.replies.page;
  const { from, author, text, type, outcome, createdAt, photos } = message;
  return (
    <article>
      <p class="who">
        <strong>{from === "owner" ? w.owner : <bdi>{author?.name ?? ""}</bdi>}</strong> <When at={createdAt} />
      </p>
      {type !== null && type !== "other" && <p class="as">{w.types[type]}</p>}
      <WordsOf text={text} />
      <Photos twin="" photos={photos} />
      {outcome !== null && <Mark tone="news">{w.outcomes[outcome]}</Mark>}
    </article>
  );
}

/** What the owner says to what was done. */
function Standing({ thread: { state, outcome, verdict } }: Pick<LinkThread, "thread">) {
  const w = words.value.replies.page;
  if (state === "closed") {
    return <Mark tone="good">{verdict === "addressed" ? w.closed.addressed : w.closed.itself}</Mark>;
  }
  if (verdict === "not-addressed") return <Mark tone="wait">{w.notAddressed}</Mark>;
  return state === "answered" && outcome !== null ? <Mark tone="news">{w.asked}</Mark> : null;
}

/** What was signed in this browser, as a file. */
function SaveRecord({ bearer, code }: { bearer: string; code: string }) {
  const w = words.value.replies.page;
  const [record, setRecord] = useState<string | null>(null);
  useEffect(() => void recordFor(bearer).then(setRecord, () => {}), [bearer]);
  return record === null ? null : (
    <div class="line">
      <Button
        icon="download"
        onClick={() => saveFile(w.recordFile(code), new Blob([record], { type: "application/json" }))}
      >
        {w.record}
      </Button>
    </div>
  );
}
