// Notices, from the maker's POST to each owner: once to everyone they are for, to nobody else, and nothing of it back to the maker.

import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { NOISE_BYTES, type AddressedNotice } from "../../src/domain/notice.ts";
import { Maker } from "../../src/maker/maker.ts";
import { Root } from "../../src/platform/root.ts";
import { productOf } from "../../src/platform/stubs.ts";
import { Tenure } from "../../src/tenure/tenure.ts";
import { Twin } from "../../src/twin/twin.ts";
import { agree, freshGtin, join, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { PushService } from "../tenure/push-service.ts";
import {
  alarmAt,
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  makerOf,
  MINUTE_MS,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
  twinOf,
} from "../tenure/world.ts";

stillClock();

const SAFETY = { kind: "safety", title: "Mind the handle", text: "It may come off when it is hot." };
const SERVICE = { kind: "service", title: "A new lid", text: "Yours is old: we send you one." };
const NONE = { from: 0, to: 19 };

type Label = { gtin: string; serial: string; code: string };
const productAt = (gtin: string): any => productOf(env, gtin);

async function labels(maker: TestMaker, count: number, gtin = freshGtin()): Promise<Label[]> {
  const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model N", count }, maker.key);
  return body.labels.map(({ serial, code }: Label) => ({ gtin, serial, code }));
}

async function claimed({ gtin, serial, code }: Label): Promise<TestOwner> {
  const { status, body } = await api.post("/v1/claims", { gtin, serial, code });
  expect(status).toBe(201);
  return body;
}

/** A company with a product, so many of whose items are claimed, and labels of two that are not. */
async function scene(count: number): Promise<{ maker: TestMaker; gtin: string; owners: TestOwner[]; all: Label[] }> {
  const maker = await join(api, operator);
  const all = await labels(maker, count + 2);
  const owners = await Promise.all(all.slice(0, count).map(claimed));
  return { maker, gtin: all[0]!.gtin, owners, all };
}

const at = ({ domain }: TestMaker, more = ""): string => `/v1/makers/${domain}/notices${more}`;

async function post(maker: TestMaker, notice: object, headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await api.post(at(maker), notice, maker.key, headers);
  expect([status, Object.keys(body)]).toEqual([202, ["id"]]);
  return body.id;
}

/** Everything that is due goes on its way. */
async function settle(maker: TestMaker, gtin?: string): Promise<void> {
  await rest(makerOf(maker));
  if (gtin !== undefined) await rest(productAt(gtin));
}

const got = async (owner: TestOwner): Promise<any[]> =>
  (await api.get(path(owner, "/notices"), owner.token)).body.items;
const seen = async (maker: TestMaker, id: string): Promise<any> => (await api.get(at(maker, `/${id}`), maker.key)).body;
/** As its maker sees it a minute on, when it may see that it is finished. */
const seenLater = async (maker: TestMaker, id: string): Promise<any> => {
  pass(MINUTE_MS);
  return seen(maker, id);
};
const board = async (gtin: string): Promise<any[]> => (await api.get(`/v1/products/${gtin}/notices`)).body.items;
/** How often an owner was told of a notice. */
const tellings = async (owner: TestOwner): Promise<number> =>
  (await feedTypes(owner)).filter((type) => type === "notice.posted").length;

const withdraw = (maker: TestMaker, id: string, reason = "It was another model.") =>
  api.post(at(maker, `/${id}/withdraw`), { reason }, maker.key);

describe("a safety notice", () => {
  test("reaches the owner of every claimed item once, with and without an agreement, and tells why and what", async () => {
    const { maker, gtin, owners, all } = await scene(3);
    await agree(api, owners[0]!);
    const id = await post(maker, { ...SAFETY, gtin, url: "https://lamo.example/handle" });
    await settle(maker, gtin);
    for (const owner of owners) {
      expect(await got(owner)).toEqual([
        {
          id,
          ...SAFETY,
          maker: { id: maker.domain, name: `Maker ${maker.domain}` },
          url: "https://lamo.example/handle",
          at: expect.stringMatching(/Z$/),
          why: "every-item",
          agreement: null,
          state: "open",
          withdrawn: null,
        },
      ]);
      const { items } = (await api.get(path(owner, "/events?limit=200"), owner.token)).body;
      const told = items.filter(({ type }: any) => type === "notice.posted");
      expect(told).toHaveLength(1);
      expect(told[0].data).toMatchObject({ id, kind: "safety", title: SAFETY.title, text: SAFETY.text });
    }
    expect(await seenLater(maker, id)).toMatchObject({ gtin, serials: null, finished: true, withdrawn: null });
    expect(all).toHaveLength(5);
  });

  test("loses nobody and doubles nobody where items can't be reached, answers are lost, and every object is thrown out of memory midway", async () => {
    const { maker, gtin, owners } = await scene(12);
    const { takeNotice } = Object.getOwnPropertyDescriptors(Twin.prototype);
    let calls = 0;
    const broken = vi.spyOn(Twin.prototype, "takeNotice").mockImplementation(async function (this: Twin, notice) {
      calls++;
      if (calls % 3 === 0) throw new Error("out of reach");
      await takeNotice.value!.call(this, notice);
      if (calls % 2 === 0) throw new Error("its answer was lost");
    });
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    expect(calls).toBe(12);
    const reached = (await Promise.all(owners.map(got))).filter((items) => items.length > 0).length;
    expect(reached).toBeGreaterThan(2);
    expect(reached).toBeLessThan(12);

    for (const stub of [
      makerOf(maker),
      productAt(gtin),
      ...owners.flatMap((owner) => [twinOf(owner), tenureOf(owner)]),
    ])
      await evictDurableObject(stub);
    broken.mockRestore();
    pass(MINUTE_MS);
    await settle(maker, gtin);
    for (const owner of owners) {
      expect(await got(owner)).toHaveLength(1);
      expect(await tellings(owner)).toBe(1);
    }
    expect(await seenLater(maker, id)).toMatchObject({ finished: true });
    expect(await alarmAt(productAt(gtin))).toBeNull();
  });

  test("an owner's tenure that can't be reached is told by its Twin, whose alarm still opens tenures too", async () => {
    const { maker, gtin, owners } = await scene(1);
    const away = vi.spyOn(Tenure.prototype, "takeNotice").mockImplementation(() => {
      throw new Error("out of reach");
    });
    await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    const [owner] = owners as [TestOwner];
    expect(await got(owner)).toEqual([]);
    const next = (await alarmAt(twinOf(owner)))!;
    expect(next).toBeGreaterThan(Date.now());
    away.mockRestore();
    await evictDurableObject(twinOf(owner));
    pass(next - Date.now());
    await rest(twinOf(owner));
    expect(await tellings(owner)).toBe(1);
    expect(await alarmAt(twinOf(owner))).toBeNull();
  });

  test("whose POST is repeated with its Idempotency-Key is one notice; another body under that key is refused", async () => {
    const { maker, gtin, owners } = await scene(2);
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const id = await post(maker, { ...SAFETY, gtin }, key);
    expect(await post(maker, { ...SAFETY, gtin }, key)).toBe(id);
    await settle(maker, gtin);
    expect(await post(maker, { ...SAFETY, gtin }, key)).toBe(id);
    await settle(maker, gtin);
    for (const owner of owners) expect([(await got(owner)).length, await tellings(owner)]).toEqual([1, 1]);
    expect(await board(gtin)).toHaveLength(1);
    const other = await api.post(at(maker), { ...SAFETY, gtin, title: "Other" }, maker.key, key);
    expect(other.body).toMatchObject({ status: 409, code: "idempotency-conflict" });
  });

  test("that names serials reaches those items and no other, and says that it is for this very item", async () => {
    const { maker, gtin, owners, all } = await scene(3);
    const serials = [all[0]!.serial, all[2]!.serial, all[3]!.serial, "NEVER-MADE"];
    const id = await post(maker, { ...SAFETY, kind: "recall", gtin, serials });
    await settle(maker, gtin);
    const lists = await Promise.all(owners.map(got));
    expect(lists.map((items) => items.map(({ kind, why }: any) => [kind, why]))).toEqual([
      [["recall", "your-item"]],
      [],
      [["recall", "your-item"]],
    ]);
    expect(await seenLater(maker, id)).toMatchObject({ serials: 4, finished: true, targeted: NONE, delivered: NONE });
    const stored = (await everything(makerOf(maker))) + (await everything(productAt(gtin)));
    expect(stored).not.toContain("NEVER-MADE");
  });

  test("takes ten thousand serials in one call", async () => {
    const { maker, gtin, owners, all } = await scene(1);
    const serials = Array.from({ length: 9_999 }, (_, n) => `SERIAL-0123456-${n}`);
    await post(maker, { ...SAFETY, gtin, serials: [...serials, all[0]!.serial] });
    await settle(maker, gtin);
    expect(await got(owners[0]!)).toHaveLength(1);
  });

  test("stands for an item that is claimed later, which gets it with the claim", async () => {
    const { maker, gtin, all } = await scene(0);
    const [first, second] = all as [Label, Label];
    const every = await post(maker, { ...SAFETY, gtin });
    pass(1);
    const named = await post(maker, { ...SAFETY, gtin, serials: [first.serial] });
    const back = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    const before = await seen(maker, every);
    await withdraw(maker, back);
    await settle(maker, gtin);
    const [one, two] = [await claimed(first), await claimed(second)];
    expect((await got(one)).map(({ id, why }: any) => [id, why])).toEqual([
      [named, "your-item"],
      [every, "every-item"],
    ]);
    expect((await got(two)).map(({ id }: any) => id)).toEqual([every]);
    expect(await tellings(one)).toBe(2);
    await settle(maker, gtin);
    expect(await tellings(one)).toBe(2);
    // What the maker sees is of the moment of posting: that somebody claims, it can't see.
    expect(await seen(maker, every)).toEqual(before);
  });

  test("is not for whoever only says that they have the product: they read it at the board", async () => {
    const { maker, gtin } = await scene(0);
    const stranger = await startTwin({ maker: maker.domain, gtin });
    await agree(api, stranger);
    await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    expect(await got(stranger)).toEqual([]);
    const straight: AddressedNotice = {
      ...SAFETY,
      id: "notice_straight",
      kind: "safety",
      maker: { id: maker.domain, name: "x" },
      url: null,
      at: 0,
      withdrawn: null,
      why: "every-item",
    };
    expect(await tenureOf(stranger).takeNotice(straight)).toBe(false);
    expect(await board(gtin)).toHaveLength(1);
  });

  test.each(["safety", "recall"])(
    "(%s) about another maker's GTIN, or nobody's, is refused and leaves nothing",
    async (kind) => {
      const { gtin } = await scene(0);
      const { maker } = await scene(0);
      for (const strange of [gtin, freshGtin()]) {
        const { body } = await api.post(at(maker), { ...SAFETY, kind, gtin: strange }, maker.key);
        expect(body).toMatchObject({ status: 422, code: "invalid", errors: [{ path: "gtin" }] });
        expect(await board(strange)).toEqual([]);
      }
      expect((await api.get(at(maker), maker.key)).body.items).toEqual([]);
    },
  );

  test("can be had a hundred times by one product, so that no noise is averaged away", async () => {
    const { maker, gtin } = await scene(0);
    for (let n = 0; n < 100; n++) await post(maker, { ...SAFETY, gtin });
    const { body } = await api.post(at(maker), { ...SAFETY, gtin }, maker.key);
    expect(body).toMatchObject({ status: 409, code: "quota-exceeded" });
    await post(maker, { ...SERVICE, gtin });
    await settle(maker, gtin);
    expect(await board(gtin)).toHaveLength(50);
  });

  test.each(["marketing", "offer"])("has no sister of the kind %s", async (kind) => {
    const { maker, gtin } = await scene(0);
    const { body } = await api.post(at(maker), { ...SAFETY, kind, gtin }, maker.key);
    expect(body).toMatchObject({ status: 422, errors: [{ path: "kind" }] });
  });
});

describe("of claimed items a maker", () => {
  /** Far enough up that one item shows in a band of its own, were it not hidden. */
  const LIFTED = new Uint8Array(NOISE_BYTES).fill(255, 4);
  const IN_TIME = { from: 220, to: 239 };

  /** All that its maker sees of a notice for the one item that it had labelled, from the posting to well after the withdrawal. */
  async function readings(isClaimed: boolean, isNamed: boolean): Promise<{ views: any[]; owner: TestOwner | null }> {
    const maker = await join(api, operator);
    const [label] = (await labels(maker, 1)) as [Label];
    const { gtin, serial } = label;
    const owner = isClaimed ? await claimed(label) : null;
    const id = await post(maker, { ...SAFETY, gtin, ...(isNamed && { serials: [serial] }) });
    const views: any[] = [];
    const look = async () => {
      const { targeted, delivered, finished } = await seen(maker, id);
      views.push({ targeted, delivered, finished });
    };
    const watch = async () => {
      await look();
      // Each ring takes a millisecond, and how many there are is what nobody may see.
      const began = Date.now();
      await settle(maker, gtin);
      await look();
      for (const after of [1_000, 59_999, 60_000, 10 * MINUTE_MS]) {
        vi.setSystemTime(began + after);
        await look();
      }
    };
    await watch();
    expect((await withdraw(maker, id)).status).toBe(200);
    await watch();
    return { views, owner };
  }

  test.each([
    ["names", true],
    ["means with every other one", false],
  ])("sees the same at any moment whether an item that a notice %s is claimed or not", async (_, isNamed) => {
    vi.spyOn(Root.prototype, "noticeNoise").mockResolvedValue(LIFTED);
    const unclaimed = await readings(false, isNamed);
    const there = await readings(true, isNamed);
    expect(await got(there.owner!)).toMatchObject([{ withdrawn: { reason: "It was another model." } }]);
    vi.spyOn(Twin.prototype, "takeNotice").mockRejectedValue(new Error("out of reach"));
    const away = await readings(true, isNamed);
    expect(await got(away.owner!)).toEqual([]);
    expect(there.views).toEqual(unclaimed.views);
    expect(away.views).toEqual(unclaimed.views);
    const targeted = isNamed ? NONE : IN_TIME;
    const [way, end] = [
      { targeted, delivered: NONE, finished: false },
      { targeted, delivered: targeted, finished: true },
    ];
    // Before the product has heard of it there is nothing to see at all.
    expect(unclaimed.views[0]).toEqual({ targeted: NONE, delivered: NONE, finished: false });
    expect(unclaimed.views.slice(1)).toEqual([way, way, way, end, end, way, way, way, way, end, end]);
  });

  test("keeps no count and no twin, in all that its own object holds", async () => {
    const { maker, gtin, owners } = await scene(3);
    await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    const held = await everything(makerOf(maker));
    for (const { twin } of owners) expect(held).not.toContain(twin);
    expect(held).toContain(SAFETY.title);
    expect(held).toMatch(/"targeted":0,"delivered":0/);
  });
});

describe("a withdrawn notice", () => {
  test("is shown as that, with the reason, to whoever got it and at the board, and is not told again", async () => {
    const { maker, gtin, owners } = await scene(2);
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    const { status, body } = await withdraw(maker, id);
    expect([status, body.withdrawn.reason]).toEqual([200, "It was another model."]);
    expect((await withdraw(maker, id, "Another reason")).body.withdrawn).toEqual(body.withdrawn);
    await settle(maker, gtin);
    for (const owner of owners) {
      expect(await got(owner)).toMatchObject([{ id, withdrawn: body.withdrawn, state: "open" }]);
      expect((await feedTypes(owner)).filter((type) => type.startsWith("notice."))).toEqual([
        "notice.posted",
        "notice.withdrawn",
      ]);
    }
    expect(await board(gtin)).toMatchObject([{ id, withdrawn: body.withdrawn }]);
    expect(await seen(maker, id)).toMatchObject({ finished: false, withdrawn: body.withdrawn });
    expect(await seenLater(maker, id)).toMatchObject({ finished: true, withdrawn: body.withdrawn });
  });

  test("is no news for whom it overtook, and its first version can't come after it", async () => {
    const { maker, gtin, owners } = await scene(1);
    const id = await post(maker, { ...SAFETY, gtin });
    const [owner] = owners as [TestOwner];
    const sent: AddressedNotice[] = [];
    const away = vi.spyOn(Twin.prototype, "takeNotice").mockImplementation(async (notice) => {
      sent.push(notice);
      throw new Error("out of reach");
    });
    await settle(maker, gtin);
    away.mockRestore();
    await withdraw(maker, id);
    await settle(maker, gtin);
    await twinOf(owner).takeNotice(sent[0]!);
    await tenureOf(owner).takeNotice(sent[0]!);
    expect(await got(owner)).toMatchObject([{ id, withdrawn: { reason: "It was another model." } }]);
    expect(await tellings(owner)).toBe(0);
  });
});

describe("a service message", () => {
  test("reaches only owners whose agreement in force allows it, and names that agreement", async () => {
    const { maker, gtin, owners } = await scene(3);
    const [agreed, ended, never] = owners as [TestOwner, TestOwner, TestOwner];
    const agreement = await agree(api, agreed);
    const over = await agree(api, ended);
    await api.post(path(ended, `/agreements/${over.id}/terminate`), {}, ended.token);
    const id = await post(maker, SERVICE);
    await settle(maker, gtin);
    expect(await got(agreed)).toMatchObject([{ id, ...SERVICE, why: "agreement", agreement: agreement.id }]);
    expect(await tellings(agreed)).toBe(1);
    expect([await got(ended), await got(never)]).toEqual([[], []]);
    expect(await board(gtin)).toEqual([]);
    expect(await seen(maker, id)).toMatchObject({ gtin: null, targeted: NONE, delivered: NONE, finished: true });
  });

  test("reaches also who accepted before it, and of whose acceptance the company had not heard", async () => {
    const { maker, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    const syncs = vi.spyOn(Maker.prototype, "syncAgreement").mockImplementation(() => {
      throw new Error("cut off");
    });
    await agree(api, owner);
    pass(1);
    const id = await post(maker, SERVICE);
    await settle(maker);
    expect(await got(owner)).toEqual([]);
    syncs.mockRestore();
    pass(DAY_MS);
    await rest(tenureOf(owner));
    await settle(maker);
    expect(await got(owner)).toMatchObject([{ id, why: "agreement" }]);
    expect(await tellings(owner)).toBe(1);
    expect(await seen(maker, id)).toMatchObject({ targeted: NONE, delivered: NONE, finished: true });
  });

  test("is refused by terms that ended between the posting and the telling: they are asked at the moment", async () => {
    const { maker, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    const { id: agreement } = await agree(api, owner);
    const id = await post(maker, SERVICE);
    await api.post(path(owner, `/agreements/${agreement}/terminate`), {}, owner.token);
    await settle(maker);
    expect(await got(owner)).toEqual([]);
    expect(await everything(tenureOf(owner))).not.toContain(SERVICE.text);
    expect(await seen(maker, id)).toMatchObject({ finished: true, delivered: NONE });
  });

  test("about one product goes to the agreements about that product; an owner-started twin gets it as well", async () => {
    const { maker, gtin, owners } = await scene(1);
    const other = await claimed((await labels(maker, 1))[0]!);
    const started = await startTwin({ maker: maker.domain, gtin });
    for (const owner of [owners[0]!, other, started]) await agree(api, owner);
    await post(maker, { ...SERVICE, gtin });
    await settle(maker);
    expect([await got(owners[0]!), await got(other), await got(started)].map(({ length }) => length)).toEqual([
      1, 0, 1,
    ]);
  });

  test("is told once although an owner can't be reached at first and the company's object is thrown out of memory", async () => {
    const { maker, owners } = await scene(3);
    for (const owner of owners) await agree(api, owner);
    const { takeNotice } = Object.getOwnPropertyDescriptors(Tenure.prototype);
    let calls = 0;
    const broken = vi.spyOn(Tenure.prototype, "takeNotice").mockImplementation(function (this: Tenure, notice) {
      calls++;
      if (calls === 1) throw new Error("out of reach");
      const taken = takeNotice.value!.call(this, notice);
      if (calls === 2) throw new Error("its answer was lost");
      return taken;
    });
    const id = await post(maker, SERVICE);
    await settle(maker);
    expect(await seen(maker, id)).toMatchObject({ finished: false });
    await evictDurableObject(makerOf(maker));
    broken.mockRestore();
    pass(MINUTE_MS);
    await settle(maker);
    for (const owner of owners) expect(await tellings(owner)).toBe(1);
    expect(await seen(maker, id)).toMatchObject({ finished: true });
  });
});

describe("the owner's word on a notice", () => {
  test("stays with the owner: neither the maker's object nor the product's changes, and nothing is sent", async () => {
    const { maker, gtin, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    await agree(api, owner);
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    await rest(tenureOf(owner));
    const theirs = async () =>
      [
        (await everything(makerOf(maker))).replaceAll(/"last_used_at":\d+/g, ""),
        await everything(productAt(gtin)),
        await everything(twinOf(owner)),
        JSON.stringify(await seen(maker, id)),
      ].join("\n");
    await seen(maker, id);
    const before = await theirs();
    for (const state of ["booked", "not-mine", "done", "done", "open", "done"]) {
      const { status, body } = await api.put(path(owner, `/notices/${id}`), { state }, owner.token);
      expect([status, body.state]).toEqual([200, state]);
    }
    await rest(tenureOf(owner));
    expect(await theirs()).toBe(before);
    expect((await got(owner))[0].state).toBe("done");
    expect((await feedTypes(owner)).filter((type) => type === "notice.settled")).toHaveLength(5);
  });

  test("is the owner's alone to give, and only on a notice that is there", async () => {
    const { maker, gtin, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    const guest = await channelWith(owner, ["twin:read", "notes:write"]);
    expect(await got(guest)).toHaveLength(1);
    expect((await api.put(path(owner, `/notices/${id}`), { state: "done" }, guest.token)).status).toBe(403);
    expect((await got(owner))[0].state).toBe("open");
    const put = (notice: string, body: object) => api.put(path(owner, `/notices/${notice}`), body, owner.token);
    expect((await put(`notice_${"0".repeat(26)}`, { state: "done" })).status).toBe(404);
    expect((await put(id, { state: "sold" })).body).toMatchObject({ status: 422, errors: [{ path: "state" }] });
  });

  test("is in the export, with the notice", async () => {
    const { maker, gtin, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    await api.put(path(owner, `/notices/${id}`), { state: "booked" }, owner.token);
    const { body } = await api.get<string>(path(owner, "/export"), owner.token);
    const lines = body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === "notice");
    expect(lines).toMatchObject([{ notice: { id, text: SAFETY.text, state: "booked" } }]);
  });
});

test("a notice is pushed as news about a notice, without a word of it", async () => {
  const service = new PushService();
  const { maker, gtin, owners } = await scene(1);
  const phone = await service.phone(owners[0]!);
  const id = await post(maker, { ...SAFETY, gtin });
  await settle(maker, gtin);
  await service.rest(phone);
  expect(await phone.news()).toEqual([{ twin: phone.twin, about: "notice" }]);
  await withdraw(maker, id);
  await settle(maker, gtin);
  await service.rest(phone);
  expect(await phone.news()).toHaveLength(1);
});

describe("an erased twin", () => {
  test("is told nothing more, and is no hindrance to the others", async () => {
    const { maker, gtin, owners } = await scene(2);
    const [gone, there] = owners as [TestOwner, TestOwner];
    await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    expect((await api.delete(path(gone), gone.token)).status).toBe(204);
    expect(await everything(tenureOf(gone))).not.toContain(SAFETY.text);
    const id = await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    expect(await seenLater(maker, id)).toMatchObject({ finished: true });
    expect(await got(there)).toHaveLength(2);
    expect(await everything(tenureOf(gone))).not.toContain(SAFETY.text);
    expect(await alarmAt(twinOf(gone))).toBeNull();
  });

  test("that was still to be told by its Twin is told no more", async () => {
    const { maker, gtin, owners } = await scene(1);
    const [owner] = owners as [TestOwner];
    const away = vi.spyOn(Tenure.prototype, "takeNotice").mockImplementation(() => {
      throw new Error("out of reach");
    });
    await post(maker, { ...SAFETY, gtin });
    await settle(maker, gtin);
    expect(await alarmAt(twinOf(owner))).not.toBeNull();
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect(await alarmAt(twinOf(owner))).toBeNull();
    const calls = away.mock.calls.length;
    pass(DAY_MS);
    await rest(twinOf(owner));
    expect(away).toHaveBeenCalledTimes(calls);
  });
});

describe("a product's board", () => {
  test("has safety notices and recalls for anyone, newest first, and says whom each is for", async () => {
    const { maker, gtin, all } = await scene(0);
    const first = await post(maker, { ...SAFETY, gtin });
    pass(MINUTE_MS);
    const second = await post(maker, { ...SAFETY, kind: "recall", gtin, serials: [all[0]!.serial], title: "Back" });
    await settle(maker, gtin);
    expect(await board(gtin)).toEqual([
      expect.objectContaining({ id: second, kind: "recall", title: "Back", concerns: "named-items" }),
      {
        id: first,
        ...SAFETY,
        url: null,
        maker: { id: maker.domain, name: `Maker ${maker.domain}` },
        at: expect.stringMatching(/Z$/),
        concerns: "every-item",
        withdrawn: null,
      },
    ]);
    expect(JSON.stringify(await board(gtin))).not.toContain(all[0]!.serial);
    const page = (await api.get(`/v1/products/${gtin}/notices?limit=1`)).body;
    expect(page.items).toMatchObject([{ id: second }]);
    const rest_ = (await api.get(`/v1/products/${gtin}/notices?limit=1&cursor=${page.next}`)).body;
    expect([rest_.items[0].id, rest_.next]).toEqual([first, null]);
  });

  test("of a GTIN that nobody has is empty, and no object is made for the question", async () => {
    const gtin = freshGtin();
    expect((await api.get(`/v1/products/${gtin}/notices`)).body).toEqual({ items: [], next: null });
    expect(await everything(productAt(gtin))).toBe("[]");
    expect((await api.get("/v1/products/123/notices")).status).toBe(422);
  });
});

test("a company's list of its notices is newest first, a page at a time", async () => {
  const { maker, gtin } = await scene(0);
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.unshift(await post(maker, n === 1 ? SERVICE : { ...SAFETY, gtin }));
  const first = (await api.get(at(maker, "?limit=2"), maker.key)).body;
  const second = (await api.get(at(maker, `?limit=2&cursor=${first.next}`), maker.key)).body;
  expect([...first.items, ...second.items].map(({ id }: any) => id)).toEqual(ids);
  expect(second.next).toBeNull();
  expect(first.items[1]).toMatchObject({ kind: "service", gtin: null });
});

test("a company whose domain is not proven announces nothing", async () => {
  const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
  const { status, body: maker } = await api.post("/v1/joinings", { domain, name: "Somebody" });
  expect(status).toBe(201);
  const { body } = await api.post(`/v1/makers/${domain}/notices`, SERVICE, maker.key);
  expect(body).toMatchObject({ status: 409, code: "not-verified" });
});
