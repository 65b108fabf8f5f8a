// Channels: each lets exactly what its scopes say, is seen by the owner with its last use, and ends when the owner or time says so.

import { describe, expect, test } from "vitest";
import { SCOPES, type Scope } from "../../src/domain/access.ts";
import type { TestOwner } from "../support/people.ts";
import { write } from "../support/people.ts";
import { api } from "../support/worker.ts";
import {
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  MINUTE_MS,
  pass,
  path,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const NOWHERE = {
  note: `note_${"0".repeat(26)}`,
  agreement: `agr_${"0".repeat(26)}`,
  channel: `chan_${"0".repeat(26)}`,
};

type Attempt = readonly [method: string, rest: string, body: unknown, needs: readonly Scope[]];
/** Every call on a twin, and the scopes each of which is enough. */
const CALLS: readonly Attempt[] = [
  ["GET", "", undefined, ["twin:read"]],
  ["PATCH", "", { product: { name: "B" } }, ["owner"]],
  ["GET", "/notes", undefined, ["notes:read", "notes:own"]],
  ["GET", `/notes/${NOWHERE.note}`, undefined, ["notes:read", "notes:own"]],
  ["POST", "/notes", { kind: "diary", text: "x" }, ["notes:write"]],
  ["PATCH", `/notes/${NOWHERE.note}`, { text: "y" }, ["notes:write"]],
  ["DELETE", `/notes/${NOWHERE.note}`, undefined, ["notes:write"]],
  ["GET", `/notes/${NOWHERE.note}/messages`, undefined, ["messages:read"]],
  ["POST", `/notes/${NOWHERE.note}/messages`, { text: "x" }, ["messages:write"]],
  ["POST", `/notes/${NOWHERE.note}/verdict`, { verdict: "addressed" }, ["messages:write"]],
  ["GET", "/agreements", undefined, ["agreements:read"]],
  ["GET", `/agreements/${NOWHERE.agreement}`, undefined, ["agreements:read"]],
  ["GET", `/agreements/${NOWHERE.agreement}/record`, undefined, ["agreements:read"]],
  ["POST", "/agreements", { preferred: "SD-BASE" }, ["agreements:write"]],
  ["POST", `/agreements/${NOWHERE.agreement}/confirm`, { decision: "refused" }, ["agreements:write"]],
  ["POST", `/agreements/${NOWHERE.agreement}/rescind`, {}, ["agreements:write"]],
  ["POST", `/agreements/${NOWHERE.agreement}/terminate`, {}, ["agreements:write"]],
  ["GET", "/channels", undefined, ["owner"]],
  ["POST", "/channels", { label: "x", scopes: ["twin:read"] }, ["owner"]],
  ["PATCH", `/channels/${NOWHERE.channel}`, { label: "x" }, ["owner"]],
  ["DELETE", `/channels/${NOWHERE.channel}`, undefined, ["owner"]],
  ["GET", "/channels/current", undefined, SCOPES],
  ["GET", "/papers", undefined, ["owner"]],
  ["PUT", "/papers", {}, ["owner"]],
  ["GET", "/events", undefined, ["twin:read"]],
  ["GET", "/export", undefined, ["owner"]],
  ["GET", "/recovery", undefined, SCOPES],
];

const listed = async (owner: TestOwner, id: string) =>
  (await api.get(path(owner, "/channels"), owner.token)).body.items.find(
    (channel: { id: string }) => channel.id === id,
  );

describe("a channel", () => {
  test.each(SCOPES)("with the scope %s alone is let into exactly the calls that name it", async (scope) => {
    const owner = await startTwin();
    const { token } = await channelWith(owner, [scope]);
    for (const [method, rest, body, needs] of CALLS) {
      const answer = await api.call(method, path(owner, rest), { token, body });
      const lets = scope === "owner" || needs.includes(scope);
      expect(answer.body?.code === "forbidden", `${method} ${rest} answered ${answer.status}`).toBe(!lets);
      if (!lets) expect(answer.status).toBe(403);
      else expect([401, 403]).not.toContain(answer.status);
    }
    expect((await api.delete(path(owner), token)).status).toBe(scope === "owner" ? 204 : 403);
  });

  test("that may write may not send without notes:send, neither at once nor later", async () => {
    const owner = await startTwin({ maker: "lamo.example" });
    const writer = await channelWith(owner, ["notes:write", "notes:own"]);
    const sender = await channelWith(owner, ["notes:write", "notes:own", "notes:send"]);
    const send = { kind: "idea", text: "x", send: true };
    expect(await api.post(path(writer, "/notes"), send, writer.token)).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    const note = await write(api, writer, "x");
    expect((await api.patch(path(writer, `/notes/${note.id}`), { send: true }, writer.token)).status).toBe(403);
    expect((await api.get(path(writer, `/notes/${note.id}`), owner.token)).body.relay.state).toBe("private");
    expect((await api.post(path(sender, "/notes"), send, sender.token)).status).toBe(201);
  });

  test("that may write may not put new words into a note that was sent, without notes:send", async () => {
    const owner = await startTwin({ maker: "lamo.example" });
    const writer = await channelWith(owner, ["notes:write", "notes:read"]);
    const own = await write(api, writer, "x");
    await api.patch(path(owner, `/notes/${own.id}`), { send: true }, owner.token);
    const change = await api.patch(path(owner, `/notes/${own.id}`), { text: "injected" }, writer.token);
    expect(change).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await api.get(path(owner, `/notes/${own.id}`), owner.token)).body).toMatchObject({
      text: "x",
      revision: 1,
    });
  });

  test("has its token shown once, and stored as a hash", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["twin:read"]);
    expect(helper.token).toMatch(new RegExp(`^${owner.twin}~[A-Za-z0-9_-]{43}$`));
    expect(await listed(owner, helper.channel)).toMatchObject({
      label: "twin:read",
      scopes: ["twin:read"],
      current: false,
      revokedAt: null,
    });
    expect(JSON.stringify(await listed(owner, helper.channel))).not.toContain(helper.token.split("~")[1]);
    expect(await everything(tenureOf(owner))).not.toContain(helper.token.split("~")[1]);
  });

  test("is made once when its request is repeated with its key", async () => {
    const owner = await startTwin();
    const headers = { "Idempotency-Key": "phone" };
    const make = (label: string) =>
      api.post(path(owner, "/channels"), { label, scopes: ["twin:read"] }, owner.token, headers);
    const first = await make("Phone");
    expect((await make("Phone")).body).toEqual(first.body);
    expect((await make("Tablet")).status).toBe(409);
    expect((await api.get(path(owner, "/channels"), owner.token)).body.items).toHaveLength(2);
    expect((await api.get(path(owner), first.body.token)).status).toBe(200);
  });

  test("shows its last use, to the minute", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["twin:read"]);
    expect((await listed(owner, helper.channel)).lastUsedAt).toBeNull();
    const used = new Date().toISOString();
    await api.get(path(helper), helper.token);
    pass(MINUTE_MS - 1);
    await api.get(path(helper), helper.token);
    expect((await listed(owner, helper.channel)).lastUsedAt).toBe(used);
    pass(1);
    await api.get(path(helper), helper.token);
    expect((await listed(owner, helper.channel)).lastUsedAt).toBe(new Date().toISOString());
  });

  test("ends when it expires, and can't be made to end in the past", async () => {
    const owner = await startTwin();
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const helper = await channelWith(owner, ["twin:read"], { expiresAt });
    expect((await listed(owner, helper.channel)).expiresAt).toBe(expiresAt);
    pass(DAY_MS - 1);
    expect((await api.get(path(helper), helper.token)).status).toBe(200);
    pass(1);
    expect((await api.get(path(helper), helper.token)).status).toBe(401);
    const late = await api.post(path(owner, "/channels"), { label: "late", scopes: ["owner"], expiresAt }, owner.token);
    expect(late).toMatchObject({ status: 422, body: { errors: [{ path: "expiresAt" }] } });
  });

  test("ends when it is revoked: the same 401 as for a token that never was, and the owner still sees what it was", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["twin:read", "notes:read"]);
    expect((await api.get(path(helper), helper.token)).status).toBe(200);
    expect((await api.delete(path(owner, `/channels/${helper.channel}`), owner.token)).status).toBe(204);
    const revoked = await api.get(path(helper), helper.token);
    expect(revoked).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect((await api.get(path(owner), `${owner.twin}~${"B".repeat(43)}`)).body).toEqual(revoked.body);
    expect(await listed(owner, helper.channel)).toMatchObject({
      scopes: ["twin:read", "notes:read"],
      revokedAt: new Date().toISOString(),
    });
    expect((await api.delete(path(owner, `/channels/${helper.channel}`), owner.token)).status).toBe(404);
    expect(await feedTypes(owner)).toEqual(["channel.created", "channel.revoked"]);
  });

  test("is called something else by its owner, and may do what it could", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["twin:read"]);
    const named = await api.patch(path(owner, `/channels/${helper.channel}`), { label: "Ida's phone" }, owner.token);
    expect(named).toMatchObject({ status: 200, body: { id: helper.channel, label: "Ida's phone", current: false } });
    expect(await listed(owner, helper.channel)).toMatchObject({ label: "Ida's phone", scopes: ["twin:read"] });
    expect((await api.get(path(helper), helper.token)).status).toBe(200);
    expect(await feedTypes(owner)).toEqual(["channel.created", "channel.named"]);
    for (const body of [{}, { label: "" }, { label: "x", scopes: ["owner"] }]) {
      expect((await api.patch(path(owner, `/channels/${helper.channel}`), body, owner.token)).status).toBe(422);
    }
    expect((await api.delete(path(owner, `/channels/${helper.channel}`), owner.token)).status).toBe(204);
    expect((await api.patch(path(owner, `/channels/${helper.channel}`), { label: "x" }, owner.token)).status).toBe(404);
  });

  test("that is the last of the owner's can't be revoked, by itself or while another only expires", async () => {
    const owner = await startTwin();
    const own = (await api.get(path(owner, "/channels"), owner.token)).body.items[0].id;
    expect(await api.delete(path(owner, `/channels/${own}`), owner.token)).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
    const passing = await channelWith(owner, ["owner"], { expiresAt: new Date(Date.now() + DAY_MS).toISOString() });
    pass(DAY_MS);
    expect((await api.delete(path(owner, `/channels/${own}`), owner.token)).status).toBe(409);
    const second = await channelWith(owner, ["owner"]);
    expect((await api.delete(path(owner, `/channels/${own}`), second.token)).status).toBe(204);
    expect((await api.get(path(owner), owner.token)).status).toBe(401);
    expect((await api.get(path(second), second.token)).status).toBe(200);
    expect((await api.get(path(passing), passing.token)).status).toBe(401);
  });

  test("is one of a hundred at most; what expired or was revoked makes room", async () => {
    const owner = await startTwin();
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const first = await channelWith(owner, ["twin:read"]);
    await Promise.all(Array.from({ length: 98 }, () => channelWith(owner, ["twin:read"], { expiresAt })));
    const more = () => api.post(path(owner, "/channels"), { label: "one more", scopes: ["twin:read"] }, owner.token);
    expect(await more()).toMatchObject({ status: 409, body: { code: "quota-exceeded" } });
    await api.delete(path(owner, `/channels/${first.channel}`), owner.token);
    expect((await more()).status).toBe(201);
    expect((await more()).status).toBe(409);
    pass(DAY_MS);
    expect((await more()).status).toBe(201);
  });

  test("is listed newest first, a page at a time, every one once", async () => {
    const owner = await startTwin();
    const made = [];
    for (const n of [1, 2, 3, 4]) made.unshift((await channelWith(owner, ["twin:read"], { label: `no ${n}` })).channel);
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const { body } = await api.get(path(owner, `/channels?limit=2${cursor}`), owner.token);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen.slice(0, -1)).toEqual(made);
    expect(seen).toHaveLength(5);
  });
});
