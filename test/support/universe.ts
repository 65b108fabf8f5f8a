// Everything that is stored, in every object: to see that a request changed nothing. Tests of one file share it, and no other file's are in it.

import { env } from "cloudflare:workers";
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";

const WITH_ALARMS = ["TWIN", "TENURE", "MAKER", "PRODUCT", "DESK", "OFFICE"] as const;
const NAMESPACES = [...WITH_ALARMS, "DIRECTORY", "KEYRING"] as const;
/** Whatever an object does by itself, its alarm is set within this time, should that be cut off. */
const LEASE_MS = 60_000;
const AT_REST_WITHIN_MS = 30_000;
const LOOK_MS = 25;

/** FTS5's own tables: their rows are pieces of an index, which it joins to fewer ones from time to time. */
const OF_AN_INDEX = /^words_(?:data|idx)$/;
/** When a credential was last used is noted with every use, a read's too. */
const NOTED = "last_used_at";

type Dump = Record<string, unknown[]>;

const tablesOf = (sql: SqlStorage): string[] =>
  [
    ...sql.exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
    ),
  ].map(({ name }) => name);

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

type Seen<T> = { readonly name: string; readonly id: string; readonly seen: T };

/** What `look` sees in every object of these kinds; null when any of them is at work by itself, or about to be. */
async function visitAll<T>(
  kinds: readonly (typeof NAMESPACES)[number][],
  look: (storage: DurableObjectStorage) => T,
): Promise<Seen<T>[] | null> {
  const soon = vi.getRealSystemTime() + LEASE_MS;
  const all: Seen<T>[] = [];
  for (const name of kinds) {
    const namespace = env[name] as DurableObjectNamespace;
    const visit = async (_: unknown, { id, storage }: DurableObjectState): Promise<Seen<T> | null> => {
      const alarmAt = await storage.getAlarm();
      return alarmAt === null || alarmAt > soon ? { name, id: id.toString(), seen: look(storage) } : null;
    };
    const stubs = (await listDurableObjectIds(namespace)).map((id): any => namespace.get(id)); // a union of all their types is too deep for the compiler
    const here = await Promise.all(stubs.map((stub): Promise<Seen<T> | null> => runInDurableObject(stub, visit)));
    for (const one of here) {
      if (one === null) return null;
      all.push(one);
    }
  }
  return all;
}

/** Looks into every object once all are at rest: twice in a row, for one that is done may have given another something to do. */
async function lookEverywhere<T>(look: (storage: DurableObjectStorage) => T): Promise<Seen<T>[]> {
  const giveUpAt = vi.getRealSystemTime() + AT_REST_WITHIN_MS;
  for (;;) {
    const all = (await visitAll(WITH_ALARMS, () => null)) && (await visitAll(NAMESPACES, look));
    if (all !== null) return all;
    if (vi.getRealSystemTime() > giveUpAt) throw new Error(`not at rest within ${AT_REST_WITHIN_MS / 1_000} s`);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** Every row of every object, by its namespace and id. An object that holds nothing is left out where there is a fixed number of them. */
export async function everything(): Promise<Record<string, Dump>> {
  const dumps = await lookEverywhere((storage): Dump => {
    const unnoted = (row: object) => Object.fromEntries(Object.entries(row).filter(([column]) => column !== NOTED));
    const rows = tablesOf(storage.sql).map(
      (table) => [table, [...storage.sql.exec(`SELECT * FROM ${table}`)].map(unnoted)] as const,
    );
    return JSON.parse(
      JSON.stringify({ ...Object.fromEntries(rows), kv: [...storage.kv.list()] }, (_key, value) => readable(value)),
    ) as Dump;
  });
  return Object.fromEntries(
    dumps
      .filter(({ name, seen }) => !isEmpty(seen) || (name !== "DIRECTORY" && name !== "KEYRING"))
      .map(({ name, id, seen }) => [`${name} ${id}`, seen]),
  );
}

/** How many rows there are of each kind in all the objects, but for what a shard notes of itself and how an index for searching is laid out. */
export async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const seen = await lookEverywhere(({ sql, kv }) => [
    ...tablesOf(sql)
      .filter((table) => !OF_AN_INDEX.test(table))
      .map((table) => [table, sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).one().n] as const),
    ["kv", [...kv.list()].length] as const,
  ]);
  for (const { name, seen: here } of seen) {
    for (const [table, rows] of here) {
      const kind = `${name}.${table}`;
      if (kind !== "DIRECTORY.kv" && kind !== "KEYRING.kv") counts[kind] = (counts[kind] ?? 0) + rows;
    }
  }
  return counts;
}
