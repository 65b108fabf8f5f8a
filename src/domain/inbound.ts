// What a maker may send to its inbound door, signed: a reply in a thread, or a decision about a proffer.

import * as z from "zod";
import type { Failure } from "./failure.ts";
import { idPattern, TWIN_PATTERN, type AgreementId, type NoteId, type TwinId } from "./ids.ts";
import { decisionInput } from "./terms/decision.ts";
import { time } from "./text.ts";
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

export const INBOUND_TYPES = ["message.reply", "agreement.decision"] as const;

export const inboundMessage = z.discriminatedUnion("type", [reply, decision], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `is not a type this door takes: it takes ${INBOUND_TYPES.join(" and ")}`
      : undefined,
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/** Also the answer for a maker that nobody registered, word for word. */
export const WRONG_SIGNATURE: Failure = {
  code: "bad-signature",
  detail: "No signature in webhook-signature was made with this maker's inbound secret over these bytes.",
};
