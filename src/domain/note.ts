// Notes: what an owner writes down about a thing, and what may be asked of one.

import * as z from "zod";
import { isSerial } from "./gtin.ts";
import { idPattern, type ChannelId, type NoteId, type PhotoId } from "./ids.ts";
import { KINDS, type Kind } from "./note-kind.ts";
import type { OwnersIssue } from "./known-issue.ts";
import { text, TEXT_CHARACTERS, time } from "./text.ts";
import type { MessageView, ReadReceipt, ThreadView } from "./thread.ts";

export { KINDS, type Kind };
/** `copy`: of everything the company holds from this owner. */
export const WANTS = ["nothing", "answer", "repair", "refund", "change", "copy"] as const;
export type Wants = (typeof WANTS)[number];

export const MAX_PHOTOS = 12;
const TITLE_CHARACTERS = 200;

export const photoIds = z
  .array(z.string().regex(idPattern("photo"), "must be the id of a photo"))
  .max(MAX_PHOTOS, `at most ${MAX_PHOTOS} photos`)
  .refine((ids) => new Set(ids).size === ids.length, "must not repeat a photo")
  .default([]);

export const noteInput = z.strictObject({
  kind: z.enum(KINDS),
  text: text(TEXT_CHARACTERS),
  title: text(TITLE_CHARACTERS).optional(),
  wants: z
    .enum(WANTS)
    .default("nothing")
    .describe(
      "`copy`: of everything the company holds from its owner. Terms with data portability (`-DP`) oblige it to give it.",
    ),
  send: z.boolean().default(false),
  serial: z
    .union([z.boolean(), z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82")])
    .default(false)
    .describe("Put the serial into what the maker gets: true for the twin's own, or the serial itself."),
  onRecord: z.boolean().default(false),
  occurredAt: time.optional(),
  photos: photoIds,
});
export type NoteInput = z.infer<typeof noteInput>;

export const noteChange = z
  .strictObject({
    text: text(TEXT_CHARACTERS).optional(),
    title: text(TITLE_CHARACTERS).nullable().optional(),
    send: z.literal(true, { error: "a note can be sent, not unsent: retract it with DELETE" }).optional(),
    onRecord: z.literal(true, { error: "what is on the record stays there: erase what its entry says" }).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "name at least one of text, title, send, onRecord");
export type NoteChange = z.infer<typeof noteChange>;

export const RELAY_STATES = ["private", "waiting", "queued", "delivering", "delivered", "delayed", "failed"] as const;
export type RelayState = (typeof RELAY_STATES)[number];
/** Where something sent stands, and why when it isn't simply on its way. */
export type RelayView = { readonly state: RelayState; readonly reason: string | null };

export type PhotoView = {
  readonly id: PhotoId;
  readonly type: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
};

/** Where a note is on the item's record: the place of its first entry, null while it is on its way. */
export type RecordPlace = { readonly seq: number | null };

export type NoteView = {
  readonly id: NoteId;
  readonly kind: Kind;
  readonly title: string | null;
  readonly text: string | null;
  readonly wants: Wants;
  readonly sent: boolean;
  readonly sentAt: string | null;
  readonly serial: string | null;
  readonly onRecord: boolean;
  readonly occurredAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
  readonly retractedAt: string | null;
  readonly channel: ChannelId;
  readonly photos: readonly PhotoView[];
  readonly relay: RelayView;
  readonly thread: ThreadView;
  /** The known issue that the company put it to. How many others there are, only a note that is read by itself says. */
  readonly knownIssue: OwnersIssue | null;
  readonly record: RecordPlace | null;
  readonly messages?: readonly MessageView[];
  /** What the company may see of how far this was read: of a note that is read by itself. */
  readonly readReceipt?: ReadReceipt | null;
  readonly revisions?: readonly {
    readonly revision: number;
    readonly title: string | null;
    readonly text: string;
    readonly at: string;
  }[];
};

/** Notes that waited longer than this for an agreement wait for the owner's tap. */
export const WAITED_TOO_LONG_MS = 30 * 24 * 3_600_000;
