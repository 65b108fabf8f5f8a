// A thing is sold, and what its seller wrote for themselves goes nowhere: the real process, one word planted in everything private that there is,
// and looked for in all that anyone else gets and in every byte of the disk.

import { afterAll, beforeAll, expect, test } from "vitest";
import { bytes, jpeg, segment, SOI } from "../domain/photo/pictures.ts";
import { accept, offer, openOffer, release } from "../support/handovers.ts";
import { Holder, lend } from "../support/holder.ts";
import { agree, claim, freshGtin, join, write } from "../support/people.ts";
import { onDisk, plant } from "../support/server/on-disk.ts";
import { eventually, startProduct, subscribe, type Product } from "../support/server/product.ts";
import { Receiver } from "../support/server/receiver.ts";

let product: Product;
beforeAll(async () => {
  product = await startProduct(0.01);
});
afterAll(() => product.end());

/** Everything private holds it; nothing else does. */
const PRIVATE = `PRIVATE${plant()}`;
/** Put on the record, and withheld from a share: it goes with the thing. */
const WITHHELD = `WITHHELD${plant()}`;
/** Put on the record for all to read. */
const OPEN = `OPEN${plant()}`;
/** Told to a company as the reason of an ending: theirs too, for good. */
const REASON = `REASON${plant()}`;

const LONG = `${PRIVATE} and then a lot happened. `.repeat(120);
const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

