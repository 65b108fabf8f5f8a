// The photos of a note or an answer: small in their place, and one at a time over the whole screen, where they can be looked at closely.
// Where their bytes come from is the page's business.

import "./photo.css";
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import type { Photo } from "../api/views.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { words } from "../words/words.ts";

/** Gives a photo's address within this page, or null where it can't be had now. */
export type LoadPhoto = (twin: string, id: string) => Promise<string | null>;
/** Whence pictures come. */
export const PhotoSource = createContext<LoadPhoto | null>(null);

/** The address of a photo that is kept here or asked for; null until it came, and false where it can't be had now. */
function usePhoto(twin: string, id: string): string | null | false {
  const [url, setUrl] = useState<string | null | false>(null);
  const source = useContext(PhotoSource);
  useEffect(() => {
    let gone = false;
    setUrl(null);
    void (source?.(twin, id) ?? Promise.resolve(null)).then((found) => {
      if (!gone) setUrl(found ?? false);
    });
    return () => {
      gone = true;
    };
  }, [twin, id, source]);
  return url;
}

type PictureProps = { readonly twin: string; readonly photo: Photo; readonly label: string };

const shape = ({ width, height }: Photo): { aspectRatio: string } | undefined =>
  width > 0 && height > 0 ? { aspectRatio: `${width} / ${height}` } : undefined;

export const Picture = ({ twin, photo, label }: PictureProps) => {
  const url = usePhoto(twin, photo.id);
  if (url === false) {
    return (
      <span class="picture missing" role="img" aria-label={words.value.photos.missing}>
        <Icon name="offline" />
      </span>
    );
  }
  return url === null ? (
    <span class="picture" style={shape(photo)} />
  ) : (
    <img class="picture" src={url} alt={label} style={shape(photo)} />
  );
};

type PhotosProps = { readonly twin: string; readonly photos: readonly Photo[] };

/** Each opens the viewer. */
export function Photos({ twin, photos }: PhotosProps) {
  const w = words.value.photos;
  const [shown, setShown] = useState<number | null>(null);
  if (photos.length === 0) return null;
  return (
    <>
      <ul class={photos.length === 1 ? "photos single" : "photos"} aria-label={w.count(photos.length)}>
        {photos.map((photo, at) => (
          <li key={photo.id}>
            <button type="button" onClick={() => setShown(at)} aria-label={w.open(at + 1, photos.length)}>
              <Picture twin={twin} photo={photo} label="" />
            </button>
          </li>
        ))}
      </ul>
      {shown !== null && <Viewer twin={twin} photos={photos} at={shown} go={setShown} onClose={() => setShown(null)} />}
    </>
  );
}

type ViewerProps = PhotosProps & {
  readonly at: number;
  readonly go: (at: number) => void;
  readonly onClose: () => void;
};

/** One of several over the whole screen. */
export function Viewer({ twin, photos, at, go, onClose }: ViewerProps) {
  const w = words.value.photos;
  const dialog = useRef<HTMLDialogElement>(null);
  const [near, setNear] = useState(false);
  const photo = photos[at] ?? photos[0]!;
  const label = w.one(at + 1, photos.length);
  useEffect(() => dialog.current?.showModal(), []);
  const step = (by: number): void => {
    setNear(false);
    go((at + by + photos.length) % photos.length);
  };
  return (
    <dialog
      class="viewer"
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onKeyDown={(event) => {
        const forward = document.documentElement.dir === "rtl" ? -1 : 1;
        if (near || photos.length === 1) return;
        if (event.key === "ArrowRight") step(forward);
        if (event.key === "ArrowLeft") step(-forward);
      }}
    >
      <div class="bar">
        <span aria-live="polite">{label}</span>
        <span class="line">
          <IconButton icon={near ? "away" : "near"} label={near ? w.away : w.near} onClick={() => setNear(!near)} />
          <IconButton icon="close" label={words.value.common.close} onClick={() => dialog.current?.close()} />
        </span>
      </div>
      {/* Scrolls when it is near: by finger, wheel, and with the focus on it by the arrow keys. */}
      <div class={near ? "stage near" : "stage"} tabIndex={near ? 0 : -1} onDblClick={() => setNear(!near)}>
        <Picture twin={twin} photo={photo} label={label} />
      </div>
      {photos.length > 1 && (
        <div class="steps">
          <IconButton icon="back" label={w.before} onClick={() => step(-1)} />
          <IconButton icon="next" label={w.after} onClick={() => step(1)} />
        </div>
      )}
    </dialog>
  );
}
