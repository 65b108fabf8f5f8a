// Subscribing to web push: about the channel that asks, shown to nobody, and gone with the channel.

import { exports } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { Root } from "../../src/platform/root.ts";
import { base64url, Browser } from "../support/browser.ts";
import { claim, join } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { due, PushService, subscriptions } from "./push-service.ts";
import {
  alarmAt,
  channelWith,
  DAY_MS,
  everything,
  HOUR_MS,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
} from "./world.ts";

stillClock();

const OFF = { on: false };
const at = (owner: { twin: string }) => path(owner, "/push");
const view = async (owner: { twin: string; token: string }) => (await api.get(at(owner), owner.token)).body;
const recover = (code: string) => api.post("/v1/recoveries", { code });
/** Something that every channel is told of. */
const happen = (owner: { recoveryCode: string }) => recover(owner.recoveryCode);

describe("the key to subscribe with", () => {
  test("is a point of P-256, the same for everyone and at every start", async () => {
    const { status, body } = await api.get("/v1/push");
    expect(status).toBe(200);
    const { publicKey } = await new Root("test-root-key-0123456789abcdefghijklmnopqrstuvwxyz").vapid();
    expect(body).toEqual({ publicKey: base64url(publicKey) });
    expect(publicKey).toHaveLength(65);
  });
});

const RIGHT = (await Browser.make()).at("https://push.example.net/planted-path");
const point = Uint8Array.fromBase64(RIGHT.keys.p256dh, { alphabet: "base64url" });
const keys = (change: object) => ({ keys: { ...RIGHT.keys, ...change } });

describe("a subscription", () => {
  test("is off until the channel puts one, shows its push service and since when, and is off once it is taken away", async () => {
    const service = new PushService();
    const owner = await startTwin();
    expect(await view(owner)).toEqual(OFF);
    const browser = (await Browser.make()).at(`https://${service.host}/secret-path`);
    const on = { on: true, host: service.host, since: new Date().toISOString() };
    expect(await api.put(at(owner), browser, owner.token)).toMatchObject({ status: 200, body: on });
    pass(HOUR_MS);
    expect((await api.put(at(owner), browser, owner.token)).body).toEqual(on);
    expect(await view(owner)).toEqual(on);
    expect((await api.delete(at(owner), owner.token)).status).toBe(204);
    expect(await view(owner)).toEqual(OFF);
    expect((await api.delete(at(owner), owner.token)).status).toBe(204);
  });

  test("takes what a browser gives, its expiration time too, whichever way its base64url is padded", async () => {
    const owner = await startTwin();
    const { endpoint, keys } = (await Browser.make()).at("https://push.example.net/x");
    const padded = { p256dh: `${keys.p256dh}=`, auth: `${keys.auth}==` };
    for (const body of [
      { endpoint, keys },
      { endpoint, keys, expirationTime: 1e12 + 0.5 },
      { endpoint, keys: padded },
    ])
      expect((await api.put(at(owner), body, owner.token)).status).toBe(200);
    expect(await subscriptions(owner)).toBe(1);
  });

  test("is one a channel: another replaces it, and is the one that is told", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const before = await service.phone(owner);
    pass(HOUR_MS);
    const after = await service.phone(owner);
    expect((await view(owner)).since).toBe(new Date().toISOString());
    await happen(owner);
    await service.rest(owner);
    expect([await before.news(), await after.news()]).toEqual([[], [{ twin: owner.twin, about: "recovery" }]]);
  });

  test("is about the channel that asks, and no other's business", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const phone = await service.phone(await channelWith(owner, ["twin:read"]));
    expect([await view(owner), (await view(phone)).on]).toEqual([OFF, true]);
    await api.delete(at(owner), owner.token);
    expect((await view(phone)).on).toBe(true);
  });

  test("needs a live channel of this very twin that may read it", async () => {
    const owner = await startTwin();
    const other = await startTwin();
    const blind = await channelWith(owner, ["notes:write"]);
    const body = (await Browser.make()).at("https://push.example.net/x");
    for (const [token, status] of [
      [blind.token, 403],
      [other.token, 401],
      [undefined, 401],
    ] as const) {
      expect((await api.get(at(owner), token)).status).toBe(status);
      expect((await api.put(at(owner), body, token)).status).toBe(status);
      expect((await api.delete(at(owner), token)).status).toBe(status);
    }
    expect(await subscriptions(owner)).toBe(0);
  });

  test.each([
    ["endpoint", { endpoint: "http://push.example.net/planted-path" }],
    ["endpoint", { endpoint: "https://192.168.1.1/planted-path" }],
    ["endpoint", { endpoint: "https://push.internal/planted-path" }],
    ["endpoint", { endpoint: "https://twins.example/planted-path" }],
    ["endpoint", { endpoint: "https://u:planted-path@push.example.net/" }],
    ["endpoint", { endpoint: "planted-path" }],
    ["endpoint", { endpoint: `https://push.example.net/planted-path${"x".repeat(2_048)}` }],
    ["endpoint", { endpoint: 1 }],
    ["keys", { keys: undefined }],
    ["keys.p256dh", keys({ p256dh: base64url(point.subarray(0, 64)) })],
    ["keys.p256dh", keys({ p256dh: base64url(new Uint8Array([...point, 0])) })],
    ["keys.p256dh", keys({ p256dh: base64url(point.with(64, point[64]! ^ 1)) })],
    ["keys.p256dh", keys({ p256dh: base64url(point.with(0, 2)) })],
    ["keys.p256dh", keys({ p256dh: "planted-path!" })],
    ["keys.auth", keys({ auth: base64url(new Uint8Array(15)) })],
    ["keys.auth", keys({ auth: base64url(new Uint8Array(17)) })],
    ["keys.auth", keys({ auth: undefined })],
    ["expirationTime", { expirationTime: "tomorrow" }],
  ])("with a wrong %s is refused, saying where and never what, and nothing is kept (%#)", async (where, change) => {
    const owner = await startTwin();
    const { status, body } = await api.put(at(owner), { ...RIGHT, ...change }, owner.token);
    expect([status, body.errors.map(({ path }: any) => path)]).toEqual([422, [where]]);
    expect(JSON.stringify(body)).not.toContain("planted-path");
    expect(await subscriptions(owner)).toBe(0);
  });

  test("with several faults is told all of them at once", async () => {
    const owner = await startTwin();
    const wrong = { endpoint: "https://10.0.0.1/", ...keys({ p256dh: base64url(point.with(9, point[9]! ^ 1)) }) };
    const { body } = await api.put(at(owner), { ...RIGHT, ...wrong }, owner.token);
    expect(body.errors.map(({ path }: any) => path)).toEqual(["endpoint", "keys.p256dh"]);
  });

  test("is in no export, no feed, no channel's view and no log", async () => {
    const service = new PushService();
    const logged = vi.spyOn(console, "log");
    const maker = await join(api, operator);
    const phone = await service.phone(await claim(api, maker));
    service.answers = () => Promise.reject(new TypeError(`could not reach ${phone.endpoint}`));
    await happen(phone);
    await service.rest(phone);
    const secrets = [phone.endpoint.slice(-36), base64url(phone.browser.publicKey), base64url(phone.browser.auth)];
    const exported: Response = await (exports as any).default.fetch(
      new Request(api.origin + path(phone, "/export"), { headers: { Authorization: `Bearer ${phone.token}` } }),
    );
    const shown = [
      await exported.text(),
      ...(await Promise.all(
        ["/events", "/channels", "/push", ""].map(async (rest) =>
          JSON.stringify((await api.get(path(phone, rest), phone.token)).body),
        ),
      )),
      JSON.stringify(logged.mock.calls),
    ].join("\n");
    expect(await everything(tenureOf(phone))).toContain(secrets[0]);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});

