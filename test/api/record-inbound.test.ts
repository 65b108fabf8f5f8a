// A company and the record of its own items: signed by its agent, kept whether or not anyone owns the item, and never telling which.

import { evictDurableObject, listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { dayOf } from "../../src/domain/instant.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { ask, joinedMaker, knock, twinOf as startedBy, type TestMaker } from "../support/maker-world.ts";
import { handOver } from "../support/handovers.ts";
import { freshGtin } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { addPhoto } from "../support/world.ts";
import { everything, inside, path, rest, stillClock, tenureOf, twinOf } from "../tenure/world.ts";

stillClock();

type Label = { gtin: string; serial: string; code: string };
type Owned = { twin: string; token: string };

let maker: TestMaker;
let gtin: string;
const today = (): string => dayOf(Date.now());

async function labels(count: number, of = maker, under = gtin): Promise<Label[]> {
  const { body } = await ask("POST", `${of.path}/labels`, {
    token: of.key,
    body: { gtin: under, model: "Model R", count },
  });
  return body.labels;
}
const claimed = async ({ gtin: of, serial, code }: Label): Promise<Owned> =>
  (await ask("POST", "/v1/claims", { body: { gtin: of, serial, code } })).body;

const entry = (item: object, more: object = {}) => ({
  type: "record.entry",
  data: { ...item, kind: "repairing", text: "PRIVATE: new motor.", occurredOn: "2026-01-04", ...more },
});
const count = (item: object, more: object = {}) => ({
  type: "record.count",
  data: { ...item, count: 1, asOf: today(), ...more },
});
const named = ({ gtin: of, serial }: Label) => ({ gtin: of, serial });
const history = async ({ twin, token }: Owned) => (await ask("GET", path({ twin }, "/history"), { token })).body;
async function verified(owner: Owned) {
  const { body } = await ask("GET", `${maker.path}/did.json`);
  const { x } = body.verificationMethod[0].publicKeyJwk ?? {};
  const key = x
    ? Uint8Array.fromBase64(x, { alphabet: "base64url" })
    : (await env.MAKER.getByName(maker.domain).agentKey())!.publicKey;
  return verifyHistory(await history(owner), () => key, { now: Date.now() });
}

beforeAll(async () => {
  maker = await joinedMaker();
  gtin = freshGtin();
});

describe("an entry of a company's", () => {
  test("is on the record of an item that somebody has, signed by the company's agent, and news to them", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    const body = entry(named(label!), { disposition: "active", warrantyUntil: "2028-01-04" });
    const { status, body: answer } = await knock(maker, body);
    expect([status, answer]).toEqual([200, { status: "recorded", id: expect.stringMatching(/^evt_/) }]);
    const { entries } = await history(owner);
    expect(entries[1]).toMatchObject({
      seq: 2,
      tenure: 0,
      by: { role: "maker", maker: maker.domain },
      proof: { verificationMethod: expect.stringMatching(new RegExp(`:${maker.domain}#agent$`)) },
      body: { text: "PRIVATE: new motor.", disposition: "active", warrantyUntil: "2028-01-04", author: null },
    });
    expect(await verified(owner)).toMatchObject({ verdict: "unaltered", faults: [] });
    await rest(twinOf(owner));
    const { body: feed } = await ask("GET", path(owner, "/events"), { token: owner.token });
    expect(feed.items.filter(({ type }: any) => type === "history.added")).toMatchObject([
      { data: { seq: 2, kind: "repairing", by: { role: "maker", maker: maker.domain } } },
    ]);
    expect(await everything(twinOf(owner))).not.toContain("PRIVATE");
  });

  test("waits for an item's first owner, who has it from the beginning and is told nothing of it", async () => {
    const [label] = await labels(1);
    expect((await knock(maker, entry(named(label!), { kind: "commissioning", text: "Made in Ulm." }))).status).toBe(
      200,
    );
    expect((await knock(maker, count(named(label!)))).status).toBe(200);
    const owner = await claimed(label!);
    expect((await history(owner)).entries).toMatchObject([
      { seq: 1, tenure: null, kind: "commissioning", by: { role: "maker" }, body: { text: "Made in Ulm." } },
      { seq: 2, tenure: 0, kind: "commissioning", by: { role: "twin" } },
    ]);
    expect(await verified(owner)).toMatchObject({
      verdict: "unaltered",
      counts: [{ by: { maker: maker.domain }, stated: 1, found: 1, short: false }],
    });
    await rest(twinOf(owner));
    const { body: feed } = await ask("GET", path(owner, "/events"), { token: owner.token });
    expect(feed.items.map(({ type }: any) => type)).not.toContain("history.added");
  });

  test("is answered the same for items unsold, claimed and given up, and names no place on the record", async () => {
    const [unsold, sold, gone, full] = await labels(4);
    const owner = await claimed(sold!);
    await ask("POST", path(owner, "/history"), {
      token: owner.token,
      body: { kind: "other", text: "Mine.", occurredOn: "2026-01-04" },
    });
    const erased = await claimed(gone!);
    await ask("DELETE", path(erased), { token: erased.token });
    await claimed(full!);
    const alike = (text: string): string => text.replaceAll(/evt_\w+/g, "evt");
    for (const of of [
      (label: Label) => entry(named(label)),
      (label: Label) => count(named(label)),
      // A count too high is told of the company's own entries alone.
      (label: Label) => count(named(label), { count: 2 }),
      // A company that could ask for places would learn how long a record is, and so whether it was begun.
      (label: Label) => entry(named(label), { corrects: `evt_${"0".repeat(26)}` }),
      (label: Label) => entry(named(label), { corrects: 1 }),
      (label: Label) => entry(named(label), { occurredOn: "9999-01-01" }),
    ]) {
      const answers = [];
      for (const label of [unsold!, sold!, gone!, full!]) answers.push(await knock(maker, of(label)));
      for (const answer of answers) {
        expect([answer.status, alike(answer.text)]).toEqual([answers[0]!.status, alike(answers[0]!.text)]);
        expect([...answer.headers]).toEqual([...answers[0]!.headers]);
      }
    }
    expect((await history(owner)).entries).toHaveLength(3);
  });

  test("corrects one of its own, by the id that was answered, on that very item", async () => {
    const [one, two] = await labels(2);
    const owner = await claimed(one!);
    const { body: first } = await knock(maker, entry(named(one!)));
    const correction = { text: "It was the gear.", corrects: first.id };
    expect((await knock(maker, entry(named(two!), correction))).status).toBe(404);
    expect((await knock(maker, entry(named(one!), correction))).status).toBe(200);
    expect((await history(owner)).entries[2]).toMatchObject({ seq: 3, corrects: 2 });
    expect(await verified(owner)).toMatchObject({ verdict: "unaltered", faults: [] });
  });

  test("is there once, however often its webhook comes, at once or after the door forgot it", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    const id = `again-${crypto.randomUUID()}`;
    const body = entry(named(label!));
    const [first, second] = await Promise.all([knock(maker, body, { id }), knock(maker, body, { id })]);
    expect(second.text).toBe(first.text);
    // The company's object dies after the record has it and before it knows.
    const stub = env.MAKER.getByName(maker.domain);
    await inside(stub, ({ storage }) => {
      storage.sql.exec("UPDATE inbound_message SET answer = NULL WHERE webhook_id = ?", id);
    });
    await evictDurableObject(stub);
    expect((await knock(maker, body, { id })).text).toBe(first.text);
    expect((await history(owner)).entries).toHaveLength(2);
  });

  test("gives no warranty that ended before the day it is about", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    const until = (warrantyUntil: string) => knock(maker, entry(named(label!), { warrantyUntil }));
    expect(await until("2026-01-03")).toMatchObject({
      status: 422,
      body: { errors: [{ path: "data.warrantyUntil", message: "must not be before occurredOn" }] },
    });
    expect((await history(owner)).entries).toHaveLength(1);
    expect((await until("2026-01-04")).status).toBe(200);
  });

  test("can be made by naming a twin of the item", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    expect((await knock(maker, entry({ twin: owner.twin }))).status).toBe(200);
    expect((await history(owner)).entries).toHaveLength(2);
  });

  test("cannot be erased by the owner, who may dispute it", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    await knock(maker, entry(named(label!)));
    expect((await ask("DELETE", path(owner, "/history/2"), { token: owner.token })).status).toBe(403);
    const dispute = { kind: "disputed", text: "Never.", occurredOn: today(), corrects: 2 };
    expect((await ask("POST", path(owner, "/history"), { token: owner.token, body: dispute })).status).toBe(201);
  });

  test("has a purse of its own: what others fill shows in none of its answers", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    await inside(twinOf(owner), ({ storage }) => {
      storage.sql.exec("UPDATE record SET owners_entries = 700");
    });
    const mine = { kind: "other", text: "Mine.", occurredOn: today() };
    expect((await ask("POST", path(owner, "/history"), { token: owner.token, body: mine })).body.code).toBe(
      "quota-exceeded",
    );
    expect((await knock(maker, entry(named(label!)))).status).toBe(200);
    await inside(twinOf(owner), ({ storage }) => {
      storage.sql.exec("UPDATE record SET owners_entries = 0, makers_entries = 300");
    });
    expect((await knock(maker, entry(named(label!)))).body.code).toBe("quota-exceeded");
    expect((await ask("POST", path(owner, "/history"), { token: owner.token, body: mine })).status).toBe(201);
  });
});

