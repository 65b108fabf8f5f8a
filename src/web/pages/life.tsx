// A thing's life at a glance: drawn as a line, and the same as a list.

import "./life.css";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { agreementsOf } from "../store/agreements.ts";
import { companyName } from "../store/makers.ts";
import { notesOf } from "../store/notes.ts";
import { mayIn, thingOf, type Thing } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Loading } from "../ui/states.tsx";
import { day, monthAndYear } from "../words/format.ts";
import { words } from "../words/words.ts";
import { Drawing } from "./life/drawing.tsx";
import { lifeOf, type Dates, type LifeEvent } from "./life/events.ts";
import { kindIcon } from "./notes/kinds.ts";
import { Missing } from "./notes/missing.tsx";
import { keptPapers } from "./papers/kept.ts";
import { readPapers } from "./papers/saving.ts";

const NO_DATES: Dates = { boughtOn: null, warrantyUntil: null };
/** A drawing of more than this is no glance. */
const DRAWN_AT_MOST = 200;

/** What the papers say of its time: as this device knew them last, then as they are. */
function useDates(thing: Thing): Dates {
  const [dates, setDates] = useState(NO_DATES);
  useEffect(() => {
    if (!mayIn(thing, "owner")) return;
    void keptPapers(thing.id).then(({ seen }) => setDates((now) => (now === NO_DATES && seen ? seen.papers : now)));
    if (thing.ended !== null) return;
    void readPapers(thing.id).then((answer) => {
      if (answer.ok) setDates(answer.value.papers);
    });
  }, [thing.id]);
  return dates;
}

const Told = ({ event: { at, title, detail, href, kind, what } }: { event: LifeEvent }) => (
  <li>
    <Icon
      name={
        kind !== null
          ? kindIcon[kind]
          : what === "answer"
            ? "answer"
            : what === "terms"
              ? "terms"
              : what === "began"
                ? "home"
                : "papers"
      }
      size={20}
    />
    <div>
      <time dateTime={at}>{day(at)}</time>
      {href === null ? <span>{title}</span> : <a href={href}>{title}</a>}
      {detail !== null && (
        <span class="soft" dir="auto">
          {detail}
        </span>
      )}
    </div>
  </li>
);

function Life({ thing }: { thing: Thing }) {
  const w = words.value.thread.life;
  const company = companyName(thing);
  const dates = useDates(thing);
  const notes = notesOf(thing.id);
  const all = lifeOf(
    { twin: thing.id, createdAt: thing.view.createdAt, company },
    notes,
    agreementsOf(thing.id),
    dates,
  );
  const events = all.slice(-DRAWN_AT_MOST);
  const answers = all.filter(({ what }) => what === "answer").length;
  if (thing.since === null && notes.length === 0 && thing.view.counts.notes > 0 && thing.ended === null)
    return <Loading />;
  return (
    <>
      <p class="soft">
        {w.lead(notes.length, answers)}, {w.since(monthAndYear(all[0]!.at))}
      </p>
      <figure class="drawing">
        <Drawing id={thing.id} events={events} />
        <figcaption class="unseen">
          {w.drawing(thing.view.product.name, day(events[0]!.at), day(events.at(-1)!.at))}
        </figcaption>
      </figure>
      {all.length > events.length && <p class="small soft">{w.fewer}</p>}
      {notes.length === 0 && mayIn(thing, "notes:write") && thing.ended === null && (
        <Empty
          title={w.empty}
          picture={null}
          action={
            <LinkButton tone="primary" icon="edit" href={`/t/${thing.id}/write`}>
              {words.value.thread.thing.write}
            </LinkButton>
          }
        />
      )}
      {mayIn(thing, "history:read") && (
        <p class="small soft">
          {words.value.record.ofLife} <a href={`/t/${thing.id}/history`}>{words.value.record.toHistory}</a>
        </p>
      )}
      <details class="told">
        <summary>{w.list}</summary>
        <ol>
          {events.map((event) => (
            <Told key={event.key} event={event} />
          ))}
        </ol>
      </details>
    </>
  );
}

export default function LifePage() {
  const { twin = "" } = useRoute().params;
  const thing = thingOf(twin);
  if (!thing) return <Missing />;
  return (
    <Page title={words.value.thread.life.title(thing.view.product.name)} back={`/t/${twin}`}>
      <Life key={twin} thing={thing} />
    </Page>
  );
}
