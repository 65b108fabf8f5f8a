// How one event fares on its way to one endpoint, as its company sees it at the desk: ids, states and times, and no word of an owner
// but what the company's own server repeated.

import type { AttemptReport } from "./exchange.ts";
import type { Domain, EndpointId, EventId, NoteId, TwinId } from "./ids.ts";

/**
 * queued: in its line. delivering: a request is under way. delayed: it failed, or its endpoint may not be called now. dead: given up.
 * aside: out of its line, trying alone, as a replay does. gap: the announcement that events did not come in their turn, under way.
 */
export const DELIVERY_STATES = ["queued", "delivering", "delivered", "delayed", "dead", "aside", "gap"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Of a delivery that was tried more often the newest attempts are kept at the desk: the whole schedule, and the probes of an outage. */
export const ATTEMPTS_TOLD = 50;
/** So many events a replay takes at most; who wants more asks in pieces. */
export const REPLAYED_AT_MOST = 1_000;

/**
 * One request. `reason` completes "your server …", null when delivered. `head`: the first 1 KiB of an answer by which the event was not
 * delivered, as long as the company may read what it may repeat; sealed on its way to the desk, and there. Times in ms.
 */
export type ToldAttempt = {
  readonly n: number;
  readonly at: number;
  readonly status: number | null;
  readonly ms: number | null;
  readonly outcome: AttemptReport["outcome"];
  readonly reason: string | null;
  readonly head: string | null;
};

/** A delivery as it stands, whole. `createdAt` is its event's, and never changes. Times in ms. */
export type ToldDelivery = {
  readonly event: EventId;
  readonly type: string;
  readonly note: NoteId | null;
  readonly seq: number;
  readonly endpoint: EndpointId;
  readonly state: DeliveryState;
  /** Completes "your server …"; null where nothing is amiss. */
  readonly reason: string | null;
  readonly nextAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Oldest first. */
  readonly attempts: readonly ToldAttempt[];
};

export type ListedDelivery = ToldDelivery & { readonly twin: TwinId };
/** With the name of the product that the note is about and with what was answered, where the note is in sight at the desk. */
export type NamedDelivery = ListedDelivery & { readonly product: string | null };

/** What a tenure tells its company's desk: all deliveries of each of these seqs. `version` counts up; one that is not higher changes nothing. */
export type DeliveryNews = {
  readonly maker: Domain;
  readonly twin: TwinId;
  readonly version: number;
  readonly seqs: readonly number[];
  readonly deliveries: readonly ToldDelivery[];
};

/** `from` inclusive, `to` exclusive, of the event's creation (ms). */
export type DeliveryFilter = {
  readonly state: DeliveryState | null;
  readonly endpoint: EndpointId | null;
  readonly twin: TwinId | null;
  readonly note: NoteId | null;
  readonly type: string | null;
  readonly from: number | null;
  readonly to: number | null;
};

/** A delivery's place in the list, which it keeps: newest event first, what came in the same millisecond by its seq, and then by name. */
export type DeliveryPlace = Pick<ToldDelivery, "createdAt" | "seq" | "event" | "endpoint">;

const byName = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

/** Below 0 when `a` comes first in the list. */
export const compareDeliveries = (a: DeliveryPlace, b: DeliveryPlace): number =>
  b.createdAt - a.createdAt || b.seq - a.seq || byName(a.event, b.event) || byName(a.endpoint, b.endpoint);

/** The first `limit` of several parts of the list, each in its order. A delivery that two parts have is told once. */
export function mergeDeliveries<D extends ListedDelivery>(parts: readonly (readonly D[])[], limit: number): D[] {
  const all = parts.flat().toSorted(compareDeliveries);
  return all.filter((one, n) => n === 0 || compareDeliveries(all[n - 1]!, one) !== 0).slice(0, limit);
}

/** What is asked to go out again: one delivery at one endpoint, of one twin. */
export type DeliveryKey = { readonly event: EventId; readonly twin: TwinId; readonly seq: number };

/** Which events of a twin, at one endpoint. */
export type ReplayOrder = { readonly endpoint: EndpointId } & (
  | { readonly seqs: readonly number[] }
  | { readonly note: NoteId }
);

/** What a replay is about: one event, a thread, or a range of times (ms, `to` exclusive). */
export type ReplayChoice =
  | { readonly event: EventId }
  | { readonly twin: TwinId; readonly note: NoteId }
  | { readonly from: number; readonly to: number };
