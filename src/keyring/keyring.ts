// One shard of the owners' sealed keyrings. The bearer is made from the owner's recovery words, of which nothing comes here.

import { DurableObject } from "cloudflare:workers";
import type { Failure } from "../domain/failure.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { now } from "../platform/clock.ts";
import { equalInConstantTime } from "../platform/crypto.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { mayWrite, type Condition } from "./precondition.ts";
import { Rings } from "./rings.ts";
import { MIGRATIONS } from "./schema.ts";

export class Keyring extends DurableObject<Env> {
  readonly #rings: Rings;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#rings = new Rings(ctx.storage.sql);
  }

  /** The sealed bytes and their tag; a name that nobody took and a wrong bearer get the same answer. */
  read(tokenHash: string, name: string): Result<{ etag: string; bytes: Uint8Array<ArrayBuffer> }, Failure> {
    const ring = isMade(this.ctx.storage) ? this.#rings.find(name) : null;
    if (!ring || !equalInConstantTime(ring.bearerHash, tokenHash)) return err({ code: "unauthorized" });
    return ok({ etag: ring.etag, bytes: ring.bytes });
  }

  /** Writes the bytes whose digest is `etag`; the first write fixes the bearer. `created` tells a first one. */
  write(
    tokenHash: string,
    name: string,
    sealed: { readonly etag: string; readonly bytes: Uint8Array<ArrayBuffer> },
    condition: Condition,
  ): Result<{ created: boolean }, Failure> {
    migrate(this.ctx.storage, MIGRATIONS);
    return this.ctx.storage.transactionSync((): Result<{ created: boolean }, Failure> => {
      const ring = this.#rings.find(name);
      if (ring && !equalInConstantTime(ring.bearerHash, tokenHash)) return err({ code: "unauthorized" });
      const allowed = mayWrite(condition, ring?.etag ?? null, sealed.etag);
      if (!allowed.ok) return allowed;
      if (ring) this.#rings.replace(name, sealed.etag, sealed.bytes, now());
      else this.#rings.add(name, { bearerHash: tokenHash, ...sealed }, now());
      return ok({ created: ring === null });
    });
  }
}
