// A handover: the thing and its record go to whoever was let go to, what is the owner's own is gone, and nobody learns more than they must.

import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { webhookBodies } from "../../src/api/webhook-schemas.ts";
import { hashOfLabel } from "../../src/domain/label-hash.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { Twin } from "../../src/twin/twin.ts";
import {
  accept,
  acceptWith,
  askStanding,
  compareByCode,
  handOver,
  offer,
  openOffer,
  release,
  sayHave,
  type Head,
} from "../support/handovers.ts";
import { agree, claim, claimCounted, COUNTED, freshGtin, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  HOUR_MS,
  inside,
  makerOf,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
  twinOf,
} from "../tenure/world.ts";

stillClock();

const about = (owner: TestOwner) => api.get(path(owner), owner.token);
const standing = async (owner: TestOwner) => (await api.get(path(owner, "/handover"), owner.token)).body;
const record = (owner: TestOwner, text = "New sole.") =>
  api.post(
    path(owner, "/history"),
    { kind: "repairing", text, occurredOn: new Date().toISOString().slice(0, 10) },
    owner.token,
  );
const alert = (owner: TestOwner, alert: string | null) => api.put(path(owner, "/alert"), { alert }, owner.token);
const feed = async (maker: { domain: string; key: string }) =>
  (await api.get(`/v1/makers/${maker.domain}/events`, maker.key)).body.items;
const isGone = (owner: TestOwner) =>
  inside(
    tenureOf(owner),
    async ({ storage }) => (await storage.getAlarm()) === null && [...storage.kv.list()].length === 0,
  );

