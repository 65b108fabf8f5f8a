// The maker's inbound door, outside: method, size, headers, skew, in this order, and how often an address may be wrong. The signature and
// all that follows is the maker object's.

import { z } from "@hono/zod-openapi";
import { isDomain } from "../domain/ids.ts";
import { INBOUND_BYTES, inboundMessage, WRONG_SIGNATURE } from "../domain/inbound.ts";
import { err } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { Limiter } from "../platform/limiter.ts";
import { limitOf } from "../platform/settings.ts";
import { SKEW_SECONDS, verifyWebhook, type VerifyFailure } from "../relay/sign.ts";
import { found } from "./answer.ts";
import { clientAddress } from "./client-address.ts";
import { define, type App } from "./define.ts";
import { listedMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";

const PATH = "/v1/makers/:maker/inbound";

const MINUTE_MS = 60_000;
/** Signatures that one address may get wrong in a minute before it is heard no more: nobody's guesses keep a maker's object busy. */
const WRONG_A_MINUTE = 60;
const wrong = new Limiter(WRONG_A_MINUTE, MINUTE_MS);

const HEADER_FAULTS: Readonly<Record<Exclude<VerifyFailure, "signature">, string>> = {
  missing: "Send the headers webhook-id, webhook-timestamp and webhook-signature.",
  malformed: "One of the headers webhook-id, webhook-timestamp and webhook-signature can't be read.",
  skew: `webhook-timestamp is over ${SKEW_SECONDS} s away from now.`,
};

const answer = z
  .object({
    status: z.string(),
    id: z.string().describe("What came of it: a message, an agreement, or what was recorded."),
  })
  .openapi("InboundAnswer");

export function inbound(app: App): void {
  define(
    app,
    {
      method: "post",
      path: PATH,
      tag: "Inbound",
      summary: "A maker's signed webhook to an owner, or to the record of an item",
      description:
        "Standard Webhooks, signed with the inbound secret. The same webhook-id and body get the first answer again, another body 409. " +
        "`record.entry` and `record.count` go to the record of a labelled item of yours, with or without an agreement, and whether or not anyone has claimed it: " +
        "the answer is the same. They are signed by your agent. An entry's `id` is what a later one names in `corrects`. " +
        "A count is at most as many as you recorded up to `asOf`: more is refused with 422, which says how many there are. An entry counts by the day on which it was recorded. " +
        "Nothing is kept of labels that nobody claimed, so any serial is taken, as it is written, capitals too: a slip in one begins a history that nobody can claim.",
      caller: "anyone",
      params: z.object({ maker: z.string() }),
      raw: { limit: INBOUND_BYTES, types: ["application/json"], schema: inboundMessage },
      answers: { 200: { description: "Taken in", schema: answer } },
    },
    async ({ c, env, params, bytes }) => {
      const headers = {
        id: c.req.header("webhook-id") ?? null,
        timestamp: c.req.header("webhook-timestamp") ?? null,
        signature: c.req.header("webhook-signature") ?? null,
      };
      const nowSeconds = Math.floor(now() / 1000);
      // Without a secret nothing can be right; what is wrong before that comes out here, and no object is asked.
      const formed = await verifyWebhook({
        ...headers,
        signatureHeader: headers.signature,
        body: "",
        secrets: [],
        nowSeconds,
      });
      if (!formed.ok && formed.error !== "signature")
        return problem({ code: "bad-signature", detail: HEADER_FAULTS[formed.error] });
      const address = clientAddress(c.req.raw, env);
      const limited = limitOf(env, "LIMIT_INBOUND") > 0;
      const wait = limited ? wrong.waitSeconds(address, now()) : 0;
      if (wait > 0) return problem({ code: "rate-limited", retryAfterSeconds: wait });
      // A maker nobody registered and a wrong signature get the same answer.
      const maker = isDomain(params.maker) ? await listedMaker(env, params.maker) : null;
      const { id, timestamp, signature } = headers as { id: string; timestamp: string; signature: string };
      const received = maker ? await maker.receive({ id, timestamp, signature, body: bytes }) : err(WRONG_SIGNATURE);
      if (limited && !received.ok && received.error.code === WRONG_SIGNATURE.code) wrong.count(address, now());
      return found(received);
    },
  );
}
