// The pictures of a thread, asked for while the agreement permits it, and kept only as long as this page.

import { ask } from "../api/ask.ts";

const MOST = 60;
const urls = new Map<string, Promise<string | null>>();

async function find(thread: string, id: string): Promise<string | null> {
  const answer = await ask<Blob>(`/threads/${thread}/photos/${id}`, { as: "blob" });
  return answer.ok ? URL.createObjectURL(answer.value) : null;
}

/** Lets go of every picture. */
export function forgetPhotos(): void {
  for (const url of urls.values()) void url.then((address) => address !== null && URL.revokeObjectURL(address));
  urls.clear();
}

/** An address within this page of a picture in `thread` (its name); null when it can't be had now. */
export function threadPhoto(thread: string, id: string): Promise<string | null> {
  const key = `${thread}/${id}`;
  const known = urls.get(key);
  if (known) return known;
  const url = find(thread, id);
  urls.set(key, url);
  void url.then((found) => found ?? urls.delete(key));
  const [oldest] = urls.keys();
  if (urls.size > MOST && oldest !== undefined) {
    const gone = urls.get(oldest);
    urls.delete(oldest);
    void gone?.then((address) => address !== null && URL.revokeObjectURL(address));
  }
  return url;
}
