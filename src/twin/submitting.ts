// For whoever writes on a record: an entry is signed where its author's key is, under the head as it is, and anew when another came first.
// Knows nothing of what an author may write: the Twin looks at that.

import type { Failure } from "../domain/failure.ts";
import { dayOf } from "../domain/instant.ts";
import { commitmentOf, disclose } from "../domain/record/commitment.ts";
import { ENTRY_SCHEMA, type Body, type Header } from "../domain/record/entry.ts";
import { secure } from "../domain/record/proof.ts";
import { err, type Err, type Result } from "../domain/result.ts";
import type { Signer } from "../domain/terms/seal.ts";
import { now as clock } from "../platform/clock.ts";
import { newSalt } from "../platform/random.ts";
import type { Moved } from "./record.ts";
import type { Submission } from "./recording.ts";

/** Each time, somebody else's entry came first. */
const MOST_TRIES = 20;

const busy: Err<Failure> = err({ code: "unavailable", detail: "Others write on this record just now. Try again." });

/** What an entry is to say, whatever comes before it. */
export type Draft = Pick<Header, "record" | "kind" | "by" | "occurredOn"> &
  Pick<Submission, "photos" | "dedupe"> & { readonly body: Body };

/** What of an entry depends on what is there before it. */
type Standpoint = Pick<Header, "tenure" | "corrects" | "seen">;

/**
 * @param look at the record, each time anew
 * @param add has the Twin add it: `moved` when it no longer fits
 * @returns what `add` gave; the first refusal of either; `unavailable` when others were always first
 */
export async function submit<T>(
  { record, kind, by, occurredOn, body, photos, dedupe }: Draft,
  signer: Signer,
  look: () => Promise<Result<Standpoint, Failure>>,
  add: (submission: Submission) => Promise<Result<T, Failure | Moved>>,
): Promise<Result<T, Failure>> {
  const disclosure = disclose(newSalt(), body);
  const commitment = commitmentOf(disclosure);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const standpoint = await look();
    if (!standpoint.ok) return standpoint;
    const { tenure, corrects, seen } = standpoint.value;
    const recordedOn = dayOf(clock());
    const says = { schema: ENTRY_SCHEMA, record, kind, by, occurredOn, recordedOn, commitment } as const;
    const header: Header = { ...says, tenure, corrects, seen };
    const added = await add({ entry: await secure(header, signer), disclosure, photos, dedupe });
    if (added.ok) return added;
    if (added.error.code !== "moved") return err(added.error);
  }
  return busy;
}
