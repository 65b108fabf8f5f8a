// The pictures of entries: fetched when they are looked at, and shown only where their bytes are the ones that were recorded.

import { createContext } from "preact";
import type { BodyPhoto } from "../../domain/record/entry.ts";
import { hexOf } from "../../domain/hex.ts";
import { readPhoto } from "./calls.ts";
import type { Link } from "./link.ts";

/** `other`: it isn't the one that was recorded. */
export type Fetched = { readonly bytes: Uint8Array<ArrayBuffer>; readonly url: string } | "other";

export type Pictures = {
  /** Null where it can't be had now. */
  readonly load: (photo: BodyPhoto) => Promise<Fetched | null>;
};

export const PicturesOfLink = createContext<Pictures | null>(null);

export function picturesOf(link: Link): Pictures {
  const kept = new Map<string, Promise<Fetched | null>>();
  const fetched = async ({ id, sha256, type }: BodyPhoto): Promise<Fetched | null> => {
    const answer = await readPhoto(link, id);
    if (!answer.ok) {
      kept.delete(id);
      return null;
    }
    const bytes = answer.value;
    const found = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    return found === sha256 ? { bytes, url: URL.createObjectURL(new Blob([bytes], { type })) } : "other";
  };
  return {
    load(photo) {
      const asked = kept.get(photo.id) ?? fetched(photo);
      kept.set(photo.id, asked);
      return asked;
    },
  };
}
