// The twin's answer to a buyer who asks whether its owner is there: the buyer's own number, signed with the present twin key.

import { twinParts, type TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { PRESENCE_SCHEMA, type Presence, type PresenceBody } from "../domain/record/presence.ts";
import { secure } from "../domain/record/proof.ts";
import { twinSigner } from "./record-keys.ts";
import { presentTenure } from "./tenures.ts";

/** Null when it is not this twin's to give. */
export async function presenceOf(
  sql: SqlStorage,
  twin: TwinId,
  { share, nonce }: { readonly share: string; readonly nonce: string },
  now: number,
): Promise<Presence | null> {
  const signer = presentTenure(sql) === twin ? twinSigner(sql) : null;
  if (!signer) return null;
  const { item, tenure } = twinParts(twin);
  const body: PresenceBody = { schema: PRESENCE_SCHEMA, record: item, tenure, share, nonce, at: rfc3339(now) };
  return secure(body, signer);
}
