// Choosing entry by entry what a buyer can read. That an entry is there, and when, is always seen: said here before anything is ticked.

import { beginningOf } from "../pages/notes/words-of.tsx";
import { entryIcon, kindOf } from "../record/kinds.ts";
import type { History, RecordedEntry } from "../record/history.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/notice.tsx";
import { all, day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { choosable, heldIn, readable } from "./ticked.ts";

const BEGINNING = 120;

type Props = {
  readonly history: History;
  readonly ticked: ReadonlySet<number>;
  readonly onTick: (ticked: ReadonlySet<number>) => void;
};

function Warning({ entry, ticked }: { entry: RecordedEntry; ticked: boolean }) {
  const w = words.value.showOut.choose;
  const held = heldIn(entry).map((kind) => w.kinds[kind]);
  if (held.length === 0) return null;
  return <Mark tone="wait">{ticked ? w.held(all(held)) : w.detail(all(held))}</Mark>;
}

export function Choose({ history, ticked, onTick }: Props) {
  const w = words.value.showOut.choose;
  const { record } = words.value;
  const entries = choosable(history.entries);
  const shown = entries.filter(({ seq }) => ticked.has(seq)).length;
  const tick = (seq: number, is: boolean): void => {
    const next = new Set(ticked);
    if (is) next.add(seq);
    else next.delete(seq);
    onTick(next);
  };
  if (entries.length === 0) {
    return (
      <>
        <p class="soft">{w.nothing}</p>
        <p class="small soft">{w.later}</p>
      </>
    );
  }
  return (
    <fieldset class="choose">
      <legend>{w.title}</legend>
      <p class="small soft">{w.always}</p>
      <p class="small soft">{w.later}</p>
      <p class="small soft">{w.counted(readable(history, 0))}</p>
      <div class="line apart">
        <span class="small" role="status">
          {w.count(readable(history, shown), history.entries.length)}
        </span>
        <Button
          tone="quiet"
          onClick={() => onTick(new Set(shown === entries.length ? [] : entries.map(({ seq }) => seq)))}
        >
          {shown === entries.length ? w.none : w.all}
        </Button>
      </div>
      <ul class="list">
        {entries.toReversed().map((entry) => {
          const { seq, kind, occurredOn, body } = entry;
          const text = body?.title ?? body?.text;
          const photos = body?.photos.length ?? 0;
          return (
            <li key={seq} class={ticked.has(seq) ? "chosen" : undefined}>
              <Check
                label={
                  <span class="entry-name">
                    <Icon name={entryIcon[kind]} size={18} />
                    {kindOf(entry, record)}, {day(occurredOn)}
                  </span>
                }
                hint={
                  <>
                    <span dir="auto">{text ? beginningOf(text, BEGINNING) : w.noWords}</span>
                    {photos > 0 && <span> · {w.photos(photos)}</span>}
                    <Warning entry={entry} ticked={ticked.has(seq)} />
                  </>
                }
                checked={ticked.has(seq)}
                onChange={(is) => tick(seq, is)}
              />
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
