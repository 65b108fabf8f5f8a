// The notices of this item, kept for whoever owns it: each of its tenures is told of what stands. They are its maker's words; no owner's are here.

import { versionOf, type AddressedNotice } from "../domain/notice.ts";
import type { NoticeId, TwinId } from "../domain/ids.ts";
import { now } from "../platform/clock.ts";
import { tenureOf } from "../platform/stubs.ts";
import { Telling, TELLING_SCHEMA } from "../relay/telling.ts";
import { presentTenure } from "./tenures.ts";

export const NOTICE_SCHEMA = `
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
${TELLING_SCHEMA}`;

export class Notices {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #telling: Telling;

  constructor(env: Env, storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#telling = new Telling({
      storage,
      tell: (notice, twin) => tenureOf(env, twin as TwinId).takeNotice(this.#find(notice)!),
      now,
      atOnce: 1,
    });
  }

  /** Keeps a notice and has the present owner told, unless this or a later version of it is here. */
  keep(notice: AddressedNotice): void {
    const version = versionOf(notice);
    this.#storage.transactionSync(() => {
      const { rowsWritten } = this.#sql.exec(
        `INSERT INTO notice (id, version, body) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body WHERE excluded.version > notice.version`,
        notice.id,
        version,
        JSON.stringify(notice),
      );
      const twin = presentTenure(this.#sql);
      if (rowsWritten > 0 && twin !== null) this.#telling.add(notice.id, twin, version, now());
    });
  }

  /** Has an owner who has just come told of everything that stands, the oldest first. */
  welcome(twin: TwinId): void {
    for (const row of this.#sql.exec<{ body: string }>("SELECT body FROM notice WHERE version = 1")) {
      const { id, at } = JSON.parse(row.body) as AddressedNotice;
      this.#telling.add(id, twin, 1, at);
    }
  }

  /** An owner who is gone is told nothing any more. */
  gone(twin: TwinId): void {
    this.#telling.forget(twin);
  }

  nextDueAt(): number | null {
    return this.#telling.nextDueAt();
  }

  /** Tells whoever is due. Never throws. */
  tell(): Promise<void> {
    return this.#telling.run();
  }

  #find(id: NoticeId): AddressedNotice | null {
    const row = [...this.#sql.exec<{ body: string }>("SELECT body FROM notice WHERE id = ?", id)][0];
    return row ? (JSON.parse(row.body) as AddressedNotice) : null;
  }
}
