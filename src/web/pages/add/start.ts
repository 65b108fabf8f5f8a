// Giving a thing a twin on its owner's word: asked with one key until it is answered, then kept on this device.

import { call, newKey, OFFLINE, type Answer } from "../../api/call.ts";
import type { Access } from "../../api/views.ts";
import { keep, keyringIsHere } from "./keep.ts";

export type NewThing = {
  readonly name: string;
  readonly maker?: string;
  readonly model?: string;
  readonly gtin?: string;
  readonly serial?: string;
};

let asked: { readonly what: string; readonly key: string } | null = null;

/** Starts its twin and keeps it; answers the twin's id. The same thing asked for again, after no answer came, is the same twin. */
export async function startTwin(product: NewThing): Promise<Answer<string>> {
  if (!(await keyringIsHere())) return { ok: false, problem: OFFLINE };
  const what = JSON.stringify(product);
  if (asked?.what !== what) asked = { what, key: newKey() };
  const kept = await keep(await call<Access>("/v1/twins", { method: "POST", key: asked.key, body: { product } }));
  // The same again is now another of its kind.
  if (kept.ok) asked = null;
  return kept;
}
