// A crash of one object, as a test wants it: what it held in memory is gone, storage is all that stays.

import { evictDurableObject } from "cloudflare:test";

// A union of all the objects' stubs is too deep a type for the compiler.
/** Ends it; one that nobody has called since it last ended is not running, and has nothing to lose. */
export async function crash(stub: any): Promise<void> {
  await evictDurableObject(stub).catch((fault: unknown) => {
    if (!/not currently running/.test(String(fault))) throw fault;
  });
}
