// Every limit at its edge: the last that is taken in, and the first that is not.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import { be, bytes, IEND, ihdr, PNG_HEAD, pngChunk } from "../domain/photo/pictures.ts";
import { DOORS } from "../support/right-requests.ts";
import { routesOf } from "../support/routes.ts";
import { api, operator } from "../support/worker.ts";
import { addPhoto, makeChannel, makeWorld, type World } from "../support/world.ts";

const JSON_BYTES = 64 * 1024;
const PHOTO_BYTES = 1_900_000;
const QUOTA_BYTES = 2 * 1024 ** 3;
const JSON_TYPE = { "Content-Type": "application/json" };

let world: World;
let at: string;
let thread: string;
beforeAll(async () => {
  world = await makeWorld(api, operator);
  at = `/v1/twins/${world.owner.twin}`;
  thread = `/v1/makers/${world.maker.domain}/threads/${world.owner.twin}/${world.note}`;
});

const post = (path: string, body: unknown) => api.post(path, body, world.owner.token);
const note = (more: object) => post(`${at}/notes`, { kind: "diary", text: "x", ...more });

describe("a JSON body", () => {
  const padded = (size: number) => `{"kind":"diary","text":"x"}`.padEnd(size, " ");
  const raw = (body: BodyInit) =>
    api.call("POST", `${at}/notes`, { token: world.owner.token, body, headers: JSON_TYPE });

  test("that is not there is called missing, unless the route can do without", async () => {
    const bare = (path: string) => api.call("POST", `${at}/${path}`, { token: world.owner.token });
    expect((await bare("notes")).body.errors).toEqual([{ path: "", message: "a JSON body is missing" }]);
    expect((await bare("shares")).status).toBe(201);
  });

  test("has 64 KiB at most, in bytes", async () => {
    expect((await raw(padded(JSON_BYTES))).status).toBe(201);
    expect((await raw(padded(JSON_BYTES + 1))).body).toMatchObject({ status: 413, code: "too-large" });
  });

  test("is counted as it comes, whatever length it claims", async () => {
    const request = (length: string, size: number) =>
      api.call("POST", `${at}/notes`, {
        token: world.owner.token,
        body: padded(size),
        headers: { ...JSON_TYPE, "Content-Length": length },
      });
    expect((await request("10", JSON_BYTES + 1)).status).toBe(413);
    expect((await request(String(JSON_BYTES + 1), 30)).status).toBe(413);
  });
});

describe("words", () => {
  test("have 8,000 characters at most, an emoji being one, wherever somebody writes", async () => {
    const maker = (text: string) => api.post(`${thread}/messages`, { text }, world.maker.key);
    const owner = (text: string) => post(`${at}/notes/${world.note}/messages`, { text });
    for (const say of [(text: string) => note({ text }), owner, maker]) {
      for (const right of ["x".repeat(8_000), "\u{1f600}".repeat(8_000), "\u4e2d".repeat(8_000)])
        expect((await say(right)).status).toBe(201);
      for (const wrong of ["x".repeat(8_001), "\u{1f600}".repeat(8_001), ""])
        expect((await say(wrong)).body).toMatchObject({ status: 422, errors: [{ path: "text" }] });
    }
  });

  test("are well-formed Unicode without NUL", async () => {
    for (const wrong of ["\ud800", "x\udc00y", "a\0b"]) {
      expect((await note({ text: wrong })).status).toBe(422);
      expect((await note({ title: wrong })).status).toBe(422);
      expect((await api.patch(at, { product: { name: wrong } }, world.owner.token)).status).toBe(422);
      expect((await post(`${at}/channels`, { label: wrong, scopes: ["twin:read"] })).status).toBe(422);
    }
    const odd = "\u202e\u200d\ufeff\u{10ffff}\u0001";
    expect((await note({ text: odd })).body.text).toBe(odd);
  });

  test("of a title, a label and a reason are shorter", async () => {
    const label = (length: number) => post(`${at}/channels`, { label: "x".repeat(length), scopes: ["twin:read"] });
    const reason = (length: number) =>
      api.post(
        `/v1/makers/${world.maker.domain}/agreements/${world.held}/decision`,
        { decision: "refused", chosen: "SD-BASE", reason: "x".repeat(length) },
        world.maker.key,
      );
    expect([(await note({ title: "x".repeat(200) })).status, (await note({ title: "x".repeat(201) })).status]).toEqual([
      201, 422,
    ]);
    expect([(await label(120)).status, (await label(121)).status]).toEqual([201, 422]);
    expect((await reason(1_000)).body.errors).toMatchObject([{ path: "chosen" }]);
    expect((await reason(1_001)).body.errors).toMatchObject([{ path: "reason" }]);
  });

  test("that say a time say one that can be written in UTC again", async () => {
    for (const right of ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2024-02-29T23:59:59+14:00"]) {
      const { status, body } = await note({ occurredAt: right });
      expect([right, status, body.occurredAt]).toEqual([right, 201, new Date(right).toISOString()]);
    }
    for (const wrong of [
      "0000-01-01T00:00:00+00:01",
      "9999-12-31T23:59:59-00:01",
      "2023-02-29T00:00:00Z",
      "2026-01-01",
      "2026-01-01T00:00:00",
      "1700000000000",
      0,
    ]) {
      expect([wrong, (await note({ occurredAt: wrong })).status]).toEqual([wrong, 422]);
    }
  });
});

