// Signing in: a link lets one person in once, as what its maker's admin said, and whoever is in can go.

import { afterEach, describe, expect, test, vi } from "vitest";
import { FOUNDING_LABEL } from "../../src/domain/founding-key.ts";
import { join, type TestMaker } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

const HOUR_MS = 3_600_000;
afterEach(() => void vi.useRealTimers());
const passing = (ms: number): void => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

const linkOf = async (maker: TestMaker, more: object = {}) => {
  const { status, body } = await api.post(
    `/v1/makers/${maker.domain}/sign-in-links`,
    { label: "Ann", role: "agent", ...more },
    maker.key,
  );
  if (status !== 201) throw new Error(`link: ${status} ${JSON.stringify(body)}`);
  return { ...body, link: body.url.split("#")[1] as string };
};
const signIn = (link: string, headers: Record<string, string> = {}) =>
  api.post("/v1/sign-ins", { link }, undefined, headers);
const current = (maker: TestMaker, key: string) => api.get(`/v1/makers/${maker.domain}/keys/current`, key);

describe("a key's own name", () => {
  test("is given by whoever holds it, whatever its role, and to that key alone", async () => {
    const maker = await join(api, operator);
    const at = `/v1/makers/${maker.domain}/keys`;
    const reader = await api.post(at, { label: "Somebody", role: "reader" }, maker.key);
    expect((await current(maker, maker.key)).body.label).toBe(FOUNDING_LABEL);
    const { status, body } = await api.patch(`${at}/current`, { label: "Ida Berg" }, reader.body.key);
    expect([status, body.id, body.label, body.maker]).toEqual([200, reader.body.id, "Ida Berg", maker.domain]);
    const { items } = (await api.get(at, maker.key)).body;
    expect(items.map(({ label }: { label: string }) => label)).toEqual(["Ida Berg", FOUNDING_LABEL]);
    expect((await api.patch(`${at}/current`, { label: "" }, reader.body.key)).status).toBe(422);
    expect((await api.patch(`${at}/current`, { label: "Ida", role: "admin" }, reader.body.key)).status).toBe(422);
    const { items: acts } = (await api.get(`/v1/makers/${maker.domain}/audit`, maker.key)).body;
    expect(acts[0]).toMatchObject({
      did: "PATCH /v1/makers/{maker}/keys/current",
      key: { id: reader.body.id, label: "Somebody" },
      status: 200,
    });
  });
});

