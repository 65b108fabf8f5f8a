// Who did what: every call of a team's key that changes something is kept, from before it begins, by name and without a word of what was in it.

import { env } from "cloudflare:workers";
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { officeOf as officeFor } from "../../src/platform/stubs.ts";
import { Maker } from "../../src/maker/maker.ts";
import { join, type TestMaker } from "../support/people.ts";
import { DOORS } from "../support/right-requests.ts";
import { routesOf, type Route } from "../support/routes.ts";
import { api, operator } from "../support/worker.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
let routes: Route[];
beforeAll(async () => {
  world = await makeWorld(api, operator);
  routes = await routesOf(api);
});

const audit = async (maker: TestMaker, query = "", key = maker.key): Promise<any> =>
  (await api.get(`/v1/makers/${maker.domain}/audit${query}`, key)).body;
const keyOf = async (maker: TestMaker, key: string): Promise<any> =>
  (await api.get(`/v1/makers/${maker.domain}/keys/current`, key)).body;
const addReply = (maker: TestMaker, key: string, title: string, headers = {}) =>
  api.post(`/v1/makers/${maker.domain}/saved-replies`, { title, text: "Dear [name]" }, key, headers);

/** Every text in a value, however deep. */
const textsIn = (value: unknown): string[] =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];

test("has an entry of every call that changes something, by whom and about what, and no word or secret of it", async () => {
  const { maker, agent, reader, owner } = world;
  const tokens = { admin: maker.key, agent, reader };
  const changing = routes.filter(({ caller, method }) => caller === "maker" && method !== "GET");
  const names = changing.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(15);
  const people = {
    admin: await keyOf(maker, maker.key),
    agent: await keyOf(maker, agent),
    reader: await keyOf(maker, reader),
  };
  const spoken: string[] = [];
  // In the order of the table, in which they can be made one after the other.
  for (const [name, door] of Object.entries(DOORS)) {
    if (!names.includes(name)) continue;
    const { role } = door.who as { role: "admin" | "agent" | "reader" };
    const { path, body, headers = {} } = door.right(world);
    const answer = await api.call(name.split(" ")[0]!, path, { token: tokens[role], body, headers });
    const { id, label } = people[role];
    const [entry] = (await audit(maker, "?limit=1")).items;
    expect(entry).toMatchObject({ did: name, key: { id, label, role }, status: answer.status });
    expect([name, answer.status]).toEqual([name, door.opens]);
    const named = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter).filter((each) => each !== "maker");
    expect(Object.keys(entry.about).toSorted()).toEqual(named.toSorted());
    for (const value of Object.values(entry.about) as string[]) expect(path).toContain(value);
    // An entry has the name that a key had then.
    if (name === "PATCH /v1/makers/{maker}/keys/current") people[role] = { ...people[role], label: "Ida" };
    spoken.push(...textsIn(body), ...textsIn(answer.body).filter((text) => text.length > 30));
  }
  const kept = await runInDurableObject(
    officeFor(env, maker.domain) as any,
    (_: unknown, { storage }: DurableObjectState) =>
      JSON.stringify(
        [...storage.sql.exec("SELECT * FROM audit")].map(({ label: _label, role: _role, ...rest }) => rest),
      ),
  );
  for (const token of [maker.key, agent, reader, owner.token, maker.inboundSecret]) {
    expect(kept).not.toContain(token.split("~").at(-1));
  }
  // Names of what there is may be in a body too; nothing else of one is kept.
  const words = spoken.filter((text) => !/^[a-z]+_[0-9a-z]{26}$/.test(text) && text.length > 3);
  expect(words.length).toBeGreaterThan(20);
  expect(words.filter((text) => kept.includes(JSON.stringify(text)))).toEqual([]);
});

