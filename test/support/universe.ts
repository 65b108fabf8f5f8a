// Everything that is stored, in every object: to see that a request changed nothing. Tests of one file share it, and no other file's are in it.

import { env } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";

const NAMESPACES = ["TWIN", "TENURE", "MAKER", "PRODUCT", "DESK", "OFFICE", "DIRECTORY", "KEYRING"] as const;
/** When a credential was last used is noted with every use, a read's too. */
const NOTED = "last_used_at";

type Dump = Record<string, unknown[]>;

const tablesOf = (sql: SqlStorage): string[] =>
  [
    ...sql.exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
    ),
  ].map(({ name }) => name);

// A union of all the objects' stubs is too deep a type for the compiler.
async function dump(stub: any): Promise<Dump> {
  return runInDurableObject(stub, (_: unknown, { storage }: DurableObjectState): Dump => {
    const unnoted = (row: object) => Object.fromEntries(Object.entries(row).filter(([column]) => column !== NOTED));
    const rows = tablesOf(storage.sql).map(
      (name) => [name, [...storage.sql.exec(`SELECT * FROM ${name}`)].map(unnoted)] as const,
    );
    return JSON.parse(
      JSON.stringify({ ...Object.fromEntries(rows), kv: [...storage.kv.list()] }, (_key, value) => readable(value)),
    ) as Dump;
  });
}

/** Bytes as text, so that they compare and can be searched: what they would read as, too. */
const readable = (value: unknown): unknown =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? [bytesIn(value).toBase64(), new TextDecoder("latin1").decode(bytesIn(value))]
    : value;
const bytesIn = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
  value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

const isEmpty = (dumped: Dump): boolean => Object.keys(dumped).length === 1 && dumped.kv!.length === 0;

/** Every row of every object, by its namespace and id. An object that holds nothing is left out where there is a fixed number of them. */
export async function everything(): Promise<Record<string, Dump>> {
  const all: Record<string, Dump> = {};
  for (const name of NAMESPACES) {
    const namespace = env[name] as DurableObjectNamespace;
    const ids = await listDurableObjectIds(namespace);
    const dumps = await Promise.all(ids.map((id) => dump(namespace.get(id))));
    for (const [n, id] of ids.entries()) {
      const dumped = dumps[n]!;
      if (!isEmpty(dumped) || (name !== "DIRECTORY" && name !== "KEYRING")) all[`${name} ${id.toString()}`] = dumped;
    }
  }
  return all;
}

// A union of all the objects' stubs is too deep a type for the compiler.
async function countIn(stub: any): Promise<Record<string, number>> {
  return runInDurableObject(stub, (_: unknown, { storage: { sql, kv } }: DurableObjectState) => ({
    ...Object.fromEntries(
      tablesOf(sql).map((name) => [name, sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${name}`).one().n]),
    ),
    kv: [...kv.list()].length,
  }));
}

/** How many rows there are of each kind in all the objects, but for what a shard notes of itself. */
export async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of NAMESPACES) {
    const namespace = env[name] as DurableObjectNamespace;
    const ids = await listDurableObjectIds(namespace);
    for (const here of await Promise.all(ids.map((id) => countIn(namespace.get(id))))) {
      for (const [table, rows] of Object.entries(here)) {
        const kind = `${name}.${table}`;
        if (kind !== "DIRECTORY.kv" && kind !== "KEYRING.kv") counts[kind] = (counts[kind] ?? 0) + rows;
      }
    }
  }
  return counts;
}
