// A stranger with a list of guesses in front of the real server: every guess is refused alike and leaves nothing on disk.

import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseSecret, signWebhook } from "../../src/relay/sign.ts";
import { Client } from "../support/client.ts";
import { agree, claim, freshGtin, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { ask, objectsOnDisk, times, type Asked, type Whole } from "../support/server/stranger.ts";

const GUESSES = 3_000;
const DIRECTORY_SHARDS = 16;
const KEYRING_SHARDS = 256;
const NO_LIMITS = { LIMIT_ANONYMOUS: "0", LIMIT_FAILED_CLAIMS: "0", LIMIT_CHANNEL_WRITES: "0", LIMIT_INBOUND: "0" };
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

const crockford = (length: number): string => Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]).join("");
const someTwin = (): string => `twin_${crockford(26)}`;
const someSecret = (): string => randomBytes(32).toString("base64url");
const someDomain = (): string => `x${crockford(8)}.example`;
const seen = ({ status, headers, text }: Whole): string => JSON.stringify([status, headers, text]);

let server: TestServer;
let api: Client;
let maker: TestMaker;
let owner: TestOwner;
let label: { gtin: string; serial: string; code: string };
let used: typeof label;
let note: string;

beforeAll(async () => {
  server = await startServer({ env: NO_LIMITS });
  api = new Client(fetch, server.url);
  maker = await join(api, server.operatorKey);
  const gtin = freshGtin();
  const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count: 2 }, maker.key);
  [label, used] = body.labels;
  owner = (await api.post("/v1/claims", { gtin, serial: used.serial, code: used.code })).body;
  await agree(api, owner);
  note = (await write(api, owner, "It hums.", { send: true })).id;
});
afterAll(() => server.discard());

const at = (path: string, asked?: Asked): Promise<Whole> => ask(server.url + path, asked);
const post = (path: string, body: unknown, token?: string): Promise<Whole> =>
  at(path, { method: "POST", body, ...(token !== undefined && { token }) });

/** What a stranger must not be able to add to. */
const made = (): Record<string, number> => {
  const { Directory = 0, Keyring = 0, ...rest } = objectsOnDisk(server.dataDir);
  expect(Directory).toBeLessThanOrEqual(DIRECTORY_SHARDS);
  expect(Keyring).toBeLessThanOrEqual(KEYRING_SHARDS);
  return rest;
};

/** All guesses get one answer, to the byte, and nothing is made. */
async function refusedAlike(count: number, guess: (n: number) => Promise<Whole>): Promise<Whole> {
  const before = made();
  const answers = await times(count, guess);
  expect(new Set(answers.map(seen)).size).toBe(1);
  expect(made()).toEqual(before);
  return answers[0]!;
}

test("what is really made has a file each: the count below can rise", async () => {
  const before = made();
  await claim(api, maker, label.gtin);
  const after = made();
  expect([
    after.Twin! - before.Twin!,
    after.Tenure! - before.Tenure!,
    after.Maker! - before.Maker!,
    after.Product! - before.Product!,
  ]).toEqual([1, 1, 0, 0]);
});

