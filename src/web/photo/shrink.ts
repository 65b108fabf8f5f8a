// Asks for a smaller copy of a photo, made beside the page.

import type { Asked, Told } from "./shrink-worker.ts";

/** Why a file is no photo here: a camera's format that this browser can't read, or no picture at all. */
export type Refused = "heic" | "unreadable";
export type Shrunk = { readonly ok: true; readonly photo: Blob } | { readonly ok: false; readonly why: Refused };

const open = new Map<number, (photo: Blob | null) => void>();
let worker: Worker | null = null;
let count = 0;

function settle(id: number, photo: Blob | null): void {
  open.get(id)?.(photo);
  open.delete(id);
  if (open.size > 0) return;
  // A picture of twelve million points leaves much behind: it goes with its thread.
  worker?.terminate();
  worker = null;
}

function begun(): Worker {
  const made = new Worker(new URL("./shrink-worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { id, photo } }: MessageEvent<Told>) => settle(id, photo));
  made.addEventListener("error", () => {
    for (const id of open.keys()) settle(id, null);
  });
  return made;
}

const isHeic = (file: File): boolean => /^image\/hei[cf]/u.test(file.type) || /\.hei[cf]$/iu.test(file.name);

/** A JPEG of at most `MOST_BYTES` and `LONGEST_SIDE`, without metadata. Never throws. */
export async function shrink(file: File): Promise<Shrunk> {
  const photo = await new Promise<Blob | null>((resolve) => {
    const id = ++count;
    open.set(id, resolve);
    worker ??= begun();
    worker.postMessage({ id, file } satisfies Asked, []);
  });
  return photo ? { ok: true, photo } : { ok: false, why: isHeic(file) ? "heic" : "unreadable" };
}
