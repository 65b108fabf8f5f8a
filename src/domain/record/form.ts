// Whether what came from outside has the form of a record's parts. Without zod, which the buyer's page has no room for; what the API
// says of the same forms is in entry-shapes.ts, and a test holds the two together.

import { isDomain } from "../ids.ts";
import { rfc3339 } from "../instant.ts";
import type { LabelHash } from "../label-hash.ts";
import { KINDS } from "../note-kind.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Count } from "./count.ts";
import { DISPOSITIONS, ENTRY_KINDS, type Body, type Entry } from "./entry.ts";
import type { Presence } from "./presence.ts";

type Form = (value: unknown) => boolean;

const string: Form = (value) => typeof value === "string" && value.isWellFormed();
const matching =
  (pattern: RegExp): Form =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const oneOf =
  (...values: readonly unknown[]): Form =>
  (value) =>
    values.includes(value);
const either =
  (...forms: readonly Form[]): Form =>
  (value) =>
    forms.some((form) => form(value));
const count: Form = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const listOf =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(form);
/** An object with these members and no others; those in `optional` may be absent. */
const object = (members: Readonly<Record<string, Form>>, optional: Readonly<Record<string, Form>> = {}): Form => {
  const must = Object.entries(members);
  const may = Object.entries(optional);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    let known = must.length;
    for (const [name, form] of must) if (!Object.hasOwn(given, name) || !form(given[name])) return false;
    for (const [name, form] of may) {
      if (!Object.hasOwn(given, name)) continue;
      if (!form(given[name])) return false;
      known += 1;
    }
    return Object.keys(given).length === known;
  };
};
const orNull = (form: Form): Form => either(oneOf(null), form);

const hex256 = matching(/^[0-9a-f]{64}$/);
/** A time as this project writes it, so that one moment has one spelling. */
const instant: Form = (value) => {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) && matching(/^\d{4}-/)(value) && rfc3339(ms) === value;
};
/** A day that exists: of one that does not, the engine makes none or another. */
const day: Form = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(`${value}T00:00:00.000Z`).getUTCDate() === Number(value.slice("YYYY-MM-".length));
const proof = object({
  type: string,
  cryptosuite: string,
  verificationMethod: string,
  proofPurpose: string,
  proofValue: string,
});
const domain: Form = (value) => typeof value === "string" && isDomain(value);
const maker = object({ role: oneOf("maker"), maker: domain });
const author = either(object({ role: oneOf("twin", "owner", "channel") }), maker);
const counter = either(object({ role: oneOf("channel") }), maker);
const head = object({ size: count, root: hex256 });

const body = object({
  text: orNull(string),
  disposition: oneOf(null, ...DISPOSITIONS),
  author: orNull(string),
  note: oneOf(null, ...KINDS),
  title: orNull(string),
  warrantyUntil: orNull(day),
  photos: listOf(object({ id: string, sha256: hex256, type: string, width: count, height: count })),
});
const entry = object(
  {
    schema: string,
    record: string,
    kind: oneOf(...ENTRY_KINDS),
    tenure: orNull(count),
    by: author,
    recordedOn: day,
    occurredOn: day,
    corrects: orNull(count),
    commitment: string,
    seen: head,
    proof,
  },
  { opens: object({ twin: string, owner: string, claim: oneOf("label", "none"), item: orNull(hex256) }) },
);
const labelHash = object({ salt: string, hash: hex256 });
const checkpoint = object({
  schema: string,
  record: string,
  tenure: count,
  size: count,
  root: hex256,
  at: instant,
  status: oneOf("current", "lost", "stolen"),
  proof,
});
const statement = object({ schema: string, record: string, by: counter, count, asOf: day, proof });
const presence = object({
  schema: string,
  record: string,
  tenure: count,
  share: string,
  nonce: string,
  at: instant,
  proof,
});

export const isBody = (value: unknown): value is Body => body(value);
/** Of an entry as it was signed (`entryOf`), without what is shown beside it. */
export const isEntry = (value: unknown): value is Entry => entry(value);
export const isCheckpoint = (value: unknown): value is Checkpoint => checkpoint(value);
export const isCount = (value: unknown): value is Count => statement(value);
export const isLabelHash = (value: unknown): value is LabelHash => labelHash(value);
export const isPresence = (value: unknown): value is Presence => presence(value);
