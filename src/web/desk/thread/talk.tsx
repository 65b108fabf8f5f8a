// What was said in a thread, in its order: the note, both sides' messages, and between them what the company told only itself.

import { Photos } from "../../photo/gallery.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Mark } from "../../ui/notice.tsx";
import { When } from "../../ui/when.tsx";
import { day } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import type { InternalNote, Message, ThreadDetail } from "../api/views.ts";
import { session } from "../session.ts";

type Part = { readonly at: string } & (
  | { readonly message: Message; readonly internal?: never }
  | { readonly internal: InternalNote; readonly message?: never }
);

const partsOf = ({ messages, internalNotes }: ThreadDetail): readonly Part[] =>
  [
    ...messages.map((message): Part => ({ at: message.createdAt, message })),
    ...internalNotes.map((internal): Part => ({ at: internal.at, internal })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));

const Words = ({ text }: { text: string }) => (
  <p class="said-words" dir="auto">
    {text}
  </p>
);

function Said({ message, twin }: { message: Message; twin: string }) {
  const w = deskWords.value.thread;
  const { outcomes, types } = deskWords.value.common;
  const isOurs = message.from === "maker";
  const name = message.author?.name;
  return (
    <li class={isOurs ? "said maker" : "said owner"}>
      <article>
        <p class="who">
          <strong>{isOurs ? <bdi>{name ?? w.anonymous}</bdi> : w.owner}</strong>
          {isOurs && name !== undefined && name === session.value?.label && <span> ({w.you})</span>}{" "}
          {message.type !== null && message.type !== "other" && <span class="as">{types[message.type]}</span>}{" "}
          <When at={message.createdAt} />
        </p>
        <Words text={message.text} />
        <Photos twin={twin} photos={message.photos} />
        {message.outcome !== null && <Mark tone="news">{w.proposes(outcomes[message.outcome])}</Mark>}
      </article>
    </li>
  );
}

function Internal({ internal }: { internal: InternalNote }) {
  const w = deskWords.value.thread.internal;
  return (
    <li class="said internal">
      <article>
        <p class="who">
          <span class="stays">
            <Icon name="lock" size={15} />
            {w.mark}
          </span>{" "}
          <strong>
            <bdi>{internal.author.label}</bdi>
          </strong>{" "}
          <When at={internal.at} />
        </p>
        <Words text={internal.text} />
        <p class="stays-line">{w.stays}</p>
      </article>
    </li>
  );
}

export function Talk({ thread }: { thread: ThreadDetail }) {
  const w = deskWords.value.thread;
  const { note, twin } = thread;
  return (
    <ol class="desk-talk" aria-label={w.conversation}>
      <li class="said owner note">
        <article>
          <p class="who">
            <strong>{w.owner}</strong> <When at={note.sentAt} />
            {note.revision > 1 && <span>{w.edited(note.revision)}</span>}
          </p>
          <Words text={note.text} />
          <Photos twin={twin} photos={note.photos} />
          {note.occurredAt !== null && <p class="small soft">{w.happened(day(note.occurredAt))}</p>}
        </article>
      </li>
      {partsOf(thread).map((part) =>
        part.message ? (
          <Said key={part.message.id} message={part.message} twin={twin} />
        ) : (
          <Internal key={part.internal.id} internal={part.internal} />
        ),
      )}
      {thread.verdict !== null && (
        <li class="verdict-line">
          <Mark tone={thread.verdict === "addressed" ? "good" : "bad"}>{w.verdict[thread.verdict]}</Mark>
        </li>
      )}
    </ol>
  );
}
