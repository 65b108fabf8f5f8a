// One thing that was said under a note: by whom, as what, and, from this side, whether it arrived.

import { Photos } from "../../photo/viewer.tsx";
import type { LocalMessage } from "../../store/notes.ts";
import { isByLink } from "../../store/agreements.ts";
import { companyName } from "../../store/makers.ts";
import type { Thing } from "../../store/things.ts";
import { Mark } from "../../ui/notice.tsx";
import { When } from "../../ui/when.tsx";
import { words } from "../../words/words.ts";
import { messageStands } from "../notes/stands.ts";
import { WordsOf } from "../notes/words-of.tsx";

function Author({ message, thing }: { message: LocalMessage; thing: Thing }) {
  const w = words.value.thread.note;
  if (message.from === "owner") {
    return <span>{message.channel === null || message.channel === thing.channel ? w.you : w.side}</span>;
  }
  if (isByLink(message)) {
    return <bdi>{message.author?.name ?? companyName(thing)}</bdi>;
  }
  const company = companyName(thing);
  return message.author === null ? (
    <bdi>{company}</bdi>
  ) : (
    <span>
      <bdi>{message.author.name}</bdi>, <bdi>{company}</bdi>
    </span>
  );
}

export function Said({ message, thing }: { message: LocalMessage; thing: Thing }) {
  const w = words.value.thread.note;
  const stands = message.from === "owner" ? messageStands(message, thing) : null;
  const type = message.type === null ? null : w.types[message.type];
  return (
    <article>
      <p class="who">
        <strong>
          <Author message={message} thing={thing} />
        </strong>{" "}
        <When at={message.createdAt} />
      </p>
      {isByLink(message) && <Mark tone="wait">{words.value.replies.own.byLink}</Mark>}
      {type !== null && <p class="as">{type}</p>}
      <WordsOf text={message.text} links={message.from === "maker"} />
      <Photos twin={thing.id} photos={message.photos} />
      {message.outcome !== null && <Mark tone="news">{w.outcomes[message.outcome]}</Mark>}
      {stands && <Mark tone={stands.tone}>{stands.text}</Mark>}
    </article>
  );
}
