// What a maker may send to its inbound door, signed: a reply in a thread, a decision about a proffer, and what it puts on the record of an item.

import * as z from "zod";
import type { Failure } from "./failure.ts";
import { idPattern, TWIN_PATTERN, type AgreementId, type NoteId, type TwinId } from "./ids.ts";
import { isSerial } from "./gtin.ts";
import { gtin } from "./product.ts";
import { DISPOSITIONS } from "./record/entry.ts";
import { countInput, day, makerKind } from "./record/history-input.ts";
import { decisionInput } from "./terms/decision.ts";
import { text, TEXT_CHARACTERS, time } from "./text.ts";
import { externalId, replyFields } from "./thread.ts";

export const INBOUND_BYTES = 256 * 1024;

const twin = z
  .string()
  .regex(TWIN_PATTERN, "must be the id of a twin")
  .transform((id) => id as TwinId);
const note = z
  .string()
  .regex(idPattern("note"), "must be the id of a note")
  .transform((id) => id as NoteId);
const agreement = z
  .string()
  .regex(idPattern("agr"), "must be the id of an agreement")
  .transform((id) => id as AgreementId);

const reply = z.strictObject({
  type: z.literal("message.reply"),
  timestamp: time.optional(),
  data: z.strictObject({ ...replyFields, twin, note, externalId }),
});
const decision = z.strictObject({
  type: z.literal("agreement.decision"),
  timestamp: time.optional(),
  data: z.strictObject({ ...decisionInput.shape, twin, agreement }),
});

/** An item by its label, whether or not anyone has claimed it, or by a twin of it. */
const item = {
  gtin: gtin.optional(),
  serial: z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82").optional(),
  twin: twin.optional(),
};
type Item = { gtin?: string | undefined; serial?: string | undefined; twin?: TwinId | undefined };
export type ItemNamed =
  | { readonly twin: TwinId; readonly gtin?: undefined; readonly serial?: undefined }
  | { readonly twin?: undefined; readonly gtin: string; readonly serial: string };

/** Reads which of the two ways an item is named; a fault when it is neither or both. */
function named<D extends Item>(
  { gtin: label, serial, twin: id, ...rest }: D,
  context: z.RefinementCtx,
): Omit<D, keyof Item> & ItemNamed {
  if (id !== undefined && label === undefined && serial === undefined) return { ...rest, twin: id };
  if (id === undefined && label !== undefined && serial !== undefined) return { ...rest, gtin: label, serial };
  context.addIssue({ code: "custom", message: "must name the item by gtin and serial, or by twin" });
  return z.NEVER;
}

const entry = z.strictObject({
  type: z.literal("record.entry"),
  timestamp: time.optional(),
  data: z
    .strictObject({
      ...item,
      kind: makerKind,
      text: text(TEXT_CHARACTERS),
      occurredOn: day.describe("The day it happened, in UTC."),
      disposition: z.enum(DISPOSITIONS).optional(),
      warrantyUntil: day.optional().describe("The last day of the warranty that you give, not before `occurredOn`."),
      corrects: z
        .string()
        .regex(idPattern("evt"), "must be the id that an entry of yours was answered with")
        .optional()
        .describe("The entry of yours that this one corrects, by the id it was answered with."),
    })
    .refine(({ occurredOn, warrantyUntil = occurredOn }) => warrantyUntil >= occurredOn, {
      path: ["warrantyUntil"],
      error: "must not be before occurredOn",
    })
    .transform(named),
});
const count = z.strictObject({
  type: z.literal("record.count"),
  timestamp: time.optional(),
  data: z.strictObject({ ...item, ...countInput.shape }).transform(named),
});
export type EntryMessage = z.infer<typeof entry>["data"];
export type CountMessage = z.infer<typeof count>["data"];

export const INBOUND_TYPES = ["message.reply", "agreement.decision", "record.entry", "record.count"] as const;

export const inboundMessage = z.discriminatedUnion("type", [reply, decision, entry, count], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `is not a type this door takes: it takes ${INBOUND_TYPES.slice(0, -1).join(", ")} and ${INBOUND_TYPES.at(-1)}`
      : undefined,
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/** Also the answer for a maker that nobody registered, word for word. */
export const WRONG_SIGNATURE: Failure = {
  code: "bad-signature",
  detail: "No signature in webhook-signature was made with this maker's inbound secret over these bytes.",
};
