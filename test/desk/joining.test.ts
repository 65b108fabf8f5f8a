// A company joins by itself: until its domain is proven it is one among whoever says so, and nothing of any owner's comes to it.

import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { proofUrl, seekProof } from "../../src/maker/proof.ts";
import { proofOrigin } from "../../src/platform/settings.ts";
import { directoryFor } from "../../src/platform/stubs.ts";
import { agree, freshGtin, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { makerOf, pass, path, rest, startTwin, stillClock, tenureOf } from "../tenure/world.ts";

stillClock();

const someDomain = () => `m${crypto.randomUUID().slice(0, 8)}.example`;
type Joined = { maker: string; key: string; verified: boolean; proof: { url: string; file: object } };

/** JSON, or what answers in the object's own turn: a response can't go from one to another. */
type File = object | (() => Response);
/** What stands at each domain's well-known place. */
const files = new Map<string, File>();
let asked: string[] = [];
beforeEach(() => {
  files.clear();
  asked = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    asked.push(`${init?.method} ${init?.redirect} ${input as string}`);
    const file = files.get(
      /^http:\/\/127\.0\.0\.1:9\/([^/]+)\/\.well-known\/pico-twins\.json$/.exec(input as string)![1]!,
    );
    if (file === undefined) return new Response("nothing", { status: 404 });
    return typeof file === "function" ? file() : Response.json(file);
  });
});

async function joins(domain: string, name = "A company", headers: Record<string, string> = {}): Promise<Joined> {
  const { status, body } = await api.post("/v1/joinings", { domain, name }, undefined, headers);
  expect(status).toBe(201);
  return body;
}
const prove = ({ maker, key }: Joined) => api.post(`/v1/makers/${maker}/verification`, undefined, key);
const about = async (domain: string) => (await api.get(`/v1/makers/${domain}`)).body;
const setPolicy = ({ maker, key }: Joined) =>
  api.put(`/v1/makers/${maker}/policy`, { rules: { "SD-BASE-DP": "accept" } }, key);
const stateOf = async (owner: Parameters<typeof path>[0] & { token: string }, id: string) =>
  (await api.get(path(owner, `/agreements/${id}`), owner.token)).body.state;

