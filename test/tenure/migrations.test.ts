// Migrations: what an earlier version wrote is there for every later one, each step whole or not at all, and a newer storage is left alone.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { isMade, migrate } from "../../src/platform/migrate.ts";
import { MIGRATIONS as DESK } from "../../src/desk/schema.ts";
import { MIGRATIONS as DIRECTORY } from "../../src/directory/schema.ts";
import { MIGRATIONS as KEYRING } from "../../src/keyring/schema.ts";
import { Joinings } from "../../src/maker/joining.ts";
import { MIGRATIONS as MAKER } from "../../src/maker/schema.ts";
import { SIGN_IN_FOR, SignInLinks } from "../../src/maker/sign-in.ts";
import { Team } from "../../src/maker/team.ts";
import { MIGRATIONS as OFFICE } from "../../src/office/schema.ts";
import { MIGRATIONS as PRODUCT } from "../../src/product/schema.ts";
import { MIGRATIONS as TENURE } from "../../src/tenure/schema.ts";
import { addShare, listShares, shareByToken } from "../../src/tenure/shares.ts";
import { lastOffer } from "../../src/twin/offers.ts";
import { standingOf } from "../../src/twin/record.ts";
import { MIGRATIONS as TWIN } from "../../src/twin/schema.ts";
import { write } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { path, startTwin, tenureOf } from "./world.ts";

/** Four versions of a small schema: a table, a column, a table made anew, an index. */
const VERSIONS = [
  "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
  "ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT 'diary';",
  `CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL, kind TEXT NOT NULL, length INTEGER NOT NULL) STRICT;
   INSERT INTO entry SELECT id, text, kind, length(text) FROM note;
   DROP TABLE note;`,
  "CREATE INDEX entry_kind ON entry (kind);",
] as const;
/** What a program of each version writes. */
const WRITES = [
  "INSERT INTO note (id, text) VALUES (1, 'first')",
  "INSERT INTO note (id, text, kind) VALUES (2, 'second', 'idea')",
  "INSERT INTO entry (id, words, kind, length) VALUES (3, 'third', 'praise', 5)",
  "INSERT INTO entry (id, words, kind, length) VALUES (4, 'fourth', 'idea', 6)",
] as const;
const FINALLY = [
  { id: 1, words: "first", kind: "diary", length: 5 },
  { id: 2, words: "second", kind: "idea", length: 6 },
  { id: 3, words: "third", kind: "praise", length: 5 },
  { id: 4, words: "fourth", kind: "idea", length: 6 },
];

/** A storage that nobody else has, for one test. */
const inNewStorage = <R>(look: (storage: DurableObjectStorage) => R | Promise<R>): Promise<R> =>
  runInDurableObject(env.KEYRING.getByName(`fixture ${crypto.randomUUID()}`) as DurableObjectStub, (_, { storage }) =>
    look(storage),
  );
/** Without what a full-text index keeps in tables of its own. */
const tables = (storage: DurableObjectStorage): string[] =>
  [
    ...storage.sql.exec<{ name: string }>(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY name",
    ),
  ].map(({ name }) => name);
const entries = (storage: DurableObjectStorage) => [...storage.sql.exec("SELECT * FROM entry ORDER BY id")];

describe("a storage", () => {
  test.each([1, 2, 3, 4])(
    "that was begun by version %i has everything in the last one, whichever versions ran in between",
    async (begun) => {
      await inNewStorage((storage) => {
        for (let version = begun; version <= VERSIONS.length; version++) {
          migrate(storage, VERSIONS.slice(0, version));
          storage.sql.exec(WRITES[version - 1]!);
        }
        expect(entries(storage)).toEqual(FINALLY.slice(begun - 1));
      });
    },
  );

  test.each([1, 2, 3])("of version %i comes to the last one in a single step", async (version) => {
    await inNewStorage((storage) => {
      migrate(storage, VERSIONS.slice(0, version));
      storage.sql.exec(WRITES[version - 1]!);
      migrate(storage, VERSIONS);
      expect(entries(storage)).toEqual([FINALLY[version - 1]]);
    });
  });

  test("that is up to date is left as it is", async () => {
    await inNewStorage((storage) => {
      migrate(storage, VERSIONS);
      storage.sql.exec(WRITES[3]);
      migrate(storage, VERSIONS);
      migrate(storage, VERSIONS);
      expect(entries(storage)).toEqual([FINALLY[3]]);
    });
  });

  test("of a newer version is refused and not touched", async () => {
    await inNewStorage((storage) => {
      migrate(storage, VERSIONS);
      storage.sql.exec(WRITES[3]);
      expect(() => migrate(storage, VERSIONS.slice(0, 3))).toThrow("schema 4");
      expect(entries(storage)).toEqual([FINALLY[3]]);
      migrate(storage, VERSIONS);
    });
  });

  test("keeps the steps before one that fails, and nothing of that one; repaired, it goes on from there", async () => {
    await inNewStorage((storage) => {
      const broken = [
        VERSIONS[0],
        VERSIONS[1],
        "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
      ];
      expect(() => migrate(storage, broken)).toThrow("nowhere");
      expect(tables(storage)).toEqual(["note"]);
      storage.sql.exec(WRITES[1]);
      migrate(storage, VERSIONS);
      expect(entries(storage)).toEqual([FINALLY[1]]);
    });
  });

  test("that was never made says so, and is not made by asking", async () => {
    await inNewStorage((storage) => {
      expect(isMade(storage)).toBe(false);
      expect([...storage.kv.list()]).toEqual([]);
      migrate(storage, VERSIONS);
      expect(isMade(storage)).toBe(true);
    });
  });
});

