// What a buyer would see, before anybody is shown anything: each entry with its header, and its words or the gap where they are not shown.

import { WordsOf } from "../pages/notes/words-of.tsx";
import { entryIcon, kindOf } from "../record/kinds.ts";
import { isSomeonesWord, type History, type RecordedEntry } from "../record/history.ts";
import { companyOf } from "../record/said-by.ts";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { When } from "../ui/when.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";

/** As a stranger is told it: what the owner calls somebody is part of the words. */
function writtenBy({ by, tenure, body }: RecordedEntry, isShown: boolean): string {
  const w = words.value.showOut.preview.by;
  switch (by.role) {
    case "maker":
      return w.maker(companyOf(by.maker));
    case "channel":
      return isShown && body?.author ? w.channel(body.author) : w.someone;
    default:
      return w.owner((tenure ?? 0) + 1);
  }
}

type Props = { readonly history: History; readonly ticked: ReadonlySet<number>; readonly onClose: () => void };

export function Preview({ history, ticked, onClose }: Props) {
  const w = words.value.showOut;
  const { record } = words.value;
  return (
    <Sheet title={w.preview.title} open onClose={onClose}>
      <p>{w.preview.first}</p>
      <ol class="preview">
        {history.entries.map((entry) => {
          const isShown = !isSomeonesWord(entry) || ticked.has(entry.seq);
          const { text, title, photos } = entry.body ?? { text: null, title: null, photos: [] };
          return (
            <li key={entry.seq}>
              <Icon name={entryIcon[entry.kind]} size={18} />
              <div>
                <p class="title">
                  {kindOf(entry, record)}, <When at={entry.occurredOn} style="day" />
                </p>
                <p class="small soft">
                  {writtenBy(entry, isShown)}, {record.recorded(day(entry.recordedOn))}
                </p>
                {entry.erased ? (
                  <p class="gap">{w.choose.erased}</p>
                ) : !isShown ? (
                  <p class="gap">{w.preview.hidden}</p>
                ) : (
                  <>
                    {title !== null && <WordsOf text={title} />}
                    {text !== null && <WordsOf text={text} />}
                    {photos.length > 0 && <p class="small soft">{w.choose.photos(photos.length)}</p>}
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <h3>{w.preview.sees}</h3>
      <ul class="points">
        {w.preview.facts(history.checkpoint.tenure + 1).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h3>{w.preview.never}</h3>
      <ul class="points">
        {w.preview.nevers.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Sheet>
  );
}
