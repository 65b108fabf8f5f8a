// Taking in what the tenures tell: threads as they stand, and that some are gone. The same twice, or something late, changes nothing.

import type { Projection } from "../domain/desk.ts";
import type { Domain, NoteId, TwinId } from "../domain/ids.ts";
import { count, countedThread } from "./cells.ts";
import { forgetDeliveries } from "./deliveries.ts";
import { forgetHandling, handlingOf } from "./handling.ts";
import { noteRelinking } from "./relinking.ts";
import { countable, putThread, removeThread, threadRow, threadsOf, type ThreadRow } from "./threads.ts";

type Known = { epoch: number; turn: number; left_at: number | null };

/** `behind`: this desk never had what the tenure believes it told. `relinked`: the office is to hear that an issue has a thread again. */
export type Taken = { readonly behind: boolean; readonly changed: readonly NoteId[]; readonly relinked: boolean };

function drop(sql: SqlStorage, row: ThreadRow): void {
  count(sql, countedThread(countable(row), row.issue), null);
  removeThread(sql, row);
}

const knownOf = (sql: SqlStorage, twin: TwinId): Known =>
  [...sql.exec<Known>("SELECT epoch, turn, left_at FROM projected_twin WHERE twin = ?", twin)][0] ?? {
    epoch: 0,
    turn: 0,
    left_at: null,
  };

export function project(storage: DurableObjectStorage, maker: Domain, projection: Projection, now: number): Taken {
  const { sql } = storage;
  const { twin, epoch, turn, after, last } = projection;
  return storage.transactionSync((): Taken => {
    const known = knownOf(sql, twin);
    if (known.left_at !== null || turn <= known.turn) return { behind: false, changed: [], relinked: false };
    if (after > known.turn) return { behind: true, changed: [], relinked: false };
    let relinked = false;
    const changed = projection.threads.map((thread) => {
      const before = threadRow(sql, thread.note);
      const { assignee, issue } = handlingOf(sql, thread.note);
      putThread(sql, before, thread, { twin, epoch, assignee: assignee?.id ?? null, issue });
      count(sql, before && countedThread(countable(before), before.issue), countedThread(thread, issue));
      if (issue !== null && before?.agreement !== thread.agreement.id) {
        // While no agreement was in force, what became of its issue was told to others only.
        noteRelinking(sql, maker, { twin, note: thread.note }, { before: null, after: issue }, now);
        relinked = true;
      }
      return thread.note;
    });
    const leaving = [
      ...projection.gone.flatMap((note) => threadRow(sql, note) ?? []),
      ...(last ? threadsOf(sql, twin, epoch) : []),
    ];
    for (const row of leaving) drop(sql, row);
    sql.exec(
      "INSERT INTO projected_twin (twin, epoch, turn) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET epoch = ?2, turn = ?3",
      twin,
      epoch,
      turn,
    );
    return { behind: false, changed: [...changed, ...leaving.map(({ note }) => note)], relinked };
  });
}

/** The twin is no more, or another's: whatever stands here of it goes, and nothing that is still on its way is taken in. */
export function leave(storage: DurableObjectStorage, twin: TwinId, now: number): readonly NoteId[] {
  const { sql } = storage;
  return storage.transactionSync(() => {
    const rows = threadsOf(sql, twin, Number.MAX_SAFE_INTEGER);
    for (const row of rows) drop(sql, row);
    forgetHandling(sql, twin);
    forgetDeliveries(sql, twin);
    sql.exec(
      "INSERT INTO projected_twin (twin, epoch, turn, left_at) VALUES (?1, 0, 0, ?2) ON CONFLICT DO UPDATE SET left_at = ?2",
      twin,
      now,
    );
    return rows.map(({ note }) => note);
  });
}