function made({ status, body }: { status: number; body: any }): any {
  if (status < 200 || status > 299) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

test("of 50 long notes and everything else that was private, the word PRIVATE reaches nobody and leaves the disk", async () => {
  const { api, server } = product;
  // A company that can't be reached: what was sent to it is still here when the thing is sold.
  const receiver = await new Receiver().up();
  const [maker, another] = await Promise.all([join(api, server.operatorKey), join(api, server.operatorKey)]);
  const { hook } = await subscribe({ api, receiver }, maker);
  const gtin = freshGtin();
  const owner = await claim(api, maker, gtin);
  const at = (rest: string): string => `/v1/twins/${owner.twin}${rest}`;
  const post = async (rest: string, body: unknown) => made(await api.post(at(rest), body, owner.token));
  await agree(api, owner);
  await hook.until(() => hook.taken.length === 1, "the agreement");
  await receiver.down();

  // Proffered while the thing has its maker's name still: what it is called then, a company reads in the record.
  const ended = await post("/agreements", { maker: another.domain, preferred: "SD-BASE-DP" });
  await post(`/agreements/${ended.id}/terminate`, { reason: REASON });
  await post("/agreements", { maker: "nobody-joined.example", preferred: "SD-BASE" });

  // What is private, wherever that can be written
  made(await api.patch(at(""), { product: { name: PRIVATE } }, owner.token));
  const picture = bytes(SOI, segment(0xfe, PRIVATE), jpeg().slice(2));
  const { id: photo } = await post("/photos", picture);
  const notes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      write(api, owner, LONG, {
        title: PRIVATE,
        serial: "1",
        ...(n === 0 && { photos: [photo] }),
        ...(n < 5 && { send: true, wants: "repair" }),
      }),
    ),
  );
  made(await api.patch(at(`/notes/${notes[9].id}`), { text: `Revised: ${LONG}` }, owner.token));
  await post(`/notes/${notes[0].id}/messages`, { text: PRIVATE });
  const { id: receipt } = await post("/photos", picture);
  made(
    await api.put(
      at("/papers"),
      {
        boughtAt: PRIVATE,
        price: PRIVATE,
        remarks: LONG,
        files: [{ photo: receipt, kind: "receipt", label: PRIVATE }],
      },
      owner.token,
    ),
  );
  const { token: helper } = await post("/channels", { label: PRIVATE, scopes: ["notes:own", "notes:write"] });
  made(await api.post(at("/notes"), { kind: "diary", text: LONG }, helper));
  made(
    await api.put(
      at("/push"),
      { endpoint: `http://127.0.0.1:9/${PRIVATE}`, expirationTime: null, keys: KEYS },
      owner.token,
    ),
  );
  const holder = await Holder.at(api, (await lend(api, owner, notes[7].id, { company: PRIVATE })).url);
  const { body: asked } = await holder.ask({ name: PRIVATE, company: PRIVATE });
  made(await holder.post("decision", { decision: await holder.decide(asked.proffer) }));
  made(await holder.post("messages", { text: PRIVATE }));
  made(await api.put(at("/finder"), { on: true }, owner.token));
  const { serial } = made(await api.get(at(""), owner.token)).product;
  made(await api.post("/v1/finds", { gtin, serial, text: PRIVATE, contact: PRIVATE }));
  // What is on the record, and shown
  const today = new Date().toISOString().slice(0, 10);
  const entry = (text: string) => post("/history", { kind: "repairing", text, occurredOn: today });
  await entry(OPEN);
  const { seq } = await entry(WITHHELD);
  const share = await post("/shares", { label: PRIVATE, withhold: [seq] });
  const look = () => api.post(at(`/shares/${share.share}/open`), undefined, share.url.split("#")[1]);
  const { code } = await offer(api, owner);
  const shared = JSON.stringify(made(await look()));
  const offered = JSON.stringify(made(await openOffer(api, owner, code)));
  const read = (text: string): string =>
    text.replaceAll(/"disclosure":"([\w-]+)"/g, (_, said: string) => Buffer.from(said, "base64url").toString());
  expect(read(shared)).toContain(OPEN);
  expect(read(shared)).not.toContain(WITHHELD);
  expect(read(offered)).toContain(OPEN);
  expect(read(offered)).toContain(WITHHELD);

  // The control: it is on the disk, and what is sealed is not
  expect(onDisk(server.dataDir, [PRIVATE, OPEN, WITHHELD, REASON])).toEqual([PRIVATE, REASON]);

  const next = await accept(api, owner, code);
  made(await release(api, owner, next.words));
  await eventually(
    async () => onDisk(server.dataDir, [PRIVATE]),
    (left) => left.length === 0,
  );
  await server.kill9();
  expect(onDisk(server.dataDir, [PRIVATE])).toEqual([]);
  await server.start();
  await receiver.up();
  await hook.until(() => hook.taken.at(-1)?.body.type === "twin.transferred", "that it changed hands");

  const theirs = async (rest: string): Promise<string> =>
    JSON.stringify(made(await api.get(`/v1/twins/${next.twin}${rest}`, next.token)));
  const exported = await (
    await fetch(`${server.url}/v1/twins/${next.twin}/export`, { headers: { Authorization: `Bearer ${next.token}` } })
  ).text();
  const history = await theirs("/history");
  expect(history).toContain(OPEN);
  const events = async ({ domain, key }: { domain: string; key: string }) =>
    JSON.stringify(made(await api.get(`/v1/makers/${domain}/events?limit=200`, key)));
  const gone = await look();
  expect(gone.status).toBe(410);
  const all = {
    shared: read(shared),
    offered: read(offered),
    gone: JSON.stringify(gone.body),
    exported: read(exported),
    history,
    twin: await theirs(""),
    channels: await theirs("/channels"),
    papers: await theirs("/papers"),
    shares: await theirs("/shares"),
    notes: await theirs("/notes"),
    feed: await theirs("/events"),
    told: JSON.stringify(hook.taken.map(({ body }) => body)),
    maker: await events(maker),
    threads: JSON.stringify((await api.get(`/v1/makers/${maker.domain}/threads`, maker.key)).body),
    another: await events(another),
    copies: JSON.stringify((await api.get(`/v1/makers/${maker.domain}/agreements`, maker.key)).body),
  };
  const found = Object.entries(all).filter(([, text]) => text.includes(PRIVATE));
  expect(found.map(([where]) => where)).toEqual([]);
  expect(receiver.heardAny([PRIVATE])).toBe(false);
  expect(onDisk(server.dataDir, [PRIVATE, OPEN, WITHHELD])).toEqual([]);
  await receiver.down();
});
