// One push: sealed for one browser, signed by this server, and what its push service's answer means.

import { importJWK, jwtVerify } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PushPayload } from "../../src/domain/push.ts";
import type { NoteId, TwinId } from "../../src/domain/ids.ts";
import { Root } from "../../src/platform/root.ts";
import { judgePush, nextTryMs } from "../../src/relay/push/outcome.ts";
import { sendPush, type PushResult } from "../../src/relay/push/send.ts";
import { subjectOf } from "../../src/relay/push/vapid.ts";
import { base64url, Browser, fromBase64url } from "../support/browser.ts";

const NOW = Date.UTC(2026, 10, 1);
const ENDPOINT = "https://push.example.com/wpush/v2/a-capability";
const TWIN = "twin_0123456789abcdefghjkmnpqrs" as TwinId;
const NOTE = "note_0123456789abcdefghjkmnpqrs" as NoteId;
const vapid = async () => ({
  key: await new Root("a-root-key-of-a-test-0123456789abcdef").vapid(),
  subject: "https://twins.example",
});

type Sent = { readonly url: string; readonly headers: Headers; readonly init: RequestInit; readonly body: Uint8Array };

async function push(
  payload: PushPayload,
  answer: () => Response | Promise<Response> = () => new Response(null, { status: 201 }),
  endpoint = ENDPOINT,
): Promise<{ result: PushResult; sent: Sent[]; browser: Browser }> {
  const browser = await Browser.make();
  const sent: Sent[] = [];
  const fake = (async (url: string, init: RequestInit) => {
    sent.push({ url, headers: new Headers(init.headers), init, body: init.body as Uint8Array });
    return answer();
  }) as typeof fetch;
  const { keys } = browser.at(endpoint);
  const result = await sendPush(
    {
      subscription: { endpoint, ...keys },
      payload,
      vapid: await vapid(),
      target: { allowLoopback: false, ownHosts: ["twins.example"] },
    },
    { fetch: fake, now: () => NOW },
  );
  return { result, sent, browser };
}

afterEach(() => {
  vi.useRealTimers();
});

it("is opened by the test's browser as RFC 8291's own example is", async () => {
  const browser = await Browser.of(
    "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
  );
  const body =
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
  expect(await browser.open(fromBase64url(body))).toBe("When I grow up, I want to be a watermelon");
});

