// The papers: one owner's alone, whole or not at all, with pictures of their own and one reminder before the warranty ends.

import { evictDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { SCOPES } from "../../src/domain/access.ts";
import { jpeg, png } from "../domain/photo/pictures.ts";
import { agree, claim, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { listen } from "./listener.ts";
import {
  alarmAt,
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  HOUR_MS,
  inside,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const EMPTY = {
  boughtOn: null,
  boughtAt: null,
  price: null,
  serial: null,
  warrantyUntil: null,
  remindDays: 30,
  manualUrl: null,
  remarks: null,
  files: [],
};
const FULL = {
  boughtOn: "2026-02-28",
  boughtAt: "The corner shop",
  price: "89,90 €",
  serial: "SN 1/2",
  warrantyUntil: "2028-02-29",
  remindDays: 14,
  manualUrl: "https://lamo.example/manual?of=kettle#page=3",
  remarks: "The receipt fades: it is photographed.",
};

const read = (owner: TestOwner) => api.get(path(owner, "/papers"), owner.token);
const file = (owner: TestOwner, papers: object, headers: Record<string, string> = {}) =>
  api.put(path(owner, "/papers"), papers, owner.token, headers);
const upload = async (owner: TestOwner, bytes = jpeg()) =>
  (await api.post(path(owner, "/photos"), bytes, owner.token)).body.id as string;
const sees = async (url: string, token: string): Promise<number> => {
  const answer: Response = await (exports as any).default.fetch(
    new Request(api.origin + url, { headers: { Authorization: `Bearer ${token}` } }),
  );
  await answer.arrayBuffer();
  return answer.status;
};
const photo = (owner: TestOwner, id: string, token = owner.token) => sees(path(owner, `/photos/${id}`), token);
const receipt = (id: string) => ({ photo: id, kind: "receipt" });

describe("the papers", () => {
  test("of another owner's valid token, a company's, and channels with every other scope are closed", async () => {
    const maker = await join(api, operator);
    const [owner, stranger] = [await claim(api, maker), await claim(api, maker)];
    await agree(api, owner);
    await file(owner, FULL);
    const others = SCOPES.filter((scope) => scope !== "owner");
    const helper = await channelWith(owner, others, { label: "All but the owner's" });
    for (const [token, status] of [
      [stranger.token, 401],
      [maker.key, 401],
      [operator, 401],
      [helper.token, 403],
    ] as const) {
      expect((await api.get(path(owner, "/papers"), token)).status).toBe(status);
      expect((await api.put(path(owner, "/papers"), {}, token)).status).toBe(status);
    }
    expect((await read(owner)).body).toMatchObject(FULL);
    const phone = await channelWith(owner, ["owner"]);
    expect((await read(phone)).body).toMatchObject(FULL);
  });

  test("are empty at first, and then what was written, in whole: what is left out is empty", async () => {
    const owner = await startTwin();
    expect((await read(owner)).body).toEqual({ ...EMPTY, updatedAt: null });
    const { status, body } = await file(owner, FULL);
    expect([status, body]).toEqual([200, { ...FULL, files: [], updatedAt: new Date().toISOString() }]);
    expect((await read(owner)).body).toEqual(body);
    await evictDurableObject(tenureOf(owner));
    expect((await read(owner)).body).toEqual(body);
    expect((await file(owner, { price: "5" })).body).toMatchObject({ ...EMPTY, price: "5" });
  });

  test("are refused with what is wrong in them, and stay as they were", async () => {
    const owner = await startTwin();
    await file(owner, FULL);
    for (const [field, wrong] of [
      ["boughtOn", "2026-02-29"],
      ["boughtOn", "2026-11-22T10:00:00Z"],
      ["warrantyUntil", "22.11.2026"],
      ["warrantyUntil", 20_261_122],
      ["remindDays", 366],
      ["remindDays", -1],
      ["remindDays", 1.5],
      ["manualUrl", "javascript:alert(1)"],
      ["manualUrl", "java\nscript:alert(1)"],
      ["manualUrl", "data:text/html,x"],
      ["manualUrl", "ftp://lamo.example/"],
      ["manualUrl", "https://"],
      ["manualUrl", "https://lamo.example/a b"],
      ["manualUrl", `https://lamo.example/${"x".repeat(2_000)}`],
      ["remarks", "x".repeat(8_001)],
      ["price", "x".repeat(201)],
      ["serial", ""],
      ["boughtAt", "a\0b"],
      ["files", [{ photo: "photo_x", kind: "receipt" }]],
      ["files", [{ photo: `photo_${"0".repeat(26)}`, kind: "invoice" }]],
      ["files", Array.from({ length: 25 }, (_, n) => receipt(`photo_${String(n).padStart(26, "0")}`))],
      ["files", [receipt(`photo_${"0".repeat(26)}`), receipt(`photo_${"0".repeat(26)}`)]],
      ["owner", "me"],
    ] as const) {
      const refused = await file(owner, { [field]: wrong });
      expect([field, refused.status, refused.body.code]).toEqual([field, 422, "invalid"]);
      expect(JSON.stringify(refused.body.errors)).toContain(field);
    }
    expect((await read(owner)).body).toMatchObject(FULL);
  });

  test("are under a tag: whoever changes an older version is refused, and a repeat of what went through is not", async () => {
    const owner = await startTwin();
    const first = (await read(owner)).headers.get("ETag")!;
    const filed = await file(owner, FULL, { "If-Match": first });
    expect(filed.status).toBe(200);
    const second = filed.headers.get("ETag")!;
    expect((await read(owner)).headers.get("ETag")).toBe(second);
    expect(await file(owner, { price: "5" }, { "If-Match": first })).toMatchObject({
      status: 412,
      body: { code: "precondition-failed" },
    });
    expect((await file(owner, FULL, { "If-Match": first })).body).toEqual(filed.body);
    expect((await file(owner, { price: "5" }, { "If-Match": `"x", ${second}` })).status).toBe(200);
    expect((await file(owner, FULL, { "If-Match": "*" })).status).toBe(200);
    expect((await file(owner, FULL, { "If-Match": "broken" })).status).toBe(400);
    expect(await feedTypes(owner)).toEqual(["papers.changed", "papers.changed", "papers.changed"]);
  });

  test("are in an export, and gone with the twin", async () => {
    const owner = await startTwin();
    const id = await upload(owner, png());
    await file(owner, { ...FULL, files: [receipt(id)] });
    const text = (await api.get<string>(path(owner, "/export"), owner.token)).body;
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.find(({ type }) => type === "papers")).toMatchObject({
      ...FULL,
      files: [{ photo: { id, type: "image/png" }, kind: "receipt", label: null }],
    });
    expect(lines.filter((line) => line.type === "photo" && line.id === id)).toHaveLength(1);
    expect(await everything(tenureOf(owner))).toContain("corner shop");
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect(await everything(tenureOf(owner))).not.toMatch(/corner shop|papers/);
    expect(await alarmAt(tenureOf(owner))).toBeNull();
  });
});

describe("a photo in the papers", () => {
  test("is kept as long as they name it, in the order they name them, with its label", async () => {
    const owner = await startTwin();
    const [a, b] = [await upload(owner), await upload(owner, png())];
    const { body } = await file(owner, {
      files: [
        { photo: b, kind: "warranty", label: "Both sides" },
        { photo: a, kind: "receipt", label: null },
      ],
    });
    expect(body.files).toEqual([
      {
        photo: expect.objectContaining({ id: b, type: "image/png", width: 20 }),
        kind: "warranty",
        label: "Both sides",
      },
      { photo: expect.objectContaining({ id: a, type: "image/jpeg" }), kind: "receipt", label: null },
    ]);
    const free = await upload(owner);
    pass(2 * DAY_MS);
    await upload(owner);
    expect([await photo(owner, a), await photo(owner, b), await photo(owner, free)]).toEqual([200, 200, 404]);

    await file(owner, { files: [receipt(b)] });
    expect([await photo(owner, a), await photo(owner, b)]).toEqual([404, 200]);
    const left = await inside(tenureOf(owner), ({ storage }) =>
      [...storage.sql.exec<{ id: string }>("SELECT id FROM photo ORDER BY created_at LIMIT 1")].map(({ id }) => id),
    );
    expect(left).toEqual([b]);
  });

  test("is seen by the owner's channels only: by no other of the household and no company", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await agree(api, owner);
    const note = await write(api, owner, "Sent", { send: true });
    const id = await upload(owner);
    const helper = await channelWith(owner, ["notes:read", "notes:own", "messages:read", "twin:read"]);
    expect(await photo(owner, id, helper.token)).toBe(200);
    await file(owner, { files: [receipt(id)] });
    expect(await photo(owner, id, helper.token)).toBe(404);
    const phone = await channelWith(owner, ["owner"]);
    expect([await photo(owner, id), await photo(owner, id, phone.token)]).toEqual([200, 200]);
    const thread = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/photos/${id}`;
    expect(await sees(thread, maker.key)).toBe(404);
  });

  test("is in no note, and a note's is not in the papers; the papers are not written then", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const [filed, ofNote, ofMessage] = [await upload(owner), await upload(owner), await upload(owner)];
    await file(owner, { files: [receipt(filed)] });
    const note = await write(api, owner, "x", { photos: [ofNote], send: true });
    const message = (photos: string[]) =>
      api.post(path(owner, `/notes/${note.id}/messages`), { text: "y", photos }, owner.token);
    expect((await message([ofMessage])).status).toBe(201);
    expect((await message([filed])).status).toBe(422);
    const refused = await api.post(path(owner, "/notes"), { kind: "diary", text: "z", photos: [filed] }, owner.token);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "photos" }] } });
    for (const taken of [ofNote, ofMessage]) {
      expect(await file(owner, { price: "5", files: [receipt(filed), receipt(taken)] })).toMatchObject({
        status: 422,
        body: { errors: [{ path: "files.1.photo", message: expect.stringContaining("in a note or a message") }] },
      });
    }
    expect((await read(owner)).body).toMatchObject({ price: null, files: [{ photo: { id: filed } }] });
  });

  test("is one of the channel that files it, or filed already by another device of the owner's", async () => {
    const [owner, stranger] = [await startTwin(), await startTwin()];
    const phone = await channelWith(owner, ["owner"]);
    const member = await channelWith(owner, ["notes:write", "notes:own"]);
    const filed = await upload(phone);
    await file(phone, { files: [receipt(filed)] });
    expect((await file(owner, { price: "5", files: [receipt(filed)] })).status).toBe(200);
    for (const foreign of [await upload(stranger), await upload(member), `photo_${"0".repeat(26)}`])
      expect(await file(owner, { files: [receipt(foreign)] })).toMatchObject({
        status: 422,
        body: { errors: [{ path: "files.0.photo" }] },
      });
    expect(await photo(owner, filed)).toBe(200);
  });

  test("of a company's in a thread can't be filed", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await agree(api, owner);
    const note = await write(api, owner, "x", { send: true });
    const thread = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}`;
    const free = (await api.call("POST", `${thread}/photos`, { token: maker.key, body: png() })).body.id;
    expect((await file(owner, { files: [receipt(free)] })).status).toBe(422);
  });
});

describe("the reminder", () => {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const morning = (date: string) => Date.parse(`${date}T09:00:00Z`);
  const inDays = (days: number) => day(Date.now() + days * DAY_MS);
  const reminders = async (owner: TestOwner) =>
    (await api.get(path(owner, "/events?limit=200"), owner.token)).body.items
      .filter(({ type }: { type: string }) => type === "papers.reminder")
      .map(({ data }: { data: unknown }) => data);

  test("comes so many days before the last day, at nine in the morning UTC, once, though everything was off meanwhile", async () => {
    const owner = await startTwin();
    const warrantyUntil = inDays(100);
    await file(owner, { warrantyUntil, remindDays: 14 });
    const due = morning(day(Date.parse(warrantyUntil) - 14 * DAY_MS));
    expect(await alarmAt(tenureOf(owner))).toBe(due);
    await evictDurableObject(tenureOf(owner));
    pass(due - Date.now() - 10);
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([]);
    pass(10);
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([{ warrantyUntil }]);
    expect(await alarmAt(tenureOf(owner))).toBeNull();

    await file(owner, { warrantyUntil, remindDays: 3, price: "5" });
    expect(await alarmAt(tenureOf(owner))).toBeNull();
    pass(95 * DAY_MS);
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toHaveLength(1);
  });

  test("stands while the twin wakes for other things, before it and at the same time", async () => {
    const owner = await claim(api, await join(api, operator));
    const warrantyUntil = inDays(60);
    await file(owner, { warrantyUntil });
    const due = morning(warrantyUntil) - 30 * DAY_MS;
    await agree(api, owner);
    await write(api, owner, "Sent", { send: true });
    expect(await alarmAt(tenureOf(owner))).toBeLessThan(due);
    await rest(tenureOf(owner));
    expect(await alarmAt(tenureOf(owner))).toBe(due);
    pass(due - Date.now());
    await write(api, owner, "Sent as it came", { send: true });
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([{ warrantyUntil }]);
  });

  test("follows the date: moved, taken away, or set anew for another one", async () => {
    const owner = await startTwin();
    await file(owner, { warrantyUntil: inDays(60) });
    const [sooner, later] = [inDays(50), inDays(90)];
    await file(owner, { warrantyUntil: sooner });
    expect(await alarmAt(tenureOf(owner))).toBe(morning(sooner) - 30 * DAY_MS);
    await file(owner, { warrantyUntil: null });
    pass(21 * DAY_MS);
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([]);
    await file(owner, { warrantyUntil: later });
    pass(60 * DAY_MS);
    await rest(tenureOf(owner));
    const another = inDays(31);
    await file(owner, { warrantyUntil: another });
    pass(2 * DAY_MS);
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([{ warrantyUntil: later }, { warrantyUntil: another }]);
  });

  test("comes at once where its moment has passed, and never for a warranty that is over", async () => {
    const owner = await startTwin();
    const today = inDays(0);
    await file(owner, { warrantyUntil: inDays(-1) });
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([]);
    await file(owner, { warrantyUntil: today, remindDays: 365 });
    await rest(tenureOf(owner));
    expect(await reminders(owner)).toEqual([{ warrantyUntil: today }]);
  });

  test("is told to the owner's sockets as it comes, and to no other channel", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["twin:read", "notes:read", "messages:read", "agreements:read"]);
    const [hears, helps] = [await listen(owner), await listen(helper)];
    const warrantyUntil = inDays(40);
    await file(owner, { warrantyUntil });
    pass(40 * DAY_MS - 12 * HOUR_MS);
    await rest(tenureOf(owner));
    expect((await hears.take(2)).map(({ type, data }) => [type, data])).toEqual([
      ["papers.changed", {}],
      ["papers.reminder", { warrantyUntil }],
    ]);
    expect((await api.get(path(helper, "/events"), helper.token)).body.items).toEqual([]);
    expect(helps.left()).toEqual([]);
    hears.close();
    helps.close();
  });
});