describe("photos", () => {
  const photos = async (count: number) =>
    Promise.all(Array.from({ length: count }, () => addPhoto(api, `${at}/photos`, world.owner.token)));

  test("are 12 at most in a note or message, each once, each in one place", async () => {
    const twelve = await photos(12);
    expect((await note({ photos: await photos(13) })).status).toBe(422);
    expect((await note({ photos: [twelve[0], twelve[0]] })).status).toBe(422);
    const { body } = await note({ photos: twelve });
    expect(body.photos.map(({ id }: { id: string }) => id)).toEqual(twelve);
    expect((await note({ photos: [twelve[0]] })).status).toBe(422);
    expect((await post(`${at}/notes/${world.note}/messages`, { text: "x", photos: await photos(13) })).status).toBe(
      422,
    );
    expect((await post(`${at}/notes/${world.note}/messages`, { text: "x", photos: await photos(12) })).status).toBe(
      201,
    );
  });

  test("have 1,900,000 bytes at most, on both sides, and the largest comes back whole", async () => {
    const empty = bytes(PNG_HEAD, ihdr(20, 10), pngChunk("IDAT"), IEND).length;
    const picture = bytes(PNG_HEAD, ihdr(20, 10), pngChunk("IDAT", new Uint8Array(PHOTO_BYTES - empty).fill(7)), IEND);
    expect(picture.length).toBe(PHOTO_BYTES);
    const { status, body } = await api.call("POST", `${at}/photos`, { token: world.owner.token, body: picture });
    expect([status, body.bytes]).toEqual([201, PHOTO_BYTES]);
    const stored = await runInDurableObject(
      env.TENURE.getByName(world.owner.twin),
      (_, { storage }) =>
        new Uint8Array(
          storage.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM photo WHERE id = ?", body.id).one().bytes,
        ),
    );
    expect(stored).toEqual(picture);
    expect((await api.call("POST", `${thread}/photos`, { token: world.maker.key, body: picture })).status).toBe(201);
    const larger = bytes([...picture], be(0, 1));
    expect((await api.call("POST", `${at}/photos`, { token: world.owner.token, body: larger })).status).toBe(413);
    expect((await api.call("POST", `${thread}/photos`, { token: world.maker.key, body: larger })).status).toBe(413);
  }, 30_000);
});

test("a batch of labels has 1 to 100,000 in any form", async () => {
  const order = (count: unknown, accept: string) =>
    api.post(
      `/v1/makers/${world.maker.domain}/labels`,
      { gtin: world.label.gtin, model: "Model T", count },
      world.maker.key,
      { Accept: accept },
    );
  for (const wrong of [0, -1, 1.5, "1", 100_001])
    expect((await order(wrong, "application/json")).body.errors).toMatchObject([{ path: "count" }]);
  expect((await order(1, "application/json")).body.labels).toHaveLength(1);
  expect((await order(100_001, "text/csv")).status).toBe(422);
  const { status, body } = await order(100_000, "application/x-ndjson");
  expect([status, (body as string).split("\n").length]).toEqual([201, 100_001]);
}, 120_000);

