// What twin-side and maker-side objects say to each other: plain data over RPC, no behaviour.

import type { Fault } from "./failure.ts";
import type { AgreementId, Domain, EndpointId, EventId, NoteId, TwinId } from "./ids.ts";
import type { AgreementRecord, SignedEvent } from "./terms/record.ts";

export type { Fault };

/** A product as an event to a maker names it; the serial only when the owner put it in. */
export type ProductBrief = { readonly name: string; readonly model: string | null; readonly gtin: string | null };

/**
 * One agreement as both sides keep it. The owner's side is the referee: it numbers every change with `version`,
 * and the maker's copy takes only a higher one. `record` and `events` are identical on both sides.
 */
export type AgreementCopy = {
  readonly id: AgreementId;
  readonly twin: TwinId;
  readonly maker: Domain;
  readonly version: number;
  readonly product: ProductBrief;
  readonly createdAt: number;
  readonly decideBy: number | null;
  readonly heldAt: number | null;
  readonly record: AgreementRecord;
  readonly events: readonly SignedEvent[];
};

/**
 * What a courier asks of the Maker: leave for up to `want` requests at each endpoint but the `idle` ones, which have nothing to send now.
 * `fresh` are its events that the maker's feed does not have yet.
 */
export type Ask = {
  readonly want: number;
  readonly idle: readonly EndpointId[];
  readonly fresh: readonly { readonly seq: number; readonly event: EventId }[];
};

/** Where one endpoint may be called, with what, and how often: given by the Maker to a courier. Kept in memory for five minutes at most. */
export type Grant = {
  readonly endpoint: EndpointId;
  readonly url: string;
  /** Event types it asked for; null for all. */
  readonly types: readonly string[] | null;
  readonly createdAt: number;
  /** base64 of v1 secret and v1a seed, newest first; none where `budget` is 0. */
  readonly keys: readonly { readonly secret: string; readonly seed: string }[];
  /** The first request may start then (ms), the others 1/rate after each other; `budget` requests in all. 0: ask again at `startAt`. */
  readonly startAt: number;
  readonly budget: number;
  readonly intervalMs: number;
  /** A request while the breaker is open: its failure uses up no attempt. */
  readonly probe: boolean;
  readonly lastSuccessAt: number | null;
};

/**
 * An endpoint that may not be called now; the twin is parked there in the same step and will be woken.
 * disabled: by its own failures. off: its maker switched it off, and reads the feed meanwhile.
 */
export type Parked = {
  readonly endpoint: EndpointId;
  readonly types: readonly string[] | null;
  readonly createdAt: number;
  readonly reason: "breaker-open" | "disabled" | "off";
};

/** Every endpoint of the maker, in one list or the other. */
export type Admission = {
  readonly granted: readonly Grant[];
  readonly parked: readonly Parked[];
};

/** How one attempt at `url` ended, told to the Maker for the breaker. Times in ms. */
export type AttemptReport = {
  readonly endpoint: EndpointId;
  readonly url: string;
  readonly probe: boolean;
  readonly outcome: "delivered" | "poison" | "gone" | "retry";
  readonly startedAt: number;
  readonly at: number;
  /** How long the receiver asked to be left alone, null where it did not say. */
  readonly retryAfterMs: number | null;
};

/** A line in the maker's feed: which event of which twin; its body is rendered when it is read. */
export type FeedEntry = { readonly twin: TwinId; readonly seq: number; readonly event: EventId };

/** A wordless signal that outlives its tenure: rendered once, delivered by the Maker. */
export type Signal = {
  readonly seq: number;
  readonly event: EventId;
  readonly type: string;
  readonly at: number;
  readonly data: unknown;
};

/**
 * Where an endpoint's line stood: signals after `after` are still to go out, `prev` is the line's last seq. `aside` had been set aside and
 * `gaps` not been announced yet.
 */
export type LinePosition = {
  readonly endpoint: EndpointId;
  readonly types: readonly string[] | null;
  readonly createdAt: number;
  readonly after: number;
  readonly prev: number | null;
  readonly aside: readonly { readonly seq: number; readonly prev: number | null }[];
  readonly gaps: readonly { readonly event: EventId; readonly from: number; readonly to: number }[];
};

/** What an erased tenure leaves with the Maker. */
export type HandedOver = {
  readonly twin: TwinId;
  readonly signals: readonly Signal[];
  readonly lines: readonly LinePosition[];
};

/** A reply from the maker, by webhook or API, already validated. */
export type MakerReply = {
  readonly maker: Domain;
  readonly note: NoteId;
  readonly text: string;
  readonly type: MakerMessageType;
  readonly outcome: Outcome | null;
  readonly author: string | null;
  readonly externalId: string | null;
  readonly photos: readonly string[];
  /** Names this very reply, so that a repeat after a crash writes nothing twice. */
  readonly dedupe: string;
};

export const MAKER_MESSAGE_TYPES = ["advice", "reassurance", "question", "fix", "recall", "other"] as const;
export type MakerMessageType = (typeof MAKER_MESSAGE_TYPES)[number];
export const OUTCOMES = ["answered", "fixed", "changed", "declined", "forwarded"] as const;
export type Outcome = (typeof OUTCOMES)[number];
