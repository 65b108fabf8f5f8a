// One GTIN: its model and maker, and its claimed items, which no maker ever gets to see. Knows nothing of unsold labels.

import { DurableObject } from "cloudflare:workers";
import { twinParts, type TwinId } from "../domain/ids.ts";
import { now } from "../platform/clock.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { Catalogue, type About, type Registration } from "./catalogue.ts";
import { ClaimedItems } from "./claimed-items.ts";
import { MIGRATIONS } from "./schema.ts";

export class Product extends DurableObject<Env> {
  readonly #catalogue: Catalogue;
  readonly #claimed: ClaimedItems;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#catalogue = new Catalogue(ctx.storage.sql);
    this.#claimed = new ClaimedItems(ctx.storage.sql);
  }

  /** Called with the owner of the GTIN only, when it has labels made; a later model name replaces the earlier. */
  register(product: Registration): void {
    migrate(this.ctx.storage, MIGRATIONS);
    this.#catalogue.put(product, now());
  }

  /** What the GTIN is; null when no maker had labels made for it. */
  about(): About | null {
    return isMade(this.ctx.storage) ? this.#catalogue.about() : null;
  }

  /** Keeps the twin that has a claimed item now; false when the product is not known here. */
  claimed(twin: TwinId): boolean {
    if (!isMade(this.ctx.storage)) return false;
    this.#claimed.put(twinParts(twin).item, twin, now());
    return true;
  }
}