type Column = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number };

/** The columns of a table that the versions after this one take away. */
const droppedSince = (migrations: readonly string[], version: number, table: string): string[] =>
  [
    ...migrations
      .slice(version)
      .join("\n")
      .matchAll(/ALTER TABLE (\w+) DROP COLUMN (\w+)/g),
  ].flatMap(([, of, column]) => (of === table ? [column!] : []));

/** The columns of a table that the versions after this one empty. */
const emptiedSince = (migrations: readonly string[], version: number, table: string): string[] =>
  [
    ...migrations
      .slice(version)
      .join("\n")
      .matchAll(/UPDATE (\w+) SET (\w+) = NULL;/g),
  ].flatMap(([, of, column]) => (of === table ? [column!] : []));

/** The tables that the versions after this one take away. */
const tablesDroppedSince = (migrations: readonly string[], version: number): string[] =>
  [
    ...migrations
      .slice(version)
      .join("\n")
      .matchAll(/DROP TABLE (\w+)/g),
  ].map(([, table]) => table!);

/** A row with something in every column, none of it zero, empty or another column's. */
function fill(storage: DurableObjectStorage, table: string): Record<string, unknown> {
  const columns = [...storage.sql.exec<Column>(`PRAGMA table_info("${table}")`)];
  const values = columns.map(({ name, type, pk }, at) =>
    // A table of one row checks that its key is 1.
    type === "INTEGER"
      ? pk > 0
        ? 1
        : 1_000 + at
      : type === "BLOB"
        ? new Uint8Array([at, 255, 0])
        : `${table} ${name}`,
  );
  // Some tables are made with rows in them.
  storage.sql.exec(`DELETE FROM "${table}"`);
  const marks = columns.map(() => "?").join(", ");
  storage.sql.exec(`INSERT INTO "${table}" VALUES (${marks})`, ...values);
  return [...storage.sql.exec(`SELECT * FROM "${table}"`)][0]!;
}

describe.each([
  ["Twin", TWIN],
  ["Tenure", TENURE],
  ["Maker", MAKER],
  ["Product", PRODUCT],
  ["Desk", DESK],
  ["Office", OFFICE],
  ["Directory", DIRECTORY],
  ["Keyring", KEYRING],
] as const)("%s", (_, migrations) => {
  test("with a row in every table of any earlier version comes to the last with every one of them as it was", async () => {
    for (let version = 1; version <= migrations.length; version++) {
      await inNewStorage((storage) => {
        migrate(storage, migrations.slice(0, version));
        const before = tables(storage)
          .filter((table) => !tablesDroppedSince(migrations, version).includes(table))
          .map((table) => [table, fill(storage, table)] as const);
        expect(before.length).toBeGreaterThan(0);
        migrate(storage, migrations);
        for (const [table, row] of before) {
          const after = [...storage.sql.exec(`SELECT * FROM "${table}"`)];
          // A later version may add columns, or take one away or empty one that it names; what else was there is there.
          for (const column of droppedSince(migrations, version, table)) delete row[column];
          for (const column of emptiedSince(migrations, version, table)) row[column] = null;
          expect([version, table, after]).toEqual([version, table, [expect.objectContaining(row)]]);
        }
        // And what the later versions brought can be written.
        const known = new Set(before.map(([table]) => table));
        for (const table of tables(storage)) if (!known.has(table)) expect(fill(storage, table)).toBeTruthy();
      });
    }
  });

  test("comes to the same tables from every earlier version, and every table is strict", async () => {
    const shape = (storage: DurableObjectStorage) =>
      [
        ...storage.sql.exec<{ sql: string }>(
          "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY name",
        ),
      ].map(({ sql }) => sql);
    const whole = await inNewStorage((storage) => {
      migrate(storage, migrations);
      return shape(storage);
    });
    for (const sql of whole.filter((text) => text.startsWith("CREATE TABLE")))
      expect(sql).toMatch(/\) STRICT(?:, WITHOUT ROWID)?$/);
    for (let version = 1; version < migrations.length; version++) {
      await inNewStorage((storage) => {
        migrate(storage, migrations.slice(0, version));
        migrate(storage, migrations);
        expect(shape(storage)).toEqual(whole);
      });
    }
  });
});

