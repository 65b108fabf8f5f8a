// What a shard finds: every filter and every word, alone and together, in either order, and without reading what it does not answer.

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { threadsUpTo, waitingAfter } from "../../src/desk/filtering.ts";
import { handle } from "../../src/desk/handling.ts";
import { labelsInUse } from "../../src/desk/marks.ts";
import { project } from "../../src/desk/projecting.ts";
import { MIGRATIONS } from "../../src/desk/schema.ts";
import type { DeskThread, ProjectedThread, ThreadFilter } from "../../src/domain/desk.ts";
import type { IssueId, KeyId, NoteId, TwinId } from "../../src/domain/ids.ts";
import { migrate } from "../../src/platform/migrate.ts";

const TWIN = "twin" as TwinId;
const EVER = Number.MAX_SAFE_INTEGER;
const BEGINNING = { sentAt: 0, note: "" };

/** A desk's storage that nobody else has. */
const inDesk = <R>(version: number, look: (storage: DurableObjectStorage) => R): Promise<R> =>
  runInDurableObject(env.KEYRING.getByName(`fixture ${crypto.randomUUID()}`) as DurableObjectStub, (_, { storage }) => {
    migrate(storage, MIGRATIONS.slice(0, version));
    return look(storage);
  });

const note = (n: number): NoteId => `note_${String(n).padStart(4, "0")}`;
const thread = (n: number, more: Partial<ProjectedThread> = {}): ProjectedThread => ({
  note: note(n),
  product: { name: "A kettle", model: null, gtin: null },
  kind: "problem",
  wants: "nothing",
  sealed: "sealed",
  words: "a1b2c3",
  state: "open",
  outcome: null,
  verdict: null,
  sentAt: n,
  updatedAt: n,
  firstReplyAt: null,
  lastFrom: "owner",
  agreement: { id: "agr_1", terms: "SD-BASE-A" },
  counted: true,
  ...more,
});

function take(storage: DurableObjectStorage, turn: number, threads: readonly ProjectedThread[]): void {
  project(storage, "a.example", { twin: TWIN, epoch: 1, turn, after: 0, last: false, threads, gone: [] }, 1);
}

const agent = (id: string) => ({ id: id as KeyId, label: "Mo" });
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const KEYS = ["key_A", "key_a"] as const;
const ISSUES = ["issue_1", "issue_2"] as const;
const LABELS = ["noise", "noise ", "Noise", "ü"] as const;
const NAMES = ['A "kettle"', "A kettle", "09524000000011", "open"] as const;
const VEILED = ["a1b2", "a1b2c3", "c3"] as const;

const projected = fc.record({
  product: fc.record({
    name: fc.constantFrom(...NAMES),
    model: fc.option(fc.constantFrom(...NAMES)),
    gtin: fc.option(fc.constant("09524000000011")),
  }),
  kind: fc.constantFrom("problem", "idea"),
  wants: fc.constantFrom("nothing", "repair"),
  words: fc.subarray([...VEILED]).map((all) => all.join(" ")),
  state: fc.constantFrom("open", "answered", "closed"),
  verdict: fc.constantFrom("addressed", "not-addressed", null),
  sentAt: fc.nat(5),
  updatedAt: fc.nat(5),
});
const handling = fc.record({
  assignee: fc.option(fc.constantFrom(...KEYS).map(agent)),
  knownIssue: fc.option(fc.constantFrom(...ISSUES).map((id) => id as IssueId)),
  labels: fc.subarray([...LABELS]),
});
const change = fc.record({ n: fc.nat(9), told: fc.option(projected), handling: fc.option(handling) });
const filter: fc.Arbitrary<ThreadFilter> = fc.record({
  state: optional(fc.constantFrom("open", "answered", "closed")),
  product: optional(fc.constantFrom(...NAMES)),
  kind: optional(fc.constantFrom("problem", "idea")),
  wants: optional(fc.constantFrom("nothing", "repair")),
  verdict: optional(fc.constantFrom("addressed", "not-addressed")),
  label: optional(fc.constantFrom(...LABELS)),
  assignee: optional(fc.constantFrom(...KEYS.map((id) => id as KeyId), "none" as const)),
  issue: optional(fc.constantFrom(...ISSUES).map((id) => id as IssueId)),
  words: optional(fc.array(fc.constantFrom(...VEILED, "a1"), { minLength: 1, maxLength: 2 })),
});

type Found = DeskThread & { readonly words: string };

