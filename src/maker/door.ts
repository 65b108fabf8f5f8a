// The inbound door: takes a maker's signed webhooks in, in the order signature, JSON, schema, right. Nothing is done for a message whose
// signature is wrong, and no owner's object is touched for a twin id that this server did not make.

import type { Failure, Fault } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { inboundMessage, WRONG_SIGNATURE, type InboundMessage } from "../domain/inbound.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { fingerprint } from "../platform/crypto.ts";
import { Limiter } from "../platform/limiter.ts";
import { rootOf } from "../platform/root.ts";
import { limitOf } from "../platform/settings.ts";
import { tenureOf } from "../platform/stubs.ts";
import { verifyWebhook } from "../relay/sign.ts";
import type { Dealings } from "./dealings.ts";
import type { Inbox, InboundAnswer } from "./inbox.ts";
import type { Recording } from "./recording.ts";
import type { WebhookKeys } from "./webhook-keys.ts";

const RATE_WINDOW_MS = 1_000;

/** What came in: the three headers as they were, and the body's raw bytes. */
export type Inbound = {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Uint8Array<ArrayBuffer>;
};

export class Door {
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;
  readonly #keys: WebhookKeys;
  readonly #inbox: Inbox;
  readonly #dealings: Dealings;
  readonly #recording: Recording;
  readonly #limiter: Limiter;
  // Derived once a key: the array is also what an imported key is remembered by.
  readonly #secrets = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(
    storage: DurableObjectStorage,
    env: Env,
    parts: {
      readonly keys: WebhookKeys;
      readonly inbox: Inbox;
      readonly dealings: Dealings;
      readonly recording: Recording;
    },
  ) {
    this.#storage = storage;
    this.#env = env;
    this.#keys = parts.keys;
    this.#inbox = parts.inbox;
    this.#dealings = parts.dealings;
    this.#recording = parts.recording;
    this.#limiter = new Limiter(limitOf(env, "LIMIT_INBOUND"), RATE_WINDOW_MS);
  }

  /** Takes one webhook in. What it answers is committed; the same webhook again gets the same answer. */
  async receive(maker: Domain, inbound: Inbound): Promise<Result<InboundAnswer, Failure>> {
    const verified = await this.#verify(inbound);
    if (!verified.ok) return verified;
    // Counted only now: whoever can't sign can't use up the maker's rate.
    const retryAfterSeconds = this.#limiter.take(maker, now());
    if (retryAfterSeconds > 0) return err({ code: "rate-limited", retryAfterSeconds });
    const message = parse(inbound.body);
    const bodyHash = await fingerprint(inbound.body);

    const begun = this.#storage.transactionSync((): Result<InboundAnswer | "new" | "begun", Failure> => {
      const before = this.#inbox.find(inbound.id, bodyHash, now());
      if (before.kind === "done") return ok(before.answer);
      if (before.kind === "other-body") {
        return err({
          code: "conflict",
          detail: "This webhook-id was used for another body. A new message needs a new id.",
        });
      }
      if (!message.ok) return message;
      if (before.kind === "new") this.#inbox.begin(inbound.id, bodyHash, now());
      return ok(before.kind);
    });
    if (!begun.ok) return begun;
    if (typeof begun.value === "object") return ok(begun.value);
    if (!message.ok) return message;

    const named = { webhook: inbound.id, bodyHash };
    const answer = await this.#carryOut(maker, named, message.value, begun.value === "begun");
    if (answer.ok) this.#inbox.finish(inbound.id, answer.value);
    else this.#inbox.release(inbound.id);
    return answer;
  }

  async #verify({ id, timestamp, signature, body }: Inbound): Promise<Result<void, Failure>> {
    const names = this.#keys.live("inbound", now()).map((key) => key.name);
    for (const known of this.#secrets.keys()) if (!names.includes(known)) this.#secrets.delete(known);
    const secrets = await Promise.all(names.map((name) => this.#secret(name)));
    const nowSeconds = Math.floor(now() / 1000);
    const verdict = await verifyWebhook({ id, timestamp, signatureHeader: signature, body, secrets, nowSeconds });
    return verdict.ok ? verdict : err(WRONG_SIGNATURE);
  }

  async #secret(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#secrets.get(name);
    if (known) return known;
    const secret = await rootOf(this.#env).secret("inbound", name);
    this.#secrets.set(name, secret);
    return secret;
  }

  async #carryOut(
    maker: Domain,
    named: { readonly webhook: string; readonly bodyHash: string },
    message: InboundMessage,
    again: boolean,
  ): Promise<Result<InboundAnswer, Failure>> {
    // A webhook-id is free again after some time, and then it may name another entry.
    const name = `${named.webhook}\n${named.bodyHash}`;
    if (message.type === "record.entry") return this.#recording.entry(name, message.data);
    if (message.type === "record.count") return this.#recording.count(name, message.data);
    if (!(await rootOf(this.#env).isTwinId(message.data.twin))) {
      return err({ code: "not-found", detail: "There is no such twin." });
    }
    return message.type === "message.reply"
      ? this.#reply(maker, named.webhook, message.data)
      : this.#decide(message.data, again);
  }

  async #reply(
    maker: Domain,
    webhookId: string,
    { twin, note, author, outcome, externalId, ...reply }: Extract<InboundMessage, { type: "message.reply" }>["data"],
  ): Promise<Result<InboundAnswer, Failure>> {
    const posted = await tenureOf(this.#env, twin).replyFromMaker({
      ...reply,
      maker,
      note,
      outcome: outcome ?? null,
      author: author?.name ?? null,
      externalId: externalId ?? null,
      dedupe: `inbound:${webhookId}`,
    });
    return posted.ok ? ok({ status: "accepted", id: posted.value.id }) : posted;
  }

  async #decide(
    { twin, agreement, ...input }: Extract<InboundMessage, { type: "agreement.decision" }>["data"],
    again: boolean,
  ): Promise<Result<InboundAnswer, Failure>> {
    if (again && this.#dealings.hasDecided(agreement, input)) return ok({ status: "accepted", id: agreement });
    const decided = await this.#dealings.decide(agreement, input, twin);
    return decided.ok ? ok({ status: "accepted", id: decided.value.id }) : decided;
  }
}

function parse(body: Uint8Array): Result<InboundMessage, Failure> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return err({ code: "malformed", detail: "The body is not JSON in UTF-8." });
  }
  const parsed = inboundMessage.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const errors: Fault[] = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return err({ code: "invalid", errors });
}
