// One entry of a thing's history: what was done, when, by whom and how sure that is; and what its owner can do about it.

import type { History, RecordedEntry } from "./history.ts";
import type { Photo } from "../api/views.ts";
import { WordsOf } from "../pages/notes/words-of.tsx";
import { Photos } from "../photo/viewer.tsx";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/notice.tsx";
import { When } from "../ui/when.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { entryIcon, kindOf } from "./kinds.ts";
import { saidBy } from "./said-by.ts";

/** Where an entry is found on its page. */
export const placeOf = (seq: number): string => `entry-${seq}`;

/** What is said at an entry of one that corrects or disputes it, and the other way round. */
export const nameOf = (entry: Pick<RecordedEntry, "kind" | "by" | "occurredOn">): readonly [string, string] => [
  kindOf(entry, words.value.record),
  day(entry.occurredOn),
];

const photosIn = ({ body }: RecordedEntry): readonly Photo[] =>
  (body?.photos ?? []).map(({ id, type, width, height }) => ({ id, type, width, height, bytes: 0 }));

type Props = {
  readonly twin: string;
  readonly entry: RecordedEntry;
  readonly history: History;
  /** Whether whoever reads it is the owner. */
  readonly mine: boolean;
  /** Entries that correct or dispute this one. */
  readonly answers: readonly RecordedEntry[];
  /** Absent where nothing can be done. */
  readonly onMore?: () => void;
};

export function Entry({ twin, entry, history, mine, answers, onMore }: Props) {
  const w = words.value.record;
  const { seq, kind, recordedOn, occurredOn, body, erased, corrects, opens } = entry;
  const { who, how } = saidBy(entry, history, mine);
  const about = corrects === null ? undefined : history.entries.find((other) => other.seq === corrects);
  return (
    <li class={`entry-of-history ${entry.by.role}`} id={placeOf(seq)} tabIndex={-1}>
      <span class="knot">
        <Icon name={entryIcon[kind]} size={20} />
      </span>
      <div class="head-line">
        <h2>{kindOf(entry, w)}</h2>
        {onMore && <IconButton icon="more" label={w.more(...nameOf(entry))} onClick={onMore} />}
      </div>
      <p class="days">
        <When at={occurredOn} style="day" />
        {recordedOn !== occurredOn && `, ${w.recorded(day(recordedOn))}`}
      </p>
      {about && (
        <p class="small">
          <a href={`#${placeOf(about.seq)}`}>{(kind === "disputed" ? w.disputes : w.corrects)(...nameOf(about))}</a>
        </p>
      )}
      {opens && kind === "commissioning" && <p class="small soft">{w.started[opens.claim]}</p>}
      {erased && <p class="soft erased">{w.erased}</p>}
      {body?.title && (
        <p class="title" dir="auto">
          {body.title}
        </p>
      )}
      {body?.text && <WordsOf text={body.text} />}
      <Photos twin={twin} photos={photosIn(entry)} />
      {body?.disposition && (
        <Mark tone={body.disposition === "active" ? "good" : "wait"}>{w.dispositions[body.disposition]}</Mark>
      )}
      {body?.warrantyUntil && <p class="small">{w.warranty(day(body.warrantyUntil))}</p>}
      {body?.note && <p class="small soft">{w.note}</p>}
      <p class="by">
        <bdi>{who}</bdi>
        {how && <Mark tone={how.tone}>{how.text}</Mark>}
      </p>
      {answers.map((answer) => (
        <a class="answered small" key={answer.seq} href={`#${placeOf(answer.seq)}`}>
          <Mark tone={answer.kind === "disputed" ? "bad" : "news"}>
            {(answer.kind === "disputed" ? w.disputed : w.corrected)(day(answer.recordedOn))}
          </Mark>
        </a>
      ))}
    </li>
  );
}
