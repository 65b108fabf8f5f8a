// Pico Twins by its API: a company's signed answers, and the pictures in notes.

import { Webhook } from "standardwebhooks";
import type { Picture } from "./request-tracker.ts";

const TIMEOUT_MS = 30_000;
/** Of the 4xx, those that pass by themselves. */
const PASSING = [408, 425, 429];

export type Reply = {
  readonly id: string;
  readonly at: string;
  readonly twin: string;
  readonly note: string;
  readonly text: string;
  readonly outcome: string | null;
  readonly author: string;
};
/** refused: it will be refused again, for `reason`. later: it may be taken the next time. */
export type Taken = { readonly kind: "taken" } | { readonly kind: "refused" | "later"; readonly reason: string };

export class Twins {
  readonly #url: string;
  readonly #signer: Webhook;
  readonly #key: string | undefined;

  /** `key`: of the role reader, for pictures; without one they are left out. */
  constructor(url: string, inboundSecret: string, key: string | undefined) {
    this.#url = url;
    this.#signer = new Webhook(inboundSecret);
    this.#key = key;
  }

  /** Sends an answer under an id of its own: sent twice, it is taken once. */
  async reply({ id, at, twin, note, text, outcome, author }: Reply): Promise<Taken> {
    const body = JSON.stringify({
      type: "message.reply",
      timestamp: at,
      data: { twin, note, text, ...(outcome !== null && { outcome }), author: { name: author }, externalId: id },
    });
    const now = new Date();
    const response = await fetch(`${this.#url}/inbound`, {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": this.#signer.sign(id, now, body),
      },
      body,
    }).catch((error: Error) => error);
    if (response instanceof Error) return { kind: "later", reason: response.message };
    if (response.ok) return { kind: "taken" };
    const { detail, title } = (await response.json().catch(() => ({}))) as { detail?: string; title?: string };
    // A wrong signature is the bridge's own fault, mended by its settings: the answer must not be given up for it.
    const again = response.status === 401 || PASSING.includes(response.status) || response.status >= 500;
    return { kind: again ? "later" : "refused", reason: `${response.status} ${detail ?? title ?? ""}`.trim() };
  }

  /** A picture of a thread, or why it can't be had. @throws where it may be had later */
  async picture(twin: string, note: string, photo: string): Promise<Picture | { readonly missing: string }> {
    if (this.#key === undefined) return { missing: "the bridge has no MAKER_KEY" };
    const response = await fetch(`${this.#url}/threads/${twin}/${note}/photos/${photo}`, {
      headers: { authorization: `Bearer ${this.#key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    if (status >= 500 || PASSING.includes(status)) throw new Error(`the picture is not there now: ${status}`);
    if (status === 401) return { missing: "the bridge's MAKER_KEY is refused (401)" };
    if (!response.ok) return { missing: `Pico Twins refuses them (${status})` };
    const type = response.headers.get("content-type") ?? "image/jpeg";
    return {
      name: `${photo}.${type.split("/")[1]}`,
      type,
      base64: Buffer.from(await response.bytes()).toString("base64"),
    };
  }
}