describe("a subscription is gone", () => {
  test("with its channel, when that is revoked or leaves; what was due to it too", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const [one, other] = [await channelWith(owner, ["twin:read"]), await channelWith(owner, ["twin:read"])];
    const phones = [await service.phone(one), await service.phone(other)];
    await happen(owner);
    expect(await due(owner)).toHaveLength(2);
    await api.delete(path(owner, `/channels/${one.channel}`), owner.token);
    await api.delete(path(owner, "/channels/current"), other.token);
    expect([await subscriptions(owner), await due(owner)]).toEqual([0, []]);
    await service.rest(owner);
    for (const phone of phones) expect(await phone.news()).toEqual([]);
  });

  test("with every channel that a recovery revokes", async () => {
    const service = new PushService();
    const owner = await startTwin();
    await service.phone(await channelWith(owner, ["owner"]));
    await recover(owner.recoveryCode);
    await service.rest(owner);
    pass(DAY_MS);
    expect((await recover(owner.recoveryCode)).status).toBe(200);
    expect(await subscriptions(owner)).toBe(0);
  });

  test("when its channel expires, by the alarm alone, and nothing is sent to it from then on", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
    const phone = await service.phone(await channelWith(owner, ["twin:read"], { expiresAt }));
    await service.rest(owner);
    expect(await alarmAt(tenureOf(owner))).toBe(Date.parse(expiresAt));
    pass(HOUR_MS);
    await happen(owner);
    expect(await due(owner)).toEqual([]);
    await rest(tenureOf(owner));
    expect([await subscriptions(owner), await phone.news(), await alarmAt(tenureOf(owner))]).toEqual([0, [], null]);
  });

  test("when the twin is erased, though a push is under way", async () => {
    const service = new PushService();
    const owner = await startTwin();
    const phone = await service.phone(owner);
    const { promise: answered, resolve } = Promise.withResolvers<Response>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    service.answers = () => (ask(), answered);
    await happen(owner);
    await rest(tenureOf(owner));
    await asked;
    expect((await api.delete(path(phone), phone.token)).status).toBe(204);
    resolve(new Response(null, { status: 201 }));
    await service.sent(owner);
    expect(await everything(tenureOf(owner))).toBe("[]");
    expect(await alarmAt(tenureOf(owner))).toBe(null);
  });
});
