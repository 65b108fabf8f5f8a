// What whoever accepts has looked at is what they get: an acceptance that does not hold any more is answered to nobody, what the thing is called
// stays as it was shown, and the photos of its record are there to be looked at.

import { evictDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/platform/crypto.ts";
import { OFFER_COUNTED_SCHEMA } from "../../src/twin/offers.ts";
import { MIGRATIONS } from "../../src/twin/schema.ts";
import { jpeg } from "../domain/photo/pictures.ts";
import { accept, acceptWith, offer, openOffer, release } from "../support/handovers.ts";
import { claim, freshGtin, join, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  channelWith,
  DAY_MS,
  inside,
  makerOf,
  pass,
  path,
  productOf,
  rest,
  startTwin,
  stillClock,
  twinOf,
} from "../tenure/world.ts";

stillClock();

const record = (owner: TestOwner, more: Record<string, unknown> = {}) => {
  const entry = { kind: "repairing", text: "New sole.", occurredOn: new Date().toISOString().slice(0, 10), ...more };
  return api.post(path(owner, "/history"), entry, owner.token);
};
const about = async (owner: TestOwner) => (await api.get(path(owner), owner.token)).body;
const rename = (owner: TestOwner, product: Record<string, unknown>) => api.patch(path(owner), { product }, owner.token);

describe("an acceptance that does not hold any more", () => {
  test("after five wrong words is not answered again: a repeat accepts anew", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const key = crypto.randomUUID();
    const first = await accept(api, owner, code, key);
    for (let tries = 0; tries < 5; tries++) await release(api, owner, "zoo zoo zoo zoo");
    const again = await accept(api, owner, code, key);
    expect(again.state).toBe("accepted");
    expect(again.words).not.toBe(first.words);
    expect((await release(api, owner, again.words)).status).toBe(200);
    expect((await api.get(path(again), again.token)).status).toBe(200);
    expect((await api.get(path(first), first.token)).status).toBe(401);
  });

  const lookAgain = { status: 409, body: { code: "head-changed", detail: expect.stringContaining("look") } };
  const erase = (owner: TestOwner) => api.delete(path(owner, "/history/2"), owner.token);

  test.each([true, false])(
    "because what an entry says was erased is not answered again: a repeat must look first, whether it says what it saw (%s) or not",
    async (says) => {
      const owner = await startTwin();
      await record(owner);
      const { code } = await offer(api, owner);
      const { head, erased } = (await openOffer(api, owner, code)).body;
      expect(erased).toBe(0);
      const key = crypto.randomUUID();
      const ask = () => acceptWith(api, owner, code, head, key, says ? erased : undefined);
      const { body: first } = await ask();
      expect((await erase(owner)).status).toBe(204);
      expect(await release(api, owner, first.words)).toMatchObject(lookAgain);
      expect(await ask()).toMatchObject(lookAgain);
      expect((await openOffer(api, owner, code)).body).toMatchObject({ head, erased: 1 });
      const again = await accept(api, owner, code);
      expect((await release(api, owner, again.words)).status).toBe(200);
      expect((await api.get(path(again), again.token)).status).toBe(200);
      expect((await api.get(path(first), first.token)).status).toBe(401);
    },
  );

  test.each([true, false])(
    "is none of what was erased between looking and accepting, which moves nothing, a gift (%s) neither",
    async (gift) => {
      const owner = await startTwin();
      await record(owner);
      const { code } = await offer(api, owner, { gift });
      const { head, erased } = (await openOffer(api, owner, code)).body;
      await erase(owner);
      expect(await acceptWith(api, owner, code, head, undefined, erased)).toMatchObject(lookAgain);
      expect((await api.get(path(owner), owner.token)).status).toBe(200);
      expect((await accept(api, owner, code)).state).toBe(gift ? "committed" : "accepted");
    },
  );

  test.each([true, false])(
    "is none of a count that was stated since the look, be that before accepting (%s) or before letting go",
    async (before) => {
      const owner = await startTwin();
      const repairer = await channelWith(owner, ["history:write"]);
      const { code } = await offer(api, owner);
      const { head, erased, counted } = (await openOffer(api, owner, code)).body;
      const today = new Date().toISOString().slice(0, 10);
      const state = () => api.post(path(owner, "/history/counts"), { count: 0, asOf: today }, repairer.token);
      const yes = () => acceptWith(api, owner, code, head, undefined, erased, counted);
      if (before) {
        expect((await state()).status).toBe(201);
        expect(await yes()).toMatchObject(lookAgain);
      } else {
        const { words } = (await yes()).body;
        expect((await state()).status).toBe(201);
        expect(await release(api, owner, words)).toMatchObject(lookAgain);
        expect((await api.get(path(owner, "/handover"), owner.token)).body.offer).toMatchObject({ stale: true });
      }
      const again = await accept(api, owner, code);
      expect((await release(api, owner, again.words)).status).toBe(200);
    },
  );

  test("of the version before counts were looked at holds: it is let go of", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const { words } = await accept(api, owner, code);
    await inside(twinOf(owner), ({ storage }) => {
      storage.sql.exec("ALTER TABLE offer DROP COLUMN counted");
      storage.kv.put("schema-version", MIGRATIONS.indexOf(OFFER_COUNTED_SCHEMA));
    });
    await evictDurableObject(twinOf(owner));
    const { body } = await api.get(path(owner, "/handover"), owner.token);
    expect(body.offer).toMatchObject({ state: "accepted", stale: false });
    expect((await release(api, owner, words)).status).toBe(200);
  });

  test("because the record has grown is not answered again: a repeat must look first", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const key = crypto.randomUUID();
    await accept(api, owner, code, key);
    const { head, erased, counted } = (await openOffer(api, owner, code)).body;
    await record(owner);
    expect(await acceptWith(api, owner, code, head, key, erased, counted)).toMatchObject({
      status: 409,
      body: { code: "head-changed" },
    });
  });

  test("because its offer was taken back or has run out is refused as its code is", async () => {
    for (const end of [
      (owner: TestOwner) => api.delete(path(owner, "/handover"), owner.token),
      () => pass(15 * DAY_MS),
    ]) {
      const owner = await startTwin();
      const { code } = await offer(api, owner);
      const key = crypto.randomUUID();
      await accept(api, owner, code, key);
      const { head, erased, counted } = (await openOffer(api, owner, code)).body;
      await end(owner);
      const again = await acceptWith(api, owner, code, head, key, erased, counted);
      expect(again).toMatchObject({ status: 403, body: { code: "handover-refused" } });
    }
  });
});