describe("a handover", () => {
  test("makes the thing the buyer's, with its record and nothing else, and ends the seller's time with it", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await agree(api, owner);
    await channelWith(owner, ["notes:read"]);
    await write(api, owner, "planted-word", { send: true });
    expect((await record(owner)).status).toBe(201);
    const next = await accept(api, owner, (await offer(api, owner)).code);
    expect((await about(next)).status).toBe(401);
    expect((await about(owner)).status).toBe(200);

    expect(await release(api, owner, next.words)).toMatchObject({ status: 200, body: { state: "committed" } });
    expect((await about(owner)).status).toBe(401);
    expect((await about(next)).body).toMatchObject({
      id: next.twin,
      tenure: 1,
      proof: "label",
      maker: maker.domain,
      agreement: null,
      counts: { notes: 0, sent: 0 },
      alert: null,
    });
    expect((await api.get(path(next, "/channels"), next.token)).body.items).toMatchObject([{ label: "Owner" }]);
    expect((await api.get(path(next, "/agreements"), next.token)).body.items).toEqual([]);
    await write(api, next, "The new owner's first.");
    expect((await record(next, "Polished.")).status).toBe(201);

    const { body: history } = await api.get(path(next, "/history"), next.token);
    expect(history.entries.map(({ kind, tenure, by }: any) => [kind, tenure, by.role])).toEqual([
      ["commissioning", 0, "twin"],
      ["repairing", 0, "owner"],
      ["accepting", 1, "twin"],
      ["repairing", 1, "owner"],
    ]);
    const shown = { product: { name: "", model: null, gtin: null, maker: null, proof: "label" }, ...history };
    const findings = await verifyHistory(shown, () => null, { now: Date.now() });
    expect(findings).toMatchObject({ verdict: "unaltered", faults: [], owners: 2, claim: "label" });
    const named = history.entries.flatMap(({ opens }: any) => opens?.item ?? []);
    expect(named).toEqual([findings.item, findings.item]);

    await rest(tenureOf(owner));
    expect(await isGone(owner)).toBe(true);
    expect(await everything(twinOf(owner))).not.toContain("planted-word");
  });

  test("opens with the new recovery code, and with the seller's no more", async () => {
    const owner = await startTwin();
    const next = await handOver(api, owner);
    const recover = ({ recoveryCode }: TestOwner) => api.post("/v1/recoveries", { code: recoveryCode });
    expect(await recover(owner)).toMatchObject({ status: 403, body: { code: "recovery-refused" } });
    await rest(tenureOf(owner));
    expect(await recover(owner)).toMatchObject({ status: 403, body: { code: "recovery-refused" } });
    pass(31 * DAY_MS);
    expect((await recover(next)).status).toBe(200);
  });

  test("hands on what the thing is, not what its owner called it", async () => {
    const maker = await join(api, operator);
    const labelled = await claim(api, maker);
    await api.patch(path(labelled), { product: { name: "planted-nickname" } }, labelled.token);
    const { code } = await offer(api, labelled);
    const seen = await openOffer(api, labelled, code);
    expect(seen.body.product).toMatchObject({ name: "Model T", proof: "label", maker: { id: maker.domain } });
    expect(JSON.stringify(seen.body)).not.toMatch(/planted|"serial"/);
    const next = await accept(api, labelled, code);
    await release(api, labelled, next.words);
    expect((await about(next)).body.product).toMatchObject({ name: "Model T", serial: expect.any(String) });

    const started = await startTwin({ name: "Grandmother's clock", serial: "No. 7" });
    expect((await about(await handOver(api, started))).body).toMatchObject({
      proof: "none",
      product: { name: "Grandmother's clock", serial: "No. 7" },
    });
  });

  test("shows both sides before they agree what goes, what stays and what is open with the company", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await agree(api, owner);
    await channelWith(owner, ["notes:read"]);
    await write(api, owner, "planted-word", { send: true, wants: "refund" });
    const settled = await write(api, owner, "planted-word", { send: true, wants: "repair" });
    await write(api, owner, "planted-word", { wants: "repair" });
    const door = `/v1/makers/${maker.domain}/threads/${owner.twin}/${settled.id}/messages`;
    await api.post(door, { text: "Done.", outcome: "fixed" }, maker.key);
    await api.post(path(owner, `/notes/${settled.id}/verdict`), { verdict: "addressed" }, owner.token);
    await record(owner);
    const openCases = [
      { kind: "problem", wants: "refund", maker: maker.domain, since: new Date().toISOString().slice(0, 10) },
    ];
    expect(await standing(owner)).toEqual({
      offer: null,
      travels: { entries: 2, photos: 0 },
      stays: { notes: 3, photos: 0, papers: 0, agreements: 1, channels: 2, links: 0 },
      openCases,
    });
    const { code } = await offer(api, owner);
    const { body } = await openOffer(api, owner, code);
    expect(body).toMatchObject({ state: "open", gift: false, openCases, travels: { entries: 2 } });
    expect(body.record.entries[1].body).toMatchObject({ text: "New sole.", author: null });
    expect(body.record.entries.map(({ kind }: any) => kind)).toEqual(["commissioning", "repairing"]);
    expect(JSON.stringify(body)).not.toContain("planted-word");
    expect(body).not.toHaveProperty("stays");
  });

  test("can be followed by another, and the item stays taken when its last owner erases it", async () => {
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const { body: first } = await api.post("/v1/twins", { product: { name: "A clock" } }, undefined, key);
    const second = await handOver(api, first);
    await rest(tenureOf(first));
    const third = await handOver(api, second);
    await rest(tenureOf(second));
    expect((await about(third)).body).toMatchObject({ tenure: 2 });
    expect((await api.delete(path(third), third.token)).status).toBe(204);
    expect((await api.post("/v1/twins", { product: { name: "Another" } }, undefined, key)).status).toBe(409);
    expect((await about(first)).status).toBe(401);
  });
});