describe("invented twins", () => {
  test("are all the same 401, which is also that of one that exists, and no object is made", async () => {
    const calls: ((twin: string) => readonly [path: string, asked: Asked])[] = [
      () => ["", {}],
      () => ["", { method: "PATCH", body: { product: { name: "x" } } }],
      () => ["", { method: "DELETE" }],
      () => ["/notes", {}],
      () => ["/notes", { method: "POST", body: { kind: "diary", text: "x" } }],
      () => ["/notes", { method: "POST", body: { wrong: true } }],
      () => ["/photos", { method: "POST", body: "x", headers: { "Content-Type": "image/png" } }],
      () => ["/agreements", { method: "POST", body: { preferred: "SD-BASE" } }],
      () => ["/channels", { method: "POST", body: { label: "x", scopes: ["owner"] } }],
      () => ["/events?after=-1", {}],
      () => ["/export", {}],
      () => ["/recovery", { method: "DELETE" }],
    ];
    const guess = (twin: string, n: number): Promise<Whole> => {
      const [path, asked] = calls[n % calls.length]!(twin);
      return at(`/v1/twins/${twin}${path}`, { ...asked, token: `${twin}~${someSecret()}` });
    };
    const invented = await refusedAlike(GUESSES, (n) => guess(someTwin(), n));
    const real = await refusedAlike(200, (n) => guess(owner.twin, n));
    expect(invented.status).toBe(401);
    expect(seen(real)).toBe(seen(invented));
  });

  test("with one character wrong of a real one are no different", async () => {
    const near = (n: number): string => {
      const place = 5 + (n % 26);
      const other = ALPHABET[(ALPHABET.indexOf(owner.twin[place]!) + 1 + (n % 31)) % 32]!;
      return owner.twin.slice(0, place) + other + owner.twin.slice(place + 1);
    };
    const { status } = await refusedAlike(500, (n) =>
      at(`/v1/twins/${near(n)}`, { token: owner.token.replace(owner.twin, near(n)) }),
    );
    expect(status).toBe(401);
  });

  test("make no socket", async () => {
    const { status } = await refusedAlike(200, () => {
      const twin = someTwin();
      return at(`/v1/twins/${twin}/live`, {
        headers: {
          Connection: "Upgrade",
          Upgrade: "websocket",
          "Sec-WebSocket-Version": "13",
          "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
          "Sec-WebSocket-Protocol": `pico-twins.v1, bearer.${twin}~${someSecret()}`,
        },
      });
    });
    expect(status).toBe(401);
  });

  test("named by a maker, with its key or signed, are not there", async () => {
    const replied = await refusedAlike(300, () =>
      post(`/v1/makers/${maker.domain}/threads/${someTwin()}/${note}/messages`, { text: "x" }, maker.key),
    );
    expect(replied.status).toBe(404);
    const secret = parseSecret(maker.inboundSecret);
    if (!secret.ok) throw new Error(secret.error);
    const keys = [{ secret: secret.value, seed: new Uint8Array(32) }];
    const knocked = await refusedAlike(300, async (n) => {
      const body = { type: "message.reply", data: { twin: someTwin(), note, text: "x" } };
      const signed = await signWebhook({
        id: `guess-${n}`,
        timestampSeconds: Math.floor(Date.now() / 1000),
        body: JSON.stringify(body),
        keys,
      });
      return at(`/v1/makers/${maker.domain}/inbound`, { method: "POST", body, headers: { ...signed } });
    });
    expect(knocked.status).toBe(404);
  });
});

test("wrong, used and unknown claims are one 403, to the byte", async () => {
  const code = (): string =>
    crockford(16)
      .toUpperCase()
      .replace(/(.{4})(?=.)/g, "$1-");
  const guesses: (() => object)[] = [
    () => ({ ...label, code: code() }),
    () => ({ ...label, code: used.code }),
    () => ({ ...label, code: label.code.slice(0, -1) + (label.code.endsWith("0") ? "1" : "0") }),
    () => used,
    () => ({ ...used, code: code() }),
    () => ({ ...label, serial: crockford(16) }),
    () => ({ gtin: freshGtin(), serial: crockford(16), code: code() }),
    () => ({ gtin: freshGtin(), serial: label.serial, code: label.code }),
  ].map((guess) => () => Object.fromEntries(Object.entries(guess()).filter(([name]) => name !== "url")));
  const answer = await refusedAlike(GUESSES, (n) => post("/v1/claims", guesses[n % guesses.length]!()));
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, "claim-refused"]);
  const { url: _, ...right } = label as typeof label & { url: string };
  expect((await post("/v1/claims", right)).status).toBe(201);
});

