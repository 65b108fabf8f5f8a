// Telling the present owner what a company put on the record of their item. The entry is there whether or not they could be told.

import type { TwinId } from "../domain/ids.ts";
import type { Entry } from "../domain/record/entry.ts";
import { now as clock } from "../platform/clock.ts";
import { log } from "../platform/log.ts";
import { tenureOf } from "../platform/stubs.ts";
import { presentTenure } from "./tenures.ts";

/** Of an entry, what its owner is told in the feed. */
export type EntryNews = { readonly seq: number } & Pick<Entry, "kind" | "by">;

/** A tenure that could not be reached is told after this. */
const REST_MS = 30_000;

/** When the owner is to be told (ms), null when there is nothing to tell, or nobody. */
export function ownerDueAt(sql: SqlStorage): number | null {
  if (presentTenure(sql) === null) return null;
  return [...sql.exec<{ tell_at: number | null }>("SELECT tell_at FROM record")][0]?.tell_at ?? null;
}

function untold(sql: SqlStorage): EntryNews[] {
  return [
    ...sql.exec<{ seq: number; entry: string }>(
      "SELECT seq, entry FROM record_entry WHERE maker IS NOT NULL AND seq > (SELECT told FROM record) ORDER BY seq",
    ),
  ].map(({ seq, entry }) => {
    const { kind, by } = JSON.parse(entry) as Entry;
    return { seq, kind, by };
  });
}

/** Tells whoever the owner is now, if that is due. Never throws. */
export async function tellOwner(env: Env, storage: DurableObjectStorage): Promise<void> {
  const { sql } = storage;
  const due = ownerDueAt(sql);
  const twin: TwinId | null = presentTenure(sql);
  if (due === null || due > clock() || twin === null) return;
  sql.exec("UPDATE record SET tell_at = ?", clock() + REST_MS);
  const entries = untold(sql);
  try {
    await tenureOf(env, twin).recordGrew(entries);
  } catch (fault) {
    log("owner-unreached", { fault: fault instanceof Error ? fault.name : "unknown" });
    return;
  }
  storage.transactionSync(() => {
    // Of another owner's time, or of what came meanwhile, nothing was told.
    if (presentTenure(sql) !== twin) return;
    sql.exec("UPDATE record SET told = max(told, ?)", entries.at(-1)?.seq ?? 0);
    sql.exec("UPDATE record SET tell_at = ?", untold(sql).length > 0 ? clock() : null);
  });
}