describe("a code", () => {
  test("lets whoever has it compare a label: what says yes proves it by what both owners' times were opened for", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const owner = await handOver(api, await claimCounted(api, maker, gtin));
    const { code } = await offer(api, owner);
    const { label, record } = (await openOffer(api, owner, code)).body;
    expect(label).toBeNull();
    const compare = (serial: string) => compareByCode(api, owner, code, { gtin, serial });
    const { status, headers, body } = await compare(COUNTED);
    expect([status, headers.get("Cache-Control"), body.same]).toEqual([200, "private, no-store", true]);
    expect(record.entries.map(({ opens }: any) => opens.item)).toEqual(
      Array(2).fill(hashOfLabel(body.salt, { gtin, serial: COUNTED })),
    );
    for (let tries = 1; tries < 10; tries++)
      expect((await compare(`guess-${tries}`)).body).toEqual({ same: false, salt: null });
    expect((await compare(COUNTED)).status).toBe(429);
    const started = await startTwin({ gtin, serial: COUNTED });
    const other = await offer(api, started);
    expect((await compareByCode(api, started, other.code, { gtin, serial: COUNTED })).status).toBe(409);
  });

  test("that is wrong, used, taken back, run out or of nothing is refused byte for byte alike, and leaves nothing on disk", async () => {
    const used = await startTwin();
    const usedCode = (await offer(api, used)).code;
    await release(api, used, (await accept(api, used, usedCode)).words);
    const [back, over, erased, live, none] = await Promise.all([1, 2, 3, 4, 5].map(() => startTwin()));
    const backCode = (await offer(api, back!)).code;
    expect((await api.delete(path(back!, "/handover"), back!.token)).status).toBe(204);
    const overCode = (await offer(api, over!, { expiresAt: new Date(Date.now() + HOUR_MS).toISOString() })).code;
    pass(HOUR_MS);
    const erasedCode = (await offer(api, erased!)).code;
    await api.delete(path(erased!), erased!.token);
    const liveCode = (await offer(api, live!)).code;
    const another = liveCode.slice(0, -4) + (liveCode.endsWith("0000") ? "1111" : "0000");
    const nobody = { twin: `twin_${"0".repeat(26)}` };
    const head: Head = { size: 1, root: "0".repeat(64) };

    const guesses: [{ twin: string }, string][] = [
      [used, usedCode],
      [back!, backCode],
      [over!, overCode],
      [erased!, erasedCode],
      [live!, another],
      [live!, usedCode],
      [none!, liveCode],
      [nobody, liveCode],
      [nobody, "0".repeat(52)],
      [none!, none!.recoveryCode],
      [live!, "not a code"],
    ];
    const count = async () =>
      (
        await Promise.all([env.TWIN, env.TENURE].map((each) => listDurableObjectIds(each as DurableObjectNamespace)))
      ).map(({ length }) => length);
    const before = await count();
    const refusals = [];
    for (const [twin, code] of guesses) {
      refusals.push(
        await openOffer(api, twin, code),
        await sayHave(api, twin, code),
        await askStanding(api, twin, code, used.token),
        await compareByCode(api, twin, code, { gtin: freshGtin(), serial: "1" }),
        await acceptWith(api, twin, code, head),
      );
    }
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 403, body: { code: "handover-refused" } });
      expect(refusal.body).toEqual(refusals[0]!.body);
      expect([...refusal.headers]).toEqual([...refusals[0]!.headers]);
    }
    expect(await count()).toEqual(before);
    expect((await openOffer(api, live!, liveCode.toLowerCase().replaceAll("-", " "))).status).toBe(200);
  });

  test("is kept by nobody here: the item's Twin has hashes and times alone", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const next = await accept(api, owner, code);
    const kept = await everything(twinOf(owner));
    const secret = code.replaceAll("-", "").toLowerCase().slice(26);
    for (const word of [
      secret,
      secret.toUpperCase(),
      next.token.split("~")[1]!,
      ...next.words.split(" ").map((w) => ` ${w} `),
    ])
      expect(kept).not.toContain(word);
  });
});

