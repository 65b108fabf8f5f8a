// The record of an item: signed, in a tree, vouched for by the twin; what it says is sealed, and can be forgotten. Its headers stay.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { dayOf } from "../../src/domain/instant.ts";
import { disclose, commitmentOf } from "../../src/domain/record/commitment.ts";
import { EMPTY_BODY, entryOf, type Entry, type Header } from "../../src/domain/record/entry.ts";
import { secure } from "../../src/domain/record/proof.ts";
import { verifyHistory, type Findings } from "../../src/domain/record/verify.ts";
import { didKey, keyIdOf } from "../../src/domain/terms/did.ts";
import { sha256 } from "../../src/platform/crypto.ts";
import { publicKeyOf, signerOf } from "../../src/platform/ed25519.ts";
import { newSalt, randomBytes } from "../../src/platform/random.ts";
import { LABEL_SALT as SALT } from "../../src/twin/record-secrets.ts";
import { MIGRATIONS } from "../../src/twin/schema.ts";
import type { Submission } from "../../src/twin/recording.ts";
import { jpeg } from "../domain/photo/pictures.ts";
import { claim, join, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { channelWith, DAY_MS, inside, path, startTwin, stillClock, tenureOf, twinOf } from "../tenure/world.ts";

stillClock();

const today = (): string => dayOf(Date.now());
const record = (owner: TestOwner, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  api.post(
    path(owner, "/history"),
    { kind: "repairing", text: "New sole.", occurredOn: today(), ...more },
    owner.token,
    headers,
  );
const history = async (owner: TestOwner) => (await api.get(path(owner, "/history"), owner.token)).body;
const found = async (owner: TestOwner): Promise<Findings> =>
  verifyHistory(await history(owner), () => null, { now: Date.now() });
const upload = async (owner: TestOwner) =>
  (await api.post(path(owner, "/photos"), jpeg(), owner.token)).body.id as string;

const picture = (owner: TestOwner, photo: string): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(
    new Request(api.origin + path(owner, `/history/photos/${photo}`), {
      headers: { Authorization: `Bearer ${owner.token}` },
    }),
  );

/** Every value in every table of the item's Twin, and beside them, as text: of bytes, each as the character of its number. */
const everyByte = (owner: TestOwner): Promise<string> =>
  inside(twinOf(owner), ({ storage }) => {
    const tables = [
      ...storage.sql.exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      ),
    ];
    const said = (value: unknown): string =>
      value instanceof ArrayBuffer
        ? Array.from(new Uint8Array(value), (byte) => String.fromCharCode(byte)).join("")
        : String(value);
    const rows = tables.flatMap(({ name }) => [...storage.sql.exec(`SELECT * FROM "${name}"`).raw()]);
    return [...rows.flat().map(said), JSON.stringify([...storage.kv.list()])].join("\n");
  });

describe("a new twin", () => {
  test("begins its record with the day it was claimed, and vouches for it", async () => {
    const owner = await startTwin();
    const { checkpoint, entries, counts } = await history(owner);
    expect(counts).toEqual([]);
    expect(entries).toMatchObject([
      {
        seq: 1,
        kind: "commissioning",
        by: { role: "twin" },
        tenure: 0,
        recordedOn: today(),
        occurredOn: today(),
        opens: { claim: "none" },
        body: EMPTY_BODY,
        erased: false,
      },
    ]);
    expect(checkpoint).toMatchObject({ size: 1, tenure: 0, status: "current", record: owner.twin.slice(5, 21) });
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", owners: 1, claim: "none", faults: [] });
  });

  test("says of a labelled item that its label was there", async () => {
    const owner = await claim(api, await join(api, operator));
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", claim: "label", item: expect.any(String) });
  });

  test("signs the record with keys that no agreement knows", async () => {
    const owner = await startTwin({ maker: "nobody-yet.example" });
    const { body } = await api.post(
      path(owner, "/agreements"),
      { maker: "nobody-yet.example", preferred: "SD-BASE" },
      owner.token,
    );
    const party = (await api.get(path(owner, `/agreements/${body.id}/record`), owner.token)).body.proffer.key;
    expect(party).toMatch(/^did:key:/);
    const { entries } = await history(owner);
    expect(JSON.stringify(entries)).not.toContain(party.slice("did:key:".length));
  });
});

describe("what an owner puts on the record", () => {
  test("is signed, in the tree, and vouched for", async () => {
    const owner = await startTwin();
    const first = await record(owner, { disposition: "active" });
    expect(first).toMatchObject({
      status: 201,
      body: { seq: 2, by: { role: "owner" }, seen: { size: 1 }, body: { text: "New sole.", disposition: "active" } },
    });
    const second = await record(owner, { kind: "inspecting", occurredOn: "2024-02-29", text: "Fine." });
    expect(second.body).toMatchObject({ seq: 3, occurredOn: "2024-02-29", recordedOn: today(), tenure: 0 });
    const { entries, checkpoint } = await history(owner);
    expect(entries.slice(1)).toEqual([first.body, second.body]);
    expect(checkpoint.size).toBe(3);
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", owners: 1, faults: [] });
  });

  test("corrects or disputes an entry that is there, and no other", async () => {
    const owner = await startTwin();
    expect((await record(owner, { corrects: 1 })).status).toBe(201);
    expect((await record(owner, { kind: "disputed", corrects: 2 })).body).toMatchObject({
      kind: "disputed",
      corrects: 2,
    });
    for (const more of [{ corrects: 4 }, { corrects: 0 }, { kind: "disputed" }, { kind: "accepting" }])
      expect([more, (await record(owner, more)).status]).toEqual([more, 422]);
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", faults: [] });
  });

  test("happened on a day that has begun somewhere", async () => {
    const owner = await startTwin();
    expect((await record(owner, { occurredOn: dayOf(Date.now() + DAY_MS) })).status).toBe(201);
    expect(await record(owner, { occurredOn: dayOf(Date.now() + 2 * DAY_MS) })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "occurredOn" }] },
    });
    expect((await record(owner, { occurredOn: "1900-01-01" })).status).toBe(201);
    expect(await record(owner, { occurredOn: "1899-12-31" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "occurredOn", message: "must not be before 1900-01-01" }] },
    });
    expect(await found(owner)).toMatchObject({ faults: [] });
  });

  test("stays in one order when much comes at once, each having seen a head that was", async () => {
    const owner = await startTwin();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => record(owner, { text: `No. ${n}` })));
    expect(answers.map(({ body }) => body.seq).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", faults: [] });
  });

  test("is sealed: no word of it is in the twin's tables, and its photo is not", async () => {
    const owner = await startTwin();
    const photo = await upload(owner);
    const channel = await channelWith(owner, ["history:write"], { label: "Uncle PRIVATE" });
    const { body } = await record(owner, { text: "PRIVATE word", photos: [photo] });
    await record(channel, { text: "PRIVATE too" });
    expect(body.body.photos).toMatchObject([{ id: photo, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    const bytes = await everyByte(owner);
    expect(bytes).not.toContain("PRIVATE");
    expect(bytes).not.toContain("JFIF");
    // What is searched for in vain is what would be there unsealed: also in its encoded form.
    expect(bytes).not.toContain(body.disclosure.slice(0, 20));
    expect(bytes).toContain(body.commitment);
    const read = await picture(owner, photo);
    expect([read.status, read.headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
    expect((await sha256(new Uint8Array(await read.arrayBuffer()))).toHex()).toBe(body.body.photos[0].sha256);
  });

  test("can be made unreadable by its owner, and its header stays: the rest is as sound as before", async () => {
    const owner = await startTwin();
    const photo = await upload(owner);
    const { body } = await record(owner, { photos: [photo] });
    await record(owner, { text: "Stays." });
    expect((await api.delete(path(owner, "/history/2"), owner.token)).status).toBe(204);
    expect((await api.delete(path(owner, "/history/2"), owner.token)).status).toBe(204);
    const { entries } = await history(owner);
    expect(entries[1]).toEqual({ ...body, body: null, disclosure: null, erased: true });
    expect(entries[2].body.text).toBe("Stays.");
    expect((await picture(owner, photo)).status).toBe(404);
    expect(await found(owner)).toMatchObject({ verdict: "withheld", erased: 1, faults: [] });
    await inside(twinOf(owner), ({ storage }) => {
      expect([...storage.sql.exec("SELECT hex(secret) AS key FROM record_secret WHERE seq = 2")]).toEqual([
        { key: "00".repeat(32) },
      ]);
    });
    for (const [seq, status] of [
      [1, 403],
      [9, 404],
      [0, 422],
      ["x", 422],
    ])
      expect([seq, (await api.delete(path(owner, `/history/${seq}`), owner.token)).status]).toEqual([seq, status]);
  });

  test("is not written twice for one key, whatever became of it since, and the key keeps no word", async () => {
    const owner = await startTwin();
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const first = await record(owner, { text: "PRIVATE once" }, headers);
    const again = await record(owner, { text: "PRIVATE once" }, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect((await record(owner, { text: "PRIVATE twice" }, headers)).status).toBe(409);
    await inside(tenureOf(owner), ({ storage }) => {
      expect(JSON.stringify([...storage.sql.exec("SELECT * FROM idempotency")])).not.toContain("PRIVATE");
    });
    await api.delete(path(owner, "/history/2"), owner.token);
    expect((await record(owner, { text: "PRIVATE once" }, headers)).body).toMatchObject({ seq: 2, body: null });
    expect((await history(owner)).entries).toHaveLength(2);
  });
});

describe("the twin", () => {
  /** An entry as the owner's side would send it, but for what `change` does. */
  async function forged(
    owner: TestOwner,
    change: (header: Header) => Partial<Header>,
    seed: Uint8Array<ArrayBuffer> | "owner" = "owner",
  ): Promise<Submission> {
    const own =
      seed === "owner"
        ? await inside(tenureOf(owner), ({ storage }) => storage.kv.get<Uint8Array<ArrayBuffer>>("record-seed")!)
        : seed;
    const disclosure = disclose(newSalt(), EMPTY_BODY);
    const { head } = await twinOf(owner).head();
    const header: Header = {
      schema: "pico-twins/entry/1",
      record: owner.twin.slice(5, 21),
      kind: "other",
      tenure: 0,
      by: { role: "owner" },
      recordedOn: today(),
      occurredOn: today(),
      corrects: null,
      commitment: commitmentOf(disclosure),
      seen: head,
    };
    const entry = await secure(
      { ...header, ...change(header) },
      signerOf(keyIdOf(didKey(await publicKeyOf(own))), own),
    );
    return { entry, disclosure, photos: [], dedupe: null };
  }
  const append = async (owner: TestOwner, submission: Submission): Promise<string> => {
    const added = await twinOf(owner).append(owner.twin as `twin_${string}`, submission);
    return added.ok ? "added" : added.error.code;
  };

  test("takes nothing that is not the present owner's, about today, of this record", async () => {
    const owner = await startTwin();
    expect(await append(owner, await forged(owner, () => ({})))).toBe("added");
    const stranger = await forged(owner, () => ({}), randomBytes(32));
    const unsigned = await forged(owner, () => ({}));
    const refused: [string, Submission][] = [
      ["malformed", stranger],
      ["malformed", { ...unsigned, entry: { ...unsigned.entry, kind: "repairing" } }],
      ["malformed", await forged(owner, () => ({ by: { role: "twin" } }))],
      ["malformed", await forged(owner, () => ({ by: { role: "maker", maker: "lamo.example" } }))],
      ["malformed", await forged(owner, () => ({ kind: "accepting" }))],
      ["malformed", await forged(owner, () => ({ by: { role: "channel" }, kind: "disputed", corrects: 1 }))],
      ["malformed", await forged(owner, () => ({ record: "0".repeat(16) }))],
      ["malformed", await forged(owner, () => ({ recordedOn: "2020-01-01", occurredOn: "2020-01-01" }))],
      ["malformed", await forged(owner, () => ({ recordedOn: dayOf(Date.now() + 7 * DAY_MS) }))],
      ["moved", await forged(owner, () => ({ tenure: 1 }))],
      ["moved", await forged(owner, ({ seen }) => ({ seen: { ...seen, root: "0".repeat(64) } }))],
      ["moved", await forged(owner, ({ seen }) => ({ seen: { ...seen, size: 7 } }))],
      ["invalid", await forged(owner, () => ({ corrects: 3 }))],
    ];
    for (const [code, submission] of refused) expect([code, await append(owner, submission)]).toEqual([code, code]);
    expect((await history(owner)).entries).toHaveLength(2);
  });

  test("gives its record to nobody but its present owner's side", async () => {
    const [owner, other] = [await startTwin(), await startTwin()];
    const stranger = other.twin as `twin_${string}`;
    const asked = twinOf(owner);
    expect(await asked.history(stranger)).toBeNull();
    expect(await asked.checkpoint(stranger)).toBeNull();
    expect(await asked.append(stranger, await forged(owner, () => ({})))).toMatchObject({ ok: false });
    expect(await asked.eraseBody(stranger, { seq: 1 })).toMatchObject({ ok: false });
    expect(await asked.recordPhoto(stranger, "photo_00000000000000000000000000")).toMatchObject({ ok: false });
  });

  test("keeps an entry's canonical text: what is signed is what is read", async () => {
    const owner = await startTwin();
    const { body } = await record(owner);
    await inside(twinOf(owner), ({ storage }) => {
      const [row] = [...storage.sql.exec<{ entry: string }>("SELECT entry FROM record_entry WHERE seq = 2")];
      expect(JSON.parse(row!.entry)).toEqual(entryOf(body as Entry));
    });
  });

  test("of a time before records says when it began, as of the day it is first asked", async () => {
    const owner = await startTwin();
    const began = Date.now() - 40 * DAY_MS;
    const before = MIGRATIONS.findIndex((sql) => sql.includes("CREATE TABLE record "));
    await runInDurableObject(twinOf(owner) as DurableObjectStub, (_, { storage }) => {
      // What later versions made is taken away: this is what that program left.
      for (const [, table] of MIGRATIONS.slice(before)
        .join("\n")
        .matchAll(/CREATE TABLE (\w+)/g))
        storage.sql.exec(`DROP TABLE "${table}"`);
      storage.sql.exec("UPDATE tenure SET created_at = ?", began);
      storage.kv.put("schema-version", before);
    });
    await inside(tenureOf(owner), ({ storage }) => storage.kv.delete("record-seed"));
    await evict(owner);
    const [one, two] = await Promise.all([history(owner), history(owner)]);
    for (const { entries } of [one, two])
      expect(entries).toMatchObject([{ kind: "commissioning", occurredOn: dayOf(began), recordedOn: today() }]);
    expect((await record(owner)).status).toBe(201);
    expect(await found(owner)).toMatchObject({ verdict: "unaltered", owners: 1, faults: [] });
  });
});

describe("erasing the twin", () => {
  test("of a labelled item forgets what was said and who could speak for it, and keeps the headers", async () => {
    const owner = await claim(api, await join(api, operator));
    await record(owner, { text: "PRIVATE" });
    const { entries } = await history(owner);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    await inside(twinOf(owner), ({ storage }) => {
      const kept = [
        ...storage.sql.exec<{ entry: string; sealed: ArrayBuffer | null }>("SELECT entry, sealed FROM record_entry"),
      ];
      expect(kept.map(({ entry }) => JSON.parse(entry))).toEqual(entries.map(entryOf));
      expect(kept[1]!.sealed).toBeNull();
      const secrets = [
        ...storage.sql.exec<{ seq: number; key: string }>("SELECT seq, hex(secret) AS key FROM record_secret"),
      ].filter(({ seq }) => [SALT, 0, 2].includes(seq));
      expect(secrets).toEqual([SALT, 0, 2].map((seq) => ({ seq, key: "00".repeat(32) })));
    });
    const twin = owner.twin as `twin_${string}`;
    expect([await twinOf(owner).history(twin), await twinOf(owner).labelSalt(twin)]).toEqual([null, null]);
  });

  test("of one that its owner started leaves nothing of the record", async () => {
    const owner = await startTwin();
    await record(owner);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    await inside(twinOf(owner), ({ storage }) => {
      for (const table of ["record", "record_entry", "record_photo", "record_count"])
        expect([table, [...storage.sql.exec(`SELECT * FROM ${table}`)]]).toEqual([table, []]);
      expect([...storage.sql.exec("SELECT * FROM record_secret WHERE seq >= 0")]).toEqual([]);
    });
  });
});

async function evict(owner: TestOwner): Promise<void> {
  await evictDurableObject(twinOf(owner));
  await evictDurableObject(tenureOf(owner));
}
