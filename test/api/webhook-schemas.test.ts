// What is described is what is sent: real requests to an endpoint, read with the described schemas, lose and lack nothing.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { webhookBodies } from "../../src/api/webhook-schemas.ts";
import type { EventType } from "../../src/domain/event-types.ts";
import { agree, claim, join, type TestMaker, type TestOwner, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

type Body = { type: EventType; timestamp: string; data: Record<string, unknown> };

let taken: Body[] = [];
/** The address of this test's own endpoint: what other companies' objects still send meanwhile is not its business. */
let ours = "";
let status = 200;

beforeEach(() => {
  [taken, ours, status] = [[], "", 200];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    if (input !== ours) return new Response("");
    if (status === 200) taken.push(JSON.parse(init?.body as string) as Body);
    return new Response("", { status });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const typesTaken = (): EventType[] => taken.map(({ type }) => type);
const arrival = (type: EventType): Promise<void> =>
  vi.waitFor(() => expect(typesTaken()).toContain(type), { timeout: 20_000, interval: 10 });

function expectAsDescribed(): void {
  // Equal, because parsing takes away what is not described.
  for (const body of taken) expect(webhookBodies[body.type].parse(body)).toEqual(body);
}

type Setting = { maker: TestMaker; owner: TestOwner; path: string; endpoint: string };

async function setting(): Promise<Setting> {
  const maker = await join(api, operator, { "SD-BASE": "hold", "SD-BASE-DP": "accept" });
  ours = `https://${maker.domain.replace(".example", ".org")}/in`;
  const made = await api.post(`/v1/makers/${maker.domain}/endpoints`, { url: ours, processor: "Hooks Ltd" }, maker.key);
  expect(made.status).toBe(201);
  const owner = await claim(api, maker);
  return {
    maker,
    owner,
    path: `/v1/twins/${owner.twin}`,
    endpoint: `/v1/makers/${maker.domain}/endpoints/${made.body.endpoint}`,
  };
}

it("sends every event of a relationship as it is described", async () => {
  const { maker, owner, path, endpoint } = await setting();
  await api.post(`${endpoint}/test`, {}, maker.key);
  await arrival("endpoint.test");
  const held = await agree(api, owner, "SD-BASE");
  await arrival("agreement.proffered");
  await api.post(`${path}/agreements/${held.id}/rescind`, {}, owner.token);
  await arrival("agreement.rescinded");
  const agreement = await agree(api, owner);
  await arrival("agreement.accepted");

  const words = { send: true, serial: true, title: "A hum", wants: "answer", occurredAt: "2026-11-01T10:00:00Z" };
  const note = await write(api, owner, "It hums.", words);
  await arrival("note.sent");
  await api.patch(`${path}/notes/${note.id}`, { text: "It hums at night." }, owner.token);
  await arrival("note.updated");
  await api.post(`${path}/notes/${note.id}/messages`, { text: "Mostly after ten." }, owner.token);
  await arrival("message.posted");
  const reply = { text: "Tighten the base.", outcome: "answered" };
  await api.post(`/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`, reply, maker.key);
  await api.post(`${path}/notes/${note.id}/verdict`, { verdict: "not-addressed" }, owner.token);
  await arrival("thread.verdict");
  await api.delete(`${path}/notes/${note.id}`, owner.token);
  await arrival("note.retracted");
  await api.post(`${path}/agreements/${agreement.id}/terminate`, { reason: "Sold it." }, owner.token);
  await arrival("agreement.terminated");
  expectAsDescribed();
});

it("sends what an erased twin leaves as it is described", async () => {
  const { maker, owner, path, endpoint } = await setting();
  status = 410;
  await agree(api, owner);
  const note = await write(api, owner, "It hums.", { send: true, serial: true });
  await api.patch(`${path}/notes/${note.id}`, { text: "It hums at night." }, owner.token);
  await api.post(`${path}/notes/${note.id}/messages`, { text: "Mostly after ten." }, owner.token);
  await api.post(`${path}/notes/${note.id}/verdict`, { verdict: "addressed" }, owner.token);
  await vi.waitFor(async () => expect((await api.get(endpoint, maker.key)).body.health.state).toBe("disabled"), {
    timeout: 20_000,
  });
  expect((await api.delete(path, owner.token)).status).toBe(204);
  status = 200;
  await api.patch(endpoint, { enabled: true }, maker.key);
  await arrival("twin.erased");
  expect(new Set(typesTaken())).toEqual(new Set(["agreement.accepted", "agreement.terminated", "twin.erased"]));
  expectAsDescribed();
});

it("describes the announcement of a gap as it is rendered", () => {
  const gap = { type: "thread.gap", timestamp: "2026-11-22T10:00:00.000Z", data: { twin: "twin_x", from: 1, to: 2 } };
  expect(webhookBodies["thread.gap"].parse(gap)).toEqual(gap);
  expect(webhookBodies["thread.gap"].safeParse({ ...gap, data: { twin: "twin_x", from: 1 } }).success).toBe(false);
});