describe("an acceptance", () => {
  test("is answered the same to a repeat with its key, and refused to anyone else who has the code", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const key = crypto.randomUUID();
    const { head } = (await openOffer(api, owner, code)).body;
    const { body: first } = await acceptWith(api, owner, code, head, key);
    expect(await acceptWith(api, owner, code, head, key)).toMatchObject({ status: 200, body: first });
    expect(await acceptWith(api, owner, code, head)).toMatchObject({ status: 409, body: { code: "conflict" } });
    await release(api, owner, first.words);
    const again = await acceptWith(api, owner, code, head, key);
    expect(again).toMatchObject({ status: 200, body: { ...first, state: "committed" } });
    expect((await about(again.body)).status).toBe(200);
  });

  test("does not hold when the record has grown since it was looked at: whoever accepted looks again", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const first = await accept(api, owner, code);
    const { head } = (await openOffer(api, owner, code)).body;
    expect((await record(owner)).status).toBe(201);
    expect(await release(api, owner, first.words)).toMatchObject({
      status: 409,
      body: { code: "head-changed", detail: expect.stringContaining("They must look again and accept again.") },
    });
    expect((await standing(owner)).offer).toMatchObject({ state: "open", stale: true });
    expect(await acceptWith(api, owner, code, head)).toMatchObject({ status: 409, body: { code: "head-changed" } });

    const again = await accept(api, owner, code);
    expect(again.words).not.toBe(first.words);
    expect(await release(api, owner, first.words)).toMatchObject({ status: 403, body: { code: "wrong-words" } });
    expect((await release(api, owner, again.words)).status).toBe(200);
    expect([(await about(first)).status, (await about(again)).status]).toEqual([401, 200]);
  });

  test("does not hold when an entry's words were erased since", async () => {
    const owner = await startTwin();
    const { body: entry } = await record(owner);
    const { code } = await offer(api, owner);
    const first = await accept(api, owner, code);
    expect((await api.delete(path(owner, `/history/${entry.seq}`), owner.token)).status).toBe(204);
    expect((await standing(owner)).offer).toMatchObject({ state: "open", stale: true });
    expect(await release(api, owner, first.words)).toMatchObject({ status: 409, body: { code: "head-changed" } });
    const again = await accept(api, owner, code);
    expect((await release(api, owner, again.words)).status).toBe(200);
  });

  test("is void after five wrong tries, and its words are forgiven their case and their ends", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const first = await accept(api, owner, code);
    for (let left = 4; left >= 0; left--)
      expect((await release(api, owner, "zoo zoo zoo zoo")).body).toMatchObject({ code: "wrong-words" });
    expect(await release(api, owner, first.words)).toMatchObject({ status: 409, body: { code: "conflict" } });
    const again = await accept(api, owner, code);
    const typed = again.words
      .toUpperCase()
      .split(" ")
      .map((word) => word.slice(0, 4))
      .join("-");
    expect((await release(api, owner, typed)).status).toBe(200);
  });

  test("moves nothing by itself, nor does time, nor the buyer's word that they have the thing", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const next = await accept(api, owner, code);
    expect((await sayHave(api, owner, code)).body).toEqual({ told: true });
    pass(HOUR_MS - 1);
    expect((await sayHave(api, owner, code)).body).toEqual({ told: false });
    pass(1);
    expect((await sayHave(api, owner, code)).body).toEqual({ told: true });
    expect((await feedTypes(owner)).filter((type) => type.startsWith("handover."))).toEqual([
      "handover.offered",
      "handover.accepted",
      "handover.received",
      "handover.received",
    ]);
    pass(14 * DAY_MS);
    expect(await release(api, owner, next.words)).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect((await standing(owner)).offer).toMatchObject({ state: "expired" });
    expect([(await about(owner)).status, (await about(next)).status]).toEqual([200, 401]);
  });

  test("is undone when the owner takes the offer back, and another offer has nothing of it", async () => {
    const owner = await startTwin();
    const first = await accept(api, owner, (await offer(api, owner)).code);
    expect((await api.post(path(owner, "/handover"), {}, owner.token)).status).toBe(409);
    expect((await api.delete(path(owner, "/handover"), owner.token)).status).toBe(204);
    expect((await api.delete(path(owner, "/handover"), owner.token)).status).toBe(404);
    expect((await standing(owner)).offer).toBeNull();
    const second = await accept(api, owner, (await offer(api, owner)).code);
    expect((await release(api, owner, first.words)).status).toBe(403);
    expect((await release(api, owner, second.words)).status).toBe(200);
    expect([(await about(first)).status, (await about(second)).status]).toEqual([401, 200]);
  });
});

