// The shard of a company's desk that has this twin.

import type { Desk } from "../desk/desk.ts";
import type { Domain, TwinId } from "../domain/ids.ts";
import { deskOf, directoryFor } from "../platform/stubs.ts";

const MAX_KNOWN = 10_000;
// How many shards a company has is fixed once its domain is proven: then the directory, that all its owners' twins would ask, is asked once.
const known = new Map<Domain, number>();

/** null for a company that is not here. */
export async function companyDesk(env: Env, maker: Domain, twin: TwinId): Promise<DurableObjectStub<Desk> | null> {
  const shards = known.get(maker) ?? (await shardsOf(env, maker));
  return shards === null ? null : deskOf(env, maker, shards, twin);
}

async function shardsOf(env: Env, maker: Domain): Promise<number | null> {
  const listed = await directoryFor(env, maker).maker(maker);
  if (listed?.verified) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(maker, listed.deskShards);
  }
  return listed?.deskShards ?? null;
}
