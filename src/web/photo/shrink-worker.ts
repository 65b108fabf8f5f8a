// The thread beside the page in which photos are made smaller, one after the other, so that writing never stutters.

import { shrunk } from "./shrinking.ts";

export type Asked = { readonly id: number; readonly file: Blob };
export type Told = { readonly id: number; readonly photo: Blob | null };

let last: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data: { id, file } }: MessageEvent<Asked>) => {
  last = last.then(async () => {
    const photo = await shrunk(file).catch(() => null);
    postMessage({ id, photo } satisfies Told);
  });
});
