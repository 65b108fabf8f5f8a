// One thread in the inbox: who waits, for what, and since when. What its owner did not find addressed stands out.

import { Icon } from "../../ui/icon.tsx";
import { Mark, type Tone } from "../../ui/notice.tsx";
import { kindIcon } from "../../pages/notes/kinds.ts";
import { agoShort, moment } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import type { ThreadItem } from "../api/views.ts";
import { nameOf } from "./list.ts";

/** Where a thread stands, for the company. */
export function standsOf({ state, verdict, outcome }: Pick<ThreadItem, "state" | "verdict" | "outcome">): {
  tone: Tone;
  text: string;
} {
  const { states, verdicts, outcomes } = deskWords.value.common;
  if (verdict === "not-addressed" && state !== "closed") return { tone: "bad", text: verdicts["not-addressed"] };
  if (state === "closed") return { tone: "good", text: verdict === "addressed" ? verdicts.addressed : states.closed };
  if (state === "answered") return { tone: "news", text: outcome === null ? states.answered : outcomes[outcome] };
  return { tone: "wait", text: states.open };
}

const initialsOf = (label: string): string =>
  label
    .split(/\s+/u)
    .map((word) => Array.from(word)[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();

export const Face = ({ label }: { label: string }) => (
  <span class="face" role="img" aria-label={deskWords.value.inbox.assignedTo(label)} title={label}>
    {initialsOf(label)}
  </span>
);

export const titleOf = ({ note }: ThreadItem): string => note.title ?? note.excerpt;

type Props = {
  readonly item: ThreadItem;
  readonly href: string;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  readonly isGone: boolean;
  /** Shows since when it waits, and not when it last changed. */
  readonly byWaiting: boolean;
  readonly onSelect: (name: string, on: boolean) => void;
  readonly onFocus: (name: string) => void;
};

export function ThreadRow({ item, href, isOpen, isChosen, isGone, byWaiting, onSelect, onFocus }: Props) {
  const w = deskWords.value.inbox;
  const { kinds, wants } = deskWords.value.common;
  const { note, product } = item;
  const name = nameOf(item);
  const stands = standsOf(item);
  const at = byWaiting ? note.sentAt : item.updatedAt;
  const title = isGone ? w.gone : titleOf(item);
  const state = isGone ? "gone" : item.verdict === "not-addressed" && item.state !== "closed" ? "again" : item.state;
  return (
    <li class={`thread-row ${state}`} data-name={name}>
      <label class="pick">
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={w.select(title)}
          onFocus={() => onFocus(name)}
          onChange={(event) => onSelect(name, event.currentTarget.checked)}
        />
      </label>
      <a href={href} aria-current={isOpen ? "true" : undefined} onFocus={() => onFocus(name)}>
        <span class="first">
          <span class={note.title === null ? "title untitled" : "title"} dir="auto">
            {title}
          </span>
          <time dateTime={at} title={moment(at)}>
            {agoShort(at)}
          </time>
        </span>
        {note.title !== null && (
          <span class="excerpt" dir="auto">
            {note.excerpt}
          </span>
        )}
        <span class="facts-line">
          {!isGone && <Mark tone={stands.tone}>{stands.text}</Mark>}
          <span class={`kind ${note.kind}`}>
            <Icon name={kindIcon[note.kind]} size={15} />
            {kinds[note.kind]}
          </span>
          <bdi class="product">{product.name}</bdi>
          {note.wants !== "nothing" && <span class="wants">{wants[note.wants]}</span>}
          {item.knownIssue !== null && (
            <span class="linked">
              <Icon name="link" size={15} />
              <span class="unseen">{w.issue}</span>
            </span>
          )}
          {item.labels.map((label) => (
            <bdi class="label-chip" key={label}>
              {label}
            </bdi>
          ))}
        </span>
      </a>
      {item.assignee && <Face label={item.assignee.label} />}
    </li>
  );
}