describe("a company's count", () => {
  const tooMany = (here: string, inAll: number) => ({
    status: 422,
    body: {
      code: "invalid",
      errors: [
        {
          path: "count",
          message: `must not be more than there are: ${here} (UTC), and ${inAll} in all. An entry counts by the day on which it was recorded, not by its occurredOn`,
        },
      ],
    },
  });

  test("is of no more than it recorded up to that day; a refused one leaves no trace and may be mended under its id", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    const state = (more: object, id?: string) =>
      knock(maker, count(named(label!), more), id === undefined ? {} : { id });
    // What others recorded of the item is none of it.
    const mine = { kind: "other", text: "Mine.", occurredOn: "2026-01-04" };
    expect((await ask("POST", path(owner, "/history"), { token: owner.token, body: mine })).status).toBe(201);
    expect(await state({})).toMatchObject(tooMany(`0 entries are yours up to ${today()}`, 0));
    expect((await state({ count: 0 })).status).toBe(200);
    const { counts } = await history(owner);

    await knock(maker, entry(named(label!)));
    // It happened on that day, and was recorded later.
    const id = `count-${crypto.randomUUID()}`;
    expect(await state({ asOf: "2026-01-04" }, id)).toMatchObject(tooMany("0 entries are yours up to 2026-01-04", 1));
    expect(await state({ count: 2 })).toMatchObject(tooMany(`1 entry is yours up to ${today()}`, 1));
    expect((await history(owner)).counts).toEqual(counts);
    expect((await state({}, id)).status).toBe(200);
    expect(await verified(owner)).toMatchObject({
      verdict: "unaltered",
      counts: [{ stated: 1, asOf: today(), found: 1, short: false }],
    });
  });

  test("still counts what it recorded once the owner has erased the item", async () => {
    const [label] = await labels(1);
    const owner = await claimed(label!);
    await knock(maker, entry(named(label!)));
    expect((await ask("DELETE", path(owner), { token: owner.token })).status).toBe(204);
    expect((await knock(maker, count(named(label!)))).status).toBe(200);
  });
});