describe("a company that joins", () => {
  test("is told what proves its domain, and is shown as not verified until then", async () => {
    const domain = someDomain();
    const joined = await joins(domain, "LAMO");
    expect(joined).toMatchObject({ maker: domain, verified: false, inboundSecret: expect.stringMatching(/^whsec_/) });
    const secret = joined.key.split("~")[1]!;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))).toHex();
    expect(joined.proof).toEqual({
      url: `https://${domain}/.well-known/pico-twins.json`,
      file: { maker: domain, keys: [digest] },
    });
    expect(await about(domain)).toMatchObject({ name: "LAMO", joined: true, verified: false });
  });

  test("sets up its team, policy and endpoints meanwhile, and has no proffer decided, no labels, no owner's name for it", async () => {
    const domain = someDomain();
    const early = await startTwin({ maker: domain });
    const waited = await agree(api, early);
    const joined = await joins(domain, "Not LAMO at all");
    const at = `/v1/makers/${domain}`;
    expect((await setPolicy(joined)).status).toBe(200);
    expect((await api.post(`${at}/keys`, { label: "An agent", role: "agent" }, joined.key)).status).toBe(201);
    expect((await api.post(`${at}/endpoints`, { url: "http://127.0.0.1:9/hooks" }, joined.key)).status).toBe(201);
    expect(await api.post(`${at}/labels`, { gtin: freshGtin(), model: "Model U" }, joined.key)).toMatchObject({
      status: 409,
      body: { code: "not-verified" },
    });
    const endpoint = (await api.get(`${at}/endpoints`, joined.key)).body.items[0].id;
    for (const trial of ["test", "check"]) {
      expect((await api.post(`${at}/endpoints/${endpoint}/${trial}`, undefined, joined.key)).body.code).toBe(
        "not-verified",
      );
    }
    const notice = { kind: "service", title: "Call us", text: "At once." };
    expect((await api.post(`${at}/notices`, notice, joined.key)).body.code).toBe("not-verified");
    expect(asked).toEqual([]);
    const issue = { title: "Pay here", status: "fixed" };
    expect((await api.post(`${at}/known-issues`, issue, joined.key)).status).toBe(201);
    expect((await api.get(path(early, "/known-issues"), early.token)).body.items).toEqual([]);
    await rest(makerOf({ domain }));

    const late = await startTwin({ maker: domain });
    const proffer = await agree(api, late);
    const note = await write(api, late, "The handle broke.", { send: true });
    await rest(tenureOf(late));
    await rest(tenureOf(early));
    expect([await stateOf(early, waited.id), await stateOf(late, proffer.id)]).toEqual(["proffered", "proffered"]);
    expect(note.relay.state).toBe("waiting");
    const record = await api.get(path(late, `/agreements/${proffer.id}/record`), late.token);
    expect(record.body.proffer.body.second.legalName).toBe(domain);
    expect((await api.get(`${at}/agreements`, joined.key)).body.items).toEqual([]);
    expect((await api.get(`${at}/events`, joined.key)).body.items).toEqual([]);
    expect((await api.get(`${at}/waiting`, joined.key)).body).toEqual({ owners: { from: 0, to: 19 } });
  });

  test("has what waited decided once the file at its domain names its key, and the notes come", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const { id } = await agree(api, owner);
    const note = await write(api, owner, "The handle broke.", { send: true });
    const joined = await joins(domain, "LAMO");
    await setPolicy(joined);
    await rest(makerOf({ domain }));
    expect(await stateOf(owner, id)).toBe("proffered");

    files.set(domain, joined.proof.file);
    expect(await prove(joined)).toMatchObject({ status: 200, body: { maker: domain, verified: true } });
    expect(asked).toEqual([`GET manual http://127.0.0.1:9/${domain}/.well-known/pico-twins.json`]);
    await rest(makerOf({ domain }));
    await rest(tenureOf(owner));
    expect(await stateOf(owner, id)).toBe("accepted");
    expect((await api.get(path(owner, `/notes/${note.id}`), owner.token)).body.relay.state).not.toBe("waiting");
    expect(await about(domain)).toMatchObject({ name: "LAMO", verified: true });
    const named = await agree(api, await startTwin({ maker: domain }));
    expect(named.state).toBe("accepted");

    // Proven once, it is not looked for again.
    files.clear();
    expect((await prove(joined)).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  test("that is proven before it has a policy decides what waited when it sets one", async () => {
    const domain = someDomain();
    const owner = await startTwin({ maker: domain });
    const { id } = await agree(api, owner);
    const joined = await joins(domain);
    files.set(domain, joined.proof.file);
    expect((await prove(joined)).status).toBe(200);
    await rest(makerOf({ domain }));
    expect(await stateOf(owner, id)).toBe("proffered");
    await setPolicy(joined);
    await rest(makerOf({ domain }));
    expect(await stateOf(owner, id)).toBe("accepted");
    expect((await api.post(`/v1/makers/${domain}/labels`, { gtin: freshGtin(), model: "U" }, joined.key)).status).toBe(
      201,
    );
  });

  test.each<[string, (joined: Joined) => File | null, RegExp]>([
    ["nothing", () => null, /answer was 404/],
    ["a page", () => () => new Response("<html>"), /not such a file/],
    [
      "a redirect",
      () => () => new Response(null, { status: 302, headers: { Location: "https://else.example/" } }),
      /302/,
    ],
    ["another maker's file", ({ proof }) => ({ ...proof.file, maker: "else.example" }), /another maker's/],
    ["another key's fingerprint", ({ proof }) => ({ ...proof.file, keys: ["0".repeat(64)] }), /names 1 keys/],
    ["the secret itself", ({ proof, key }) => ({ ...proof.file, keys: [key] }), /names 1 keys/],
    ["more than 16 KiB", ({ proof }) => ({ more: "x".repeat(20_000), ...proof.file }), /not such a file/],
  ])("is not proven by %s, and told what is wanted", async (_, file, reason) => {
    const domain = someDomain();
    const joined = await joins(domain);
    const there = file(joined);
    if (there !== null) files.set(domain, there);
    const answer = await prove(joined);
    expect(answer).toMatchObject({ status: 422, body: { code: "proof-missing" } });
    expect(answer.body.detail).toMatch(reason);
    expect(answer.body.detail).toContain(JSON.stringify((joined.proof.file as any).keys[0]));
    expect((await about(domain)).verified).toBe(false);
  });

  test("is proven by an admin's key only, and by none of another company", async () => {
    const domain = someDomain();
    const [joined, other] = [await joins(domain), await joins(someDomain())];
    const at = `/v1/makers/${domain}`;
    const { body: agent } = await api.post(`${at}/keys`, { label: "An agent", role: "agent" }, joined.key);
    expect((await prove({ ...joined, key: agent.key })).status).toBe(403);
    expect((await prove({ ...joined, key: other.key })).status).toBe(401);
    expect((await prove({ ...joined, key: `${domain}~${other.key.split("~")[1]}` })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  test("gets the same answer again for the same Idempotency-Key, and needs one that can't be guessed", async () => {
    const domain = someDomain();
    const key = crypto.randomUUID();
    const first = await joins(domain, "One", { "Idempotency-Key": key });
    expect(await joins(domain, "One", { "Idempotency-Key": key })).toEqual(first);
    expect(
      await api.post("/v1/joinings", { domain, name: "Two" }, undefined, { "Idempotency-Key": key }),
    ).toMatchObject({ status: 409, body: { code: "idempotency-conflict" } });
    expect(
      (await api.post("/v1/joinings", { domain, name: "Two" }, undefined, { "Idempotency-Key": "short" })).status,
    ).toBe(422);
  });
});

test("whoever joined and signed in on another device since proves the domain with the secret they have now, and with the one before nobody does", async () => {
  const domain = someDomain();
  const at = `/v1/makers/${domain}`;
  const joined = await joins(domain, "LAMO");
  const { id } = (await api.get(`${at}/keys/current`, joined.key)).body;
  const made = await api.post(`${at}/sign-in-links`, { for: id }, joined.key);
  const { key } = (await api.post("/v1/sign-ins", { link: new URL(made.body.url).hash.slice(1) })).body;
  files.set(domain, joined.proof.file);
  expect((await prove(joined)).status).toBe(401);
  // Somebody else joins in between: the place is still theirs, by the secret they have.
  await joins(domain, "Impostor");
  expect((await prove(joined)).status).toBe(401);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key.split("~")[1])));
  files.set(domain, { maker: domain, keys: [digest.toHex()] });
  expect(await prove({ ...joined, key })).toMatchObject({ status: 200, body: { verified: true } });
  expect(await about(domain)).toMatchObject({ name: "LAMO", verified: true });
});

test("a key that was removed proves no domain, and the team that removed it does", async () => {
  const domain = someDomain();
  const at = `/v1/makers/${domain}`;
  const joined = await joins(domain, "LAMO");
  const { id } = (await api.get(`${at}/keys/current`, joined.key)).body;
  const { key } = (await api.post(`${at}/keys`, { label: "Bea", role: "admin" }, joined.key)).body;
  expect((await api.delete(`${at}/keys/${id}`, key)).status).toBe(204);
  files.set(domain, joined.proof.file);
  expect((await prove(joined)).status).toBe(401);
  expect((await api.get(`${at}/keys`, key)).status).toBe(200);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key.split("~")[1])));
  files.set(domain, { maker: domain, keys: [digest.toHex()] });
  expect(await prove({ ...joined, key })).toMatchObject({ status: 200, body: { verified: true } });
});

