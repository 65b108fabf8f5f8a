// Saved replies: words a team begins an answer with. Nobody is answered with them as they are: the one who answers puts something of their own in.

import * as z from "zod";
import type { ReplyId } from "./ids.ts";
import { text, TEXT_CHARACTERS } from "./text.ts";

const TITLE_CHARACTERS = 120;
export const MAX_SAVED_REPLIES = 500;

export const savedReplyInput = z.strictObject({ title: text(TITLE_CHARACTERS), text: text(TEXT_CHARACTERS) });
export type SavedReplyInput = z.infer<typeof savedReplyInput>;

export const savedReplyChange = z
  .strictObject({ title: text(TITLE_CHARACTERS).optional(), text: text(TEXT_CHARACTERS).optional() })
  .refine((change) => Object.keys(change).length > 0, "name at least one of title, text");
export type SavedReplyChange = z.infer<typeof savedReplyChange>;

/** Times in ms. */
export type SavedReply = SavedReplyInput & {
  readonly id: ReplyId;
  readonly createdAt: number;
  readonly updatedAt: number;
};
