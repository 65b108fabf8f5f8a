// One GTIN: its model and maker, its notices, and its claimed items, which no maker ever gets to see. Knows nothing of unsold labels.

import { DurableObject } from "cloudflare:workers";
import { twinParts, type NoticeId, type TwinId } from "../domain/ids.ts";
import type { AddressedNotice, PublicNotice, Reach } from "../domain/notice.ts";
import { now } from "../platform/clock.ts";
import { isMade, migrate } from "../platform/migrate.ts";
import { Catalogue, type About, type Registration } from "./catalogue.ts";
import { ClaimedItems } from "./claimed-items.ts";
import { Notices, type PostedNotice } from "./notices.ts";
import { MIGRATIONS } from "./schema.ts";

/** An alarm that dies is followed by another. */
const LEASE_MS = 60_000;

export class Product extends DurableObject<Env> {
  readonly #catalogue: Catalogue;
  readonly #claimed: ClaimedItems;
  readonly #notices: Notices;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
    this.#catalogue = new Catalogue(ctx.storage.sql);
    this.#claimed = new ClaimedItems(ctx.storage.sql);
    this.#notices = new Notices(env, ctx.storage);
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

  /** Keeps the twin that has a claimed item now, and answers the notices that stand for it; null when the product is not known here. */
  claimed(twin: TwinId): AddressedNotice[] | null {
    if (!isMade(this.ctx.storage)) return null;
    const { item } = twinParts(twin);
    this.#claimed.put(item, twin, now());
    return this.#notices.standingFor(item);
  }

  /** For what only the item's owner is to hear: whose it is now; null while nobody has claimed it. */
  whoHas(item: string): TwinId | null {
    return isMade(this.ctx.storage) ? this.#claimed.twinOf(item) : null;
  }

  /** For its maker: keeps a notice, or that it was withdrawn, and has every item told that it is for. The same twice changes nothing. */
  async post(posted: PostedNotice): Promise<void> {
    migrate(this.ctx.storage, MIGRATIONS);
    await this.#notices.post(posted);
    await this.#setAlarm();
  }

  board(): PublicNotice[] {
    return isMade(this.ctx.storage) ? this.#notices.board() : [];
  }

  async reaches(ids: readonly NoticeId[]): Promise<Record<NoticeId, Reach>> {
    return isMade(this.ctx.storage) ? this.#notices.reaches(ids) : {};
  }

  /** Tells items of notices. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(now() + LEASE_MS);
    await this.#notices.tell();
    await this.#setAlarm();
  }

  /** To when somebody is to be told next. */
  async #setAlarm(): Promise<void> {
    const at = this.#notices.nextDueAt();
    await (at === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(Math.max(at, now() + 1)));
  }
}