test("a domain is looked at six times a minute at most, whoever asks", async () => {
  const joined = await joins(someDomain());
  for (let n = 0; n < 6; n++) expect((await prove(joined)).status).toBe(422);
  expect(await prove(joined)).toMatchObject({ status: 429, body: { code: "rate-limited" } });
  expect(asked).toHaveLength(6);
  pass(60_000);
  expect((await prove(joined)).status).toBe(422);
});

describe("an impostor", () => {
  test("blocks nobody: the operator's registration takes its place, and nothing of it stays", async () => {
    const domain = someDomain();
    const impostor = await joins(domain, "Impostor");
    const at = `/v1/makers/${domain}`;
    await setPolicy(impostor);
    await api.post(`${at}/keys`, { label: "A friend", role: "admin" }, impostor.key);
    await api.post(`${at}/endpoints`, { url: "http://127.0.0.1:9/hooks" }, impostor.key);
    const link = await api.post(`${at}/sign-in-links`, { label: "Later", role: "admin" }, impostor.key);
    expect(link.status).toBe(201);

    await api.post(`${at}/saved-replies`, { title: "Pay", text: "Pay us." }, impostor.key);

    const real = await join(api, operator, null, domain);
    expect((await api.get(`${at}/saved-replies`, real.key)).body.items).toEqual([]);
    expect((await api.get(`${at}/audit`, real.key)).body.items).toEqual([]);
    expect((await api.get(`${at}/keys`, impostor.key)).status).toBe(401);
    expect((await api.post("/v1/sign-ins", { link: new URL(link.body.url).hash.slice(1) })).status).toBe(403);
    expect((await api.get(`${at}/policy`, real.key)).body).toEqual({ rules: {}, since: null });
    expect((await api.get(`${at}/endpoints`, real.key)).body.items).toEqual([]);
    expect((await api.get(`${at}/keys`, real.key)).body.items).toHaveLength(1);
    expect(await about(domain)).toMatchObject({ name: `Maker ${domain}`, verified: true });
    expect((await directoryFor(env, domain).maker(domain))?.hasPolicy).toBe(false);
    expect((await prove(impostor)).status).toBe(401);
    expect(await api.post("/v1/joinings", { domain, name: "Again" })).toMatchObject({
      status: 409,
      body: { code: "maker-exists" },
    });
  });

  test("that joins after the company and before its proof doesn't keep it out: the file names whose key it is", async () => {
    const domain = someDomain();
    const real = await joins(domain, "LAMO");
    files.set(domain, real.proof.file);
    const impostor = await joins(domain, "Impostor");
    await setPolicy(impostor);
    expect((await api.get(`/v1/makers/${domain}/keys`, real.key)).status).toBe(401);
    expect((await prove(impostor)).status).toBe(422);

    expect(await prove(real)).toMatchObject({ status: 200 });
    expect(await about(domain)).toMatchObject({ name: "LAMO", verified: true, accepts: [] });
    expect((await api.get(`/v1/makers/${domain}/keys`, impostor.key)).status).toBe(401);
    expect((await api.get(`/v1/makers/${domain}/keys`, real.key)).status).toBe(200);
    expect((await api.get(`/v1/makers/${domain}/policy`, real.key)).body.since).toBeNull();
    expect((await directoryFor(env, domain).maker(domain))?.hasPolicy).toBe(false);
    expect(await api.post("/v1/joinings", { domain, name: "Again" })).toMatchObject({ status: 409 });
    await rest(makerOf({ domain }));
    expect(await api.post("/v1/makers", { domain, name: "Again" }, operator)).toMatchObject({ status: 409 });
  });

  test("is not who the operator vouches for: the word is for one key", async () => {
    const domain = someDomain();
    const real = await joins(domain, "LAMO");
    const impostor = await joins(domain, "Impostor");
    const vouch = (key: string) => api.put(`/v1/makers/${domain}/verified`, { key }, operator);
    expect((await vouch("0".repeat(64))).status).toBe(404);
    expect(await vouch((real.proof.file as any).keys[0])).toMatchObject({ status: 200, body: { verified: true } });
    expect(await about(domain)).toMatchObject({ name: "LAMO", verified: true });
    expect((await setPolicy(impostor)).status).toBe(401);
    expect((await setPolicy(real)).status).toBe(200);
    expect((await vouch((impostor.proof.file as any).keys[0])).status).toBe(404);
    const owner = await startTwin({ maker: domain });
    expect((await agree(api, owner)).state).toBe("accepted");
    expect(asked).toEqual([]);
  });
});

