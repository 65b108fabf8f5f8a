// Everything that is stored, in every object: to see that a request changed nothing. Tests of one file share it, and no other file's are in it.

import { env } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";

const NAMESPACES = ["TWIN", "TENURE", "MAKER", "PRODUCT", "DIRECTORY", "KEYRING"] as const;
/** When a credential was last used is noted with every use, a read's too. */
const NOTED = "last_used_at";

type Dump = Record<string, unknown>;

// A union of all the objects' stubs is too deep a type for the compiler.
async function dump(stub: any): Promise<Dump> {
  return runInDurableObject(stub, (_: unknown, { storage }: DurableObjectState): Dump => {
    const tables = [...storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'")];
    const rows = tables.map(({ name }) => [name, [...storage.sql.exec(`SELECT * FROM ${name}`)].map(({ [NOTED]: _, ...row }) => row)] as const);
    return { ...Object.fromEntries(rows), kv: [...storage.kv.list()] };
  });
}

const isEmpty = (dumped: Dump): boolean => Object.keys(dumped).length === 1 && (dumped.kv as unknown[]).length === 0;

/** Every row of every object, by its namespace and id. An object that holds nothing is left out where there is a fixed number of them. */
export async function everything(): Promise<Record<string, Dump>> {
  const all: Record<string, Dump> = {};
  for (const name of NAMESPACES) {
    const namespace = env[name] as DurableObjectNamespace;
    for (const id of await listDurableObjectIds(namespace)) {
      const dumped = await dump(namespace.get(id));
      if (!isEmpty(dumped) || (name !== "DIRECTORY" && name !== "KEYRING")) all[`${name} ${id}`] = dumped;
    }
  }
  return all;
}
