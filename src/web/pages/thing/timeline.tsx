// A thing's notes month by month, newest first, and the two questions by which a person finds one again.

import { useState } from "preact/hooks";
import { notesOf, type LocalNote } from "../../store/notes.ts";
import { mayIn, type Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { Empty, Loading } from "../../ui/states.tsx";
import { month } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { KINDS, type Kind } from "../notes/kinds.ts";
import { GROUPS, isOf, type Group } from "../notes/stands.ts";
import { Entry } from "./entry.tsx";

const SHOWN_AT_ONCE = 40;
/** Fewer than these are seen at a glance. */
const FILTERED_FROM = 6;

type Filter = { readonly kind: Kind | "all"; readonly group: Group | "all" };
const ALL: Filter = { kind: "all", group: "all" };

const fits = (note: LocalNote, { kind, group }: Filter): boolean =>
  (kind === "all" || note.kind === kind) && (group === "all" || isOf(note, group));

function Filters({
  notes,
  filter,
  onChange,
}: {
  notes: readonly LocalNote[];
  filter: Filter;
  onChange: (filter: Filter) => void;
}) {
  const w = words.value.thread.thing;
  const kinds = KINDS.filter((kind) => kind === filter.kind || notes.some((note) => note.kind === kind));
  const groups = GROUPS.filter((group) => group === filter.group || notes.some((note) => isOf(note, group)));
  return (
    <div class="filters" role="group" aria-label={w.filters}>
      <Select
        label={w.kindFilter}
        value={filter.kind}
        options={[
          { value: "all" as const, label: w.every },
          ...kinds.map((value) => ({ value, label: words.value.thread.kinds[value] })),
        ]}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <Select
        label={w.stateFilter}
        value={filter.group}
        options={[
          { value: "all" as const, label: w.every },
          ...groups.map((value) => ({ value, label: w.states[value] })),
        ]}
        onChange={(group) => onChange({ ...filter, group })}
      />
    </div>
  );
}

export function Timeline({ thing }: { thing: Thing }) {
  const w = words.value.thread.thing;
  const [filter, setFilter] = useState(ALL);
  const [most, setMost] = useState(SHOWN_AT_ONCE);
  const notes = notesOf(thing.id);
  const shown = notes.filter((note) => fits(note, filter));
  if (notes.length === 0) {
    // Until its feed was read once, nothing can be said about what there is.
    if (thing.since === null && thing.ended === null && thing.view.counts.notes > 0)
      return <Loading label={w.loading} />;
    if (!mayIn(thing, "notes:own") || thing.ended !== null) return null;
    // What is behind it has another page.
    const tookOver = thing.view.tenure > 0 && mayIn(thing, "history:read");
    return (
      <Empty title={thing.view.tenure > 0 ? w.emptyYours : w.empty}>
        {tookOver && `${w.emptyBefore} `}
        {w.emptyText(thing.view.product.name)}
      </Empty>
    );
  }
  const months = Map.groupBy(shown.slice(0, most), (note) => month(note.createdAt));
  return (
    <section class="timeline" aria-label={w.notes}>
      <div class="line apart">
        <h2>{w.notes}</h2>
        <span class="small soft">{w.shown(shown.length)}</span>
      </div>
      {notes.length >= FILTERED_FROM && <Filters notes={notes} filter={filter} onChange={setFilter} />}
      {shown.length === 0 && (
        <p class="line">
          {w.noneMatch}
          <Button tone="quiet" onClick={() => setFilter(ALL)}>
            {w.showAll}
          </Button>
        </p>
      )}
      {[...months].map(([name, those]) => (
        <section key={name} class="month">
          <h3>{name}</h3>
          <ol>
            {those.map((note) => (
              <Entry key={note.id} note={note} thing={thing} />
            ))}
          </ol>
        </section>
      ))}
      {shown.length > most && <Button onClick={() => setMost(most + SHOWN_AT_ONCE)}>{w.more}</Button>}
    </section>
  );
}
