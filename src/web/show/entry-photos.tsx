// The pictures of one entry, fetched as they come near to being seen, or all when the page is printed.

import { signal } from "@preact/signals";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import type { BodyPhoto } from "../../domain/record/entry.ts";
import { Photos, PhotoSource, type LoadPhoto } from "../photo/gallery.tsx";
import { showWords } from "../words/show/words.ts";
import { PicturesOfLink } from "./pictures.ts";

/** Whether all are wanted, seen or not. */
export const wantAll = signal(false);
const NEAR = "600px";

function useNear(): [{ readonly current: HTMLDivElement | null }, boolean] {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: NEAR },
    );
    watch.observe(place.current!);
    return () => watch.disconnect();
  }, []);
  return [place, near];
}

export function EntryPhotos({ photos }: { photos: readonly BodyPhoto[] }) {
  const w = showWords.value.story;
  const pictures = useContext(PicturesOfLink)!;
  const [place, near] = useNear();
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  const source = useRef<LoadPhoto>(async (_, id) => {
    const found = await pictures.load(photos.find((photo) => photo.id === id)!);
    if (found === "other") setOthers((before) => new Set([...before, id]));
    return found === "other" || found === null ? null : found.url;
  });
  const right = photos.filter(({ id }) => !others.has(id));
  return (
    <div class="entry-photos" ref={place}>
      {(near || wantAll.value) && (
        <PhotoSource.Provider value={source.current}>
          <Photos twin="" photos={right.map((photo) => ({ ...photo, bytes: 0 }))} />
        </PhotoSource.Provider>
      )}
      {others.size > 0 && (
        <p class="wrong" role="status">
          {w.badPhoto(others.size)}
        </p>
      )}
    </div>
  );
}