describe("a list", () => {
  test("has 1 to 200 items a page, every one of them", async () => {
    const lists = (await routesOf(api)).filter(({ query }) => query.includes("limit"));
    expect(lists.length).toBeGreaterThan(6);
    for (const { name } of lists) {
      const { right, who } = DOORS[name]!;
      const { path } = right(world);
      const isAdmins = typeof who === "object" && "role" in who && who.role === "admin";
      const token = !name.includes("{maker}") ? world.owner.token : isAdmins ? world.maker.key : world.reader;
      const statuses = await Promise.all(
        ["0", "1", "200", "201", "-1", "1.5", "x", ""].map(
          async (limit) => (await api.get(`${path}${path.includes("?") ? "&" : "?"}limit=${limit}`, token)).status,
        ),
      );
      expect([name, statuses]).toEqual([name, [422, 200, 200, 422, 422, 422, 422, 422]]);
    }
  });

  type Page = { items: { id?: string; seq?: number }[]; next: string | number | null };
  /** All items by pages of three, `between` being done after each page. */
  async function walk(
    path: string,
    token: string,
    position: "cursor" | "after",
    between: () => Promise<unknown>,
  ): Promise<(string | number)[]> {
    const seen: (string | number)[] = [];
    let next: string | number | null = null;
    for (let pages = 0; pages < 40; pages++) {
      const { body }: { body: Page } = await api.get<Page>(
        `${path}?limit=3${next === null ? "" : `&${position}=${next}`}`,
        token,
      );
      seen.push(...body.items.map(({ id, seq }) => id ?? seq!));
      if (body.items.length === 0 || body.next === null) return seen;
      next = body.next;
      if (pages < 4) await between();
    }
    throw new Error(`${path} never ends`);
  }
  const all = async (path: string, token: string): Promise<(string | number)[]> =>
    (await api.get<Page>(`${path}?limit=200`, token)).body.items.map(({ id, seq }) => id ?? seq!);

  test("newest first is walked through once each while new items come, and none of those slips in between", async () => {
    const { owner, maker } = world;
    const phone = () => makeChannel(api, owner, ["twin:read"]);
    const message = () => post(`${at}/notes/${world.note}/messages`, { text: "x" });
    const proffer = () =>
      post(`${at}/agreements`, { maker: `m${crypto.randomUUID().slice(0, 8)}.example`, preferred: "SD-BASE" });
    const claimed = async () => {
      const { body } = await api.post(
        `/v1/makers/${maker.domain}/labels`,
        { gtin: world.label.gtin, model: "Model T", count: 1 },
        maker.key,
      );
      const { serial, code } = body.labels[0];
      const other = await api.post("/v1/claims", { gtin: world.label.gtin, serial, code });
      await api.post(`/v1/twins/${other.body.twin}/agreements`, { preferred: "SD-BASE-DP" }, other.body.token);
    };
    for (const [path, token, add] of [
      [`${at}/notes`, owner.token, () => note({})],
      [`${at}/notes/${world.note}/messages`, owner.token, message],
      [`${at}/agreements`, owner.token, proffer],
      [`${at}/channels`, owner.token, phone],
      [`/v1/makers/${maker.domain}/agreements`, maker.key, claimed],
    ] as const) {
      for (let i = 0; i < 8; i++) await add();
      const before = await all(path, token);
      expect([path, await walk(path, token, "cursor", add)]).toEqual([path, before]);
      expect((await all(path, token)).length).toBeGreaterThanOrEqual(before.length + 3);
    }
  });

  test("oldest first is walked through once each, and what came meanwhile is at its end", async () => {
    const seen = await walk(`${at}/events`, world.owner.token, "after", () => note({}));
    const last = seen.at(-1) as number;
    expect(seen).toEqual((await all(`${at}/events`, world.owner.token)).slice(0, seen.length));
    expect(seen).toEqual(Array.from({ length: last }, (_, i) => i + 1));
    const feed = `/v1/makers/${world.maker.domain}/events`;
    // The courier tells the maker of it, in the tenure's alarm.
    const send = async () => {
      expect((await note({ send: true })).status).toBe(201);
      await runDurableObjectAlarm(env.TENURE.getByName(world.owner.twin));
    };
    await send();
    const told = await walk(feed, world.reader, "after", send);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual((await all(feed, world.reader)).slice(0, told.length));
    expect(new Set(told).size).toBe(told.length);
  });
});

test("a twin that is full takes no more words or pictures from either side, but lets everything be read and taken away", async () => {
  const { owner, maker, privateNote } = world;
  const tenure = env.TENURE.getByName(owner.twin);
  const free = await addPhoto(api, `${at}/photos`, owner.token);
  const fill = (size: (() => number) | null) =>
    runInDurableObject(tenure, (_, { storage }) => {
      if (size) Object.defineProperty(storage.sql, "databaseSize", { configurable: true, get: size });
      else delete (storage.sql as unknown as Record<string, unknown>).databaseSize;
    });
  const size = () => runInDurableObject(tenure, (_, { storage }) => storage.sql.databaseSize);
  await fill(() => QUOTA_BYTES + 1);
  const writes = () =>
    Promise.all([
      note({}),
      api.patch(`${at}/notes/${privateNote}`, { text: "More" }, owner.token),
      post(`${at}/notes/${world.note}/messages`, { text: "More" }),
      addPhoto(api, `${at}/photos`, owner.token).then(
        () => ({ status: 201, body: null }),
        () => ({ status: 409, body: { code: "quota-exceeded" } }),
      ),
      api.post(`${thread}/messages`, { text: "More" }, maker.key),
    ]);
  for (const { status, body } of await writes()) expect([status, body?.code]).toEqual([409, "quota-exceeded"]);
  expect((await api.get(`${at}/photos/${free}`, owner.token)).status).toBe(200);
  expect((await api.get(`${at}/export`, owner.token)).status).toBe(200);
  await fill(null);

  const { body: large } = await note({ photos: [free], text: "y".repeat(8_000) });
  const before = await size();
  expect((await api.delete(`${at}/notes/${large.id}`, owner.token)).status).toBe(204);
  expect(await size()).toBeLessThanOrEqual(before);
  for (const { status } of await writes()) expect(status).toBeLessThan(300);
});