describe("what the thing is", () => {
  test("can't be changed while an offer of it stands, where all there is to it is its owner's word", async () => {
    const owner = await startTwin({ name: "Grandmother's clock", serial: "No. 7" });
    const { code } = await offer(api, owner);
    const { head, product } = (await openOffer(api, owner, code)).body;
    const refused = {
      status: 409,
      body: { code: "conflict", reason: "offered", detail: expect.stringContaining("take it back first") },
    };
    for (const change of [{ name: "A clock" }, { serial: "No. 8" }, { model: "T" }, { gtin: "04012345678901" }])
      expect(await rename(owner, change)).toMatchObject(refused);
    expect((await rename(owner, { name: "Grandmother's clock" })).status).toBe(200);
    const { body: next } = await acceptWith(api, owner, code, head);
    expect(await rename(owner, { name: "A clock" })).toMatchObject(refused);
    await release(api, owner, next.words);
    expect((await about(next)).product).toMatchObject({ name: product.name, serial: "No. 7", model: null });
  });

  test("can be changed again once the offer was taken back, or has run out", async () => {
    const owner = await startTwin({ name: "Grandmother's clock" });
    await offer(api, owner);
    await api.delete(path(owner, "/handover"), owner.token);
    expect((await rename(owner, { name: "A clock" })).body.product.name).toBe("A clock");
    await offer(api, owner);
    pass(15 * DAY_MS);
    expect((await rename(owner, { name: "Our clock" })).body.product.name).toBe("Our clock");
  });

  test("stays its maker's name for it, whatever the owner of a labelled thing calls it meanwhile", async () => {
    const owner = await claim(api, await join(api, operator));
    const { code } = await offer(api, owner);
    expect((await rename(owner, { name: "planted-nickname" })).status).toBe(200);
    expect((await openOffer(api, owner, code)).body.product.name).toBe("Model T");
  });
});

