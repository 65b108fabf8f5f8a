// Keeping what a claim or a creation answered. The keyring is loaded only now: looking at a label needs none of it.

import type { Answer } from "../../api/call.ts";
import type { Access } from "../../api/views.ts";

const keyring = () => import("../../keys/keyring.ts");

/** Loads what keeps the key, so that no connection is needed for it once a code is used up. */
export const keyringIsHere = (): Promise<boolean> =>
  keyring().then(
    () => true,
    () => false,
  );

/** Keeps the way to a thing on this device. Answers its twin's id. */
export async function keep(answer: Answer<Access>): Promise<Answer<string>> {
  if (!answer.ok) return answer;
  const kept = await (await keyring()).keepAccess(answer.value);
  return kept.ok ? { ...kept, value: answer.value.twin } : kept;
}
