// One shard of a company's desk: the threads of some of its owners' twins, as their agreements let it see them, and what the desk itself keeps of them.
// Who asks was judged by the Maker before; the class only receives.

import { DurableObject } from "cloudflare:workers";
import { isMade, migrate } from "../platform/migrate.ts";
import { MIGRATIONS } from "./schema.ts";

export class Desk extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (isMade(ctx.storage)) migrate(ctx.storage, MIGRATIONS);
  }
}
