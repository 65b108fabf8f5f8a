// A crash of one object, as a test wants it: what it held in memory is gone, storage is all that stays.

import { evictDurableObject } from "cloudflare:test";

/** Ends it; one that nobody has called since it last ended is not running, and has nothing to lose. */
export async function crash(stub: DurableObjectStub): Promise<void> {
  await evictDurableObject(stub).catch((fault: unknown) => {
    if (!/not currently running/.test(String(fault))) throw fault;
  });
}
