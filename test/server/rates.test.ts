// The rates of the real server, as it is started with no word about them: by address for strangers, by channel for owners.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import { freshGtin, join, type TestMaker } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { ask, type Asked, type Whole } from "../support/server/stranger.ts";

const WRITES = 5;
// A minute that ends meanwhile lets a request or two more through: its window slides.
const SLACK = 2;

const statuses = (answers: readonly Whole[]): number[] => answers.map(({ status }) => status);
const inTurn = async (count: number, work: (n: number) => Promise<Whole>): Promise<Whole[]> => {
  const done: Whole[] = [];
  for (let n = 0; n < count; n++) done.push(await work(n));
  return done;
};

/** After the limit comes nothing but 429, which says when to try again. */
function limitedAt(limit: number, answers: readonly Whole[], before: number): void {
  expect(statuses(answers.slice(0, limit))).toEqual(Array.from({ length: limit }, () => before));
  const rest = answers.slice(limit);
  const refused = rest.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(rest.length - SLACK);
  for (const { headers, text } of refused) {
    const seconds = Number(headers["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ status: 429, code: "rate-limited" });
  }
}

describe("with no proxy before it", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.discard());

  test("an address begins 30 twins a minute, from whatever connection and whatever address it claims to have", async () => {
    const begin = (n: number): Promise<Whole> =>
      ask(`${server.url}/v1/twins`, {
        method: "POST",
        body: { product: { name: "A kettle" } },
        headers: {
          "X-Forwarded-For": `198.51.100.${n}`,
          "CF-Connecting-IP": `198.51.100.${n}`,
          Forwarded: `for=198.51.100.${n}`,
          "X-Real-IP": `198.51.100.${n}`,
        },
      });
    limitedAt(30, await inTurn(36, begin), 201);
    // Looking a GTIN up takes nothing from beginning, nor the other way round.
    limitedAt(30, await inTurn(36, () => ask(`${server.url}/v1/products/${freshGtin()}`)), 200);
  });
});

describe("behind a proxy that it trusts", () => {
  let server: TestServer;
  let api: Client;
  let maker: TestMaker;
  let gtin: string;
  let labels: { serial: string; code: string }[];

  beforeAll(async () => {
    server = await startServer({ env: { TRUSTED_PROXY: "127.0.0.1", LIMIT_CHANNEL_WRITES: String(WRITES) } });
    api = new Client(fetch, server.url);
    maker = await join(api, server.operatorKey);
    gtin = freshGtin();
    labels = (await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count: 5 }, maker.key)).body
      .labels;
  });
  afterAll(() => server.discard());

  const from = (address: string, path: string, asked: Asked): Promise<Whole> =>
    ask(server.url + path, { ...asked, headers: { ...asked.headers, "X-Forwarded-For": `203.0.113.99, ${address}` } });
  const claiming = (address: string, { serial, code }: { serial: string; code: string }): Promise<Whole> =>
    from(address, "/v1/claims", { method: "POST", body: { gtin, serial, code } });
  const wrong = (n: number) => ({ serial: labels[0]!.serial, code: `0000-0000-0000-${String(n).padStart(4, "0")}` });

  test("an address has ten wrong codes a minute; then the right one is refused too, and everyone else's is not", async () => {
    limitedAt(10, await inTurn(13, (n) => claiming("198.51.100.1", wrong(n))), 403);
    expect((await claiming("198.51.100.1", labels[0]!)).status).toBe(429);
    expect((await claiming("198.51.100.2", labels[0]!)).status).toBe(201);
  });

  test("an IPv6 household is one address: its wrong codes add up", async () => {
    await inTurn(10 + SLACK, (n) => claiming(`2001:db8:0:1::${n + 1}`, wrong(n)));
    expect((await claiming("2001:db8:0:1:ffff::1", labels[1]!)).status).toBe(429);
    expect((await claiming("2001:db8:0:2::1", labels[1]!)).status).toBe(201);
  });

  test("wrong handover codes count together, whether a look, a picture or an acceptance is asked for", async () => {
    const ways = ["photos/photo_00000000000000000000000000", "open", "have"];
    const guess = (n: number) =>
      from("198.51.100.5", `/v1/twins/twin_${"0".repeat(26)}/handover/${ways[n % 3]}`, {
        method: "POST",
        body: { code: "0".repeat(52) },
      });
    limitedAt(10, await inTurn(15, guess), 403);
  });

  test("a handover code that was right and is over counts for nothing where somebody asks how it stands, and is answered like a wrong one", async () => {
    const owner = (await api.post("/v1/twins", { product: { name: "A kettle" } })).body;
    const at = `/v1/twins/${owner.twin}/handover`;
    const { code } = (await api.post(at, {}, owner.token)).body;
    expect((await api.delete(at, owner.token)).status).toBe(204);
    const asking = (typed: string) => from("198.51.100.6", `${at}/state`, { method: "POST", body: { code: typed } });
    const over = await inTurn(12, () => asking(code));
    expect(statuses(over)).toEqual(Array.from({ length: 12 }, () => 403));
    const wrong = await inTurn(12, () => asking("0".repeat(52)));
    expect([wrong[0]!.text, wrong[0]!.headers]).toEqual([
      over[0]!.text,
      { ...over[0]!.headers, date: wrong[0]!.headers["date"] },
    ]);
    limitedAt(10, wrong, 403);
  });

  test("wrong recovery codes count with wrong claims, and used codes with wrong ones", async () => {
    const recover = () => from("198.51.100.3", "/v1/recoveries", { method: "POST", body: { code: "0".repeat(52) } });
    expect(statuses(await inTurn(5, recover))).toEqual([403, 403, 403, 403, 403]);
    await inTurn(5 + SLACK, () => claiming("198.51.100.3", labels[0]!));
    expect((await claiming("198.51.100.3", labels[2]!)).status).toBe(429);
    expect((await recover()).status).toBe(429);
  });

  test("a channel's writes are limited, its reads are not, nor is what another channel of the same twin does", async () => {
    const { twin, token } = JSON.parse((await claiming("198.51.100.4", labels[3]!)).text) as {
      twin: string;
      token: string;
    };
    const at = `/v1/twins/${twin}`;
    const { body: phone } = await api.post(
      `${at}/channels`,
      { label: "A phone", scopes: ["notes:write", "notes:read"] },
      token,
    );
    const write = (): Promise<Whole> =>
      ask(`${server.url}${at}/notes`, { method: "POST", token: phone.token, body: { kind: "diary", text: "x" } });
    limitedAt(WRITES, await inTurn(WRITES + 4, write), 201);
    expect((await api.get(`${at}/notes`, phone.token)).status).toBe(200);
    expect((await api.post(`${at}/notes`, { kind: "diary", text: "x" }, token)).status).toBe(201);
  });
});
