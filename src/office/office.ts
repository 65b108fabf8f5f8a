// A company's office, one a company: what its team shares that belongs to no one thread, and who is at the desk now. Never an owner's words.
// Who asks was judged by the Maker before; the class only receives.

import { DurableObject } from "cloudflare:workers";
import { isMade, migrate } from "../platform/migrate.ts";
import { MIGRATIONS } from "./schema.ts";

export class Office extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
  }
}