describe("a sign-in link", () => {
  test("is of this server's desk, and has its secret behind the #", async () => {
    const maker = await join(api, operator);
    const { url, link, expiresAt, createdAt, role, label } = await linkOf(maker);
    expect(url).toBe(`https://twins.example/desk/sign-in#${link}`);
    expect(link).toMatch(new RegExp(`^${maker.domain}~[A-Za-z0-9_-]{43}$`));
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(48 * HOUR_MS);
    expect([role, label]).toEqual(["agent", "Ann"]);
  });

  test("ends with the key that made it, and no other does", async () => {
    const maker = await join(api, operator);
    const keys = `/v1/makers/${maker.domain}/keys`;
    const { body: left } = await api.post(keys, { label: "Bea", role: "admin" }, maker.key);
    const [theirs, ours] = [await linkOf({ ...maker, key: left.key }, { role: "admin" }), await linkOf(maker)];
    expect((await api.delete(`${keys}/${left.id}`, maker.key)).status).toBe(204);
    expect((await signIn(theirs.link)).body.code).toBe("sign-in-refused");
    const { items } = (await api.get(`/v1/makers/${maker.domain}/sign-in-links`, maker.key)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([ours.id]);
    expect((await signIn(ours.link)).status).toBe(201);
  });

  test("signs in once, with the role and label it was made for", async () => {
    const maker = await join(api, operator);
    const { link } = await linkOf(maker);
    const { status, body } = await signIn(link);
    expect([status, body.maker, body.name, body.role]).toEqual([201, maker.domain, `Maker ${maker.domain}`, "agent"]);
    const me = await current(maker, body.key);
    expect(me.body).toMatchObject({
      label: "Ann",
      role: "agent",
      maker: maker.domain,
      name: `Maker ${maker.domain}`,
      verified: true,
    });
    expect((await api.get(`/v1/makers/${maker.domain}/keys`, body.key)).status).toBe(403);
    const again = await signIn(link);
    expect([again.status, again.body.code]).toEqual([403, "sign-in-refused"]);
  });

  test("answers a repeat with the same Idempotency-Key the same, and no other", async () => {
    const maker = await join(api, operator);
    const { link } = await linkOf(maker);
    const key = { "Idempotency-Key": `key-${crypto.randomUUID()}` };
    const first = await signIn(link, key);
    const again = await signIn(link, key);
    expect([again.status, again.body, again.headers.get("Idempotency-Replayed")]).toEqual([201, first.body, "true"]);
    expect((await signIn(link, { "Idempotency-Key": `key-${crypto.randomUUID()}` })).status).toBe(403);
    expect((await signIn(link, { "Idempotency-Key": "short" })).status).toBe(422);
  });

  test("that is wrong, of another company, taken back or over is refused, all alike", async () => {
    const [maker, other] = [await join(api, operator), await join(api, operator)];
    const good = await linkOf(maker);
    const taken = await linkOf(maker);
    const at = `/v1/makers/${maker.domain}/sign-in-links`;
    expect((await api.delete(`${at}/${taken.id}`, maker.key)).status).toBe(204);
    const secret = good.link.split("~")[1]!;
    const refused = await Promise.all(
      [
        taken.link,
        `${maker.domain}~${"A".repeat(43)}`,
        `${other.domain}~${secret}`,
        `never-was.example~${secret}`,
        `NOT A DOMAIN~${secret}`,
        secret,
        "x",
        maker.key,
      ].map((link) => signIn(link)),
    );
    const [first] = refused;
    expect([first!.status, first!.body.code]).toEqual([403, "sign-in-refused"]);
    for (const { status, body } of refused) expect([status, body]).toEqual([403, first!.body]);
    expect((await api.get(at, maker.key)).body.items.map(({ id }: any) => id)).toEqual([good.id]);
    passing(48 * HOUR_MS);
    expect((await signIn(good.link)).body).toEqual(first!.body);
    expect((await api.get(at, maker.key)).body.items).toEqual([]);
  });

  test("lasts as long as its admin says, a week at most", async () => {
    const maker = await join(api, operator);
    const { link } = await linkOf(maker, { hours: 168 });
    passing(167 * HOUR_MS);
    expect((await signIn(link)).status).toBe(201);
    for (const hours of [0, 169, 1.5, "2"]) {
      const refused = await api.post(
        `/v1/makers/${maker.domain}/sign-in-links`,
        { label: "Ann", role: "agent", hours },
        maker.key,
      );
      expect(refused.status).toBe(422);
    }
  });

  test("can't be opened by two at once", async () => {
    const maker = await join(api, operator);
    const { link } = await linkOf(maker);
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(link)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 403)]);
    expect((await api.get(`/v1/makers/${maker.domain}/keys`, maker.key)).body.items).toHaveLength(2);
  });
});

const colleagueOf = async (maker: TestMaker, label = "Cleo", role = "agent"): Promise<{ id: string; key: string }> =>
  (await api.post(`/v1/makers/${maker.domain}/keys`, { label, role }, maker.key)).body;
const pending = async (maker: TestMaker, key = maker.key): Promise<any[]> =>
  (await api.get(`/v1/makers/${maker.domain}/sign-in-links`, key)).body.items;
const linkFor = (maker: TestMaker, key: string, admin = maker.key, headers: Record<string, string> = {}) =>
  api.post(`/v1/makers/${maker.domain}/sign-in-links`, { for: key }, admin, headers);
const madeFor = async (maker: TestMaker, key: string, admin = maker.key): Promise<string> =>
  (await linkFor(maker, key, admin)).body.url.split("#")[1];

