// One item, whoever owns it. It decides who its owner is, and opens the tenure of each; it never sees an owner's words.

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../domain/failure.ts";
import type { TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now as clock } from "../platform/clock.ts";
import { keep, kept, type Answer, type Idem } from "../platform/idempotency.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { productOf, tenureOf } from "../platform/stubs.ts";
import type { Opening } from "../tenure/tenure.ts";
import { MIGRATIONS } from "./schema.ts";
import { markErased, opened, takenBy, takeFirst, unopened } from "./tenures.ts";

const LEASE_MS = 10_000;

export class Twin extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
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
    if (begun.ok) await this.#openTenures();
    return begun;
  }

  async #openTenures(): Promise<void> {
    const { sql } = this.ctx.storage;
    for (const opening of unopened(sql)) {
      await tenureOf(this.env, opening.twin).open(opening);
      if (opening.proof === "label" && opening.product.gtin !== null)
        await productOf(this.env, opening.product.gtin).claimed(opening.twin);
      opened(sql, opening.twin);
    }
    await this.ctx.storage.deleteAlarm();
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
    });
  }

  /** Finishes what a crash interrupted. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(clock() + LEASE_MS);
    await this.#openTenures();
  }
}