describe("a company", () => {
  test("writes on no item that is not its own, and leaves nothing behind where it may not", async () => {
    const stranger = await joinedMaker();
    const [label] = await labels(1);
    const owner = await claimed(label!);
    const started = await startedBy(stranger.domain);
    const before = (await listDurableObjectIds(env.TWIN as DurableObjectNamespace)).length;
    for (const of of [entry, count]) {
      const refused: [number, string, object][] = [
        [403, "forbidden", named(label!)],
        [403, "forbidden", { gtin: freshGtin(), serial: "1" }],
        [404, "not-found", { twin: owner.twin }],
        [404, "not-found", { twin: started.twin }],
        [404, "not-found", { twin: `twin_${"0".repeat(26)}` }],
      ];
      for (const [status, code, item] of refused) {
        const answer = await knock(stranger, of(item));
        expect([item, answer.status, answer.body.code]).toEqual([item, status, code]);
      }
      for (const item of [{}, { gtin }, { serial: "1" }, { ...named(label!), twin: owner.twin }, { twin: "twin_1" }])
        expect([item, (await knock(maker, of(item))).status]).toEqual([item, 422]);
    }
    expect((await listDurableObjectIds(env.TWIN as DurableObjectNamespace)).length).toBe(before);
    expect((await history(owner)).entries).toHaveLength(1);
  });

  test("that has not proven its domain writes on none", async () => {
    const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
    const { body } = await ask("POST", "/v1/joinings", { body: { domain, name: "Not yet" } });
    const unproven = { domain, path: `/v1/makers/${domain}`, key: body.key, inboundSecret: body.inboundSecret };
    const { status, body: answer } = await knock(unproven, entry({ gtin: freshGtin(), serial: "1" }));
    expect([status, answer.code]).toEqual([409, "not-verified"]);
  });

  test("writes no kind that is another's", async () => {
    const [label] = await labels(1);
    for (const kind of ["accepting", "disputed", "exploding"])
      expect([kind, (await knock(maker, entry(named(label!), { kind }))).status]).toEqual([kind, 422]);
  });
});

