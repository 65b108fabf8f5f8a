// How every event fares on its way to every endpoint of a maker, and sending some of them again.

import { z } from "@hono/zod-openapi";
import {
  DELIVERY_STATES,
  mergeDeliveries,
  REPLAYED_AT_MOST,
  type DeliveryFilter,
  type DeliveryPlace,
  type NamedDelivery,
  type ReplayChoice,
} from "../domain/delivery.ts";
import { EVENT_TYPES } from "../domain/event-types.ts";
import { invalid, type Failure } from "../domain/failure.ts";
import { idPattern, type EndpointId, type EventId, type NoteId, type TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { time } from "../domain/text.ts";
import { coverOf, type Cover } from "../platform/desk-cover.ts";
import { desksOf } from "../platform/stubs.ts";
import { found, json } from "./answer.ts";
import { twinNamed } from "./credential.ts";
import { cursors } from "./cursor.ts";
import { define, type App } from "./define.ts";
import { replay } from "./delivery-replay.ts";
import { idField, makerParam, twinField } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { deliveryView } from "./maker-views.ts";
import { pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";

const TAG = "Makers: deliveries";
const params = z.object({ maker: makerParam });

const places = cursors<DeliveryPlace>(
  ({ createdAt, seq, event, endpoint }) => `${createdAt} ${seq} ${event} ${endpoint}`,
  (text) => {
    const [at = "", seq = "", event = "", endpoint = ""] = text.split(" ");
    const place = {
      createdAt: Number(at),
      seq: Number(seq),
      event: event as EventId,
      endpoint: endpoint as EndpointId,
    };
    const isOurs =
      Number.isSafeInteger(place.createdAt) &&
      Number.isSafeInteger(place.seq) &&
      idPattern("evt").test(event) &&
      idPattern("ep").test(endpoint);
    return isOurs ? place : null;
  },
);

const query = z.object({
  limit: pageQuery.limit,
  cursor: places.field,
  state: z.enum(DELIVERY_STATES, { error: `must be one of ${DELIVERY_STATES.join(", ")}` }).optional(),
  endpoint: idField("ep").optional(),
  twin: twinField.optional(),
  note: idField("note").optional(),
  type: z.enum(EVENT_TYPES, { error: `must be one of ${EVENT_TYPES.join(", ")}` }).optional(),
  from: time.optional().describe("Events from this time on."),
  to: time.optional().describe("Events before this time."),
});

const replayInput = z.strictObject({
  endpoint: idField("ep"),
  event: z.exactOptional(idField("evt")),
  twin: z.exactOptional(twinField),
  note: z.exactOptional(idField("note")),
  from: z.exactOptional(time.describe("Events from this time on.")),
  to: z.exactOptional(time.describe("Events before this time.")),
});

const sentence = (reason: string | null): string | null => reason && `Your server ${reason}.`;

const view = async (cover: Cover, { reason, attempts, nextAt, createdAt, updatedAt, ...rest }: NamedDelivery) => ({
  ...rest,
  reason: sentence(reason),
  attempts: await Promise.all(
    attempts.map(async (attempt) => ({
      ...attempt,
      at: rfc3339(attempt.at),
      reason: sentence(attempt.reason),
      // One that another key sealed, or none, says nothing any more.
      head: attempt.head === null ? null : await cover.openAnswer(rest.event, attempt.head).catch(() => null),
    })),
  ),
  nextAt: nextAt === null ? null : rfc3339(nextAt),
  createdAt: rfc3339(createdAt),
  updatedAt: rfc3339(updatedAt),
});

function filterOf(asked: z.infer<typeof query>): DeliveryFilter {
  return {
    state: asked.state ?? null,
    endpoint: (asked.endpoint as EndpointId | undefined) ?? null,
    twin: (asked.twin as TwinId | undefined) ?? null,
    note: (asked.note as NoteId | undefined) ?? null,
    type: asked.type ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
  };
}

/** Exactly one of the three ways to say what is to be sent again. */
async function choiceOf(env: Env, asked: z.infer<typeof replayInput>): Promise<Result<ReplayChoice, Failure>> {
  const { event, twin, note, from, to } = asked;
  const ways = [event, twin ?? note, from ?? to].filter((way) => way !== undefined);
  if (ways.length !== 1) return err(invalid("", "name an event, or twin and note, or from and to: one of the three"));
  if (event !== undefined) return ok({ event: event as EventId });
  if (from !== undefined || to !== undefined) {
    if (from === undefined || to === undefined)
      return err(invalid(from === undefined ? "from" : "to", "is needed too"));
    return from < to ? ok({ from, to }) : err(invalid("to", "must be later than from"));
  }
  if (note === undefined) return err(invalid("note", "is needed too"));
  const named = twin === undefined ? null : await twinNamed(env, twin);
  return named === null
    ? err(invalid("twin", "must be the twin of the thread"))
    : ok({ twin: named, note: note as NoteId });
}

export function deliveries(app: App): void {
  define(
    app,
    {
      method: "get",
      path: "/v1/makers/:maker/deliveries",
      tag: TAG,
      summary: "Every event on its way to every endpoint, with its attempts",
      description:
        "Newest event first. What an owner erased is not here any more, but for its last signals while they are on their way.",
      caller: "maker",
      needs: "admin",
      params,
      query,
      answers: { 200: { description: "A page of deliveries", schema: pageOf(deliveryView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { limit, cursor: after = null } = call.query;
        const filter = filterOf(call.query);
        // One more than asked for says whether there is more.
        const signals = await maker.signalDeliveries(call.tokenHash, filter, after, limit + 1);
        if (!signals.ok) return problem(signals.error);
        const desks = desksOf(call.env, call.params.maker, signals.value.deskShards);
        const parts = await Promise.all(desks.map((desk) => desk.deliveries(filter, after, limit + 1)));
        const listed = mergeDeliveries(
          [signals.value.deliveries.map((one) => ({ ...one, product: null })), ...parts],
          limit + 1,
        );
        const items = listed.slice(0, limit);
        const cover = await coverOf(call.env, call.params.maker);
        const views = await Promise.all(items.map((item) => view(cover, item)));
        return json({ items: views, next: listed.length > limit ? places.of(items.at(-1)!) : null });
      }),
  );
  define(
    app,
    {
      method: "post",
      path: "/v1/makers/:maker/deliveries/replay",
      tag: TAG,
      summary: "Send events to an endpoint again",
      description: `One event, a thread (\`twin\` and \`note\`), or a range of times of at most ${REPLAYED_AT_MOST} events. Each goes out alone, under the \`webhook-id\` and with the \`prev\` it had; what it says is rendered anew, so what was retracted or is no longer permitted goes as a signal without words. One that is still in its line stays there, and goes in its turn; where that has come and it failed, it is tried again at once. Should the endpoint be failing, it is tried at once, with one event at a time and no sooner than it asked for with \`Retry-After\`.`,
      caller: "maker",
      needs: "admin",
      params,
      body: replayInput,
      answers: {
        200: {
          description: "What will happen",
          schema: z.object({
            queued: z.int().describe("How many go out."),
            gone: z.int().describe("How many were erased at their owner's side; a thread that was counts as one."),
            endpoint: z
              .enum(["ok", "failing", "off"])
              .describe("ok: they go now. failing: they go once it answers. off: they go once it is enabled."),
          }),
        },
      },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { env, tokenHash, body } = call;
        const allowed = await maker.allow(tokenHash, "admin");
        if (!allowed.ok) return problem(allowed.error);
        const choice = await choiceOf(env, body);
        if (!choice.ok) return problem(choice.error);
        const endpoint = body.endpoint as EndpointId;
        return found(await replay({ env, maker, domain: call.params.maker, tokenHash, endpoint }, choice.value));
      }),
  );
}
