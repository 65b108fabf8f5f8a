// From the owner's note to the company's endpoint and back to the owner's screen, through the real objects and their alarms.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { operator, api } from "../support/worker.ts";
import { agree, claim, join, write, type TestMaker } from "../support/people.ts";

type Hook = { id: string; body: { type: string; data: Record<string, unknown> } };

let hooks: Hook[] = [];
/** Addresses of this test's own: what other companies' objects still send meanwhile is not its business. */
const ours = new Set<string>();
let answer: (hook: Hook) => number = () => 200;

beforeEach(() => {
  hooks = [];
  ours.clear();
  answer = () => 200;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    if (!ours.has(input as string)) return new Response("ok");
    const hook = { id: new Headers(init?.headers).get("webhook-id")!, body: JSON.parse(init?.body as string) };
    hooks.push(hook);
    return new Response("ok", { status: answer(hook) });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const listen = async (maker: TestMaker, types?: string[]): Promise<string> => {
  const url = `https://hooks.${maker.domain}.com/in`.replace(".example.com", ".example.org");
  ours.add(url);
  const { status, body } = await api.post(
    `/v1/makers/${maker.domain}/endpoints`,
    { url, processor: "Hooks Ltd", ...(types && { types }) },
    maker.key,
  );
  if (status !== 201) throw new Error(`endpoint: ${status} ${JSON.stringify(body)}`);
  return typeof body.endpoint === "string" ? body.endpoint : body.endpoint.id;
};

const setting = async () => {
  const maker = await join(api, operator);
  const owner = await claim(api, maker);
  return { maker, owner };
};
const relayOf = async (owner: { twin: string; token: string }, note: string) =>
  (await api.get(`/v1/twins/${owner.twin}/notes/${note}`, owner.token)).body.relay as {
    state: string;
    reason: string | null;
  };
const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

describe("a note that was sent", () => {
  it("reaches every endpoint in order, after the agreement, and its owner sees it delivered", async () => {
    const { maker, owner } = await setting();
    await listen(maker);
    await agree(api, owner);
    const first = await write(api, owner, "it squeaks", { send: true });
    const second = await write(api, owner, "it still squeaks", { send: true });
    await until(async () => expect(await relayOf(owner, second.id)).toMatchObject({ state: "delivered" }));
    expect(hooks.map(({ body: { type, data } }) => [type, data.seq, data.prev])).toEqual([
      ["agreement.accepted", 1, null],
      ["note.sent", 2, 1],
      ["note.sent", 3, 2],
    ]);
    expect(hooks[1]!.body.data).toMatchObject({ twin: owner.twin, note: { id: first.id, text: "it squeaks" } });
  });

  it("is delivered to the feed of a maker without an endpoint", async () => {
    const { maker, owner } = await setting();
    await agree(api, owner);
    const note = await write(api, owner, "it squeaks", { send: true });
    await until(async () => expect(await relayOf(owner, note.id)).toMatchObject({ state: "delivered" }));
    expect(hooks).toEqual([]);
    const feed = await api.get(`/v1/makers/${maker.domain}/events`, maker.key);
    expect(feed.body.items.map(({ type }: { type: string }) => type)).toEqual(["agreement.accepted", "note.sent"]);
  });

  it("waits where the endpoint answered 410, and goes out when it is enabled again", async () => {
    const { maker, owner } = await setting();
    const endpoint = await listen(maker);
    answer = () => 410;
    await agree(api, owner);
    const note = await write(api, owner, "it squeaks", { send: true });
    await until(async () =>
      expect(await relayOf(owner, note.id)).toMatchObject({
        state: "delayed",
        reason: "the company's endpoint is disabled",
      }),
    );
    answer = () => 200;
    const again = await api.patch(`/v1/makers/${maker.domain}/endpoints/${endpoint}`, { enabled: true }, maker.key);
    expect(again.status).toBe(200);
    await until(async () => expect(await relayOf(owner, note.id)).toMatchObject({ state: "delivered" }));
  });
});

describe("an erased twin", () => {
  it("is told to the maker without a word, though its endpoint was disabled at the time", async () => {
    const { maker, owner } = await setting();
    const endpoint = await listen(maker);
    answer = () => 410;
    await agree(api, owner);
    const note = await write(api, owner, "a private matter", { send: true });
    await until(async () => expect(await relayOf(owner, note.id)).toMatchObject({ state: "delayed" }));
    expect((await api.delete(`/v1/twins/${owner.twin}`, owner.token)).status).toBeLessThan(300);
    hooks = [];
    answer = () => 200;
    await api.patch(`/v1/makers/${maker.domain}/endpoints/${endpoint}`, { enabled: true }, maker.key);
    await until(() => expect(hooks.at(-1)?.body.type).toBe("twin.erased"));
    expect(hooks.map(({ body }) => [body.data.seq, body.data.prev])).toEqual(
      hooks.map((_, n) => [n + 1, n === 0 ? null : n]),
    );
    expect(JSON.stringify(hooks)).not.toContain("a private matter");
    const feed = await api.get(`/v1/makers/${maker.domain}/events`, maker.key);
    expect(feed.body.items.at(-1)).toMatchObject({ type: "twin.erased" });
    expect(JSON.stringify(feed.body)).not.toContain("a private matter");
  });
});
