// The forms of the record's parts, for the API's description. Strict: what is signed has nothing beside it.

import * as z from "zod";
import { KINDS } from "../note-kind.ts";
import { domain } from "../product.ts";
import { CHECKPOINT_SCHEMA, CHECKPOINT_STATUSES, type Checkpoint } from "./checkpoint.ts";
import { COUNT_SCHEMA, type Count } from "./count.ts";
import { DISPOSITIONS, ENTRY_KINDS, ENTRY_SCHEMA, type Body, type Entry } from "./entry.ts";
import { PRESENCE_SCHEMA, type Presence } from "./presence.ts";

const hex256 = z.string().regex(/^[0-9a-f]{64}$/);
const dayShape = z.iso.date();
const instantShape = z.iso.datetime({ precision: 3 });
const natural = z.int().min(0);

export const proofShape = z.strictObject({
  type: z.literal("DataIntegrityProof"),
  cryptosuite: z.literal("eddsa-jcs-2022"),
  verificationMethod: z.string().describe("`did:key:z…#z…` of a twin or an owner, or `did:web:…#agent` of a company."),
  proofPurpose: z.literal("assertionMethod"),
  proofValue: z
    .string()
    .regex(/^z[1-9A-HJ-NP-Za-km-z]+$/)
    .describe("The signature in base58 after a `z`."),
});

const makerShape = z.strictObject({ role: z.literal("maker"), maker: domain });
const channelShape = z.strictObject({ role: z.literal("channel") });
export const authorShape = z.union([
  z.strictObject({ role: z.literal("twin") }),
  z.strictObject({ role: z.literal("owner") }),
  channelShape,
  makerShape,
]);

export const headShape = z.strictObject({ size: natural, root: hex256 });

export const entryShape = z.strictObject({
  schema: z.literal(ENTRY_SCHEMA),
  record: z.string(),
  kind: z.enum(ENTRY_KINDS),
  tenure: natural.nullable().describe("The tenure that was open, or that it opens; null before the first owner."),
  by: authorShape,
  recordedOn: dayShape,
  occurredOn: dayShape,
  corrects: natural.nullable(),
  commitment: z.string().describe("SHA-256 of the disclosure's characters, base64url."),
  seen: headShape.describe("The head that its author saw."),
  opens: z
    .strictObject({
      twin: z.string(),
      owner: z.string(),
      claim: z.enum(["label", "none"]),
      item: hex256
        .nullable()
        .describe(
          "Which item it is, the same in every opening: SHA-256 (hex) of the record's salt, the GTIN-14 and the serial, each on a line. Null without a label.",
        ),
    })
    .exactOptional()
    .describe("The keys of the tenure that it opens, as did:key, and the item."),
  proof: proofShape,
}) satisfies z.ZodType<Entry>;

/** What is shown with an entry: its place, and what opens its body. */
export const shownEntryShape = entryShape.extend({
  seq: z.int().min(1),
  disclosure: z.string().nullable().describe("base64url of the JSON of `[salt, body]`; null when withheld or erased."),
  erased: z.boolean(),
});

export const bodyShape = z.strictObject({
  text: z.string().nullable(),
  disposition: z.enum(DISPOSITIONS).nullable(),
  author: z.string().nullable().describe("What the owner calls the channel that wrote it."),
  note: z.enum(KINDS).nullable().describe("The kind of the note it was made from."),
  title: z.string().nullable(),
  warrantyUntil: dayShape.nullable(),
  photos: z.array(
    z.strictObject({
      id: z.templateLiteral(["photo_", z.string()]),
      sha256: hex256,
      type: z.enum(["image/jpeg", "image/png", "image/webp", "image/avif"]),
      width: natural,
      height: natural,
    }),
  ),
}) satisfies z.ZodType<Body>;

/** An entry as it is read: what its disclosure says stands beside it, for whoever would not open that. */
export const readEntryShape = shownEntryShape.extend({
  body: bodyShape.nullable().describe("What `disclosure` says; null when withheld or erased."),
});

export const checkpointShape = z.strictObject({
  schema: z.literal(CHECKPOINT_SCHEMA),
  record: z.string(),
  tenure: natural,
  size: natural,
  root: hex256,
  at: instantShape,
  status: z.enum(CHECKPOINT_STATUSES),
  proof: proofShape,
}) satisfies z.ZodType<Checkpoint>;

export const countShape = z.strictObject({
  schema: z.literal(COUNT_SCHEMA),
  record: z.string(),
  by: z.union([channelShape, makerShape]),
  count: natural,
  asOf: dayShape,
  proof: proofShape,
}) satisfies z.ZodType<Count>;

export const presenceShape = z.strictObject({
  schema: z.literal(PRESENCE_SCHEMA),
  record: z.string(),
  tenure: natural,
  share: z.string(),
  nonce: z.string(),
  at: instantShape,
  proof: proofShape,
}) satisfies z.ZodType<Presence>;
