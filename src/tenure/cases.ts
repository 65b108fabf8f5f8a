// What an owner asked of a company and has not had yet: a handover leaves it behind, so both sides are told before.

import type { Domain } from "../domain/ids.ts";
import { dayOf } from "../domain/instant.ts";
import type { Kind, Wants } from "../domain/note.ts";

/** No word of it: what kind of thing was asked of whom, and on which day. */
export type OpenCase = {
  readonly kind: Kind;
  readonly wants: Wants;
  readonly maker: Domain;
  readonly since: string;
};

const MOST = 100;

/** Oldest first. */
export const openCasesIn = (sql: SqlStorage): OpenCase[] =>
  [
    ...sql.exec<{ kind: Kind; wants: Wants; maker: Domain; sent_at: number }>(
      `SELECT kind, wants, maker, sent_at FROM note
       WHERE sent_at IS NOT NULL AND outgoing_seq IS NOT NULL AND retracted_at IS NULL AND wants <> 'nothing' AND thread_state <> 'closed'
       ORDER BY seq LIMIT ?`,
      MOST,
    ),
  ].map(({ kind, wants, maker, sent_at }) => ({ kind, wants, maker, since: dayOf(sent_at) }));
