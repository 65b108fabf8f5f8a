// The bytes that both sides keep of an agreement, fetched and held against the digest that this device knows.

import { useEffect, useState } from "preact/hooks";
import type { Agreement } from "../api/views.ts";
import { ask } from "../pages/ask.ts";
import type { Thing } from "../store/things.ts";

export type CheckedRecord =
  | { readonly kind: "asking" }
  /** No answer came: no connection, most likely. */
  | { readonly kind: "none" }
  /** Bytes came that give another digest. */
  | { readonly kind: "wrong" }
  | { readonly kind: "checked"; readonly bytes: Uint8Array<ArrayBuffer>; readonly confirmedAt: string | null };

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** When the owner answered a counter; the agreement's view doesn't say. */
function confirmedAtOf(bytes: Uint8Array): string | null {
  const record = JSON.parse(new TextDecoder().decode(bytes)) as { confirmation?: { body: { confirmedAt: string } } };
  return record.confirmation?.body.confirmedAt ?? null;
}

async function fetchRecord({ id }: Thing, agreement: Agreement): Promise<CheckedRecord> {
  const answer = await ask<Uint8Array<ArrayBuffer>>(id, `/agreements/${agreement.id}/record`, { as: "bytes" });
  if (!answer.ok) return { kind: "none" };
  const bytes = answer.value;
  if ((await digestOf(bytes)) !== agreement.recordDigest) return { kind: "wrong" };
  return { kind: "checked", bytes, confirmedAt: confirmedAtOf(bytes) };
}

/** The record of this agreement as it stands, fetched anew whenever it changes, and whenever `again` is called. */
export function useRecord(
  thing: Thing,
  agreement: Agreement,
): { record: CheckedRecord; again: () => Promise<CheckedRecord> } {
  const [record, setRecord] = useState<CheckedRecord>({ kind: "asking" });
  useEffect(() => {
    let gone = false;
    setRecord({ kind: "asking" });
    void fetchRecord(thing, agreement).then((found) => {
      if (!gone) setRecord(found);
    });
    return () => {
      gone = true;
    };
  }, [thing.id, agreement.id, agreement.recordDigest]);
  return {
    record,
    again: async () => {
      const found = await fetchRecord(thing, agreement);
      setRecord(found);
      return found;
    },
  };
}