describe("the audit log", () => {
  test("is kept from before the act, though the act or its end was cut off", async () => {
    const maker = await join(api, operator);
    const key = (await keyOf(maker, maker.key)).id;
    vi.spyOn(Maker.prototype, "addKey").mockImplementationOnce(() => {
      throw new Error("cut off");
    });
    const cut = await api.post(`/v1/makers/${maker.domain}/keys`, { label: "x", role: "reader" }, maker.key);
    expect(cut.status).toBe(503);
    await evictDurableObject(officeFor(env, maker.domain));
    const [entry] = (await audit(maker)).items;
    expect(entry).toMatchObject({ did: "POST /v1/makers/{maker}/keys", key: { id: key }, status: null });
  });

  test("has nothing of what was refused, of what was only read, nor of a repeat that was answered again", async () => {
    const maker = await join(api, operator);
    const other = await join(api, operator);
    const reader = (await api.post(`/v1/makers/${maker.domain}/keys`, { label: "Rita", role: "reader" }, maker.key))
      .body;
    const before = await audit(maker);
    expect((await addReply(maker, reader.key, "x")).status).toBe(403);
    expect((await addReply(maker, other.key, "x")).status).toBe(401);
    expect((await addReply(maker, maker.key, "")).status).toBe(422);
    const nowhere = `/v1/makers/${maker.domain}/keys/${reader.id.replace(/.$/, (c: string) => (c === "0" ? "1" : "0"))}`;
    expect((await api.delete(nowhere, maker.key)).status).toBe(404);
    await api.get(`/v1/makers/${maker.domain}/keys`, maker.key);
    expect(await audit(maker)).toEqual(before);
    const repeated = { "Idempotency-Key": crypto.randomUUID() };
    for (let again = 0; again < 3; again++)
      expect((await addReply(maker, maker.key, "One", repeated)).status).toBe(201);
    expect((await audit(maker)).items).toHaveLength(before.items.length + 1);
    expect((await audit(other)).items.map(({ did }: any) => did)).toEqual(["PUT /v1/makers/{maker}/policy"]);
  });

  test("is read by key and time, newest first, page by page, and by admins only", async () => {
    const maker = await join(api, operator);
    const agent = (await api.post(`/v1/makers/${maker.domain}/keys`, { label: "Ann", role: "agent" }, maker.key)).body;
    for (let n = 0; n < 3; n++) await addReply(maker, agent.key, `${n}`);
    const all = (await audit(maker)).items;
    expect(all.map(({ key }: any) => key.label)).toEqual(["Ann", "Ann", "Ann", "first key", "first key"]);
    const first = await audit(maker, `?limit=2&key=${agent.id}`);
    const rest = await audit(maker, `?limit=2&key=${agent.id}&cursor=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(all.slice(0, 3));
    expect(rest.next).toBeNull();
    const { at } = all[1];
    expect((await audit(maker, `?from=${at}`)).items).toEqual(all.filter((entry: any) => entry.at >= at));
    expect((await audit(maker, `?to=${at}`)).items).toEqual(all.filter((entry: any) => entry.at <= at));
    expect((await api.get(`/v1/makers/${maker.domain}/audit`, agent.key)).status).toBe(403);
    expect((await api.get(`/v1/makers/${maker.domain}/audit?from=yesterday`, maker.key)).status).toBe(422);
    // What somebody did stays theirs when their key is gone.
    await api.delete(`/v1/makers/${maker.domain}/keys/${agent.id}`, maker.key);
    expect((await audit(maker, `?key=${agent.id}`)).items).toHaveLength(3);
  });

  test("says who came in by a link", async () => {
    const maker = await join(api, operator);
    const { body } = await api.post(
      `/v1/makers/${maker.domain}/sign-in-links`,
      { label: "Ann", role: "agent" },
      maker.key,
    );
    const { key } = (await api.post("/v1/sign-ins", { link: body.url.split("#")[1] })).body;
    const [entry] = (await audit(maker)).items;
    const { id } = await keyOf(maker, key);
    expect(entry).toMatchObject({
      did: "POST /v1/sign-ins",
      key: { id, label: "Ann", role: "agent" },
      about: {},
      status: 201,
    });
  });

  test("says for whom an admin made a link, and that this colleague came in anew", async () => {
    const maker = await join(api, operator);
    const at = `/v1/makers/${maker.domain}`;
    const { id } = (await api.post(`${at}/keys`, { label: "Ann", role: "agent" }, maker.key)).body;
    const admin = await keyOf(maker, maker.key);
    const made = await api.post(`${at}/sign-in-links`, { for: id }, maker.key);
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    for (let again = 0; again < 2; again++)
      await api.post("/v1/sign-ins", { link: made.body.url.split("#")[1] }, undefined, headers);
    const { items } = await audit(maker, "?limit=3");
    expect(items).toMatchObject([
      { did: "POST /v1/sign-ins", key: { id, label: "Ann", role: "agent" }, about: { key: id }, status: 201 },
      { did: "POST /v1/makers/{maker}/sign-in-links", key: { id: admin.id }, about: { key: id }, status: 201 },
      { did: "POST /v1/makers/{maker}/keys" },
    ]);
  });
});