test("the number of owners that wait is told in bands of 20, and each owner counts once", async () => {
  const domain = someDomain();
  const joined = await joins(domain);
  const waiting = async () => (await api.get(`/v1/makers/${domain}/waiting`, joined.key)).body.owners;
  const directory = directoryFor(env, domain);
  const wait = (twin: number, agreement: number) =>
    directory.wait(domain, `twin_${twin}`, `agr_${domain}-${twin}-${agreement}`, 1);
  for (let n = 0; n < 19; n++) {
    await wait(n, 0);
    await wait(n, 1);
  }
  expect(await waiting()).toEqual({ from: 0, to: 19 });
  await wait(19, 0);
  expect(await waiting()).toEqual({ from: 20, to: 39 });
});

describe("the file that proves a domain", () => {
  const settings = { target: { allowLoopback: false, ownHosts: ["twins.example"] }, origin: null };
  const seek = (domain: string, send: typeof fetch) => seekProof(domain, "f".repeat(64), settings, send);

  test("is asked for over https at the domain itself", async () => {
    let url = "";
    const send = async (input: unknown) => {
      url = String(input);
      return Response.json({ maker: "lamo.example", keys: ["0".repeat(64), "f".repeat(64)], since: 2026 });
    };
    expect(await seek("lamo.example", send as typeof fetch)).toMatchObject({ ok: true });
    expect(url).toBe(proofUrl("lamo.example"));
  });

  test("is asked for elsewhere in development only", () => {
    const named = { DOMAIN_PROOF_ORIGIN: "http://127.0.0.1:9999" };
    expect(proofOrigin({ ...named, ALLOW_LOOPBACK_WEBHOOKS: "1" })).toBe("http://127.0.0.1:9999");
    for (const ALLOW_LOOPBACK_WEBHOOKS of ["", "0"])
      expect(proofOrigin({ ...named, ALLOW_LOOPBACK_WEBHOOKS })).toBeNull();
    expect(proofOrigin({ DOMAIN_PROOF_ORIGIN: "", ALLOW_LOOPBACK_WEBHOOKS: "1" })).toBeNull();
  });

  test.each(["twins.example", "printer.local"])("is not asked for at %s", async (domain) => {
    const send = vi.fn<typeof fetch>();
    expect(await seek(domain, send)).toMatchObject({ ok: false });
    expect(send).not.toHaveBeenCalled();
  });
});
