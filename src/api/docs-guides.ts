// What holds for every call, said once and in plain words before the calls themselves.

import { html } from "hono/html";
import type { Scope } from "../domain/access.ts";
import type { Failure } from "../domain/failure.ts";
import type { IdPrefix } from "../domain/ids.ts";
import { MAX_PHOTOS } from "../domain/note.ts";
import type { Role } from "../domain/role.ts";
import { TEXT_CHARACTERS } from "../domain/text.ts";
import { KEPT_MS, KEPT_SECRET_MS } from "../platform/idempotency.ts";
import { JSON_BYTES, PHOTO_BYTES } from "./body.ts";
import { fieldTable } from "./docs-shape.ts";
import { UNAUTHENTICATED_KEY_LENGTH } from "./idempotency-key.ts";
import { codeBlock, type Html, prose } from "./page-frame.ts";
import { problem } from "./problem.ts";

export type Guide = { readonly anchor: string; readonly title: string; readonly text: (origin: string) => Html };

const HOUR_MS = 3_600_000;
const count = new Intl.NumberFormat("en");

const table = (caption: string, rows: Readonly<Record<string, string>>): Html =>
  fieldTable(
    caption,
    Object.entries(rows).map(([name, words]) => [html`<code>${name}</code>`, false, html`${prose(words)}`]),
  );

const TOKENS = {
  "<twin id>~<43 characters>":
    "An owner's channel. Whoever holds it is let in, as far as its scopes go. The first one is the owner's own.",
  "<domain>~<43 characters>": "A maker's key, with a role.",
  "(as the operator set it)": "The operator's key: it registers makers.",
};

const SCOPES: { readonly [scope in Scope]: string } = {
  "twin:read": "The twin itself, its events and the live feed.",
  "notes:read": "All notes.",
  "notes:own": "Only the notes that this channel wrote. `notes:read` includes it.",
  "notes:write": "Writing, revising and retracting notes; adding photos.",
  "notes:send": "Sending a note to the maker.",
  "messages:read": "What is said under notes.",
  "messages:write": "Saying something there, and the verdict on an answer.",
  "agreements:read": "The agreements and their records.",
  "agreements:write": "Proffering, confirming, rescinding and ending agreements.",
  "history:read": "The record that travels with the thing, and the photos in it.",
  "history:write":
    "An entry in that record, a note that is put there, and a photo for one. Whoever isn't the owner: also the count of their entries.",
  owner: "All of these, and what only an owner may do: channels, export, erasing.",
};

const ROLES: { readonly [role in Role]: string } = {
  reader: "Reads.",
  agent: "Reads, decides about proffers and answers owners.",
  admin: "All of that, and sets the policy, makes labels, endpoints and keys.",
};

const IDS: { readonly [prefix in IdPrefix]?: string } = {
  note: "A note.",
  msg: "A message under a note.",
  agr: "An agreement, from its proffer on.",
  chan: "A channel.",
  photo: "A photo.",
  evt: "An event to a maker; its `webhook-id`.",
  ep: "A maker's endpoint.",
  key: "A maker's key.",
  offer: "An offer to hand a thing over.",
  issue: "A known issue of a maker's.",
  reply: "A saved reply.",
  link: "A link that lets someone in.",
};

const CODES: { readonly [code in Failure["code"]]: string } = {
  malformed: "What came can't be read: broken JSON, a header that makes no sense.",
  unauthorized: "No token, or not one of this resource. The same whether or not the resource exists.",
  "bad-signature": "A webhook to the inbound door that was not signed with its secret, or too long ago.",
  forbidden: "The token is good, its scope or role does not reach.",
  "claim-refused": "These three do not open an unclaimed item. Wrong, used and unknown look alike.",
  "sign-in-refused": "The sign-in link was used, is over, or was never one.",
  "recovery-refused": "Not the current recovery code of any twin.",
  "handover-refused": "Not the code of an offer that stands. Wrong, used and unknown look alike.",
  "wrong-words": "Not the four words of whoever accepted.",
  "head-changed": "The record is not as it was looked at: it has grown, or what an entry says was erased.",
  "alert-stands": "The owner says that the thing is lost or stolen.",
  "not-found": "There is nothing here for you.",
  "method-not-allowed": "The path is right; `Allow` names the methods it has.",
  conflict: "It does not fit with what is there.",
  "idempotency-conflict": "This Idempotency-Key was used for another request.",
  "agreement-required": "No agreement in force permits it.",
  "agreement-state": "The agreement is past the point where this could be done.",
  "gtin-taken": "Another maker has labels with this GTIN.",
  "maker-exists": "The domain is registered.",
  "not-verified": "The maker has not proven that its domain is its own.",
  "proof-missing": "The file that would prove a domain is not there, or names other keys.",
  "quota-exceeded": "There is no room for one more.",
  gone: "It was here and is no more.",
  "precondition-failed": "It changed since you read it: your `If-Match` is out of date.",
  "too-large": "More bytes than this call takes.",
  "unsupported-media-type": "Not a type this call takes, whatever its name says.",
  invalid: "It can be read and is not right. `errors` lists every fault, each with its place.",
  "upgrade-required": "This path is a WebSocket.",
  "precondition-required": "Say with `If-Match` which version you are changing.",
  "rate-limited": "Too much at once. `Retry-After` says when to come back.",
  unavailable: "A fault on this side. Nothing was kept half; try again.",
};

