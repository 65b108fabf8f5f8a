// What somebody whom the owner let in recorded here, and what they state of it: how many entries there must be.

import { useEffect, useState } from "preact/hooks";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/notice.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { readOwnName } from "./calls.ts";
import { nameOf, placeOf } from "./entry.tsx";
import { byThoseLetIn, type History, type RecordedEntry, type Stated } from "./history.ts";
import { keptStatement, type OwnStatement } from "./kept.ts";
import { StateCount } from "./state-count.tsx";
import { Found } from "./stated.tsx";

const LISTED = 5;

/** What the owner calls this device's channel; null while that isn't known. */
function useOwnName({ id, channel }: Thing): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => void readOwnName(id).then(setName), [id, channel]);
  return name;
}

/** The statement that this device's channel made here, if it still stands; and how to note another one. */
export function useOwnStatement(
  { id, channel }: Thing,
  stated: readonly Stated[],
): readonly [Stated | null, (statement: OwnStatement) => void] {
  const [own, setOwn] = useState<OwnStatement | null>(null);
  useEffect(() => {
    void keptStatement(id)
      .then((kept) => kept && setOwn((now) => now ?? kept))
      .catch(() => {});
  }, [id]);
  const standing = own?.channel === channel ? stated.find(({ signature }) => signature === own.signature) : undefined;
  return [standing ?? null, setOwn];
}

function OwnEntries({ entries, name }: { entries: readonly RecordedEntry[]; name: string }) {
  const w = words.value.record.own;
  return (
    <>
      <p>{w.entries(entries.length, name)}</p>
      {entries.length > 0 && (
        <ul class="own-entries small">
          {entries
            .toReversed()
            .slice(0, LISTED)
            .map((entry) => (
              <li key={entry.seq}>
                <a href={`#${placeOf(entry.seq)}`}>{nameOf(entry).join(", ")}</a>
              </li>
            ))}
        </ul>
      )}
    </>
  );
}

function Statement({ stated, since }: { stated: Stated; since: number }) {
  const w = words.value.record.own;
  const { count, asOf, found } = stated;
  return (
    <div class="own-statement">
      <p>{w.stated(count, day(asOf))}</p>
      {since > 0 && found >= count ? <Mark tone="wait">{w.since(since)}</Mark> : <Found stated={stated} />}
      {found < count && <p class="small">{w.short}</p>}
    </div>
  );
}

type Props = {
  readonly thing: Thing;
  readonly history: History;
  readonly own: Stated | null;
  readonly onStated: (statement: OwnStatement) => void;
};

export function OwnWork({ thing, history, own, onStated }: Props) {
  const w = words.value.record.own;
  const name = useOwnName(thing);
  const [stating, setStating] = useState(false);
  const letIn = byThoseLetIn(history.entries, history.checkpoint.tenure);
  const mine = letIn.filter(({ body }) => name !== null && body?.author === name);
  if (letIn.length === 0 && own === null) return null;
  const alone = name === null || mine.length === letIn.length;
  const today = history.checkpoint.at.slice(0, "YYYY-MM-DD".length);
  return (
    <>
      <section class="card own-work" aria-labelledby="own-work">
        <h2 id="own-work">{w.title}</h2>
        {name !== null && <OwnEntries entries={mine} name={name} />}
        {own ? <Statement stated={own} since={letIn.length - own.count} /> : <p class="small soft">{w.why}</p>}
        <div class="line">
          <Button onClick={() => setStating(true)}>{own ? w.anew : alone ? w.state : w.stateAll}</Button>
        </div>
      </section>
      {stating && (
        <StateCount
          thing={thing}
          letIn={letIn}
          mine={alone ? letIn.length : mine.length}
          today={today}
          onStated={onStated}
          onClose={() => setStating(false)}
        />
      )}
    </>
  );
}
