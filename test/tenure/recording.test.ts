// Notes on the record, and who else writes there: in the note's own transaction or not at all, once, until it is there; forgotten with the note.

import { describe, expect, test, vi } from "vitest";
import { dayOf } from "../../src/domain/instant.ts";
import { entryOf } from "../../src/domain/record/entry.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { Twin } from "../../src/twin/twin.ts";
import { jpeg } from "../domain/photo/pictures.ts";
import { handOver } from "../support/handovers.ts";
import { agree, claim, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  alarmAt,
  channelWith,
  feedTypes,
  HOUR_MS,
  inside,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
  twinOf,
} from "./world.ts";

stillClock();

const history = async (owner: TestOwner) => (await api.get(path(owner, "/history"), owner.token)).body;
const bodies = async (owner: TestOwner) =>
  (await history(owner)).entries.slice(1).map(({ seq, kind, corrects, by, body }: any) => ({
    seq,
    kind,
    corrects,
    by: by.role,
    ...(body && { text: body.text, title: body.title, note: body.note, author: body.author }),
  }));
const upload = async (owner: TestOwner) =>
  (await api.post(path(owner, "/photos"), jpeg(), owner.token)).body.id as string;
const note = async (owner: TestOwner, id: string) => (await api.get(path(owner, `/notes/${id}`), owner.token)).body;
const events = async (owner: TestOwner, type: string) =>
  (await api.get(path(owner, "/events?limit=200"), owner.token)).body.items.filter((event: any) => event.type === type);

type Caller = { readonly token: string };
const dayFromNow = (days: number) => dayOf(Date.now() + days * 24 * HOUR_MS);
const state = (owner: TestOwner, { token }: Caller, count: number, asOf = dayFromNow(0)) =>
  api.post(path(owner, "/history/counts"), { count, asOf }, token);
async function repairs(owner: TestOwner, { token }: Caller, times: number): Promise<void> {
  const entry = { kind: "repairing", text: "New sole.", occurredOn: dayFromNow(0) };
  for (let made = 0; made < times; made++)
    expect((await api.post(path(owner, "/history"), entry, token)).status).toBe(201);
}

