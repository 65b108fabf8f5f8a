// Where an event stands on its way, in words for its owner. Reads only.

import { Lines, type Delivery, type Line } from "./line.ts";
import { eventAt } from "./outgoing.ts";

/** `reason` says why it is delayed or failed, null otherwise; `nextTryAt` in ms where one is planned. */
export type RelayState = {
  readonly state: "queued" | "delivering" | "delivered" | "delayed" | "failed";
  readonly reason: string | null;
  readonly nextTryAt: number | null;
};

const plain = (state: RelayState["state"]): RelayState => ({ state, reason: null, nextTryAt: null });
const PARKED_REASON = {
  "breaker-open": "the company's server is not answering; it is tried again and again until it does",
  disabled: "the company's endpoint is disabled",
  off: "the company switched its endpoint off",
} as const;

// What an owner should hear first when endpoints differ.
const ORDER: readonly RelayState["state"][] = ["failed", "delayed", "delivering", "queued", "delivered"];

/** Delivered means every enabled endpoint, or the maker's feed where it has none. An unknown seq is queued. */
export function relayStateOf(sql: SqlStorage, source: string, seq: number): RelayState {
  const event = eventAt(sql, source, seq);
  const seen = [...sql.exec<{ seen: number }>("SELECT seen FROM relay_source WHERE source = ?", source)][0]?.seen ?? 0;
  if (event === null || seq > seen) return plain("queued");
  const lines = new Lines(sql);
  const wanting = lines
    .of(source)
    .filter((line) => line.createdAt <= event.createdAt && (line.types === null || line.types.includes(event.type)));
  const enabled = wanting.filter(({ state, reason }) => state === "open" || reason === "breaker-open");
  const counted = enabled.length > 0 ? enabled : wanting.filter(({ reason }) => reason !== "off");
  const states = counted
    .map((line) => ({ line, delivery: lines.delivery(source, line.endpoint, seq) }))
    .filter(({ delivery }) => delivery?.state !== "void")
    .map(({ line, delivery }) => stateAt(line, delivery, seq));
  return ORDER.flatMap((wanted) => states.filter(({ state }) => state === wanted))[0] ?? plain("delivered");
}

function stateAt(line: Line, delivery: Delivery | null, seq: number): RelayState {
  if (delivery === null ? seq <= line.cursor : delivery.deliveredAt !== null) return plain("delivered");
  if (delivery?.state === "dead") {
    return {
      state: "failed",
      reason: `the company's server ${delivery.reason ?? "did not take it"}, and it is not tried again`,
      nextTryAt: null,
    };
  }
  if (delivery !== null && delivery.openAt !== null) return plain("delivering");
  if (line.reason !== null) return { state: "delayed", reason: PARKED_REASON[line.reason], nextTryAt: null };
  if (delivery === null || delivery.reason === null) return plain("queued");
  const nextTry = delivery.nextAt === null ? "" : `; next try at ${new Date(delivery.nextAt).toISOString()}`;
  return { state: "delayed", reason: `the company's server ${delivery.reason}${nextTry}`, nextTryAt: delivery.nextAt };
}
