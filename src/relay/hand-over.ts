// What is still undelivered when its tenure is erased goes to the Maker object, without words, and goes on from where each line stood.

import type { HandedOver, LinePosition, Signal } from "../domain/exchange.ts";
import type { TwinId } from "../domain/ids.ts";
import type { Rendered } from "./courier.ts";
import { Lines, type Line } from "./line.ts";
import { eventsAfter, keep, type Outgoing } from "./outgoing.ts";

const ALL = -1;

/**
 * Everything a source still has to send. Call it last thing before erasing, when nothing can be queued any more.
 * @param wordless the body of an event without anything of its owner's, or null when nobody is to be told
 */
export function handOver(
  sql: SqlStorage,
  source: string,
  wordless: (event: Outgoing) => Rendered | null,
): Omit<HandedOver, "twin"> {
  const lines = new Lines(sql);
  const seen = [...sql.exec<{ seen: number }>("SELECT seen FROM relay_source WHERE source = ?", source)][0]?.seen ?? 0;
  const positions = lines.of(source).map((line) => positionOf(lines, line));
  const after = Math.min(seen, ...positions.map((position) => position.after));
  const aside = new Set(positions.flatMap((position) => position.aside.map(({ seq }) => seq)));
  const first = Math.min(after, ...[...aside].map((seq) => seq - 1));
  const signals = eventsAfter(sql, source, first, ALL)
    .filter(({ seq }) => seq > after || aside.has(seq))
    .flatMap((event): Signal[] => {
      const signal = wordless(event);
      return signal
        ? [{ seq: event.seq, event: event.id, type: signal.type, at: event.createdAt, data: signal.data }]
        : [];
    });
  return { signals, lines: positions };
}

function positionOf(lines: Lines, line: Line): LinePosition {
  const apart = [...lines.apart(line, "gap"), ...lines.apart(line, "aside")].filter(
    ({ deliveredAt }) => deliveredAt === null,
  );
  return {
    endpoint: line.endpoint,
    types: line.types,
    createdAt: line.createdAt,
    after: line.cursor,
    prev: line.prev,
    aside: apart.filter(({ gapFrom }) => gapFrom === 0).map(({ seq, prev }) => ({ seq, prev })),
    gaps: apart
      .filter(({ gapFrom }) => gapFrom > 0)
      .map(({ event, gapFrom, seq }) => ({ event, from: gapFrom, to: seq })),
  };
}

/** Takes such a remainder in, as a source of its own; without a signal there is none. The same twice changes nothing. */
export function takeIn(sql: SqlStorage, handed: HandedOver, now: number): void {
  if (handed.signals.length === 0) return;
  const lines = new Lines(sql);
  const source = handed.twin;
  const ids = new Map(handed.signals.map(({ seq, event }) => [seq, event]));
  for (const { seq, event, type, at, data } of handed.signals) {
    keep(sql, { source, seq, id: event, type, subject: data, urgent: false, createdAt: at });
  }
  for (const { endpoint, types, createdAt, after, prev, aside, gaps } of handed.lines) {
    const alone = aside.flatMap((one) =>
      ids.has(one.seq) ? [{ event: ids.get(one.seq)!, seq: one.seq, gapFrom: 0, prev: one.prev }] : [],
    );
    const announced = gaps.map(({ event, from, to }) => ({ event, seq: to, gapFrom: from, prev: null }));
    lines.restore({ source, endpoint, types, createdAt, cursor: after, prev, now, apart: [...alone, ...announced] });
  }
}

/** Forgets a twin whose signals have all gone out. */
export function forget(sql: SqlStorage, twin: TwinId): void {
  for (const table of ["outgoing", "relay_source", "line", "delivery", "attempt"]) {
    sql.exec(`DELETE FROM ${table} WHERE source = ?`, twin);
  }
}