describe("a gift", () => {
  test("is the first one's who uses the code, at once, and the answer can be asked for again", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner, { gift: true });
    const { head } = (await openOffer(api, owner, code)).body;
    const key = crypto.randomUUID();
    const next = await acceptWith(api, owner, code, head, key);
    expect(next).toMatchObject({ status: 200, body: { state: "committed" } });
    expect([(await about(owner)).status, (await about(next.body)).status]).toEqual([401, 200]);
    expect((await acceptWith(api, owner, code, head, key)).body).toEqual(next.body);
    expect(await acceptWith(api, owner, code, head)).toMatchObject({ status: 403, body: { code: "handover-refused" } });
    await rest(tenureOf(owner));
    expect(await isGone(owner)).toBe(true);
  });

  test("is theirs without an Idempotency-Key too", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner, { gift: true });
    const { head } = (await openOffer(api, owner, code)).body;
    const next = await api.post(path(owner, "/handover/accept"), { code, head });
    expect(next).toMatchObject({ status: 200, body: { state: "committed" } });
    expect([(await about(owner)).status, (await about(next.body)).status]).toEqual([401, 200]);
  });

  test("has nothing of a note on the record that its owner took back, even if the record could not be told before", async () => {
    const owner = await startTwin();
    const note = await write(api, owner, "planted-word", { onRecord: true });
    await rest(tenureOf(owner));
    const { code } = await offer(api, owner, { gift: true });
    const read = async (who: TestOwner) => (await api.get(path(who, "/history"), who.token)).body.entries;
    expect(JSON.stringify(await read(owner))).toContain("planted-word");
    const forget = vi.spyOn(Twin.prototype, "eraseBody").mockRejectedValueOnce(new Error("not reached"));
    expect((await api.delete(path(owner, `/notes/${note.id}`), owner.token)).status).toBe(204);
    await rest(tenureOf(owner));
    expect(forget).toHaveBeenCalledOnce();
    const next = await accept(api, owner, code);
    const entries = await read(next);
    expect(entries[1]).toMatchObject({ erased: true, disclosure: null, body: null });
    expect(JSON.stringify(entries)).not.toContain("planted-word");
  });
});

describe("a lost or stolen thing", () => {
  test("is neither offered, accepted nor let go of, and its checkpoint says so, until its owner has it back", async () => {
    const owner = await startTwin();
    const { code } = await offer(api, owner);
    const first = await openOffer(api, owner, code);
    const refused = { status: 409, body: { code: "alert-stands" } };
    expect(await alert(owner, "stolen")).toMatchObject({ status: 200, body: { alert: "stolen" } });
    expect((await about(owner)).body.alert).toBe("stolen");
    expect((await api.put(path(owner, "/alert"), { alert: "gone" }, owner.token)).body.errors).toEqual([
      { path: "alert", message: "must be lost, stolen or null" },
    ]);
    expect(await acceptWith(api, owner, code, first.body.head)).toMatchObject(refused);
    expect((await openOffer(api, owner, code)).body.record.checkpoint.status).toBe("stolen");
    await alert(owner, null);
    const next = await accept(api, owner, code);
    await alert(owner, "lost");
    expect(await release(api, owner, next.words)).toMatchObject(refused);
    await api.delete(path(owner, "/handover"), owner.token);
    expect(await api.post(path(owner, "/handover"), {}, owner.token)).toMatchObject(refused);
    await alert(owner, null);
    expect((await about(owner)).body.alert).toBeNull();
    expect((await api.post(path(owner, "/handover"), {}, owner.token)).status).toBe(201);
    expect((await feedTypes(owner)).filter((type) => type === "alert.changed")).toHaveLength(4);
  });
});