// As programs wrote them that are in use: a column is added to what they left, or taken away, and the rest reads as before.
describe("what was written before labels had one salt for the record's life", () => {
  test("a share is there without a salt of its own, and more can be made", async () => {
    await inNewStorage((storage) => {
      const { sql } = storage;
      migrate(storage, TENURE.slice(0, 12));
      sql.exec(
        `INSERT INTO share (id, token_hash, label, withhold, up_to, salt, created_at, expires_at, openings)
         VALUES ('share_1', 'hash', 'For Anna', '[2]', 3, 'salt', 1, 9, 4)`,
      );
      migrate(storage, TENURE);
      expect(shareByToken(sql, "hash")).toMatchObject({ id: "share_1", label: "For Anna", openings: 4 });
      const showing = { withhold: [], upTo: 1 };
      addShare(sql, { id: "share_2", tokenHash: "other", label: null, showing, expiresAt: 9 }, 2);
      expect(listShares(sql, 5, null).items.map(({ id }) => id)).toEqual(["share_2", "share_1"]);
    });
  });

  test("a record stands as it stood, with no label in its openings, and who accepted an offer of it has seen all it said", async () => {
    await inNewStorage((storage) => {
      const { sql } = storage;
      migrate(storage, TWIN.slice(0, 5));
      sql.exec(
        `INSERT INTO record (id, item, gtin, size, peaks, recorded_on, tenure, twin_key, owner_key,
           owners_entries, owners_bytes, makers_entries, makers_bytes, told)
         VALUES (1, '0123456789abcdef', '04012345678901', 1, '["aa"]', '2026-01-02', 0, 'did:key:t', 'did:key:o', 1, 2, 3, 4, 1)`,
      );
      sql.exec(
        `INSERT INTO offer (one, id, tenure, code_hash, gift, created_at, expires_at, stage,
           head_size, head_root, token_hash, recovery_hash, accepted_at, wrong)
         VALUES (1, 'offer_1', 0, 'code', 0, 1, 9, 'open', 1, 'aa', 'token', 'recovery', 2, 0)`,
      );
      migrate(storage, TWIN);
      expect(standingOf(sql)).toMatchObject({
        gtin: "04012345678901",
        tenure: 0,
        ownerKey: "did:key:o",
        labelHash: null,
      });
      expect(lastOffer(sql)!.acceptance).toMatchObject({
        head: { size: 1, root: "aa" },
        erased: 0,
        tokenHash: "token",
      });
    });
  });
});

describe("what was written before a link could be for a colleague", () => {
  test("a sign-in link is for somebody new, and lets them in", async () => {
    await inNewStorage((storage) => {
      const { sql } = storage;
      migrate(storage, MAKER.slice(0, MAKER.indexOf(SIGN_IN_FOR)));
      sql.exec(
        `INSERT INTO sign_in_link (id, label, role, hash, created_at, expires_at, made_by)
         VALUES ('link_1', 'Ann', 'agent', 'hash', 1, 9, 'key_1')`,
      );
      migrate(storage, MAKER);
      const links = new SignInLinks(sql, new Team(sql), new Joinings(sql));
      expect(links.pending(2)).toMatchObject([{ id: "link_1", label: "Ann", role: "agent", for: null }]);
      expect(links.use("hash", "key_2", "theirs", 2)).toMatchObject({
        ok: true,
        value: { key: { id: "key_2", label: "Ann", role: "agent" }, replaced: null },
      });
      expect(links.pending(2)).toEqual([]);
    });
  });
});

test.each(TENURE.map((_, at) => at + 1))(
  "a twin as version %i of the schema kept it wakes with its notes, and takes up all that is new",
  async (version) => {
    const owner = await startTwin();
    const note = await write(api, owner, "From an earlier version");
    const left = await runInDurableObject(tenureOf(owner) as DurableObjectStub, (_, { storage }) => {
      // What the later versions made is taken away: this is what that program left.
      for (const [, table] of TENURE.slice(version)
        .join("\n")
        .matchAll(/CREATE TABLE (\w+)/g))
        storage.sql.exec(`DROP TABLE "${table}"`);
      for (const [, index] of TENURE.slice(version)
        .join("\n")
        .matchAll(/CREATE (?:UNIQUE )?INDEX (\w+)/g))
        storage.sql.exec(`DROP INDEX IF EXISTS "${index}"`);
      for (const table of tables(storage))
        for (const column of droppedSince(TENURE, version, table))
          storage.sql.exec(`ALTER TABLE "${table}" ADD COLUMN ${column} TEXT NOT NULL DEFAULT ''`);
      storage.kv.put("schema-version", version);
      return tables(storage);
    });
    const then = await inNewStorage((storage) => {
      migrate(storage, TENURE.slice(0, version));
      return tables(storage);
    });
    expect(left).toEqual(then);
    await evictDurableObject(tenureOf(owner));
    expect((await api.get(path(owner, `/notes/${note.id}`), owner.token)).body).toEqual({
      ...note,
      messages: [],
      revisions: [],
      readReceipt: null,
    });
    expect((await api.get(path(owner, "/papers"), owner.token)).body.updatedAt).toBeNull();
    expect((await api.put(path(owner, "/papers"), { price: "5" }, owner.token)).status).toBe(200);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
  },
);
