// A product's safety notices and recalls: which items each is for, who is still to be told, and what its maker may see of that.
// Serials are not kept, only the items they name; which of those are claimed leaves this object in noisy bands alone.

import { passesForTold, reachOf, shownCount, versionOf } from "../domain/notice.ts";
import type { AddressedNotice, Notice, PublicNotice, Reach } from "../domain/notice.ts";
import type { NoticeId } from "../domain/ids.ts";
import { now } from "../platform/clock.ts";
import { rootOf } from "../platform/root.ts";
import { itemOf } from "../platform/stubs.ts";
import { TELL_ANEW, Telling, TELLING_SCHEMA } from "../relay/telling.ts";

/** `named` is how many serials it named, null for every item; `targeted` how many of its items were claimed when it was posted. */
export const NOTICE_SCHEMA = `
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  named INTEGER,
  targeted INTEGER NOT NULL
) STRICT;
CREATE TABLE notice_item (
  notice TEXT NOT NULL,
  item TEXT NOT NULL,
  PRIMARY KEY (notice, item)
) STRICT, WITHOUT ROWID;
${TELLING_SCHEMA}`;

/** A notice as its maker hands it over. `serials` null: every item. */
export type PostedNotice = {
  readonly gtin: string;
  readonly notice: Notice;
  readonly serials: readonly string[] | null;
};

/** How long a notice, and again its withdrawal, says nothing of how far it got: longer than telling a few takes, whoever they are. */
const HIDDEN_MS = 60_000;

type Row = { id: NoticeId; body: string; version: number; named: number | null; targeted: number };

const noticeIn = ({ body }: Pick<Row, "body">): Notice => JSON.parse(body) as Notice;
const addressed = (row: Row): AddressedNotice => ({
  ...noticeIn(row),
  why: row.named === null ? "every-item" : "your-item",
});

/** The claimed items that a notice is for. */
const MEANT = `FROM claimed_item WHERE (SELECT named FROM notice WHERE id = ?1) IS NULL
  OR item IN (SELECT item FROM notice_item WHERE notice = ?1)`;

export class Notices {
  readonly #env: Env;
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  readonly #telling: Telling;

  constructor(env: Env, storage: DurableObjectStorage) {
    this.#env = env;
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#telling = new Telling({
      storage,
      tell: async (notice, item) => {
        await itemOf(env, item).takeNotice(addressed(this.#find(notice)!));
        return true;
      },
      now,
    });
  }

  /** Keeps a notice, or its withdrawal, and who is to be told of it; a repeat changes nothing. */
  async post({ gtin, notice, serials }: PostedNotice): Promise<void> {
    const root = rootOf(this.#env);
    const items = serials && (await Promise.all(serials.map((serial) => root.labelledItem(gtin, serial))));
    this.#storage.transactionSync(() => {
      const known = this.#find(notice.id);
      const version = versionOf(notice);
      if (known && known.version >= version) return;
      if (known) {
        this.#sql.exec(
          "UPDATE notice SET body = ?, version = ? WHERE id = ?",
          JSON.stringify(notice),
          version,
          notice.id,
        );
      } else {
        this.#sql.exec(
          "INSERT INTO notice (id, body, version, named, targeted) VALUES (?, ?, ?, ?, 0)",
          notice.id,
          JSON.stringify(notice),
          version,
          serials?.length ?? null,
        );
        for (const item of items ?? [])
          this.#sql.exec("INSERT OR IGNORE INTO notice_item (notice, item) VALUES (?, ?)", notice.id, item);
        this.#sql.exec(`UPDATE notice SET targeted = (SELECT count(*) ${MEANT}) WHERE id = ?1`, notice.id);
        // Withdrawn before it came here: it stands at the board as that, and nobody needs to hear of it.
        if (notice.withdrawn !== null) return;
      }
      this.#sql.exec(
        `INSERT INTO telling (notice, target, version, at, tries) SELECT ?1, item, ?2, ?3, 0 ${MEANT} ${TELL_ANEW}`,
        notice.id,
        version,
        now(),
      );
    });
  }

  /** Every notice, newest first. There are `MOST_FOR_A_PRODUCT` at most. */
  board(): PublicNotice[] {
    return [...this.#sql.exec<Row>("SELECT * FROM notice ORDER BY seq DESC")].map((row) => ({
      ...noticeIn(row),
      concerns: row.named === null ? "every-item" : "named-items",
    }));
  }

  /** What stands for an item that was claimed just now, oldest first. */
  standingFor(item: string): AddressedNotice[] {
    return [
      ...this.#sql.exec<Row>(
        `SELECT * FROM notice WHERE version = 1
           AND (named IS NULL OR EXISTS (SELECT 1 FROM notice_item WHERE notice = notice.id AND item = ?)) ORDER BY seq`,
        item,
      ),
    ].map(addressed);
  }

  /** How far notices came, as their maker may see it; one that is not here yet came nowhere. */
  async reaches(ids: readonly NoticeId[]): Promise<Record<NoticeId, Reach>> {
    const reached = await Promise.all(ids.map(async (id) => [id, await this.#reach(id)] as const));
    return Object.fromEntries(reached);
  }

  async #reach(id: NoticeId): Promise<Reach> {
    const noise = await rootOf(this.#env).noticeNoise(id);
    const row = this.#find(id);
    if (!row) return reachOf(0, null, false);
    const { at, withdrawn } = noticeIn(row);
    // How soon it is done would say whether there is anyone to tell.
    const isHidden = now() < (withdrawn?.at ?? at) + HIDDEN_MS;
    const isFinished = !isHidden && passesForTold(this.#telling.left(id), noise);
    return reachOf(shownCount(row.targeted, noise), row.named, isFinished);
  }

  /** When somebody is to be told next (ms), or null. */
  nextDueAt(): number | null {
    return this.#telling.nextDueAt();
  }

  /** Tells the items that are due. */
  tell(): Promise<void> {
    return this.#telling.run();
  }

  #find(id: NoticeId): Row | null {
    return [...this.#sql.exec<Row>("SELECT * FROM notice WHERE id = ?", id)][0] ?? null;
  }
}