/** The status of a refusal, from the one table there is: no code needs more than these members. */
const statusOf = (code: Failure["code"]): number =>
  // The compiler compares such an object with 25 arms of a union at most.
  problem({ code, detail: "", allow: "", errors: [], retryAfterSeconds: 0 } as Failure).status;

const start = (origin: string): Html => html`
<p>Everything is JSON in UTF-8 over HTTP, under <code>${origin}/v1</code>. The same description for machines is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Anyone can begin, with or without the maker's help:</p>
${codeBlock(
  "Starting a twin with curl",
  `curl ${origin}/v1/twins \\
  -H 'Content-Type: application/json' \\
  -d '{"product": {"name": "Espresso machine", "maker": "lamo.example"}}'`,
)}
<p>The answer holds the twin's id, a token and a recovery code. Both secrets are shown this once. With the token, write the first note:</p>
${codeBlock(
  "Writing a note with curl",
  `curl ${origin}/v1/twins/$TWIN/notes \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"kind": "problem", "text": "The steam wand drips after closing."}'`,
)}
<p>It is private. To let the maker read it, <a href="#post-v1-twins-twin-agreements">proffer an agreement</a>, and say <code>"send": true</code> here or later.</p>`;

const authentication = (): Html => html`
<p>There are no accounts. A token is the right to do something, and it travels in a header: <code>Authorization: Bearer &lt;token&gt;</code>. It is shown once and kept here only as a hash. There are three kinds:</p>
${table("The kinds of token", TOKENS)}
<p>A channel has scopes:</p>
${table("The scopes of a channel", SCOPES)}
<p>A maker's key has one role:</p>
${table("The roles of a maker's key", ROLES)}
<p>Pages of any origin may call this API with a token they were given: the browser never sends one by itself.</p>`;

const ids = (): Html => html`
<p>An id is a prefix and 26 characters, lower-case letters and digits without <code>i</code>, <code>l</code>, <code>o</code> and <code>u</code>. It is random: don't sort by it. A twin's id, <code>twin_…</code>, names one owner's time with one item, and an invented one is refused at the door. A maker is its domain, like <code>lamo.example</code>.</p>
${table("The prefixes of ids", Object.fromEntries(Object.entries(IDS).map(([prefix, words]) => [`${prefix}_`, words])))}`;

const lists = (): Html => html`
<p>Times are RFC 3339 in UTC with milliseconds, like <code>2026-11-22T10:00:00.000Z</code>. A list takes <code>limit</code> and <code>cursor</code> and answers <code>{"items": […], "next": …}</code>, newest first unless it says otherwise. Give <code>next</code> as the <code>cursor</code> of the next call; at the end it is null.</p>
<p>Answers, events and records may gain fields. Read past what you do not know.</p>`;

const errors = (): Html => html`
<p>A refusal is <code>application/problem+json</code> (RFC 9457). Build on <code>code</code>; <code>detail</code> is for people.</p>
${codeBlock(
  "A refusal, as an example",
  `HTTP/1.1 422
Content-Type: application/problem+json

{
  "type": "about:blank",
  "title": "Invalid request",
  "status": 422,
  "detail": "text: must not be empty",
  "code": "invalid",
  "errors": [{"path": "text", "message": "must not be empty"}]
}`,
)}
${fieldTable(
  "Every code of a refusal",
  Object.entries(CODES)
    .map(([code, words]) => ({ code, words, status: statusOf(code as Failure["code"]) }))
    .toSorted((a, b) => a.status - b.status)
    .map(({ code, words, status }) => [
      html`<code>${code}</code>`,
      false,
      html`<span class="status">${status}</span> ${prose(words)}`,
    ]),
)}`;

const repeating = (): Html => html`
<p>A network can fail after your request arrived. Send an <code>Idempotency-Key</code> of your own (1 to 255 characters; a random UUID is good) with a call that creates, and repeat it as often as you like: it happens once. The repeat gets the first answer again, marked <code>Idempotency-Replayed: true</code>. The same key with another request is refused with <code>idempotency-conflict</code>.</p>
<p>Answers are kept for ${KEPT_MS / HOUR_MS / 24} days; those that hold a secret for ${KEPT_SECRET_MS / HOUR_MS} hours, and what accepting a handover answered until its token is used, sealed with your key, which is not kept. Where you have no token yet, the key is all that tells you from others: it must have ${UNAUTHENTICATED_KEY_LENGTH} characters or more. Choose it at random.</p>`;

const limits = (): Html => html`
${table("How much at most", {
  "a JSON body": `${JSON_BYTES / 1024} KiB`,
  "a text": `${count.format(TEXT_CHARACTERS)} characters`,
  "a photo": `${count.format(PHOTO_BYTES)} bytes, ${MAX_PHOTOS} a note; JPEG, PNG, WebP or AVIF, judged by content`,
  "a twin": "2 GiB",
})}
<p>And how often, unless the operator set it otherwise: 30 new twins and claims a minute from one address, 10 wrong codes a minute from one address, 2,000 writes a minute by one channel, 50 webhooks a second to one maker's inbound door. Beyond that the answer is 429 with <code>Retry-After</code>.</p>`;

export const GUIDES: readonly Guide[] = [
  { anchor: "start", title: "Start here", text: start },
  { anchor: "authentication", title: "Tokens, scopes and roles", text: authentication },
  { anchor: "ids", title: "Ids", text: ids },
  { anchor: "lists", title: "Lists and times", text: lists },
  { anchor: "errors", title: "Errors", text: errors },
  { anchor: "repeating", title: "Repeating a call safely", text: repeating },
  { anchor: "limits", title: "Limits", text: limits },
];
