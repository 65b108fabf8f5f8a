// Beginning: anyone may start a twin for anything; a label's code opens its item once, and a wrong guess learns nothing and leaves nothing.

import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { grouped } from "../../src/domain/crockford.ts";
import { claim, freshGtin, join, type TestMaker } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { inside, path, startTwin, twinOf } from "../tenure/world.ts";

const NAMESPACES = [env.TWIN, env.TENURE, env.PRODUCT, env.MAKER, env.DIRECTORY, env.KEYRING] as const;
/** How many objects there are of each kind. */
const onDisk = () =>
  Promise.all(
    NAMESPACES.map(async (namespace) => (await listDurableObjectIds(namespace as DurableObjectNamespace)).length),
  );

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

type Label = { gtin: string; serial: string; code: string };
async function label(maker: TestMaker, gtin = freshGtin()): Promise<Label> {
  const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", count: 1 }, maker.key);
  const { serial, code } = body.labels[0];
  return { gtin, serial, code };
}

describe("an owner who starts a twin", () => {
  test("needs nothing but a name, whether or not there is a maker", async () => {
    const owner = await startTwin({
      name: "Grandmother's clock",
      maker: "nobody-joined.example",
      serial: "No. 7, in pencil",
    });
    const { body } = await api.get(path(owner), owner.token);
    expect(body).toMatchObject({
      id: owner.twin,
      tenure: 0,
      proof: "none",
      maker: "nobody-joined.example",
      agreement: null,
      counts: { notes: 0, sent: 0 },
      product: {
        name: "Grandmother's clock",
        maker: "nobody-joined.example",
        model: null,
        gtin: null,
        serial: "No. 7, in pencil",
      },
    });
  });

  test("can correct what they typed, and only they", async () => {
    const owner = await startTwin({ name: "Ketle" });
    const changed = await api.patch(path(owner), { product: { name: "Kettle", maker: "lamo.example" } }, owner.token);
    expect(changed).toMatchObject({
      status: 200,
      body: { product: { name: "Kettle" }, maker: "lamo.example", proof: "none" },
    });
  });

  test("meets the same twin and the same access when the request is repeated with its key", async () => {
    const headers = key();
    const first = await api.post("/v1/twins", { product: { name: "Lamp" } }, undefined, headers);
    const again = await api.post("/v1/twins", { product: { name: "Lamp" } }, undefined, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(await api.post("/v1/twins", { product: { name: "Chair" } }, undefined, headers)).toMatchObject({
      status: 409,
      body: { code: "idempotency-conflict" },
    });
    expect(
      (await api.post("/v1/twins", { product: { name: "Lamp" } }, undefined, { "Idempotency-Key": "guessable" }))
        .status,
    ).toBe(422);
  });
});

describe("a labelled item", () => {
  test("is its label's product, not what its owner would like, but for the name", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const { body } = await api.get(path(owner), owner.token);
    expect(body).toMatchObject({
      proof: "label",
      maker: maker.domain,
      product: { model: "Model T", gtin: expect.any(String), serial: expect.any(String) },
    });
    expect((await api.patch(path(owner), { product: { name: "Bertha" } }, owner.token)).body.product.name).toBe(
      "Bertha",
    );
    for (const product of [
      { maker: "other.example" },
      { serial: "1" },
      { model: "X" },
      { name: "B", gtin: freshGtin() },
    ]) {
      expect(await api.patch(path(owner), { product }, owner.token)).toMatchObject({
        status: 409,
        body: { code: "conflict" },
      });
    }
  });

  test("opens to its code in any case and spacing", async () => {
    const maker = await join(api, operator);
    const { gtin, serial, code } = await label(maker);
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
    expect((await api.post("/v1/claims", { gtin, serial, code: typed })).status).toBe(201);
  });

  test("opens to its serial in capitals and in groups, as the item that its code is of", async () => {
    const maker = await join(api, operator);
    const { gtin, serial, code } = await label(maker);
    const own = { gtin, model: "Model T", serials: [serial.toUpperCase()] };
    const { body } = await api.post(`/v1/makers/${maker.domain}/labels`, own, maker.key);
    // The company may have a serial of its own that differs in nothing but its capitals.
    for (const [typed, of, its] of [
      [grouped(serial), code, serial],
      [serial.toUpperCase(), body.labels[0].code, serial.toUpperCase()],
    ]) {
      const claimed = await api.post("/v1/claims", { gtin, serial: typed, code: of });
      expect([typed, claimed.status]).toEqual([typed, 201]);
      const { twin, token } = claimed.body;
      expect((await api.get(`/v1/twins/${twin}`, token)).body.product).toMatchObject({ gtin, serial: its });
    }
    expect(await api.post("/v1/claims", { gtin, serial: serial.toUpperCase(), code })).toMatchObject({
      status: 403,
      body: { code: "claim-refused" },
    });
    expect((await api.post("/v1/claims", { gtin, serial: serial.slice(1).toUpperCase(), code })).status).toBe(403);
  });

  test("refuses a wrong code, a used one, an unknown serial and an unknown product byte for byte alike", async () => {
    const maker = await join(api, operator);
    const [used, fresh] = [await label(maker), await label(maker)];
    await api.post("/v1/claims", used);
    const refusals = await Promise.all(
      [
        used,
        { ...used, code: fresh.code },
        { ...fresh, code: used.code },
        { ...fresh, serial: "UNKNOWN-1" },
        { ...fresh, gtin: freshGtin() },
        { ...fresh, code: "0000-0000-0000-0000" },
        { ...fresh, code: "not a code at all" },
      ].map((guess) => api.post("/v1/claims", guess)),
    );
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 403, body: { code: "claim-refused" } });
      expect(refusal.body).toEqual(refusals[0]!.body);
      expect([...refusal.headers]).toEqual([...refusals[0]!.headers]);
    }
    expect((await api.post("/v1/claims", fresh)).status).toBe(201);
  });

  test("leaves nothing on disk when its code is guessed wrong", async () => {
    const maker = await join(api, operator);
    const fresh = await label(maker);
    const before = await onDisk();
    for (const guess of [
      { ...fresh, code: "0000-0000-0000-0000" },
      { ...fresh, gtin: freshGtin() },
      { ...fresh, serial: "A" },
    ]) {
      for (const headers of [{}, key()]) await api.post("/v1/claims", guess, undefined, headers);
    }
    expect(await onDisk()).toEqual(before);
  });

  test("goes to one of two who claim it at once", async () => {
    const maker = await join(api, operator);
    const fresh = await label(maker);
    const answers = await Promise.all([0, 1, 2].map(() => api.post("/v1/claims", fresh)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 403, 403]);
  });

  test("answers a repeated claim with the same code and key as the first time, and any other with a refusal", async () => {
    const maker = await join(api, operator);
    const fresh = await label(maker);
    const headers = key();
    const first = await api.post("/v1/claims", fresh, undefined, headers);
    const again = await api.post("/v1/claims", fresh, undefined, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await api.get(path(again.body), again.body.token)).status).toBe(200);
    expect((await api.post("/v1/claims", fresh, undefined, key())).status).toBe(403);
    expect((await api.post("/v1/claims", fresh)).status).toBe(403);
  });

  test("can't be claimed again once its owner erased it: the code stays used", async () => {
    const maker = await join(api, operator);
    const fresh = await label(maker);
    const { body: owner } = await api.post("/v1/claims", fresh);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect(await api.post("/v1/claims", fresh)).toMatchObject({ status: 403, body: { code: "claim-refused" } });
    expect(
      await inside(twinOf(owner), ({ storage }) => [
        ...storage.sql.exec("SELECT number, erased_at IS NOT NULL AS erased FROM tenure"),
      ]),
    ).toEqual([{ number: 0, erased: 1 }]);
  });
});

describe("a stranger", () => {
  test("who asks for twins that nobody has gets the same 401 as for one that somebody has, and leaves nothing on disk", async () => {
    const owner = await startTwin();
    const secret = "A".repeat(43);
    const invented = `twin_${"0".repeat(26)}`;
    const before = await onDisk();
    const real = await api.get(path(owner), `${owner.twin}~${secret}`);
    expect(real).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    for (const [twin, token] of [
      [invented, `${invented}~${secret}`],
      [owner.twin, undefined],
      [invented, undefined],
      [owner.twin, `${invented}~${secret}`],
      [invented, owner.token],
      [owner.twin, "nonsense"],
      ["lost", "nonsense"],
    ] as const) {
      for (const rest of ["", "/notes", "/agreements", "/channels", "/events", "/export", "/recovery", "/live"]) {
        const answer = await api.get(`/v1/twins/${twin}${rest}`, token);
        if (rest === "/live" && twin !== owner.twin) expect([401, 404]).toContain(answer.status);
        else expect(answer).toMatchObject({ status: 401, body: real.body });
      }
    }
    expect(await onDisk()).toEqual(before);
  });
});
