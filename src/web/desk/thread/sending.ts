// An answer goes out: its pictures first, then its words, each under a key that makes a repeat harmless.

import type { Answer } from "../../api/call.ts";
import { ask } from "../api/ask.ts";
import type { Message, Photo } from "../api/views.ts";
import type { Draft } from "./draft.ts";

/** What was uploaded for a draft already, so that a second try need not. */
const uploaded = new WeakMap<Blob, string>();

/** @param path the thread's, as `pathOf` gives it. `author` null: the company alone signs. */
export async function sendAnswer(path: string, draft: Draft, author: string | null): Promise<Answer<Message>> {
  const photos: string[] = [];
  for (const [at, photo] of draft.photos.entries()) {
    let id = uploaded.get(photo);
    if (id === undefined) {
      const answer = await ask<Photo>(`${path}/photos`, {
        method: "POST",
        body: photo,
        headers: { "Content-Type": photo.type || "image/jpeg" },
        key: `${draft.key}-${at}`,
      });
      if (!answer.ok) return answer;
      id = answer.value.id;
      uploaded.set(photo, id);
    }
    photos.push(id);
  }
  return ask<Message>(`${path}/messages`, {
    method: "POST",
    key: draft.key,
    body: {
      text: draft.text.trim(),
      type: draft.type,
      ...(author !== null && { author: { name: author } }),
      ...(draft.outcome !== null && { outcome: draft.outcome }),
      ...(photos.length > 0 && { photos }),
      ...(draft.saved !== null && { savedReply: draft.saved.id }),
    },
  });
}
