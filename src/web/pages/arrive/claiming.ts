// A claim under way: the code as it was typed and the one key it is asked with. Kept on this device until it is answered, so that an answer
// that was lost, or a tab that was closed, never uses up a code.

import { call, newKey, OFFLINE, type Answer } from "../../api/call.ts";
import type { Access } from "../../api/views.ts";
import { meta, setMeta } from "../../store/meta.ts";
import { keep, keyringIsHere } from "../add/keep.ts";

export type Label = { readonly gtin: string; readonly serial: string };
type Underway = { readonly code: string; readonly key: string };

const placeOf = ({ gtin, serial }: Label): string => `claim ${gtin} ${serial}`;
const over = (label: Label): Promise<void> => setMeta(placeOf(label), null);

/** The code of a claim that was begun here and never answered. */
export const codeUnderway = async (label: Label): Promise<string | null> =>
  (await meta<Underway | null>(placeOf(label)))?.code ?? null;

/** Claims the item and keeps it; answers its twin's id. The same code is asked with the same key until there is an answer that is kept. */
export async function claim(label: Label, code: string): Promise<Answer<string>> {
  const before = await meta<Underway | null>(placeOf(label));
  const underway = before?.code === code ? before : { code, key: newKey() };
  await setMeta(placeOf(label), underway);
  if (!(await keyringIsHere())) return { ok: false, problem: OFFLINE };
  const kept = await keep(
    await call<Access>("/v1/claims", { method: "POST", key: underway.key, body: { ...label, code } }),
  );
  if (kept.ok || kept.problem.code === "claim-refused") await over(label);
  return kept;
}