describe("a recall", () => {
  test.each(["label", "none"])("is told to whoever has the code, before they accept (proof: %s)", async (proof) => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const labelled = await claim(api, maker, gtin);
    const owner = proof === "label" ? labelled : await startTwin({ maker: maker.domain, gtin });
    const { code } = await offer(api, owner);
    expect((await openOffer(api, owner, code)).body.notices).toEqual([]);
    const recall = { kind: "recall", gtin, title: "It can burn", text: "Unplug it." };
    expect((await api.post(`/v1/makers/${maker.domain}/notices`, recall, maker.key)).status).toBe(202);
    await rest(makerOf(maker));
    await rest(productOf(gtin));
    const [notice, ...others] = (await openOffer(api, owner, code)).body.notices;
    expect(notice).toMatchObject({ kind: "recall", title: "It can burn", why: "every-item" });
    expect(others).toEqual([]);
  });
});

describe("the photos of the record", () => {
  const ask = (twin: { twin: string }, photo: string, code: unknown): Promise<Response> =>
    (exports as unknown as { default: Fetcher }).default.fetch(
      new Request(api.origin + path(twin, `/handover/photos/${photo}`), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code }),
      }),
    );
  const withPhoto = async (): Promise<{ owner: TestOwner; photo: string; seq: number; digest: string }> => {
    const owner = await startTwin();
    const photo = (await api.post(path(owner, "/photos"), jpeg(), owner.token)).body.id as string;
    const { body } = await record(owner, { photos: [photo] });
    return { owner, photo, seq: body.seq, digest: body.body.photos[0].sha256 };
  };

  test("are shown to whoever has the code, as they were recorded, and kept by no cache", async () => {
    const { owner, photo, digest } = await withPhoto();
    const { code } = await offer(api, owner);
    const seen = await ask(owner, photo, code);
    expect(seen.status).toBe(200);
    expect(Object.fromEntries(seen.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    expect((await sha256(new Uint8Array(await seen.arrayBuffer()))).toHex()).toBe(digest);
    const next = await accept(api, owner, code);
    expect((await ask(owner, photo, code)).status).toBe(200);
    await release(api, owner, next.words);
    expect((await ask(owner, photo, code)).status).toBe(403);
    expect((await api.get(path(next, `/history/photos/${photo}`), next.token)).status).toBe(200);
  });

  test("are those of the record alone, and of entries whose words were not erased", async () => {
    const { owner, photo, seq } = await withPhoto();
    const own = (await api.post(path(owner, "/photos"), jpeg(), owner.token)).body.id as string;
    const { code } = await offer(api, owner);
    expect((await ask(owner, photo, code)).status).toBe(200);
    expect((await ask(owner, own, code)).status).toBe(404);
    expect((await ask(owner, "photo_00000000000000000000000000", code)).status).toBe(404);
    await api.delete(path(owner, `/history/${seq}`), owner.token);
    expect((await ask(owner, photo, code)).status).toBe(404);
  });

  test("are refused to every other code as looking is, byte for byte", async () => {
    const [{ owner, photo }, other] = await Promise.all([withPhoto(), withPhoto()]);
    const back = (await offer(api, owner)).code;
    await api.delete(path(owner, "/handover"), owner.token);
    const { code } = await offer(api, owner);
    const theirs = (await offer(api, other.owner)).code;
    const nobody = { twin: `twin_${"0".repeat(26)}` };
    const like = await openOffer(api, owner, theirs);
    expect(like.status).toBe(403);
    const guesses: [{ twin: string }, string, string][] = [
      [owner, photo, back],
      [owner, photo, theirs],
      [other.owner, photo, code],
      [owner, "photo_00000000000000000000000000", back],
      [nobody, photo, code],
      [owner, photo, "not a code"],
      [owner, photo, owner.recoveryCode],
    ];
    for (const [twin, which, guess] of guesses) {
      const refusal = await ask(twin, which, guess);
      expect([refusal.status, await refusal.json()]).toEqual([403, like.body]);
      expect([...refusal.headers]).toEqual([...like.headers]);
    }
  });
});