describe("a push", () => {
  it("is opened by its browser alone, and says what it is about by name", async () => {
    const { sent, browser, result } = await push({ twin: TWIN, about: "answer", note: NOTE });
    expect(result).toEqual({ outcome: "sent", retryAfterMs: null });
    expect(JSON.parse(await browser.open(sent[0]!.body))).toEqual({ twin: TWIN, about: "answer", note: NOTE });
    await expect((await Browser.make()).open(sent[0]!.body)).rejects.toThrow();
  });

  it("shows its push service neither twin nor note, and is as long whatever it says", async () => {
    const all = [
      await push({ twin: TWIN, about: "answer", note: NOTE }),
      await push({ twin: TWIN, about: "terms" }),
      await push({ twin: TWIN, about: "recovery" }),
    ];
    for (const { sent } of all) {
      const [{ url, headers, body }] = sent as [Sent];
      const seen = `${url} ${JSON.stringify([...headers])} ${new TextDecoder("latin1").decode(body)}`;
      expect(seen).not.toContain(TWIN.slice(5));
      expect(seen).not.toContain(NOTE.slice(5));
    }
    expect(new Set(all.map(({ sent }) => sent[0]!.body.length)).size).toBe(1);
    expect(all[0]!.sent[0]!.body.length).toBeLessThan(300);
  });

  it("waits four weeks at its push service, where news of the same replaces it and an answer is urgent", async () => {
    const headers = async (payload: PushPayload) => (await push(payload)).sent[0]!.headers;
    const answer = await headers({ twin: TWIN, about: "answer", note: NOTE });
    expect([answer.get("ttl"), answer.get("content-encoding"), answer.get("urgency")]).toEqual([
      "2419200",
      "aes128gcm",
      "high",
    ]);
    const terms = await headers({ twin: TWIN, about: "terms" });
    expect(terms.get("urgency")).toBe("normal");
    // RFC 8030, 5.4.
    expect(answer.get("topic")).toMatch(/^[A-Za-z0-9_-]{1,32}$/);
    expect((await headers({ twin: TWIN, about: "answer", note: NOTE })).get("topic")).toBe(answer.get("topic"));
    const others: PushPayload[] = [
      { twin: TWIN, about: "answer", note: `${NOTE.slice(0, -1)}t` as NoteId },
      { twin: `${TWIN.slice(0, -1)}t` as TwinId, about: "answer", note: NOTE },
      { twin: TWIN, about: "terms" },
    ];
    const topics = await Promise.all(others.map(async (other) => (await headers(other)).get("topic")));
    expect(new Set([answer.get("topic"), ...topics]).size).toBe(4);
  });

  it("is signed for its push service's origin, for twelve hours, by the key that browsers subscribe with", async () => {
    const { sent } = await push({ twin: TWIN, about: "terms" }, undefined, `${ENDPOINT}?x=1`);
    const [, token, k] = /^vapid t=(\S+), k=(\S+)$/.exec(sent[0]!.headers.get("authorization")!)!;
    const { publicKey } = (await vapid()).key;
    expect(k).toBe(base64url(publicKey));
    const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)].map(base64url) as [string, string];
    const { payload, protectedHeader } = await jwtVerify(
      token!,
      await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256"),
      { currentDate: new Date(NOW), audience: "https://push.example.com" },
    );
    expect(protectedHeader).toEqual({ typ: "JWT", alg: "ES256" });
    expect(payload).toEqual({
      aud: "https://push.example.com",
      exp: NOW / 1000 + 12 * 3600,
      sub: "https://twins.example",
    });
  });

  it.each([
    ["https://twins.example", "https://twins.example"],
    ["http://127.0.0.1:8787", "mailto:operator@127.0.0.1"],
  ])("of a server at %s names %s as who runs it", (origin, subject) => {
    expect(subjectOf(origin)).toBe(subject);
  });

  it.each([301, 302, 307, 308])("is not sent elsewhere by a %i", async (status) => {
    const { result, sent } = await push(
      { twin: TWIN, about: "terms" },
      () => new Response(null, { status, headers: { location: "https://elsewhere.example.com/" } }),
    );
    expect([result.outcome, sent.length, sent[0]!.init.redirect]).toEqual(["refused", 1, "manual"]);
  });

  it.each([["https://10.0.0.1/"], ["http://push.example.com/"], ["https://twins.example/in"], ["http://127.0.0.1:1/"]])(
    "does not go to %s, should such an address ever be kept",
    async (endpoint) => {
      const { result, sent } = await push({ twin: TWIN, about: "terms" }, undefined, endpoint);
      expect([result.outcome, sent]).toEqual(["refused", []]);
    },
  );

  it("takes ten seconds at most, whatever its push service does", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const pushed = push({ twin: TWIN, about: "terms" }, () => {
      resolve();
      return new Promise(() => {});
    });
    await asked;
    vi.advanceTimersByTime(9_999);
    expect(await Promise.race([pushed, Promise.resolve("still waiting")])).toBe("still waiting");
    vi.advanceTimersByTime(1);
    expect((await pushed).result).toEqual({ outcome: "retry", retryAfterMs: null });
  });

  it("does not read its push service's answer, be it endless", async () => {
    let pulled = 0;
    let cancelled = false;
    const endless = new ReadableStream(
      {
        pull: (controller) => void controller.enqueue(new Uint8Array(++pulled)),
        cancel: () => void (cancelled = true),
      },
      { highWaterMark: 0 },
    );
    const { result } = await push({ twin: TWIN, about: "terms" }, () => new Response(endless, { status: 201 }));
    expect([result.outcome, pulled, cancelled]).toEqual(["sent", 0, true]);
  });

  it("is tried again when the network fails", async () => {
    const { result } = await push({ twin: TWIN, about: "terms" }, () => Promise.reject(new TypeError("no route")));
    expect(result.outcome).toBe("retry");
  });

  it("honours what Retry-After asks for", async () => {
    const { result } = await push(
      { twin: TWIN, about: "terms" },
      () => new Response(null, { status: 429, headers: { "retry-after": "7200" } }),
    );
    expect(result).toEqual({ outcome: "retry", retryAfterMs: 7_200_000 });
  });
});

describe("a push service's answer", () => {
  it.each([
    ["sent", [200, 201, 202, 204]],
    ["gone", [404, 410]],
    ["retry", [408, 429, 500, 502, 503, 504, 599]],
    ["refused", [300, 301, 304, 307, 400, 401, 403, 405, 413]],
  ])("means %s for %j", (outcome, statuses) => {
    for (const status of statuses) expect(judgePush(status), String(status)).toBe(outcome);
  });

  it("is asked for six times within about a day, never early", () => {
    const waits = [1, 2, 3, 4, 5].map((tries) => nextTryMs(tries, null, 0, 1)!);
    expect(waits).toEqual([60_000, 600_000, 3_600_000, 21_600_000, 61_200_000]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(25 * 3_600_000);
    for (const random of [0.3, 0.999]) {
      for (const tries of [1, 2, 3, 4, 5]) {
        expect(nextTryMs(tries, null, random, 1)).toBeGreaterThanOrEqual(waits[tries - 1]!);
        expect(nextTryMs(tries, null, random, 1)).toBeLessThanOrEqual(waits[tries - 1]! * 1.2);
      }
    }
    expect(nextTryMs(6, null, 0, 1)).toBe(null);
    expect(nextTryMs(6, 5_000, 0, 1)).toBe(null);
    expect(nextTryMs(1, 90_000, 0, 1)).toBe(90_000);
    expect(nextTryMs(2, 90_000, 0, 1)).toBe(600_000);
    expect(nextTryMs(1, null, 0, 0.01)).toBe(600);
  });
});