describe("a sign-in link for a colleague", () => {
  test("signs in the same colleague with another secret, and the one before opens nothing", async () => {
    const maker = await join(api, operator);
    const [cleo, dora] = [await colleagueOf(maker), await colleagueOf(maker, "Dora")];
    const made = await linkFor(maker, cleo.id);
    expect(made).toMatchObject({ status: 201, body: { for: cleo.id, label: "Cleo", role: "agent" } });
    // Label and role are those of the moment.
    await api.patch(`/v1/makers/${maker.domain}/keys/current`, { label: "Cleo Marsh" }, cleo.key);
    expect(await pending(maker)).toMatchObject([{ for: cleo.id, label: "Cleo Marsh", role: "agent" }]);
    expect((await current(maker, cleo.key)).status).toBe(200);
    const before = (await current(maker, cleo.key)).body;

    const { status, body } = await signIn(made.body.url.split("#")[1]);
    expect([status, body.role]).toEqual([201, "agent"]);
    expect((await current(maker, body.key)).body).toEqual(before);
    expect(before).toMatchObject({ id: cleo.id, label: "Cleo Marsh" });
    expect((await current(maker, cleo.key)).status).toBe(401);
    expect((await current(maker, dora.key)).status).toBe(200);
    expect((await api.get(`/v1/makers/${maker.domain}/keys`, maker.key)).body.items).toHaveLength(3);
    expect(await pending(maker)).toEqual([]);
    expect((await signIn(made.body.url.split("#")[1])).body.code).toBe("sign-in-refused");
  });

  test("is made by the company's admins alone, and for its own keys alone", async () => {
    const [maker, other] = [await join(api, operator), await join(api, operator)];
    const theirs = (await current(other, other.key)).body.id;
    const [cleo, reader] = [await colleagueOf(maker), await colleagueOf(maker, "Rea", "reader")];
    expect((await linkFor(maker, cleo.id, other.key)).status).toBe(401);
    expect((await linkFor(maker, cleo.id, cleo.key)).status).toBe(403);
    expect((await linkFor(maker, cleo.id, reader.key)).status).toBe(403);
    for (const key of [theirs, cleo.id.replace(/.$/, (end) => (end === "0" ? "1" : "0"))]) {
      expect((await linkFor(maker, key)).body).toMatchObject({
        status: 422,
        errors: [{ path: "for", message: "must be a key of this company's team" }],
      });
    }
    expect([await pending(maker), await pending(other)]).toEqual([[], []]);
  });

  test("is for a key, or for somebody new with a label and a role: never both, never neither", async () => {
    const maker = await join(api, operator);
    const { id } = await colleagueOf(maker);
    const faultsOf = async (body: object): Promise<string[]> => {
      const refused = await api.post(`/v1/makers/${maker.domain}/sign-in-links`, body, maker.key);
      expect(refused.status).toBe(422);
      return refused.body.errors.map(
        ({ path, message }: Record<string, string>) => `${path} ${message!.split(":")[0]}`,
      );
    };
    expect(await faultsOf({})).toEqual(["label is missing", "role is missing"]);
    expect(await faultsOf({ label: "Ann" })).toEqual(["role is missing"]);
    expect(await faultsOf({ for: id, label: "Ann", role: "agent" })).toEqual([
      "label must not stand beside `for`",
      "role must not stand beside `for`",
    ]);
    expect(await faultsOf({ for: id, role: "admin" })).toEqual(["role must not stand beside `for`"]);
    // And whatever else is wrong.
    expect(await faultsOf({ hours: "2", label: "Ann" })).toEqual(["hours must be a number", "role is missing"]);
    expect(await faultsOf({ for: null })).toContain("for must be text");
    expect(await faultsOf({ for: "Cleo" })).toEqual(["for must be an id that begins with key_"]);
    expect(await pending(maker)).toEqual([]);
  });

  test("is dead once the key is", async () => {
    const maker = await join(api, operator);
    const [cleo, dora] = [await colleagueOf(maker), await colleagueOf(maker, "Dora")];
    const [dead, alive] = [await madeFor(maker, cleo.id), await madeFor(maker, dora.id)];
    await api.delete(`/v1/makers/${maker.domain}/keys/${cleo.id}`, maker.key);
    expect((await pending(maker)).map((link) => link.for)).toEqual([dora.id]);
    expect(await signIn(dead)).toMatchObject({ status: 403, body: { code: "sign-in-refused" } });
    expect((await api.get(`/v1/makers/${maker.domain}/keys`, maker.key)).body.items).toHaveLength(2);
    expect((await signIn(alive)).status).toBe(201);
  });

  test("is how the last admin moves", async () => {
    const maker = await join(api, operator);
    const { id } = (await current(maker, maker.key)).body;
    const { body } = await signIn(await madeFor(maker, id));
    expect((await current(maker, body.key)).body).toMatchObject({ id, role: "admin" });
    expect((await current(maker, maker.key)).status).toBe(401);
    expect((await api.delete(`/v1/makers/${maker.domain}/keys/current`, body.key)).status).toBe(409);
    expect((await signIn(await madeFor({ ...maker, key: body.key }, id))).status).toBe(201);
  });

  test("is the end of those that were made with the secret before, and of no others", async () => {
    const maker = await join(api, operator);
    const cleo = await colleagueOf(maker, "Cleo", "admin");
    const onOldDevice = [(await linkOf({ ...maker, key: cleo.key })).link, await madeFor(maker, cleo.id, cleo.key)];
    const ours = await linkOf(maker);
    const { key } = (await signIn(await madeFor(maker, cleo.id))).body;
    const onNewDevice = await linkOf({ ...maker, key });
    expect((await pending(maker)).map((link) => link.id)).toEqual([onNewDevice.id, ours.id]);
    for (const link of onOldDevice) expect((await signIn(link)).status).toBe(403);
    for (const { link } of [ours, onNewDevice]) expect((await signIn(link)).status).toBe(201);
  });

  test("is over once another for the same key was used", async () => {
    const maker = await join(api, operator);
    const cleo = await colleagueOf(maker);
    const [one, two] = [await madeFor(maker, cleo.id), await madeFor(maker, cleo.id)];
    const forAnother = await madeFor(maker, (await colleagueOf(maker)).id);
    const { key } = (await signIn(two)).body;
    for (const link of [one, two]) expect((await signIn(link)).status).toBe(403);
    expect((await current(maker, key)).body.id).toBe(cleo.id);
    expect((await current(maker, cleo.key)).status).toBe(401);
    expect((await signIn(forAnother)).status).toBe(201);
  });

  test("can't be opened by two at once", async () => {
    const maker = await join(api, operator);
    const link = await madeFor(maker, (await colleagueOf(maker)).id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(link)));
    const [first, ...others] = answers.toSorted((a, b) => a.status - b.status);
    expect((await current(maker, first!.body.key)).status).toBe(200);
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 403));
  });

  test("is made once and used once under one Idempotency-Key, and a repeat shuts nobody out", async () => {
    const maker = await join(api, operator);
    const cleo = await colleagueOf(maker);
    const once = { "Idempotency-Key": crypto.randomUUID() };
    const made = await linkFor(maker, cleo.id, maker.key, once);
    expect((await linkFor(maker, cleo.id, maker.key, once)).body).toEqual(made.body);
    expect(await pending(maker)).toHaveLength(1);
    const link = made.body.url.split("#")[1];
    const again = { "Idempotency-Key": crypto.randomUUID() };
    const first = await signIn(link, again);
    const repeat = await signIn(link, again);
    expect([repeat.status, repeat.body, repeat.headers.get("Idempotency-Replayed")]).toEqual([201, first.body, "true"]);
    expect((await current(maker, first.body.key)).status).toBe(200);
    // A repeat after a later sign-in brings nothing back.
    const later = (await signIn(await madeFor(maker, cleo.id))).body.key;
    expect((await signIn(link, again)).body).toEqual(first.body);
    expect((await current(maker, first.body.key)).status).toBe(401);
    expect((await current(maker, later)).status).toBe(200);
  });
});

describe("signing out", () => {
  test("ends the very key that asks, and leaves the last admin's", async () => {
    const maker = await join(api, operator);
    const { body } = await signIn((await linkOf(maker)).link);
    const at = `/v1/makers/${maker.domain}/keys/current`;
    expect((await api.delete(at, body.key)).status).toBe(204);
    expect((await current(maker, body.key)).status).toBe(401);
    expect((await api.delete(at, maker.key)).status).toBe(409);
    expect((await current(maker, maker.key)).status).toBe(200);
  });
});
