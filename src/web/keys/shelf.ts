// A slot's bytes on the server: read and written under an ETag, so that two devices never lose each other's words.

import { call, type Answer } from "../api/call.ts";
import type { Slot } from "./slot.ts";

export type Shelved = { readonly etag: string; readonly bytes: Uint8Array<ArrayBuffer> };

const pathOf = ({ name }: Slot): string => `/v1/keyrings/${name}`;

/** What lies there; null when it is still what `seen` tags. 401 where nothing was ever put. */
export async function readSlot(slot: Slot, seen: string | null = null): Promise<Answer<Shelved | null>> {
  const answer = await call<Uint8Array<ArrayBuffer> | null>(pathOf(slot), {
    token: slot.bearer,
    as: "bytes",
    ...(seen !== null && { headers: { "If-None-Match": seen } }),
  });
  if (!answer.ok) return answer;
  const { value: bytes, headers } = answer;
  return { ...answer, value: bytes && { etag: headers.get("ETag") ?? "", bytes } };
}

/** Puts bytes where `seen` lies, or where nothing lies yet (null); 412 when something else does. The answer is the new tag. */
export async function writeSlot(
  slot: Slot,
  bytes: Uint8Array<ArrayBuffer>,
  seen: string | null,
): Promise<Answer<string>> {
  const answer = await call<{ etag: string }>(pathOf(slot), {
    method: "PUT",
    token: slot.bearer,
    body: bytes,
    headers: seen === null ? { "If-None-Match": "*" } : { "If-Match": seen },
  });
  return answer.ok ? { ...answer, value: answer.value.etag } : answer;
}
