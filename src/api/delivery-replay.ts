// Has events sent to an endpoint again: found at the desk, sent by the twin each is of, or, where that was erased, by the maker's object.
// Says how many go, and how many are gone with their owner's side.

import { REPLAYED_AT_MOST, type DeliveryKey, type ReplayChoice } from "../domain/delivery.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain, EndpointId, EventId, TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { log } from "../platform/log.ts";
import { desksOf, tenureOf } from "../platform/stubs.ts";
import { Slots } from "../relay/slots.ts";
import type { Standing } from "../maker/maker.ts";
import type { MakerStub } from "./listed-maker.ts";

const TWINS_AT_ONCE = 20;

type Found = { readonly queued: number; readonly gone: number };
export type Replayed = Found & { readonly endpoint: Standing };
type Asked = {
  readonly env: Env;
  readonly maker: MakerStub;
  readonly domain: Domain;
  readonly tokenHash: string;
  readonly endpoint: EndpointId;
};

export async function replay(asked: Asked, choice: ReplayChoice): Promise<Result<Replayed, Failure>> {
  const { maker, tokenHash, endpoint } = asked;
  const signals = await maker.replayableSignals(tokenHash, endpoint, choice, REPLAYED_AT_MOST + 1);
  if (!signals.ok) return signals;
  const { keys, deskShards } = signals.value;
  try {
    const sent = await ("note" in choice
      ? replayThread(asked, choice, keys)
      : replayKnown(asked, choice, keys, await atDesks(asked, choice, deskShards)));
    if (!sent.ok) return sent;
    // After they are in their lines, so that who is woken has them.
    const standing = await maker.sentAgain(tokenHash, endpoint);
    return standing.ok ? ok({ ...sent.value, endpoint: standing.value }) : standing;
  } catch (fault) {
    log("replay-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    return err({ code: "unavailable", detail: "Not every event could be asked for now. Ask again: none is doubled." });
  }
}

/** The twin knows which events the thread had. */
async function replayThread(
  asked: Asked,
  { twin, note }: Extract<ReplayChoice, { note: unknown }>,
  signals: readonly DeliveryKey[],
): Promise<Result<Found, Failure>> {
  const answer = await tenureOf(asked.env, twin).replay(asked.domain, { endpoint: asked.endpoint, note });
  if (answer.ok) return ok({ queued: answer.value, gone: 0 });
  const left = await replaySignals(asked, signals);
  return left.ok ? ok({ queued: left.value, gone: signals.length === 0 ? 1 : 0 }) : left;
}

type Known = { readonly keys: readonly DeliveryKey[]; readonly gone: readonly EventId[] };

async function atDesks(
  { env, domain, endpoint }: Asked,
  choice: Exclude<ReplayChoice, { note: unknown }>,
  shards: number,
): Promise<Known> {
  const parts = await Promise.all(
    desksOf(env, domain, shards).map(async (desk): Promise<Known> =>
      "event" in choice
        ? desk.replayableEvent(endpoint, choice.event)
        : desk.replayableRange(endpoint, choice, REPLAYED_AT_MOST + 1),
    ),
  );
  return { keys: parts.flatMap(({ keys }) => keys), gone: parts.flatMap(({ gone }) => gone) };
}

async function replayKnown(
  asked: Asked,
  choice: Exclude<ReplayChoice, { note: unknown }>,
  signals: readonly DeliveryKey[],
  known: Known,
): Promise<Result<Found, Failure>> {
  // Of an erased twin the maker's object has what the desk may still, or may already not, have.
  const left = new Set(signals.map(({ event }) => event));
  const living = known.keys.filter(({ event }) => !left.has(event));
  const gone = new Set(known.gone.filter((event) => !left.has(event)));
  const all = left.size + living.length + gone.size;
  if ("event" in choice && all === 0)
    return err({ code: "not-found", detail: "This endpoint never had such an event." });
  if (all > REPLAYED_AT_MOST)
    return err(invalid("from", `more than ${REPLAYED_AT_MOST} events are in this range: narrow it`));
  const sent = await replaySignals(asked, signals);
  if (!sent.ok) return sent;
  const slots = new Slots(TWINS_AT_ONCE);
  const byTwin = [...Map.groupBy(living, ({ twin }) => twin)];
  const told = await Promise.all(byTwin.map(([twin, keys]) => slots.with(() => replayTwin(asked, twin, keys))));
  return ok({
    queued: told.reduce((sum, { queued }) => sum + queued, sent.value),
    gone: told.reduce((sum, one) => sum + one.gone, gone.size),
  });
}

async function replayTwin(asked: Asked, twin: TwinId, keys: readonly DeliveryKey[]): Promise<Found> {
  const order = { endpoint: asked.endpoint, seqs: keys.map(({ seq }) => seq) };
  const answer = await tenureOf(asked.env, twin).replay(asked.domain, order);
  return answer.ok ? { queued: answer.value, gone: 0 } : { queued: 0, gone: keys.length };
}

const replaySignals = async (
  { maker, tokenHash, endpoint }: Asked,
  keys: readonly DeliveryKey[],
): Promise<Result<number, Failure>> => (keys.length === 0 ? ok(0) : maker.replaySignals(tokenHash, endpoint, keys));
