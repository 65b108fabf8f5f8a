// The pictures of entries: fetched when they are looked at, and shown only where their bytes are the ones that were recorded.

import { createContext } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { BodyPhoto } from "../../domain/record/entry.ts";
import { hexOf } from "../../domain/hex.ts";
import type { Answer } from "../api/call.ts";

/** `other`: it isn't the one that was recorded. */
export type Fetched = { readonly bytes: Uint8Array<ArrayBuffer>; readonly url: string } | "other";

export type Pictures = {
  /** Null where it can't be had now. */
  readonly load: (photo: BodyPhoto) => Promise<Fetched | null>;
  /** Gives back the room they took: their addresses show nothing any more. */
  readonly release: () => void;
};

export const PicturesOfLink = createContext<Pictures | null>(null);

type Read = (photo: string) => Promise<Answer<Uint8Array<ArrayBuffer>>>;

function picturesOf(read: Read): Pictures {
  const kept = new Map<string, Promise<Fetched | null>>();
  /** The same picture under two digests is two. */
  const keyOf = ({ id, sha256 }: BodyPhoto): string => `${id} ${sha256}`;
  const fetched = async (photo: BodyPhoto): Promise<Fetched | null> => {
    const { id, sha256, type } = photo;
    const answer = await read(id);
    if (!answer.ok) {
      kept.delete(keyOf(photo));
      return null;
    }
    const bytes = answer.value;
    const found = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    return found === sha256 ? { bytes, url: URL.createObjectURL(new Blob([bytes], { type })) } : "other";
  };
  return {
    load(photo) {
      const asked = kept.get(keyOf(photo)) ?? fetched(photo);
      kept.set(keyOf(photo), asked);
      return asked;
    },
    release() {
      for (const asked of kept.values()) {
        void asked.then((found) => found !== null && found !== "other" && URL.revokeObjectURL(found.url));
      }
      kept.clear();
    },
  };
}

/** The pictures of one link or code, for as long as the page that shows it stands. `read` asks for the bytes of one, by its id. */
export function usePictures(read: Read, whose: unknown): Pictures {
  const pictures = useMemo(() => picturesOf(read), [whose]);
  useEffect(() => pictures.release, [pictures]);
  return pictures;
}
