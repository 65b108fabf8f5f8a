// What shares answer, as schemas: to the owner who made one, and to whoever holds one. Nothing of the owner's has a place in the second.

import { z } from "@hono/zod-openapi";
import { PUBLIC_KINDS } from "../domain/notice.ts";
import { presenceShape } from "../domain/record/entry-shapes.ts";
import { didDocument } from "./did-document.ts";
import { idField, instant } from "./fields.ts";
import { noticeWords } from "./maker-views.ts";
import { noticeMaker } from "./notices.ts";
import { checkpointView, countView, entryView } from "./record-views.ts";

export const shareView = z
  .object({
    id: idField("share"),
    label: z.string().nullable().describe("The owner's own word for it. Whoever holds the share never reads it."),
    withhold: z.array(z.int()).describe("Entries whose words and pictures are not shown."),
    upTo: z
      .int()
      .describe(
        "The record's size when it was made or last changed. What the owner's side recorded after it waits for the next change.",
      ),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable(),
    openings: z
      .int()
      .describe("How often somebody opened it, by a click: no robot that looks at links is counted, nor a look again."),
    lastOpenedAt: instant.nullable(),
    state: z.enum(["open", "expired", "revoked"]),
  })
  .openapi("Share");

export const madeShare = shareView
  .extend({
    share: idField("share"),
    url: z
      .string()
      .describe("For whoever is to see it; shown once. The secret stands after the `#` and never reaches a log."),
  })
  .openapi("MadeShare");

export const shownProduct = z
  .object({
    name: z.string().describe("Of a labelled item what its maker calls it; else what its owner typed."),
    model: z.string().nullable(),
    gtin: z.string().nullable(),
    maker: z
      .object({ id: z.string(), name: z.string().nullable(), verified: z.boolean() })
      .nullable()
      .describe("`name` is null for a company that never joined."),
    proof: z.enum(["label", "none"]).describe("`none`: started by an owner; the maker has not confirmed the item."),
  })
  .openapi("ShownProduct");

export const shownNotice = z
  .object({
    ...noticeWords,
    kind: z.enum(PUBLIC_KINDS),
    maker: noticeMaker,
    why: z
      .enum(["your-item", "every-item", "named-items"])
      .describe(
        "`your-item`: it names this one. `named-items`: some are named, and whether this is one is not known here.",
      ),
  })
  .openapi("ShownNotice");

export const companyKeys = z
  .record(z.string(), didDocument)
  .describe("The DID documents of the companies that signed here, by domain.");

export const labelHash = z
  .object({ salt: z.string(), hash: z.string() })
  .nullable()
  .describe(
    "SHA-256 (hex) of `salt`, the GTIN-14 and the serial, each on a line: whether a label is this item's, without asking. `hash` must be the `item` that the record's openings name. Null where a serial could be found by trying.",
  );

export const openedShare = z
  .object({
    share: z.object({
      id: idField("share"),
      createdAt: instant,
      upTo: z
        .int()
        .describe("The last entry whose words it may show of the owner's side: what they record later isn't shown."),
    }),
    product: shownProduct,
    checkpoint: checkpointView,
    entries: z
      .array(entryView)
      .describe(
        "All of them, oldest first. `disclosure` and `body` are null where it is withheld or was erased. Only `disclosure` can be checked.",
      ),
    counts: z.array(countView),
    status: z.object({
      alert: z.enum(["lost", "stolen"]).nullable(),
      at: instant,
      current: z.literal(true).describe("This server says so now; `checkpoint` is signed by the twin."),
    }),
    keys: companyKeys,
    notices: z.array(shownNotice).describe("Safety notices and recalls that stand, newest first."),
    warranty: z
      .object({ until: z.string(), by: z.string(), recordedOn: z.string() })
      .nullable()
      .describe("As its maker last stated it among what is shown, and has not corrected since."),
    owners: z.int().describe("How many there were, with the present one."),
    label: labelHash,
    expiresAt: instant,
  })
  .openapi("OpenedShare");

export const shareStatus = z
  .object({
    checkpoint: checkpointView,
    presence: presenceShape
      .nullable()
      .describe("The twin's signed answer to the last challenge, once its owner gave the code."),
    expiresAt: instant,
    notices: z
      .array(idField("notice"))
      .describe("The safety notices and recalls that stand now: others than it was opened with are news."),
  })
  .openapi("ShareStatus");

export const labelAnswer = z
  .object({
    same: z.boolean(),
    salt: z
      .string()
      .nullable()
      .describe("With a yes: SHA-256 (hex) of it, the GTIN-14 and the serial, each on a line, is the signed `item`."),
  })
  .openapi("LabelAnswer");

export const challengeView = z
  .object({
    code: z.string().describe("Six digits: tell them to whoever you are dealing with."),
    expiresAt: instant,
  })
  .openapi("Challenge");

export const presence = presenceShape;