describe("a note on the record", () => {
  test("is an entry of its kind, with its words and photos, on the day it happened", async () => {
    const owner = await startTwin();
    const photo = await upload(owner);
    const written = await write(api, owner, "Oiled the hinge.", {
      kind: "maintenance",
      title: "Oil",
      onRecord: true,
      occurredAt: "2026-01-04T10:00:00Z",
      photos: [photo],
    });
    expect(written).toMatchObject({ onRecord: true, record: { seq: null } });
    await rest(tenureOf(owner));
    expect(await note(owner, written.id)).toMatchObject({ record: { seq: 2 }, photos: [{ id: photo }] });
    const { entries } = await history(owner);
    expect(entries[1]).toMatchObject({
      kind: "repairing",
      occurredOn: "2026-01-04",
      by: { role: "owner" },
      body: { text: "Oiled the hinge.", title: "Oil", note: "maintenance", author: null, photos: [{ id: photo }] },
    });
    expect(await events(owner, "history.added")).toMatchObject([
      { data: { seq: 2, kind: "repairing", by: { role: "owner" }, note: { id: written.id } } },
    ]);
  });

  test.each([
    ["problem", "inspecting"],
    ["safety", "inspecting"],
    ["diary", "other"],
  ])("of the kind %s is one of %s", async (kind, entry) => {
    const owner = await startTwin();
    await write(api, owner, "So it is.", { kind, onRecord: true });
    expect(await bodies(owner)).toMatchObject([{ kind: entry, note: kind }]);
  });

  test("is private to the company all the same, and one that is not on the record is nowhere but here", async () => {
    const owner = await startTwin();
    const { id, record } = await write(api, owner, "Nobody's business.");
    expect(record).toBeNull();
    await rest(tenureOf(owner));
    expect(await bodies(owner)).toEqual([]);
    expect(await alarmAt(tenureOf(owner))).toBeNull();
    await inside(tenureOf(owner), ({ storage }) => {
      expect([...storage.sql.exec("SELECT * FROM on_record")]).toEqual([]);
    });
    expect((await api.patch(path(owner, `/notes/${id}`), { text: "Still." }, owner.token)).body.record).toBeNull();
  });

  test("can be put there later, once, and what it says then corrects what it said", async () => {
    const owner = await startTwin();
    const { id } = await write(api, owner, "One");
    const put = await api.patch(path(owner, `/notes/${id}`), { onRecord: true }, owner.token);
    expect(put).toMatchObject({ status: 200, body: { onRecord: true, record: { seq: null } } });
    expect((await api.patch(path(owner, `/notes/${id}`), { onRecord: true }, owner.token)).status).toBe(200);
    // Both before anything went there: neither is lost.
    await api.patch(path(owner, `/notes/${id}`), { text: "Two", title: "T" }, owner.token);
    await api.patch(path(owner, `/notes/${id}`), { text: "Three" }, owner.token);
    expect(await bodies(owner)).toMatchObject([
      { seq: 2, text: "One", title: null, corrects: null },
      { seq: 3, text: "Two", title: "T", corrects: 2 },
      { seq: 4, text: "Three", title: "T", corrects: 3 },
    ]);
    expect((await note(owner, id)).record).toEqual({ seq: 2 });
    expect((await api.patch(path(owner, `/notes/${id}`), { onRecord: false }, owner.token)).status).toBe(422);
  });

  test("takes what its entries say along when it is retracted, on its way or there", async () => {
    const owner = await startTwin();
    const { id } = await write(api, owner, "PRIVATE one", { onRecord: true });
    await rest(tenureOf(owner));
    await api.patch(path(owner, `/notes/${id}`), { text: "PRIVATE two" }, owner.token);
    expect((await api.delete(path(owner, `/notes/${id}`), owner.token)).status).toBe(204);
    await rest(tenureOf(owner));
    const { entries } = await history(owner);
    expect(entries.slice(1)).toMatchObject([{ seq: 2, body: null, erased: true }]);
    await inside(tenureOf(owner), ({ storage }) => {
      expect([...storage.sql.exec("SELECT * FROM on_record")]).toEqual([]);
    });
  });

  test("is taken there again and again until it is, and then is there once", async () => {
    const owner = await startTwin();
    const append = vi.spyOn(Twin.prototype, "append");
    // The Twin has it, and its answer is lost.
    append.mockImplementationOnce(async function (this: Twin, ...given) {
      append.mockRestore();
      await this.append(...given);
      throw new Error("lost");
    });
    await write(api, owner, "Once", { onRecord: true });
    await rest(tenureOf(owner));
    expect(await events(owner, "history.added")).toEqual([]);
    pass(HOUR_MS);
    await rest(tenureOf(owner));
    expect(await bodies(owner)).toMatchObject([{ seq: 2, text: "Once" }]);
    expect(await events(owner, "history.added")).toHaveLength(1);
  });

  test("that has no room there stays a note", async () => {
    const owner = await startTwin();
    const { id } = await write(api, owner, "Too much", { onRecord: true });
    vi.spyOn(Twin.prototype, "append").mockImplementation(async () => ({
      ok: false,
      error: { code: "quota-exceeded", detail: "full" },
    }));
    await rest(tenureOf(owner));
    expect(await note(owner, id)).toMatchObject({ text: "Too much", record: null });
    expect(await alarmAt(tenureOf(owner))).toBeNull();
  });
});

