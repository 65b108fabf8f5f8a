// Recovery: the code on paper gets its owner back in, at once when nobody else is there, else after a day in which anyone inside may object.

import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { TestOwner } from "../support/people.ts";
import { offer, openOffer } from "../support/handovers.ts";
import { api } from "../support/worker.ts";
import {
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  HOUR_MS,
  pass,
  path,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const recover = (code: string, headers: Record<string, string> = {}) =>
  api.post("/v1/recoveries", { code }, undefined, headers);
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });
const works = async ({ twin, token }: Pick<TestOwner, "twin" | "token">) =>
  (await api.get(path({ twin }), token)).status === 200;
/** The owner was here, so a recovery has to wait. */
const use = (owner: TestOwner) => api.get(path(owner), owner.token);

describe("a recovery", () => {
  test("is granted at once when no channel was ever used, and its code is spent", async () => {
    const owner = await startTwin();
    const { status, body } = await recover(owner.recoveryCode);
    expect(status).toBe(200);
    expect(body).toEqual({ twin: owner.twin, token: expect.any(String), recoveryCode: expect.any(String) });
    expect(body.recoveryCode).not.toBe(owner.recoveryCode);
    expect([await works(owner), await works(body)]).toEqual([false, true]);
    expect(await recover(owner.recoveryCode)).toMatchObject({ status: 403, body: { code: "recovery-refused" } });
    expect((await recover(body.recoveryCode)).status).toBe(202);
  });

  test("is granted at once when the last use of any channel is over 30 days old", async () => {
    const owner = await startTwin();
    await use(owner);
    pass(30 * DAY_MS);
    expect((await recover(owner.recoveryCode)).status).toBe(202);
    await api.delete(path(owner, "/recovery"), owner.token);
    pass(30 * DAY_MS + 1);
    expect((await recover(owner.recoveryCode)).status).toBe(200);
  });

  test("ends what whoever was in had offered and shown", async () => {
    const owner = await startTwin();
    const gift = await offer(api, owner, { gift: true });
    const shown = await api.post(path(owner, "/shares"), {}, owner.token);
    expect((await openOffer(api, owner, gift.code)).status).toBe(200);
    expect((await recover(owner.recoveryCode)).status).toBe(202);
    pass(DAY_MS);
    const { status, body } = await recover(owner.recoveryCode);
    expect(status).toBe(200);
    expect((await openOffer(api, owner, gift.code)).body).toMatchObject({ code: "handover-refused" });
    expect((await api.get(path(body, "/handover"), body.token)).body.offer).toBeNull();
    const [share] = (await api.get(path(body, "/shares"), body.token)).body.items;
    expect(share).toMatchObject({ id: shown.body.share, revokedAt: expect.any(String) });
  });

  test("waits a day when a channel was used lately, and the very same call is granted then", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["notes:write"]);
    const readyAt = new Date(Date.now() + DAY_MS).toISOString();
    const headers = key();
    expect(await recover(owner.recoveryCode, headers)).toMatchObject({ status: 202, body: { readyAt } });
    pass(DAY_MS - 1);
    expect(await recover(owner.recoveryCode, headers)).toMatchObject({ status: 202, body: { readyAt } });
    expect(await works(owner)).toBe(true);
    pass(1);
    const { status, body } = await recover(owner.recoveryCode, headers);
    expect(status).toBe(200);
    expect(await works(body)).toBe(true);
    for (const dead of [owner, helper]) expect((await api.get(path(dead, "/recovery"), dead.token)).status).toBe(401);
  });

  test("shows every channel revoked but the one it made", async () => {
    const owner = await startTwin();
    await channelWith(owner, ["notes:read"]);
    await recover(owner.recoveryCode);
    pass(DAY_MS);
    const { body } = await recover(owner.recoveryCode);
    const { items } = (await api.get(path(owner, "/channels"), body.token)).body;
    expect(items.map((c: any) => [c.label, c.scopes, c.revokedAt !== null, c.current])).toEqual([
      ["Recovered", ["owner"], false, true],
      ["notes:read", ["notes:read"], true, false],
      ["Owner", ["owner"], true, false],
    ]);
  });

  test("keeps the words: only the way in changes", async () => {
    const owner = await startTwin();
    await api.post(path(owner, "/notes"), { kind: "diary", text: "Descaled it." }, owner.token);
    pass(31 * DAY_MS);
    const { body } = await recover(owner.recoveryCode);
    expect((await api.get(path(owner, "/notes"), body.token)).body.items).toMatchObject([{ text: "Descaled it." }]);
  });

  test("that any channel objects to begins again, and waits again", async () => {
    const owner = await startTwin();
    const repairer = await channelWith(owner, ["history:write"]);
    await recover(owner.recoveryCode);
    pass(23 * HOUR_MS);
    expect((await api.delete(path(repairer, "/recovery"), repairer.token)).status).toBe(204);
    pass(2 * HOUR_MS);
    const readyAt = new Date(Date.now() + DAY_MS).toISOString();
    expect(await recover(owner.recoveryCode)).toMatchObject({ status: 202, body: { readyAt } });
    expect(await works(owner)).toBe(true);
  });

  test("is shown to any channel while it waits, and told to all that listen", async () => {
    const owner = await startTwin();
    const repairer = await channelWith(owner, ["history:write"]);
    expect((await api.get(path(repairer, "/recovery"), repairer.token)).body).toEqual({ state: "none" });
    expect((await api.delete(path(repairer, "/recovery"), repairer.token)).status).toBe(404);
    const startedAt = new Date().toISOString();
    const { readyAt } = (await recover(owner.recoveryCode)).body;
    pass(HOUR_MS);
    await recover(owner.recoveryCode);
    expect((await api.get(path(repairer, "/recovery"), repairer.token)).body).toEqual({
      state: "waiting",
      startedAt,
      readyAt,
    });
    await api.delete(path(owner, "/recovery"), owner.token);
    await recover(owner.recoveryCode);
    pass(DAY_MS);
    const { body } = await recover(owner.recoveryCode);
    expect(await feedTypes(body)).toEqual([
      "channel.created",
      "recovery.started",
      "recovery.objected",
      "recovery.started",
      "recovery.done",
    ]);
    const { items } = (await api.get(path(owner, "/events?after=1&limit=1"), body.token)).body;
    expect(items).toMatchObject([{ type: "recovery.started", data: { readyAt } }]);
    expect((await api.get(path(owner, "/recovery"), body.token)).body).toEqual({ state: "none" });
  });

  test("repeated with its key gives the same new access again, and with another body a conflict", async () => {
    const owner = await startTwin();
    const headers = key();
    const first = await recover(owner.recoveryCode, headers);
    const again = await recover(owner.recoveryCode, headers);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(await works(again.body)).toBe(true);
    expect(await recover(first.body.recoveryCode, headers)).toMatchObject({
      status: 409,
      body: { code: "idempotency-conflict" },
    });
    expect((await recover(owner.recoveryCode, { "Idempotency-Key": "short" })).status).toBe(422);
  });

  test("leaves no code and no token readable in the twin", async () => {
    const owner = await startTwin();
    const { body } = await recover(owner.recoveryCode, key());
    const stored = (await everything(tenureOf(owner))).toLowerCase();
    for (const shown of [owner, body]) {
      expect(stored).not.toContain(shown.token.split("~")[1].toLowerCase());
      expect(stored).not.toContain(shown.recoveryCode.replaceAll("-", "").toLowerCase().slice(26));
    }
  });

  test("with a wrong code is refused alike for a twin that is there, one that was erased and one that never was; nothing is left on disk", async () => {
    const [owner, other, gone] = [await startTwin(), await startTwin(), await startTwin()];
    await api.delete(path(gone), gone.token);
    const before = (await listDurableObjectIds(env.TENURE)).length;
    const wrong = owner.recoveryCode.slice(0, 32) + other.recoveryCode.slice(32);
    const refusals = await Promise.all(
      [wrong, gone.recoveryCode, "0".repeat(52), "no code", wrong.slice(1)].map((code) => recover(code)),
    );
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 403, body: { code: "recovery-refused" } });
      expect(refusal.body).toEqual(refusals[0]!.body);
    }
    expect((await listDurableObjectIds(env.TENURE)).length).toBe(before);
    expect((await recover(owner.recoveryCode.toLowerCase().replaceAll("-", " "))).status).toBe(200);
  });
});
