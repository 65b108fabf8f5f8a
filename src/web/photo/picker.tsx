// Photos from the camera or the gallery: made small beside the page, shown while that goes on, taken out again with a tap.

import "./photo.css";
import { useRef, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { say } from "../ui/say.tsx";
import { words } from "../words/words.ts";
import { useObjectUrl } from "./object-url.ts";
import { shrink, type Refused } from "./shrink.ts";

/** As many as a note or a message may name. */
export const MOST_PHOTOS = 12;

type Change = (before: readonly Blob[]) => readonly Blob[];
type Props = {
  readonly photos: readonly Blob[];
  readonly change: (change: Change) => void;
  /** Tells whether photos are still being made ready, so that nothing is sent without them. */
  readonly onBusy?: (busy: boolean) => void;
};

const Picked = ({
  photo,
  label,
  remove,
  onRemove,
}: {
  photo: Blob;
  label: string;
  remove: string;
  onRemove: () => void;
}) => {
  const url = useObjectUrl(photo);
  return (
    <li class="picked">
      {url && <img src={url} alt={label} />}
      <button type="button" aria-label={remove} title={remove} onClick={onRemove}>
        <Icon name="close" size={18} />
      </button>
    </li>
  );
};

type Turned = { readonly name: string; readonly why: Refused | "too-many" };

export function PhotoPicker({ photos, change, onBusy }: Props) {
  const w = words.value.photos;
  const gallery = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [left, setLeft] = useState(0);
  const [refused, setRefused] = useState<readonly Turned[]>([]);

  async function take(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    // The same file may be chosen again after it was taken out.
    input.value = "";
    const room = Math.max(0, MOST_PHOTOS - photos.length - left);
    const taken = files.slice(0, room);
    setRefused(files.slice(room).map(({ name }) => ({ name, why: "too-many" })));
    if (taken.length === 0) return;
    setLeft((before) => before + taken.length);
    onBusy?.(true);
    let added = 0;
    await Promise.all(
      taken.map(async (file) => {
        const answer = await shrink(file);
        if (answer.ok) {
          added += 1;
          change((before) => [...before, answer.photo]);
        } else setRefused((before) => [...before, { name: file.name, why: answer.why }]);
        setLeft((before) => before - 1);
      }),
    );
    onBusy?.(false);
    if (added > 0) say(w.added(added));
  }

  return (
    <div class="photo-picker">
      {(photos.length > 0 || left > 0) && (
        <ul class="picked-list" aria-label={w.label}>
          {photos.map((photo, at) => (
            <Picked
              key={photo}
              photo={photo}
              label={w.one(at + 1, photos.length)}
              remove={w.remove(at + 1)}
              onRemove={() => change((before) => before.filter((other) => other !== photo))}
            />
          ))}
          {Array.from({ length: left }, (_, at) => (
            <li class="picked arriving" key={`left-${at}`}>
              <span class="turning" aria-hidden="true" />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <p class="small soft" role="status">
          {w.shrinking(left)}
        </p>
      )}
      <div class="line">
        <span class="camera-only">
          <Button icon="camera" onClick={() => camera.current?.click()}>
            {w.camera}
          </Button>
        </span>
        <Button icon="photo" onClick={() => gallery.current?.click()}>
          {w.choose}
        </Button>
      </div>
      {photos.length > 0 && <p class="small soft">{w.hint}</p>}
      <input
        ref={camera}
        class="unseen"
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-label={w.camera}
        aria-hidden="true"
        onChange={(event) => void take(event.currentTarget)}
      />
      <input
        ref={gallery}
        class="unseen"
        type="file"
        accept="image/*"
        multiple
        tabIndex={-1}
        aria-label={w.choose}
        aria-hidden="true"
        onChange={(event) => void take(event.currentTarget)}
      />
      {refused.length > 0 && (
        <Notice tone="wait" fresh>
          {refused.map(({ name, why }) => (
            <p key={name}>
              <bdi>{name}</bdi>: {why === "too-many" ? w.tooMany(MOST_PHOTOS) : w.refused[why]}
            </p>
          ))}
        </Notice>
      )}
    </div>
  );
}
