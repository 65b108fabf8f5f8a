// The words of a notice, as whoever it is for reads them: at a thing, at its product's board, and at the company before it is sent.
// Knows nothing of what a device keeps.

import "../pages/notes/notes.css";
import "./notices.css";
import type { ComponentChildren } from "preact";
import type { BoardNotice, ToldNotice } from "../api/views.ts";
import { addressesIn, WordsOf } from "../pages/notes/words-of.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/notice.tsx";
import { When } from "../ui/when.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";

/** Its colour: danger, what the service needs said, or what no longer holds. */
const toneOf = (notice: Pick<ToldNotice, "kind" | "withdrawn">): string =>
  notice.withdrawn !== null ? "withdrawn" : notice.kind === "service" ? "service" : "alarm";

const KindLine = ({ notice }: { notice: ToldNotice }) => {
  const w = words.value.notices;
  return (
    <p class="notice-kind">
      <Icon name={notice.kind === "service" ? "bell" : "alert"} size={20} />
      <span>
        <strong>{w.kinds[notice.kind]}</strong> <bdi>{w.from(notice.maker.name)}</bdi> <span aria-hidden="true">·</span>{" "}
        <When at={notice.at} style="day" />
      </span>
    </p>
  );
};

type Props = {
  readonly notice: ToldNotice & Partial<Pick<BoardNotice, "concerns">>;
  readonly level?: 2 | 3;
  /** Whether its owner is done with it. */
  readonly settled?: boolean;
  /** Below its words. */
  readonly children?: ComponentChildren;
};

/** What it says, to whomever. The address it names is a link of its own, with its host in sight. */
export function NoticeWords({ notice, level = 2, settled = false, children }: Props) {
  const w = words.value.notices;
  const { maker, title, text, url, withdrawn, concerns } = notice;
  const Title = level === 2 ? "h2" : "h3";
  const [address] = url === null ? [] : addressesIn(url);
  return (
    <article class={`told ${settled ? "settled" : toneOf(notice)}`}>
      <KindLine notice={notice} />
      <Title dir="auto">{title}</Title>
      {withdrawn !== null && (
        <div class="taken-back">
          <Mark tone="calm">{w.withdrawn.title}</Mark>
          <p>{w.withdrawn.text(maker.name, day(withdrawn.at))}</p>
          <WordsOf text={withdrawn.reason} />
        </div>
      )}
      <div class={withdrawn === null ? undefined : "no-longer"}>
        <WordsOf text={text} />
      </div>
      {concerns === "named-items" && withdrawn === null && <p>{w.named(maker.name)}</p>}
      {address && withdrawn === null && (
        <a class="outward" href={address.href} target="_blank" rel="noopener noreferrer nofollow">
          {w.linkTo(address.host)}
        </a>
      )}
      {children}
    </article>
  );
}
