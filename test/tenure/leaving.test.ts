// Leaving: whoever holds a channel sees what it is and may end it, whatever it may do otherwise; the owner's last one stays.

import { describe, expect, test } from "vitest";
import { SCOPES } from "../../src/domain/access.ts";
import { claim, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { listen } from "./listener.ts";
import { channelWith, DAY_MS, pass, path, startTwin, stillClock } from "./world.ts";

stillClock();

const current = (owner: TestOwner, token = owner.token) => api.get(path(owner, "/channels/current"), token);
const leave = (owner: TestOwner, token = owner.token) => api.delete(path(owner, "/channels/current"), token);

describe("the channel that asks", () => {
  test("is nobody's by another owner's valid token, a company's or the operator's", async () => {
    const maker = await join(api, operator);
    const [owner, stranger] = [await claim(api, maker), await claim(api, maker)];
    for (const token of [stranger.token, maker.key, operator]) {
      expect((await current(owner, token)).status).toBe(401);
      expect((await leave(owner, token)).status).toBe(401);
    }
    expect((await current(owner)).status).toBe(200);
  });

  test.each(SCOPES)("with the scope %s alone sees itself, and no other", async (scope) => {
    const owner = await startTwin();
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const held = await channelWith(owner, [scope], { label: "Held", expiresAt });
    expect((await current(held)).body).toEqual({
      id: held.channel,
      label: "Held",
      scopes: [scope],
      createdAt: new Date().toISOString(),
      expiresAt,
      lastUsedAt: new Date().toISOString(),
      revokedAt: null,
      current: true,
    });
    expect((await current(owner)).body).toMatchObject({ label: "Owner", scopes: ["owner"], current: true });
  });
});

describe("leaving", () => {
  test.each(SCOPES)(
    "ends a channel with the scope %s alone, for good, and the owner sees that it left",
    async (scope) => {
      const owner = await startTwin();
      const held = await channelWith(owner, [scope]);
      expect((await leave(held)).status).toBe(204);
      for (const again of [await current(held), await leave(held), await api.get(path(held), held.token)])
        expect(again).toMatchObject({ status: 401, body: { code: "unauthorized" } });
      const { items } = (await api.get(path(owner, "/channels"), owner.token)).body;
      expect(items.find(({ id }: { id: string }) => id === held.channel).revokedAt).toBe(new Date().toISOString());
      const events = (await api.get(path(owner, "/events"), owner.token)).body.items;
      expect(events.at(-1)).toMatchObject({
        type: "channel.revoked",
        data: { channel: { id: held.channel }, left: true },
      });
    },
  );

  test("closes the channel's sockets and leaves what it wrote", async () => {
    const owner = await startTwin();
    const member = await channelWith(owner, ["twin:read", "notes:own", "notes:write"]);
    const note = await write(api, member, "Mine, and the twin's");
    const hears = await listen(member);
    expect((await leave(member)).status).toBe(204);
    expect((await hears.closed).code).toBe(4401);
    expect((await api.get(path(owner, `/notes/${note.id}`), owner.token)).body.text).toBe("Mine, and the twin's");
  });

  test("is refused to the last of the owner's channels, which goes on opening everything", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["notes:read", "twin:read"]);
    const passing = await channelWith(owner, ["owner"], { expiresAt: new Date(Date.now() + DAY_MS).toISOString() });
    pass(DAY_MS);
    expect((await current(passing)).status).toBe(401);
    expect(await leave(owner)).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: expect.stringContaining("erase the twin") },
    });
    expect((await api.get(path(owner), owner.token)).status).toBe(200);
    expect((await leave(helper)).status).toBe(204);

    const phone = await channelWith(owner, ["owner"]);
    expect((await leave(owner)).status).toBe(204);
    expect((await api.get(path(owner), owner.token)).status).toBe(401);
    expect((await leave(phone)).status).toBe(409);
  });

  test("of two last ones at once lets one stay", async () => {
    const owner = await startTwin();
    const phone = await channelWith(owner, ["owner"]);
    const left = await Promise.all([leave(owner), leave(phone)]);
    expect(left.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });

  test("is open to others even when every owner's channel has expired", async () => {
    const owner = await startTwin();
    const phone = await channelWith(owner, ["owner"], { expiresAt: new Date(Date.now() + DAY_MS).toISOString() });
    const helper = await channelWith(owner, ["twin:read"]);
    expect((await leave(owner)).status).toBe(204);
    pass(DAY_MS);
    expect((await current(phone)).status).toBe(401);
    expect((await leave(helper)).status).toBe(204);
  });
});
