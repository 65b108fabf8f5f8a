// What its maker warns of: recalls and safety notices that stand.

import { LinkButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import type { ShownNotice } from "../../domain/share.ts";
import type { Shown } from "./shown.ts";

const Recall = ({ notice: { kind, maker, title, text, url, at, why } }: { notice: ShownNotice }) => {
  const w = showWords.value.recalls;
  return (
    <li class="recall">
      <p class="recall-kind">
        <Icon name="alert" size={20} />
        <span>
          <strong>{w.kind[kind]}</strong> <bdi>{w.from(maker.name)}</bdi>, <time dateTime={at}>{wholeDay(at)}</time>
        </span>
      </p>
      <h3 dir="auto">{title}</h3>
      <p class="said" dir="auto">
        {text}
      </p>
      <p class="small">{w.why[why]}</p>
      {url !== null && URL.canParse(url) && (
        <div class="line no-print">
          <LinkButton href={url} target="_blank" rel="noopener noreferrer nofollow" icon="next">
            {w.link(new URL(url).host)}
          </LinkButton>
        </div>
      )}
    </li>
  );
};

export function Recalls({ shown }: { shown: Shown }) {
  const w = showWords.value.recalls;
  const { notices } = shown.opened;
  if (notices.length === 0) return null;
  return (
    <section class="recalls" aria-labelledby="recalls">
      <h2 id="recalls">{w.title}</h2>
      <ul>
        {notices.map((notice) => (
          <Recall key={notice.id} notice={notice} />
        ))}
      </ul>
      <p>{w.ask}</p>
    </section>
  );
}
