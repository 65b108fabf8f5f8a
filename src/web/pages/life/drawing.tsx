// A life as a line, from its beginning down to today and, dotted, beyond. The list beneath says the same in words.

import { faceOf } from "../../store/things.ts";
import { Emblem } from "../../ui/emblem.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { monthAndYear } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { kindIcon } from "../notes/kinds.ts";
import { daysBetween, isFuture, type LifeEvent } from "./events.ts";

const WIDTH = 360;
const LINE_AT = 116;
const SWAY = 11;
const ANSWER_AT = 42;
const TEXT_AT = 38;
const TOP = 74;
const STEP = { least: 40, most: 104, perDoubling: 9 };
const LABEL_CHARACTERS = 29;

type Placed = { readonly event: LifeEvent; readonly x: number; readonly y: number; readonly month: string | null };

/** Nearer in time is nearer on paper, but nothing on top of another: each doubling of the time between adds a little. */
function placed(events: readonly LifeEvent[]): readonly Placed[] {
  let y = TOP;
  let month = "";
  return events.map((event, at) => {
    const before = events[at - 1];
    if (before) {
      const step = STEP.least + STEP.perDoubling * Math.log2(1 + daysBetween(before, event));
      y += Math.min(STEP.most, step);
    }
    const name = monthAndYear(event.at);
    const label = name === month ? null : name;
    month = name;
    return { event, x: LINE_AT + SWAY * Math.sin(y / 47), y, month: label };
  });
}

type Point = { readonly x: number; readonly y: number };
/** A line through the points that never has a corner. */
const through = (points: readonly Point[]): string =>
  points
    .map(({ x, y }, at) => {
      const before = points[at - 1];
      if (!before) return `M${x} ${y}`;
      const middle = (before.y + y) / 2;
      return `C${before.x} ${middle} ${x} ${middle} ${x} ${y}`;
    })
    .join("");

const icon = ({ what, kind }: LifeEvent): IconName | null =>
  kind !== null
    ? kindIcon[kind]
    : what === "terms"
      ? "terms"
      : what === "warranty" || what === "bought"
        ? "papers"
        : null;

function Knot({ place: { event, x, y }, mirror }: { place: Placed; mirror: (x: number) => number }) {
  const name = icon(event);
  if (event.what === "answer") {
    const [cx, branch] = [mirror(x + ANSWER_AT), mirror(x + ANSWER_AT * 0.6)];
    return (
      <g class={`knot ${event.what}`}>
        <path d={`M${mirror(x)} ${y - 16}C${mirror(x)} ${y} ${branch} ${y} ${cx} ${y}`} />
        <circle cx={cx} cy={y} r="11" />
        <g transform={`translate(${cx - 7} ${y - 7})`}>
          <Icon name="answer" size={14} />
        </g>
      </g>
    );
  }
  return (
    <g class={`knot ${event.what} ${event.tone}`}>
      {event.what === "terms" ? (
        <rect x={mirror(x) - 12} y={y - 12} width="24" height="24" rx="5" transform={`rotate(45 ${mirror(x)} ${y})`} />
      ) : (
        <circle cx={mirror(x)} cy={y} r={name === null ? 6 : 15} />
      )}
      {name !== null && (
        <g transform={`translate(${mirror(x) - 8} ${y - 8})`}>
          <Icon name={name} size={16} />
        </g>
      )}
    </g>
  );
}

function Label({ place: { event, x, y }, mirror }: { place: Placed; mirror: (x: number) => number }) {
  const at = mirror(x + TEXT_AT + (event.what === "answer" ? ANSWER_AT - 18 : 0));
  const letters = Array.from((event.detail ?? "").replaceAll(/\s+/gu, " "));
  const most = event.what === "answer" ? LABEL_CHARACTERS - 4 : LABEL_CHARACTERS;
  const detail = letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
  const text = (
    <>
      <text x={at} y={detail === "" ? y + 5 : y - 2} class="title">
        {event.title}
      </text>
      {detail !== "" && (
        <text x={at} y={y + 15} class="detail">
          {detail}
        </text>
      )}
    </>
  );
  // Tapped like a picture; the list beneath is the way by keyboard.
  return event.href === null ? (
    text
  ) : (
    <a href={event.href} tabindex={-1}>
      <rect x={0} y={y - 19} width={WIDTH} height="38" fill="transparent" />
      {text}
    </a>
  );
}

export function Drawing({ id, events }: { id: string; events: readonly LifeEvent[] }) {
  const w = words.value.thread.life;
  const past = events.filter((event) => !isFuture(event));
  const all = placed(events);
  const lived = all.slice(0, past.length);
  const ahead = all.slice(past.length);
  const last = lived.at(-1) ?? { x: LINE_AT, y: TOP };
  const today = { x: LINE_AT + SWAY * Math.sin((last.y + 44) / 47), y: last.y + 44 };
  // What lies ahead begins below today.
  const shift = 44;
  const future = ahead.map((place) => ({ ...place, y: place.y + shift }));
  const height = (future.at(-1) ?? today).y + 36;
  const rightToLeft = document.documentElement.dir === "rtl";
  const mirror = (x: number): number => (rightToLeft ? WIDTH - x : x);
  const flipped = (points: readonly Point[]): readonly Point[] => points.map(({ x, y }) => ({ x: mirror(x), y }));
  const start = { x: LINE_AT, y: 46 };
  return (
    <svg class="life-line" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      <path class="lived" d={through(flipped([start, ...lived, today]))} />
      {future.length > 0 && <path class="ahead" d={through(flipped([today, ...future]))} />}
      <clipPath id="life-emblem">
        <rect width="44" height="44" rx="13" />
      </clipPath>
      <g transform={`translate(${mirror(start.x) - 22} 2)`} clip-path="url(#life-emblem)">
        <Emblem id={faceOf(id)} size={44} />
      </g>
      {[...lived, ...future].map((place) => (
        <g key={place.event.key}>
          {place.month !== null && (
            <>
              <text class="month" x={mirror(0)} y={place.y + 5}>
                {place.month}
              </text>
              <path class="tick" d={`M${mirror(76)} ${place.y}H${mirror(place.x - 18)}`} />
            </>
          )}
          <Knot place={place} mirror={mirror} />
          <Label place={place} mirror={mirror} />
        </g>
      ))}
      <circle class="today" cx={mirror(today.x)} cy={today.y} r="7" />
      <text class="today-label" x={mirror(today.x + TEXT_AT)} y={today.y + 5}>
        {w.today}
      </text>
    </svg>
  );
}
