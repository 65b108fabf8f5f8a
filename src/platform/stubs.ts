// The only place that turns a name into an object. A call to a stub makes a database file, so every name given here must have proven itself:
// a twin id its MAC, a domain its row in the directory.

import type { Desk } from "../desk/desk.ts";
import type { Directory } from "../directory/directory.ts";
import { twinParts, type Domain, type TwinId } from "../domain/ids.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Maker } from "../maker/maker.ts";
import type { Office } from "../office/office.ts";
import type { Product } from "../product/product.ts";
import type { Tenure } from "../tenure/tenure.ts";
import type { Twin } from "../twin/twin.ts";

export const DIRECTORY_SHARDS = 16;
export const KEYRING_SHARDS = 256;

/** FNV-1a: spreads names over a fixed number of shards; not a secret. */
function shard(name: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
}

export const tenureOf = (env: Env, twin: TwinId): DurableObjectStub<Tenure> => env.TENURE.getByName(twin);
export const twinOf = (env: Env, twin: TwinId): DurableObjectStub<Twin> => env.TWIN.getByName(twinParts(twin).item);
export const itemOf = (env: Env, item: string): DurableObjectStub<Twin> => env.TWIN.getByName(item);
export const makerOf = (env: Env, maker: Domain): DurableObjectStub<Maker> => env.MAKER.getByName(maker);
/** The shard of a company's desk that has this twin. `shards` is fixed when the company joins. */
export const deskShardOf = (twin: TwinId, shards: number): number => shard(twin, shards);
export const deskAt = (env: Env, maker: Domain, index: number): DurableObjectStub<Desk> =>
  env.DESK.getByName(`${maker}/${index}`);
export const deskOf = (env: Env, maker: Domain, shards: number, twin: TwinId): DurableObjectStub<Desk> =>
  deskAt(env, maker, deskShardOf(twin, shards));
export const desksOf = (env: Env, maker: Domain, shards: number): DurableObjectStub<Desk>[] =>
  Array.from({ length: shards }, (_, index) => deskAt(env, maker, index));
export const officeOf = (env: Env, maker: Domain): DurableObjectStub<Office> => env.OFFICE.getByName(maker);
export const productOf = (env: Env, gtin: string): DurableObjectStub<Product> => env.PRODUCT.getByName(gtin);
export const directoryFor = (env: Env, name: string): DurableObjectStub<Directory> =>
  env.DIRECTORY.getByName(String(shard(name, DIRECTORY_SHARDS)));
export const keyringFor = (env: Env, name: string): DurableObjectStub<Keyring> =>
  env.KEYRING.getByName(String(shard(name, KEYRING_SHARDS)));