describe("a channel", () => {
  test("writes as a channel, and only what it says names what the owner calls it", async () => {
    const owner = await startTwin();
    const repairer = await channelWith(owner, ["history:write"], { label: "The corner shop" });
    const photo = await upload(repairer);
    const made = await api.post(
      path(owner, "/history"),
      { kind: "repairing", text: "New sole.", occurredOn: "2026-01-04", photos: [photo] },
      repairer.token,
    );
    expect(made).toMatchObject({ status: 201, body: { by: { role: "channel" }, body: { author: "The corner shop" } } });
    expect(JSON.stringify(entryOf(made.body))).not.toContain("corner");
    expect(await events(owner, "history.added")).toMatchObject([{ data: { seq: 2, by: { role: "channel" } } }]);
    // The owner erases it as their own: it was done in their time.
    expect((await api.delete(path(owner, "/history/2"), repairer.token)).status).toBe(403);
    expect((await api.delete(path(owner, "/history/2"), owner.token)).status).toBe(204);
    expect(await feedTypes(owner)).toContain("history.erased");
  });

  test("disputes nothing, reads nothing it may not, and puts no note on the record without the scope", async () => {
    const owner = await startTwin();
    const repairer = await channelWith(owner, ["history:write"]);
    const diary = await channelWith(owner, ["notes:write"]);
    const at = path(owner, "/history");
    const dispute = { kind: "disputed", text: "No.", occurredOn: "2026-01-04", corrects: 1 };
    expect((await api.post(at, dispute, repairer.token)).status).toBe(403);
    expect((await api.get(at, repairer.token)).status).toBe(403);
    expect((await api.post(at, { ...dispute, kind: "other" }, diary.token)).status).toBe(403);
    const noted = { kind: "diary", text: "Mine.", onRecord: true };
    expect((await api.post(path(owner, "/notes"), noted, diary.token)).status).toBe(403);
    expect(await bodies(owner)).toEqual([]);
  });

  test("names no photo but its own that is free, and one that is on the record is no other's", async () => {
    const owner = await startTwin();
    const [mine, theirs] = [await upload(owner), await upload(await channelWith(owner, ["history:write"]))];
    const entry = (photos: string[]) =>
      api.post(path(owner, "/history"), { kind: "other", text: "See.", occurredOn: "2026-01-04", photos }, owner.token);
    expect((await entry([theirs])).status).toBe(422);
    const both = await Promise.all([entry([mine]), entry([mine])]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect((await entry([mine])).status).toBe(422);
    const noted = await api.post(path(owner, "/notes"), { kind: "diary", text: "x", photos: [mine] }, owner.token);
    expect(noted.status).toBe(422);
  });

  test("states how many entries there must be, signed, and the last statement stands", async () => {
    const owner = await startTwin();
    const repairer = await channelWith(owner, ["history:write"]);
    await repairs(owner, repairer, 2);
    expect((await state(owner, repairer, 1)).status).toBe(201);
    const { status, body } = await state(owner, repairer, 2);
    expect([status, body]).toMatchObject([201, { by: { role: "channel" }, count: 2, asOf: dayFromNow(0) }]);
    expect((await history(owner)).counts).toEqual([body]);
    expect((await state(owner, repairer, 2, "9999-01-05")).status).toBe(422);
    expect((await state(owner, repairer, -1)).status).toBe(422);
  });

  test("states no more than channels of this owner recorded up to that day; a refused count leaves no trace", async () => {
    const owner = await startTwin();
    const [repairer, other] = [
      await channelWith(owner, ["history:write"]),
      await channelWith(owner, ["history:write"]),
    ];
    const tooMany = (detail: string) => ({
      status: 422,
      body: { code: "invalid", errors: [{ path: "count", message: expect.stringContaining(detail) }] },
    });
    const none = `0 entries are by channels of this owner up to ${dayFromNow(0)} (UTC)`;
    expect(await state(owner, repairer, 1)).toMatchObject(tooMany(none));
    await repairs(owner, owner, 1);
    expect(await state(owner, repairer, 1)).toMatchObject(tooMany(none));
    expect((await history(owner)).counts).toEqual([]);

    await repairs(owner, other, 1);
    // Where the day before, or the next one, has begun: what was recorded since is not there yet, and what comes is only more.
    expect(await state(owner, repairer, 1, dayFromNow(-1))).toMatchObject(tooMany(dayFromNow(-1)));
    expect(await state(owner, repairer, 2, dayFromNow(1))).toMatchObject(tooMany("1 entry is"));
    for (const day of [dayFromNow(1), dayFromNow(0)])
      expect(await state(owner, repairer, 1, day)).toMatchObject({ status: 201 });
    const { counts } = await history(owner);
    expect(await state(owner, repairer, 2)).toMatchObject(tooMany("1 entry is"));
    expect((await history(owner)).counts).toEqual(counts);
    const verify = async () => verifyHistory(await history(owner), () => null, { now: Date.now() });
    expect(await verify()).toMatchObject({ verdict: "unaltered", counts: [{ stated: 1, found: 1, short: false }] });
    // What was counted and then erased is there all the same.
    expect((await api.delete(path(owner, "/history/3"), owner.token)).status).toBe(204);
    expect((await state(owner, other, 1)).status).toBe(201);
    expect(await verify()).toMatchObject({ verdict: "withheld", faults: [] });
  });

  test("of the next owner counts none of those before", async () => {
    const seller = await startTwin();
    const repairer = await channelWith(seller, ["history:write"]);
    await repairs(seller, repairer, 2);
    expect((await state(seller, repairer, 2)).status).toBe(201);
    const buyer = await handOver(api, seller);
    const next = await channelWith(buyer, ["history:write"]);
    expect(await state(buyer, next, 1)).toMatchObject({ status: 422 });
    await repairs(buyer, next, 1);
    expect((await state(buyer, next, 1)).status).toBe(201);
    expect(await verifyHistory(await history(buyer), () => null, { now: Date.now() })).toMatchObject({
      verdict: "unaltered",
      faults: [],
    });
  });

  test("alone replaces its own count: neither the owner nor another channel can", async () => {
    const owner = await startTwin();
    const [repairer, other] = [
      await channelWith(owner, ["history:write"]),
      await channelWith(owner, ["history:write"]),
    ];
    await repairs(owner, repairer, 2);
    await state(owner, repairer, 1);
    for (const whoever of [owner, await channelWith(owner, ["owner"])])
      expect(await state(owner, whoever, 0)).toMatchObject({
        status: 403,
        body: { code: "forbidden", detail: expect.stringContaining("somebody other than the owner") },
      });
    await state(owner, other, 0);
    const counted = async () => (await history(owner)).counts.map(({ count }: any) => count).toSorted();
    expect(await counted()).toEqual([0, 1]);
    await state(owner, repairer, 2);
    expect(await counted()).toEqual([0, 2]);
  });

  test("states its count while there is room for counts, and may always replace its own", async () => {
    const owner = await startTwin();
    const [first, late] = [await channelWith(owner, ["history:write"]), await channelWith(owner, ["history:write"])];
    await state(owner, first, 0);
    await inside(twinOf(owner), ({ storage }) => {
      storage.sql.exec(
        `INSERT INTO record_count WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
         SELECT 'chan_' || i, (SELECT statement FROM record_count) FROM n`,
      );
    });
    expect(await state(owner, late, 0)).toMatchObject({ status: 409, body: { code: "quota-exceeded" } });
    expect((await state(owner, first, 0)).status).toBe(201);
  });
});

test("an export has the record with what vouches for it, and the photos of its entries", async () => {
  const owner = await startTwin();
  const photo = await upload(owner);
  await api.post(
    path(owner, "/history"),
    { kind: "other", text: "See.", occurredOn: "2026-01-04", photos: [photo] },
    owner.token,
  );
  const { checkpoint, entries } = await history(owner);
  const { body } = await api.get(path(owner, "/export"), owner.token);
  const lines = (body as string)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ type }) => type === "entry").map(({ entry }) => entry)).toEqual(entries);
  expect(lines.find(({ type }) => type === "record")).toMatchObject({
    checkpoint: { size: checkpoint.size, root: checkpoint.root },
    counts: [],
  });
  expect(lines.filter(({ type }) => type === "photo")).toMatchObject([
    { id: photo, entry: 2, mediaType: "image/jpeg", part: 1 },
  ]);
});

test("a company with terms is told nothing of the record", async () => {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  await agree(api, owner);
  await write(api, owner, "On the record only", { onRecord: true });
  expect(await bodies(owner)).toHaveLength(1);
  await rest(tenureOf(owner));
  const { body } = await api.get(`/v1/makers/${maker.domain}/events`, maker.key);
  expect(body.items.map(({ type }: { type: string }) => type)).toEqual(["agreement.accepted"]);
});
