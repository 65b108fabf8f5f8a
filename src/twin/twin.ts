// One item, whoever owns it. It decides who its owner is, opens the tenure of each and tells it of notices; it never sees an owner's words.

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../domain/failure.ts";
import type { TwinId } from "../domain/ids.ts";
import type { AddressedNotice } from "../domain/notice.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { productOf, tenureOf } from "../platform/stubs.ts";
import type { Opening } from "../tenure/tenure.ts";
import { Notices } from "./notices.ts";
import { MIGRATIONS } from "./schema.ts";
import { markErased, opened, takenBy, takeFirst, unopened } from "./tenures.ts";

const LEASE_MS = 10_000;

export class Twin extends DurableObject<Env> {
  readonly #notices: Notices;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#notices = new Notices(env, ctx.storage);
  }

  /** Gives the item to its first owner. Whoever comes after is refused, but a repeat with the same key meets its own answer. */
  async begin(opening: Opening, idem: Idem | undefined): Promise<Result<Answer<{ twin: TwinId }>, Failure>> {
    const { storage } = this.ctx;
    migrate(storage, MIGRATIONS);
    const begun = storage.transactionSync((): Result<Answer<{ twin: TwinId }>, Failure> => {
      const before = kept<{ twin: TwinId }>(storage.sql, idem, clock());
      if (before.kind === "conflict") return err({ code: "idempotency-conflict" });
      if (before.kind === "kept") return ok(before.answer);
      if (!takeFirst(storage.sql, opening)) return err({ code: "claim-refused" });
      const body = { twin: opening.twin };
      keep(storage.sql, idem, opening.twin, body, clock());
      void storage.setAlarm(clock() + LEASE_MS);
      return ok({ body, replayed: false, sealed: null });
    });
    if (!begun.ok) return begun;
    await this.#openTenures();
    await this.#tell();
    return begun;
  }

  async #openTenures(): Promise<void> {
    const { storage } = this.ctx;
    for (const opening of unopened(storage.sql)) {
      await tenureOf(this.env, opening.twin).open(opening);
      const standing =
        opening.proof === "label" && opening.product.gtin !== null
          ? await productOf(this.env, opening.product.gtin).claimed(opening.twin)
          : null;
      storage.transactionSync(() => {
        for (const notice of standing ?? []) this.#notices.keep(notice);
        opened(storage.sql, opening.twin);
        this.#notices.welcome(opening.twin);
      });
    }
  }

  /** For its product: keeps a notice of this item, or that it was withdrawn, and tells the present owner. The same twice changes nothing. */
  async takeNotice(notice: AddressedNotice): Promise<void> {
    if (!isMade(this.ctx.storage)) return;
    this.#notices.keep(notice);
    await this.#tell();
  }

  /** Tells who is due, and sets the alarm for what is then still to be done. */
  async #tell(): Promise<void> {
    await this.#setAlarm();
    if (this.#notices.nextDueAt() === null) return;
    await this.#notices.tell();
    await this.#setAlarm();
  }

  async #setAlarm(): Promise<void> {
    const { storage } = this.ctx;
    const times = [unopened(storage.sql).length > 0 ? clock() + LEASE_MS : null, this.#notices.nextDueAt()];
    const due = times.filter((at) => at !== null);
    await (due.length === 0 ? storage.deleteAlarm() : storage.setAlarm(Math.max(Math.min(...due), clock() + 1)));
  }

  /**
   * A tenure erased itself. The item stays taken, its label's code used. Of an item that its owner started, what they typed
   * is in this file as well: it goes whole, and only the name is written again.
   */
  async erased(twin: TwinId): Promise<void> {
    const { storage } = this.ctx;
    const taken = isMade(storage) ? takenBy(storage.sql, twin) : null;
    if (!taken) return;
    if (!taken.labelled) {
      await storage.deleteAlarm();
      await storage.deleteAll();
      migrate(storage, MIGRATIONS);
    }
    storage.transactionSync(() => {
      storage.sql.exec("DELETE FROM idempotency");
      markErased(storage.sql, twin, taken, clock());
      this.#notices.gone(twin);
    });
    await this.#setAlarm();
  }

  /** Finishes what a crash interrupted. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(clock() + LEASE_MS);
    try {
      await this.#openTenures();
    } finally {
      await this.#tell();
    }
  }
}
