// One attempt: what goes out, what is read, and how long it may take.

import { afterEach, describe, expect, it, vi } from "vitest";
import { randomBytes } from "../../src/platform/random.ts";
import { attempt, ATTEMPT_MS, type AttemptResult, type Webhook } from "../../src/relay/attempt.ts";
import { verifyWebhook } from "../../src/relay/sign.ts";

const NOW = Date.UTC(2026, 4, 1);
const keys = [1, 2].map(() => ({ secret: randomBytes(32), seed: randomBytes(32) }));
const webhook: Webhook = {
  url: "https://hooks.lamo.example.com/in",
  id: "evt_0123456789abcdefghjkmnpqrs",
  body: JSON.stringify({ type: "note.sent", data: {} }),
  keys,
  target: { allowLoopback: false, ownHosts: ["twins.example.com"] },
};

type Sent = { url: string; init: RequestInit };
async function post(
  answer: (sent: Sent) => Response | Promise<Response>,
  change: Partial<Webhook> = {},
): Promise<{ result: AttemptResult; sent: Sent[] }> {
  const sent: Sent[] = [];
  const fake = (async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer({ url, init });
  }) as typeof fetch;
  return { result: await attempt({ ...webhook, ...change }, { fetch: fake, now: () => NOW }), sent };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("an attempt", () => {
  it("posts the body as it is, signed with every live key, and never follows a redirect", async () => {
    const { result, sent } = await post(() => new Response("thanks"));
    expect(result).toEqual({
      outcome: "delivered",
      status: 200,
      ms: 0,
      head: "thanks",
      retryAfterMs: null,
      reason: null,
    });
    const { url, init } = sent[0]!;
    expect([url, init.method, init.redirect, init.body]).toEqual([webhook.url, "POST", "manual", webhook.body]);
    const headers = new Headers(init.headers);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("user-agent")).toBe("PicoTwins/1 (+webhooks)");
    expect(
      headers
        .get("webhook-signature")!
        .split(" ")
        .map((each) => each.split(",")[0]),
    ).toEqual(["v1", "v1a", "v1", "v1a"]);
    for (const { secret } of keys) {
      const verified = await verifyWebhook({
        id: headers.get("webhook-id"),
        timestamp: headers.get("webhook-timestamp"),
        signatureHeader: headers.get("webhook-signature"),
        body: webhook.body,
        secrets: [secret],
        nowSeconds: NOW / 1000,
      });
      expect(verified.ok).toBe(true);
    }
  });

  it.each([301, 302, 307, 308])("counts %i as a failure and asks nobody else", async (status) => {
    const { result, sent } = await post(
      () => new Response(null, { status, headers: { location: "https://elsewhere.example.com/" } }),
    );
    expect(result).toMatchObject({ outcome: "retry", status, reason: `answered ${status}` });
    expect(sent).toHaveLength(1);
  });

  it.each([["https://127.0.0.1/"], ["http://hooks.lamo.example.com/"], ["https://twins.example.com/in"]])(
    "does not call %s at all",
    async (url) => {
      const { result, sent } = await post(() => new Response(""), { url });
      expect(result).toMatchObject({ outcome: "retry", status: null, reason: "has an address that may not be called" });
      expect(sent).toHaveLength(0);
    },
  );

  it("reads 16 KiB of an endless answer, cancels it, and keeps 1 KiB", async () => {
    let chunks = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks++;
        controller.enqueue(new Uint8Array(1024).fill(97));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const { result } = await post(() => new Response(endless, { status: 500 }));
    expect(result.head).toBe("a".repeat(1024));
    expect(cancelled).toBe(true);
    expect(chunks).toBeLessThan(20);
  });

  it("gives up after 15 s when there is no answer", async () => {
    vi.useFakeTimers();
    const pending = post(() => new Promise<Response>(() => {}));
    await vi.advanceTimersByTimeAsync(ATTEMPT_MS);
    expect((await pending).result).toMatchObject({
      outcome: "retry",
      status: null,
      reason: "gave no whole answer within 15 s",
    });
  });

  it("gives up after 15 s when the answer's body does not end, and aborts the request", async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | null | undefined;
    const pending = post(({ init }) => {
      signal = init.signal;
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }));
    });
    await vi.advanceTimersByTimeAsync(ATTEMPT_MS);
    expect((await pending).result).toMatchObject({ outcome: "retry", reason: "gave no whole answer within 15 s" });
    expect(signal?.aborted).toBe(true);
  });

  it("is a failure when the connection breaks", async () => {
    const { result } = await post(() => Promise.reject(new TypeError("connection lost")));
    expect(result).toMatchObject({ outcome: "retry", status: null, reason: "could not be reached" });
  });

  it("hears Retry-After, but not from a success", async () => {
    const wait = { headers: { "retry-after": "7" } };
    expect((await post(() => new Response("", { status: 503, ...wait }))).result.retryAfterMs).toBe(7_000);
    expect((await post(() => new Response("", wait))).result.retryAfterMs).toBeNull();
  });
});