test("what is reported as found is one 202, whatever becomes of it: unknown, unclaimed, claimed, wanted or not", async () => {
  const find = (label: { gtin: string; serial: string }) =>
    post("/v1/finds", { gtin: label.gtin, serial: label.serial, text: "It lay on the bench." });
  const wanted = await claim(api, maker);
  const { gtin, serial } = (await api.get(`/v1/twins/${wanted.twin}`, wanted.token)).body.product;
  await api.put(`/v1/twins/${wanted.twin}/finder`, { on: true }, wanted.token);
  const guesses: (() => { gtin: string; serial: string })[] = [
    () => used,
    () => ({ ...label, serial: crockford(16) }),
    () => ({ gtin: freshGtin(), serial: crockford(16) }),
    () => ({ gtin: freshGtin(), serial: used.serial }),
    () => ({ gtin, serial: crockford(16) }),
  ];
  const before = made();
  const answer = await refusedAlike(300, (n) => find(guesses[n % guesses.length]!()));
  const told = await find({ gtin, serial });
  expect([answer.status, seen(told)]).toEqual([202, seen(answer)]);
  // What is done after the answers is done, too.
  const feed = async () => (await api.get(`/v1/twins/${wanted.twin}/events`, wanted.token)).body.items;
  await expect.poll(feed).toMatchObject([{ type: "find.reported" }]);
  expect(made()).toEqual(before);
});

test("wrong recovery codes are one 403, for twins that exist and for those that don't", async () => {
  const answer = await refusedAlike(1_000, (n) =>
    post("/v1/recoveries", { code: (n % 2 === 0 ? owner.twin.slice(5) : crockford(26)) + crockford(26) }),
  );
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, "recovery-refused"]);
});

describe("invented makers", () => {
  test("have no key, no door and no object", async () => {
    const keyed = await refusedAlike(1_000, (n) => {
      const domain = n % 10 === 0 ? maker.domain : someDomain();
      return n % 2 === 0
        ? at(`/v1/makers/${domain}/policy`, { token: `${domain}~${someSecret()}` })
        : post(`/v1/makers/${domain}/labels`, { wrong: true }, `${domain}~${someSecret()}`);
    });
    expect(keyed.status).toBe(401);
    const knocked = await refusedAlike(1_000, async (n) => {
      const keys = [{ secret: randomBytes(32), seed: randomBytes(32) }];
      const signed = await signWebhook({
        id: `g${n}`,
        timestampSeconds: Math.floor(Date.now() / 1000),
        body: "{}",
        keys,
      });
      return at(`/v1/makers/${n % 10 === 0 ? maker.domain : someDomain()}/inbound`, {
        method: "POST",
        body: {},
        headers: { ...signed },
      });
    });
    expect(knocked.status).toBe(401);
  });

  test("are said not to have joined, and an owner's words and proffers to them make none of them", async () => {
    const before = made();
    const answers = await times(1_000, async () => {
      const domain = someDomain();
      return (await at(`/v1/makers/${domain}`)).text.replace(domain, "that");
    });
    expect(new Set(answers)).toEqual(new Set(['{"id":"that","joined":false}']));
    const proffered = await times(50, () =>
      post(`/v1/twins/${owner.twin}/agreements`, { maker: someDomain(), preferred: "SD-BASE" }, owner.token),
    );
    expect(proffered.every(({ status }) => status === 201)).toBe(true);
    expect(made()).toEqual(before);
    const started = await post("/v1/twins", { product: { name: "A kettle", maker: someDomain() } });
    const { twin, token } = JSON.parse(started.text) as TestOwner;
    expect(
      (await post(`/v1/twins/${twin}/notes`, { kind: "problem", text: "It hums.", send: true }, token)).status,
    ).toBe(201);
    expect((await at(`/v1/twins/${twin}`, { method: "DELETE", token })).status).toBe(204);
    expect(made().Maker).toBe(before.Maker);
  });
});

test("invented keyrings are one 401, and kept ones share a fixed number of files", async () => {
  const name = randomUUID();
  const bearer = someSecret();
  expect(
    (
      await at(`/v1/keyrings/${name}`, {
        method: "PUT",
        token: bearer,
        body: "sealed",
        headers: { "If-None-Match": "*" },
      })
    ).status,
  ).toBe(201);
  const answer = await refusedAlike(1_000, (n) =>
    at(`/v1/keyrings/${n % 10 === 0 ? name : randomUUID()}`, { token: someSecret() }),
  );
  expect(answer.status).toBe(401);
  const before = made();
  const kept = await times(600, () =>
    at(`/v1/keyrings/${randomUUID()}`, {
      method: "PUT",
      token: someSecret(),
      body: "x",
      headers: { "If-None-Match": "*" },
    }),
  );
  expect(kept.every(({ status }) => status === 201)).toBe(true);
  expect(made()).toEqual(before);
});