function passes(one: Found, filter: ThreadFilter): boolean {
  const { state, product, kind, wants, verdict, label, assignee, issue, words } = filter;
  const has = one.words.split(" ").filter((word) => word !== "");
  const { name, model, gtin } = one.product;
  return (
    (state === undefined || one.state === state) &&
    (product === undefined || [name, model, gtin].includes(product)) &&
    (kind === undefined || one.kind === kind) &&
    (wants === undefined || one.wants === wants) &&
    (verdict === undefined || one.verdict === verdict) &&
    (label === undefined || one.labels.includes(label)) &&
    (assignee === undefined || (one.assignee?.id ?? "none") === assignee) &&
    (issue === undefined || one.issue === issue) &&
    (words === undefined ||
      (words.slice(0, -1).every((word) => has.includes(word)) && has.some((word) => word.startsWith(words.at(-1)!))))
  );
}

const notes = (threads: readonly { note: NoteId }[]): NoteId[] => threads.map((one) => one.note);

test("any choice of filters finds the threads that have all of it, in either order and page by page", () =>
  inDesk(MIGRATIONS.length, (storage) => {
    const { sql } = storage;
    let turn = 0;
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 12 }),
        fc.array(filter, { minLength: 4, maxLength: 8 }),
        (all, asked) => {
          for (const table of ["thread", "words", "handling", "thread_label", "projected_twin"])
            sql.exec(`DELETE FROM ${table}`);
          const words = new Map<NoteId, string>();
          for (const { n, told, handling: done } of all) {
            if (told) {
              take(storage, ++turn, [thread(n, told)]);
              words.set(note(n), told.words);
            }
            if (done) handle(sql, TWIN, note(n), done);
          }
          const there = threadsUpTo(sql, {}, EVER, 100).map((one): Found => ({ ...one, words: words.get(one.note)! }));
          expect(notes(there).toSorted()).toEqual([...words.keys()].toSorted());
          expect(labelsInUse(sql)).toEqual([...new Set(there.flatMap((one) => one.labels))].toSorted());
          for (const wanted of asked) {
            const right = there.filter((one) => passes(one, wanted)).toSorted((a, b) => b.rank - a.rank);
            expect(notes(threadsUpTo(sql, wanted, EVER, 100))).toEqual(notes(right));
            for (const [at, one] of right.entries())
              expect(notes(threadsUpTo(sql, wanted, one.rank - 1, 2))).toEqual(notes(right.slice(at + 1, at + 3)));
            const waiting = right
              .filter((one) => one.state === "open")
              .toSorted((a, b) => a.sentAt - b.sentAt || (a.note < b.note ? -1 : 1));
            const open = { ...wanted, state: "open" } as const;
            if (wanted.state === undefined || wanted.state === "open") {
              expect(notes(waitingAfter(sql, open, BEGINNING, 100))).toEqual(notes(waiting));
              for (const [at, one] of waiting.entries())
                expect(notes(waitingAfter(sql, open, one, 2))).toEqual(notes(waiting.slice(at + 1, at + 3)));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  }));

describe("of many threads", () => {
  const MANY = 3_000;
  const read = (sql: SqlStorage, look: (counted: SqlStorage) => readonly unknown[]): number => {
    let rows = 0;
    const cursors: SqlStorageCursor<any>[] = [];
    const counted = {
      exec: (query: string, ...values: any[]) => {
        const cursor = sql.exec(query, ...values);
        cursors.push(cursor);
        return cursor;
      },
    } as unknown as SqlStorage;
    look(counted);
    for (const cursor of cursors) rows += cursor.rowsRead;
    return rows;
  };

  test("the few that a filter or a word leaves are found without reading the others", () =>
    inDesk(MIGRATIONS.length, (storage) => {
      const { sql } = storage;
      const rare = (n: number) => n % 1_000 === 0;
      take(
        storage,
        1,
        Array.from({ length: MANY }, (_, n) =>
          thread(n, rare(n) ? { words: "a1b2c3 zzzz", verdict: "not-addressed", wants: "repair" } : {}),
        ),
      );
      for (let n = 0; n < MANY; n += 1_000)
        handle(sql, TWIN, note(n), { assignee: agent("key_1"), knownIssue: "issue_1", labels: ["noise"] });
      const few: readonly ThreadFilter[] = [
        { verdict: "not-addressed" },
        { state: "open", assignee: "key_1" },
        { issue: "issue_1" },
        { kind: "problem", label: "noise" },
        { state: "open", wants: "repair", words: ["a1b2c3"] },
        { words: ["zzzz"] },
      ];
      for (const wanted of few) {
        let found: DeskThread[] = [];
        const rows = read(sql, (counted) => (found = threadsUpTo(counted, wanted, EVER, 51)));
        expect([wanted, notes(found)]).toEqual([wanted, [note(2_000), note(1_000), note(0)]]);
        expect(rows, JSON.stringify(wanted)).toBeLessThan(150);
      }
      const none = { state: "closed", kind: "problem", words: ["a1b2c3"] } as const;
      expect(read(sql, (counted) => threadsUpTo(counted, none, EVER, 51))).toBeLessThan(150);
      const [{ rank: deep } = { rank: 0 }] = sql.exec<{ rank: number }>(
        "SELECT rank FROM thread ORDER BY rank LIMIT 1 OFFSET 60",
      );
      const pageAt = (place: number) => read(sql, (counted) => threadsUpTo(counted, { state: "open" }, place, 51));
      expect(pageAt(EVER)).toBeLessThan(200);
      expect(pageAt(deep)).toBeLessThan(200);
      const waiting = { state: "open", kind: "problem" } as const;
      expect(notes(waitingAfter(sql, waiting, BEGINNING, 3))).toEqual([note(0), note(1), note(2)]);
      const mine = { state: "open", assignee: "key_1" } as const;
      expect(notes(waitingAfter(sql, mine, BEGINNING, 51))).toEqual([note(0), note(1_000), note(2_000)]);
      expect(read(sql, (counted) => waitingAfter(counted, mine, BEGINNING, 51))).toBeLessThan(150);
      expect(read(sql, (counted) => waitingAfter(counted, { state: "open" }, BEGINNING, 51))).toBeLessThan(300);
    }));
});

describe.each([1, 2, 3])("a desk as version %i of its schema kept it", (version) => {
  test("has every thread, found by its words and by all that stands in its row", () =>
    inDesk(version, (storage) => {
      const { sql } = storage;
      const kept = (n: number, state: string, assignee: string | null, veiled: string): void => {
        sql.exec(
          `INSERT INTO thread (rank, note, twin, epoch, product, model, gtin, kind, wants, sealed, state, outcome, verdict, sent_at,
             updated_at, first_reply_at, last_from, agreement, terms, counted, assignee, issue)
           VALUES (?, ?, 'twin', 1, 'A kettle', NULL, '09524000000011', 'problem', 'nothing', 'sealed', ?, NULL, NULL, ?, ?, NULL, 'owner', 'agr_1', 'SD-BASE', 0, ?, NULL)`,
          n * 1_024,
          note(n),
          state,
          n,
          n,
          assignee,
        );
        sql.exec("INSERT INTO words (rowid, veiled) VALUES (?, ?)", n * 1_024, veiled);
      };
      kept(1, "open", "key_1", "a1b2 c3d4");
      sql.exec(
        "INSERT INTO handling (note, twin, assignee, assignee_label) VALUES (?, 'twin', 'key_1', 'Mo')",
        note(1),
      );
      sql.exec("INSERT INTO thread_label VALUES (?, 'noise')", note(1));
      sql.exec("INSERT INTO labelled VALUES ('noise', ?)", 1_024);
      kept(2, "closed", null, "c3d4");
      kept(3, "open", null, "e5f6");
      // A thread that left, and one whose words nobody could search for.
      kept(4, "open", null, "a1b2");
      sql.exec("DELETE FROM words WHERE rowid = ?", 4 * 1_024);
      sql.exec("DELETE FROM thread WHERE rank = ?", 4 * 1_024);
      kept(5, "open", null, "");
      migrate(storage, MIGRATIONS);
      const found = (wanted: ThreadFilter) => notes(threadsUpTo(sql, wanted, EVER, 10));
      expect(found({})).toEqual([note(5), note(3), note(2), note(1)]);
      expect(found({ words: ["a1b2"] })).toEqual([note(1)]);
      expect(found({ words: ["c3"] })).toEqual([note(2), note(1)]);
      expect(found({ words: ["c3d4"], state: "closed" })).toEqual([note(2)]);
      expect(found({ product: "09524000000011" })).toEqual(found({}));
      expect(found({ assignee: "key_1" })).toEqual([note(1)]);
      expect(found({ assignee: "none", state: "open" })).toEqual([note(5), note(3)]);
      expect(found({ label: "noise" })).toEqual([note(1)]);
      expect(labelsInUse(sql)).toEqual(["noise"]);
      expect(notes(waitingAfter(sql, { state: "open" }, BEGINNING, 10))).toEqual([note(1), note(3), note(5)]);
      take(storage, 1, [thread(3, { words: "a1b2" })]);
      handle(sql, TWIN, note(2), { labels: ["loud"] });
      expect(found({ words: ["e5f6"] })).toEqual([]);
      expect(found({ words: ["a1b2"] })).toHaveLength(2);
      expect(found({ words: ["c3d4"], label: "loud" })).toEqual([note(2)]);
    }));
});
