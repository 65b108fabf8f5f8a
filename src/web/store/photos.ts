// Pictures as addresses an <img> can show: from what waits here, from this device's keep, or from the API.

import { askFor } from "./catchup.ts";
import { waiting } from "./mirror.ts";
import { localPhoto } from "./overlay.ts";
import { photosOf } from "./operation.ts";
import { keepPhoto, keptPhoto } from "./photo-cache.ts";

const urls = new Map<string, Promise<string | null>>();

/** An address of the picture within this page; null when it can't be had now. */
export function photoUrl(twin: string, id: string): Promise<string | null> {
  let url = urls.get(id);
  if (!url) {
    url = find(twin, id).then(
      (blob) => blob && URL.createObjectURL(blob),
      () => null,
    );
    urls.set(id, url);
    // What could not be had is asked for anew next time.
    void url.then((found) => found ?? urls.delete(id));
  }
  return url;
}

async function find(twin: string, id: string): Promise<Blob | null> {
  for (const { id: local, op } of waiting.peek()) {
    const index = photosOf(op).findIndex((_, at) => localPhoto(local, at) === id);
    if (index >= 0) return photosOf(op)[index]!;
  }
  const kept = await keptPhoto(id);
  if (kept) return kept;
  const answer = await askFor<Blob>(twin, `/photos/${id}`, { as: "blob" });
  if (!answer?.ok) return null;
  await keepPhoto(twin, id, answer.value);
  return answer.value;
}