describe("a company", () => {
  test("with an agreement in force is told that the owner changed, after wordless signals of what it had not been sent", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    const agreement = await agree(api, owner);
    const note = await write(api, owner, "planted-word", { send: true });
    const next = await handOver(api, owner);
    await rest(tenureOf(owner));
    await rest(makerOf(maker));
    const events = await feed(maker);
    expect(events.map(({ type, data }: any) => [data.seq, type, data.note?.id])).toEqual([
      [1, "agreement.accepted", undefined],
      [2, "agreement.terminated", note.id],
      [3, "twin.transferred", undefined],
    ]);
    expect(Object.keys(events.at(-1).data).toSorted()).toEqual(["agreement", "prev", "product", "seq", "twin"]);
    expect(JSON.stringify(events)).not.toContain("planted-word");
    expect(JSON.stringify(events)).not.toContain(next.twin);
    expect(webhookBodies["twin.transferred"].safeParse(events.at(-1)).error).toBeUndefined();
    const copy = await api.get(`/v1/makers/${maker.domain}/agreements/${agreement.id}`, maker.key);
    expect(copy.body).toMatchObject({ state: "transferred", twin: owner.twin, permits: [] });
    expect(copy.body.events).toMatchObject([{ body: { kind: "transferred", by: "first", reason: null }, ack: {} }]);
    const threads = await api.get(`/v1/makers/${maker.domain}/threads`, maker.key);
    expect(threads.body.items).toEqual([]);
    const door = `/v1/makers/${maker.domain}/threads/${owner.twin}/${note.id}/messages`;
    expect(await api.post(door, { text: "x" }, maker.key)).toMatchObject({ status: 410, body: { code: "gone" } });
  });

  test("without one learns nothing of the change", async () => {
    const ended = await join(api, operator);
    const owner = await claim(api, ended);
    const { id } = await agree(api, owner);
    await api.post(path(owner, `/agreements/${id}/terminate`), {}, owner.token);
    const holding = await join(api, operator, { "SD-BASE": "hold" });
    const held = await api.post(
      path(owner, "/agreements"),
      { maker: holding.domain, preferred: "SD-BASE" },
      owner.token,
    );
    expect(held.body.state).toBe("held");
    const stranger = await join(api, operator);
    await handOver(api, owner);
    await rest(tenureOf(owner));
    for (const maker of [ended, holding, stranger]) await rest(makerOf(maker));
    const told = async (maker: { domain: string; key: string }) => (await feed(maker)).map(({ type }: any) => type);
    expect(await told(ended)).toEqual(["agreement.accepted", "agreement.terminated"]);
    // A person there was asked to decide: that they need not any more, they are told as ever.
    expect(await told(holding)).toEqual(["agreement.proffered", "agreement.rescinded"]);
    expect(await told(stranger)).toEqual([]);
    const copy = await api.get(`/v1/makers/${ended.domain}/agreements/${id}`, ended.key);
    expect(copy.body.state).toBe("terminated");
  });

  test("reaches the new owner with what stands for the item, and with every recall from then on", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const owner = await claim(api, maker, gtin);
    const post = (title: string) =>
      api.post(`/v1/makers/${maker.domain}/notices`, { kind: "recall", gtin, title, text: "It may break." }, maker.key);
    const product = env.PRODUCT.getByName(gtin);
    await post("Before");
    await rest(makerOf(maker));
    await rest(product);
    const next = await handOver(api, owner);
    await rest(twinOf(owner));
    const titles = async () =>
      (await api.get(path(next, "/notices"), next.token)).body.items.map(({ title }: any) => title);
    expect(await titles()).toEqual(["Before"]);
    await rest(tenureOf(owner));
    await post("After");
    await rest(makerOf(maker));
    await rest(product);
    await rest(twinOf(owner));
    expect(await titles()).toEqual(["After", "Before"]);
  });
});

describe("a link to show", () => {
  test("of the seller's says that it has ended, from the release on and after the seller's side is gone", async () => {
    const owner = await startTwin();
    const { body: shown } = await api.post(path(owner, "/shares"), {}, owner.token);
    const token = shown.url.split("#")[1];
    const look = () => api.post(path(owner, `/shares/${shown.share}/open`), undefined, token);
    expect((await look()).status).toBe(200);
    const next = await handOver(api, owner);
    expect(await look()).toMatchObject({ status: 410, body: { code: "gone" } });
    await rest(tenureOf(owner));
    expect(await look()).toMatchObject({ status: 410, body: { code: "gone" } });
    expect((await api.get(path(next, "/shares"), next.token)).body.items).toEqual([]);
  });
});
