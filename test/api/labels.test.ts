// Labels: whose a GTIN is, what a label holds, and batches that are streamed and repeated.

import { env, exports } from "cloudflare:workers";
import { listDurableObjectIds } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { checkDigit } from "../../src/domain/gtin.ts";
import { rootOf } from "../../src/platform/root.ts";
import { ask, joinedMaker, ORIGIN, someIdempotencyKey, type TestMaker } from "../support/maker-world.ts";

let item = 0;
function someGtin(): string {
  const body = `0952${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}${String(++item).padStart(3, "0")}`;
  return body + checkDigit(body);
}
const order = (maker: TestMaker, body: object, headers: Record<string, string> = {}) =>
  ask("POST", `${maker.path}/labels`, { token: maker.key, body: { model: "LS-1", ...body }, headers });

describe("a label", () => {
  it("has the product's Digital Link and the code that opens the claim, in groups of four", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    const { status, body } = await order(maker, { gtin, count: 2 });
    expect(status).toBe(201);
    expect(body.labels).toHaveLength(2);
    for (const label of body.labels) {
      expect(label).toEqual({
        url: `${ORIGIN}/01/${gtin}/21/${label.serial}`,
        gtin,
        serial: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{16}$/),
        code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/),
      });
      expect(label.code.replaceAll("-", "").toLowerCase()).toBe(await rootOf(env).claimCode(gtin, label.serial));
    }
    expect(body.labels[0].serial).not.toBe(body.labels[1].serial);
  });

  it("is one where neither serials nor count is named", async () => {
    expect((await order(await joinedMaker(), { gtin: someGtin() })).body.labels).toHaveLength(1);
  });

  it("takes the serials given, and writes its GTIN with 14 digits", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    const { body } = await order(maker, { gtin: gtin.slice(1), serials: ["A-1", 'x"y,z', "=1+1"] });
    expect(body.labels.map((label: any) => label.serial)).toEqual(["A-1", 'x"y,z', "=1+1"]);
    expect(body.labels[1].url).toBe(`${ORIGIN}/01/${gtin}/21/x%22y%2Cz`);
  });

  it("claims its item, and leaves nothing behind while it is unsold", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    const before = [(await listDurableObjectIds(env.TWIN)).length, (await listDurableObjectIds(env.TENURE)).length];
    const { body } = await order(maker, { gtin, count: 3 });
    expect([(await listDurableObjectIds(env.TWIN)).length, (await listDurableObjectIds(env.TENURE)).length]).toEqual(
      before,
    );
    const [{ serial, code }] = body.labels;
    const claimed = await ask("POST", "/v1/claims", { body: { gtin, serial, code } });
    expect(claimed.status).toBe(201);
    const twin = await ask("GET", `/v1/twins/${claimed.body.twin}`, { token: claimed.body.token });
    expect(twin.body).toMatchObject({ proof: "label", maker: maker.domain, product: { gtin, model: "LS-1" } });
  });
});

describe("a GTIN", () => {
  it("belongs to the first maker that has labels made for it", async () => {
    const [first, second] = [await joinedMaker(), await joinedMaker()];
    const gtin = someGtin();
    expect((await order(first, { gtin, count: 1 })).status).toBe(201);
    const taken = await order(second, { gtin, count: 1 });
    expect([taken.status, taken.body.code]).toEqual([409, "gtin-taken"]);
    expect((await order(first, { gtin, count: 1 })).status).toBe(201);
  });

  it("must have its check digit", async () => {
    const gtin = someGtin();
    const wrong = gtin.slice(0, 13) + ((Number(gtin[13]) + 1) % 10);
    expect((await order(await joinedMaker(), { gtin: wrong, count: 1 })).status).toBe(422);
  });
});

describe("what is refused", () => {
  it("is both of serials and count, doubles, dots that no URL can hold, and characters a serial can't have", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    for (const wrong of [
      { serials: ["a"], count: 1 },
      { serials: ["."] },
      { serials: [".."] },
      { serials: [] },
      { serials: ["a", "a"] },
      { serials: ["ä"] },
      { serials: ["a b"] },
      { serials: ["a".repeat(21)] },
      { serials: [""] },
      { count: 0 },
      { count: 100_001 },
      { count: 1.5 },
    ]) {
      expect([wrong, (await order(maker, { gtin, ...wrong })).status]).toEqual([wrong, 422]);
    }
  });
});

describe("a stream", () => {
  it("of CSV quotes what needs it and changes nothing else", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    const serials = ['x"y,z', "=1+1", "-2", "+3", "plain"];
    const { status, text, headers } = await order(maker, { gtin, serials }, { Accept: "text/csv" });
    expect([status, headers.get("Content-Type")]).toEqual([201, "text/csv; charset=utf-8"]);
    const lines = text.split("\r\n");
    expect(lines[0]).toBe("url,gtin,serial,code");
    expect(lines.slice(1, 6).map((line) => line.split(`,${gtin},`)[1]!.replace(/,[^,]+$/, ""))).toEqual([
      '"x""y,z"',
      "=1+1",
      "-2",
      "+3",
      "plain",
    ]);
    expect(lines[6]).toBe("");
  });

  it("of NDJSON has a label a line, the same as JSON has", async () => {
    const maker = await joinedMaker();
    const body = { gtin: someGtin(), serials: ["a", "b"] };
    const json = await order(maker, body);
    const { text, headers } = await order(maker, body, { Accept: "application/x-ndjson" });
    expect(headers.get("Content-Type")).toBe("application/x-ndjson");
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(json.body.labels);
  });

  it("holds 5,000 labels, all different, and is made only as fast as it is read", async () => {
    const maker = await joinedMaker();
    const response = await exports.default.fetch(`${ORIGIN}${maker.path}/labels`, {
      method: "POST",
      headers: { Authorization: `Bearer ${maker.key}`, "Content-Type": "application/json", Accept: "text/csv" },
      body: JSON.stringify({ gtin: someGtin(), model: "LS-1", count: 5_000 }),
    });
    const serials = new Set<string>();
    let chunks = 0;
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      chunks++;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\r\n");
      rest = lines.pop()!;
      for (const line of lines) serials.add(line.split(",")[2]!);
    }
    expect(serials.size).toBe(5_001);
    expect(chunks).toBeGreaterThan(10);
  });
});

describe("a repeat with the same Idempotency-Key", () => {
  it("makes the same labels, in whatever form, and refuses another order", async () => {
    const maker = await joinedMaker();
    const gtin = someGtin();
    const headers = { "Idempotency-Key": someIdempotencyKey() };
    const first = await order(maker, { gtin, count: 20 }, headers);
    const again = await order(maker, { gtin, count: 20 }, headers);
    expect(again.body).toEqual(first.body);
    expect([first.headers.get("Idempotency-Replayed"), again.headers.get("Idempotency-Replayed")]).toEqual([
      null,
      "true",
    ]);
    const lines = await order(maker, { gtin, count: 20 }, { ...headers, Accept: "application/x-ndjson" });
    expect(
      lines.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(first.body.labels);
    const other = await order(maker, { gtin, count: 21 }, headers);
    expect([other.status, other.body.code]).toEqual([409, "idempotency-conflict"]);
    const another = await order(await joinedMaker(), { gtin: someGtin(), count: 20 }, headers);
    expect(another.body.labels[0].serial).not.toBe(first.body.labels[0].serial);
  });
});