test("an item that its last owner erased keeps its headers and the company's words, and no word or photo of any owner's", async () => {
  const [label] = await labels(1);
  const first = await claimed(label!);
  await knock(maker, entry(named(label!), { text: "Sold." }));
  const photo = await addPhoto(api, path(first, "/photos"), first.token);
  const own = { kind: "repairing", text: "New sole.", occurredOn: today() };
  expect((await api.post(path(first, "/history"), { ...own, photos: [photo] }, first.token)).status).toBe(201);
  const second = await handOver(api, { ...first, recoveryCode: "" });
  await rest(tenureOf(first));
  await api.post(path(second, "/history"), { ...own, text: "Polished." }, second.token);
  // What the earlier owner put there has come along.
  const { entries } = await history(second);
  const texts = entries.map(({ body }: any) => body.text);
  expect(texts).toEqual([null, "Sold.", "New sole.", null, "Polished."]);
  expect((await api.get(path(second, `/history/photos/${photo}`), second.token)).status).toBe(200);

  expect((await api.delete(path(second), second.token)).status).toBe(204);
  await inside(twinOf(second), ({ storage: { sql } }) => {
    const left = [
      ...sql.exec<{ seq: number; entry: string; said: number; key: string }>(
        "SELECT seq, entry, sealed IS NOT NULL AS said, hex(secret) AS key FROM record_entry JOIN record_secret USING (seq)",
      ),
    ];
    expect(left.map(({ entry: header }) => JSON.parse(header).kind)).toEqual(entries.map(({ kind }: any) => kind));
    expect(left.filter(({ said }) => said === 0).map(({ seq }) => seq)).toEqual([3, 5]);
    expect(left.filter(({ key }) => /^0+$/.test(key)).map(({ seq }) => seq)).toEqual([3, 5]);
    expect([...sql.exec("SELECT * FROM record_photo")]).toEqual([]);
  });
});

test("an owner who could not be told is told later, each entry once", async () => {
  const [label] = await labels(1);
  const owner = await claimed(label!);
  await knock(maker, entry(named(label!)));
  await rest(twinOf(owner));
  await inside(twinOf(owner), ({ storage }) => {
    // As it stands when the tenure was told and the Twin died before it knew.
    storage.sql.exec("UPDATE record SET told = 1, tell_at = 1");
  });
  await knock(maker, entry(named(label!), { text: "Again." }));
  await rest(twinOf(owner));
  const { body: feed } = await ask("GET", path(owner, "/events"), { token: owner.token });
  const told = feed.items.filter(({ type }: any) => type === "history.added").map(({ data }: any) => data.seq);
  expect(told).toEqual([2, 3]);
  await inside(tenureOf(owner), ({ storage }) => expect(storage.kv.get("record-told")).toBe(3));
});
