// How a maker takes in events and answers by webhook, in plain words. The code shown here is run by a test.

import { html } from "hono/html";
import { RETRY_AFTER_CAP_MS } from "../relay/retry-after.ts";
import { POISON_ATTEMPTS, SCHEDULE_MS } from "../relay/schedule.ts";
import { SKEW_SECONDS } from "../relay/sign.ts";
import { ATTEMPT_MS } from "../relay/attempt.ts";
import { codeBlock, type Html } from "./page-frame.ts";

const VERIFY = `import { createHmac, timingSafeEqual } from "node:crypto";

/** body: the bytes as they came, before any parsing. secret: your endpoint's whsec_… */
export function isGenuine(headers, body, secret) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const given = headers["webhook-signature"] ?? "";
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= ${SKEW_SECONDS})) return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const right = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  return given.split(" ").some((one) => {
    const [version, signature = ""] = one.split(",");
    const bytes = Buffer.from(signature, "base64");
    return version === "v1" && bytes.length === right.length && timingSafeEqual(bytes, right);
  });
}`;

const ANSWER = `{
  "type": "message.reply",
  "timestamp": "2026-11-22T10:00:00.000Z",
  "data": {
    "twin": "twin_…",
    "note": "note_…",
    "text": "The gasket is worn. A new one is on its way to you.",
    "outcome": "fixed"
  }
}`;

/** Verifying, order, retries and answering; the events themselves follow it on the page. */
export const webhookGuide = (): Html => html`
<p>Each event is one <code>POST</code> to every <a href="#post-v1-makers-maker-endpoints">endpoint</a> that asked for its type, after <a href="https://www.standardwebhooks.com/">Standard Webhooks</a>: libraries for it exist in most languages and work as they are. By hand it is this much:</p>
${codeBlock("Verifying a webhook in JavaScript", VERIFY)}
<ul>
<li><strong>Verify first,</strong> over the bytes that came and not your own spelling of the JSON. While keys change over, several signatures stand in the header, and one that fits is enough. If you would rather hold no secret, verify a <code>v1a</code> signature (Ed25519) with your endpoint's public key, <code>whpk_…</code>.</li>
<li><strong>Take an event in once.</strong> Its <code>webhook-id</code> is the same each time it is tried.</li>
<li><strong>Answer at once,</strong> any 2xx within ${ATTEMPT_MS / 1000} seconds, and work afterwards. Redirects are not followed. <code>410</code> disables the endpoint.</li>
<li><strong>Failures are tried again,</strong> ${SCHEDULE_MS.length} times over six days, first after seconds, in the end once a day. A <code>Retry-After</code> is honoured up to ${RETRY_AFTER_CAP_MS / 3_600_000} hours. After 400, 413, 415 or 422 an event is tried ${POISON_ATTEMPTS} times in all: it is wrong for you, and will not mend.</li>
<li><strong>Order is kept</strong> per twin and endpoint: <code>seq</code> counts up and <code>prev</code> names the one before it here. If one event can't be delivered while others can, it steps aside and <code>thread.gap</code> says which are missing. You can read them at <a href="#get-v1-makers-maker-events">your events</a>.</li>
<li><strong>Words are looked up when an event goes out.</strong> What its owner took back meanwhile, or what no agreement permits any more, arrives as a signal with ids alone.</li>
</ul>
<p>Answer with a call, or with a webhook of your own to <a href="#post-v1-makers-maker-inbound">your inbound door</a>, signed in the same way with your inbound secret:</p>
${codeBlock("An answer to an owner, as a webhook", ANSWER)}`;
