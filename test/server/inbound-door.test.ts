// The inbound door of the real process, from outside and with a signer that is not ours: what is forged, late, doubled or no longer
// permitted changes nothing.

import { readFile } from "node:fs/promises";
import { join as joined } from "node:path";
import { runInNewContext } from "node:vm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../support/client.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { postAsPowerGoes } from "../support/server/power-cut.ts";
import { startProduct, type Product } from "../support/server/product.ts";

let product: Product;
beforeAll(async () => {
  product = await startProduct(1);
});
afterAll(() => product.end());

let maker: TestMaker;
let owner: TestOwner;
let agreement: string;
let note: string;
beforeEach(async () => {
  const { api, server } = product;
  maker = await join(api, server.operatorKey);
  owner = await claim(api, maker);
  agreement = (await agree(api, owner)).id as string;
  note = (await write(api, owner, "It creaks.", { send: true })).id as string;
});

const doorOf = ({ domain }: TestMaker): string => `/v1/makers/${domain}/inbound`;
const reply = (text: string): string =>
  JSON.stringify({
    type: "message.reply",
    timestamp: new Date().toISOString(),
    data: { twin: owner.twin, note, text },
  });
const texts = async (): Promise<string[]> =>
  (await product.api.get(`/v1/twins/${owner.twin}/notes/${note}`, owner.token)).body.messages.map(
    ({ text }: { text: string }) => text,
  );

type Headers = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};
function sign(body: string, secret = maker.inboundSecret, at = new Date(), id = `in-${crypto.randomUUID()}`): Headers {
  const signature = new Webhook(secret).sign(id, at, body);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": signature,
  };
}

const knock = (body: string, headers: Headers, at = maker): Promise<Answer> =>
  product.api.call("POST", doorOf(at), { body, headers: { ...headers, "content-type": "application/json" } });

test("another maker's good signature opens neither door to an owner who agreed with this one", async () => {
  const stranger = await join(product.api, product.server.operatorKey);
  const body = reply("Buy our oil.");
  const atThisDoor = await knock(body, sign(body, stranger.inboundSecret));
  expect([atThisDoor.status, atThisDoor.body.code]).toEqual([401, "bad-signature"]);
  const atItsOwn = await knock(body, sign(body, stranger.inboundSecret), stranger);
  expect([atItsOwn.status, atItsOwn.body.code]).toEqual([409, "agreement-required"]);
  expect(await texts()).toEqual([]);
});

test("a webhook that a crash cut off, and that comes again, is taken in once", async () => {
  const sent: string[] = [];
  for (const moment of ["answered", 0, 1, "answered", 2, 4, 8, "answered"] as const) {
    const text = `Answer ${sent.length + 1}.`;
    sent.push(text);
    const body = reply(text);
    const headers = sign(body);
    await postAsPowerGoes(
      product.server,
      doorOf(maker),
      { ...headers, "content-type": "application/json" },
      body,
      moment,
    );
    const first = await knock(body, headers);
    const again = await knock(body, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    const other = reply("Something else.");
    expect((await knock(other, sign(other, maker.inboundSecret, new Date(), headers["webhook-id"]))).status).toBe(409);
  }
  expect(await texts()).toEqual(sent);
});

test("the README's messages about an item are taken in one after the other, on whatever day they are sent", async () => {
  const readme = await readFile(joined(import.meta.dirname, "../../README.md"), "utf8");
  const [code] = readme.match(/(?<=```js\n)const item = [^]*?(?=```)/) ?? [];
  const messages = (): any[] => JSON.parse(runInNewContext(`${code}\nJSON.stringify([entry, count])`));
  const { gtin, serial } = messages()[0].data;
  const labels = { gtin, model: "Model R", serials: [serial] };
  expect((await product.api.post(`/v1/makers/${maker.domain}/labels`, labels, maker.key)).status).toBe(201);
  for (const which of [0, 1]) {
    const body = JSON.stringify(messages()[which]);
    expect(await knock(body, sign(body))).toMatchObject({ status: 200, body: { status: "recorded" } });
  }
});

test("a timestamp may be off by five minutes, not by more", async () => {
  const at = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
  for (const [off, status] of [
    [-290, 200],
    [290, 200],
    [-302, 401],
    [320, 401],
    [-86_400, 401],
  ] as const) {
    const body = reply(`Off by ${off}.`);
    expect([off, (await knock(body, sign(body, maker.inboundSecret, at(off)))).status]).toEqual([off, status]);
  }
  expect(await texts()).toEqual(["Off by -290.", "Off by 290."]);
});

test("no change to a signed request leaves it good, and none breaks the door", async () => {
  const body = reply("Word for word.");
  const headers = sign(body);
  const changed: [body: string, headers: Headers][] = [];
  for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"] as const) {
    for (const value of mutations(headers[name])) changed.push([body, { ...headers, [name]: value }]);
  }
  for (const value of mutations(body)) changed.push([value, headers]);
  const statuses = new Map<number, number>();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = changed.pop(); next; next = changed.pop()) {
        const { status } = await knock(...next);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }),
  );
  expect([...statuses.keys()]).toEqual([401]);
  expect(statuses.get(401)).toBeGreaterThan(500);
  expect(await texts()).toEqual([]);
  // None of them used up its id.
  expect((await knock(body, headers)).status).toBe(200);
  expect(await texts()).toEqual(["Word for word."]);
});

/** The text with each character changed, left out and doubled; only such as a header can hold and no client trims. */
function mutations(text: string): string[] {
  const all = text.split("").flatMap((character, at) => {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    const flipped = String.fromCharCode(character.charCodeAt(0) ^ 1);
    return [before + flipped + after, before + after, before + character + character + after];
  });
  return all.filter(
    (changed) => changed !== text && changed !== "" && changed.trim() === changed && /^[\x20-\x7e]*$/.test(changed),
  );
}

describe("once the agreement is ended", () => {
  test("a reply is refused and nothing is written, a repeat of an earlier one gets its answer", async () => {
    const early = reply("In time.");
    const headers = sign(early);
    const first = await knock(early, headers);
    expect(first.status).toBe(200);
    const ended = await product.api.post(`/v1/twins/${owner.twin}/agreements/${agreement}/terminate`, {}, owner.token);
    expect(ended.body.state).toBe("terminated");
    const late = reply("Too late.");
    const { status, body } = await knock(late, sign(late));
    expect([status, body.code]).toEqual([409, "agreement-required"]);
    expect((await knock(early, headers)).body).toEqual(first.body);
    expect(await texts()).toEqual(["In time."]);
  });
});
