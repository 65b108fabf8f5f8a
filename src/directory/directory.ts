// One shard of the directory: the only place that knows which domains are makers here. Never reads an agreement or a twin.

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../domain/failure.ts";
import type { AgreementId, Domain, TwinId } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { Gtins } from "./gtins.ts";
import { Roll, type Listed } from "./roll.ts";
import { MIGRATIONS } from "./schema.ts";
import { WAITING_CAP, WaitingRoom, type WaitingProffer } from "./waiting-room.ts";

export class Directory extends DurableObject<Env> {
  readonly #roll: Roll;
  readonly #gtins: Gtins;
  readonly #waiting: WaitingRoom;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#roll = new Roll(ctx.storage.sql);
    this.#gtins = new Gtins(ctx.storage.sql);
    this.#waiting = new WaitingRoom(ctx.storage.sql);
  }

  /** Lists a maker under its domain; `created` is false when a proven one was listed before. One that was never proven makes room. */
  register(domain: Domain, name: string, deskShards: number, verified: boolean): { created: boolean } {
    migrate(this.ctx.storage, MIGRATIONS);
    return { created: this.#roll.add(domain, name, deskShards, verified, now()) };
  }

  maker(domain: Domain): Listed | null {
    return isMade(this.ctx.storage) ? this.#roll.find(domain) : null;
  }

  /** From now on nothing waits for this maker any more: it decides for itself. */
  policySet(domain: Domain): void {
    if (isMade(this.ctx.storage)) this.#roll.markPolicy(domain, now());
  }

  /** Gives a GTIN-14 to the first maker that asks; `gtin-taken` for any other. */
  ownGtin(gtin: string, domain: Domain): Result<null, Failure> {
    migrate(this.ctx.storage, MIGRATIONS);
    const owner = this.ctx.storage.transactionSync(() => this.#gtins.own(gtin, domain, now()));
    return owner === domain ? ok(null) : err({ code: "gtin-taken" });
  }

  /** Whose a GTIN-14 is, null for nobody's. */
  gtinOwner(gtin: string): Domain | null {
    return isMade(this.ctx.storage) ? this.#gtins.owner(gtin) : null;
  }

  /** Lets a proffer wait for a maker without a policy. `joined`: the maker has one, nothing was stored, ask it directly. */
  wait(domain: Domain, twin: TwinId, agreement: AgreementId, at: number): Result<{ joined: boolean }, Failure> {
    migrate(this.ctx.storage, MIGRATIONS);
    return this.ctx.storage.transactionSync((): Result<{ joined: boolean }, Failure> => {
      if (this.#roll.find(domain)?.hasPolicy) return ok({ joined: true });
      if (this.#waiting.has(agreement)) return ok({ joined: false });
      if (this.#waiting.count(domain) >= WAITING_CAP) {
        return err({
          code: "quota-exceeded",
          detail: `${WAITING_CAP} proffers wait for ${domain} already. Try again once it has joined.`,
        });
      }
      this.#waiting.add(domain, twin, agreement, at);
      return ok({ joined: false });
    });
  }

  /** How many owners' twins have a proffer waiting for this company. */
  ownersWaiting(domain: Domain): number {
    return isMade(this.ctx.storage) ? this.#waiting.owners(domain) : 0;
  }

  waiting(domain: Domain, limit: number): WaitingProffer[] {
    return isMade(this.ctx.storage) ? this.#waiting.next(domain, limit) : [];
  }

  waited(domain: Domain, agreement: AgreementId): void {
    if (isMade(this.ctx.storage)) this.#waiting.remove(domain, agreement);
  }

  postpone(domain: Domain, agreement: AgreementId): void {
    if (isMade(this.ctx.storage)) this.#waiting.postpone(domain, agreement, now());
  }
}
