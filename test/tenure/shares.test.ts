// Showing the record to a buyer: what a share opens can be checked and what is withheld is nowhere in it; it ends when it should, and only
// opening it counts as that.

import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { hashOfLabel, isRandomSerial, type LabelHash } from "../../src/domain/label-hash.ts";
import { keysIn } from "../../src/domain/record/company-keys.ts";
import { openDisclosure } from "../../src/domain/record/commitment.ts";
import { verifyProof } from "../../src/domain/record/proof.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { publicKeyOfDidKey } from "../../src/domain/terms/did.ts";
import { newSecret } from "../../src/platform/random.ts";
import { productOf } from "../../src/platform/stubs.ts";
import { parseSecret, signWebhook } from "../../src/relay/sign.ts";
import { keepAlert } from "../../src/twin/alert.ts";
import {
  agree,
  claim,
  claimCounted,
  COUNTED,
  freshGtin,
  join,
  write,
  type TestMaker,
  type TestOwner,
} from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { addPhoto } from "../support/world.ts";
import {
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  inside,
  makerOf,
  MINUTE_MS,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
  twinOf,
} from "./world.ts";

stillClock();

type Shown = { readonly share: string; readonly token: string; readonly view: any };

async function show(owner: TestOwner, input: object = {}): Promise<Shown> {
  const { status, body } = await api.post(path(owner, "/shares"), input, owner.token);
  if (status !== 201) throw new Error(`the share answered ${status} ${JSON.stringify(body)}`);
  const { url, share, ...view } = body;
  return { share, token: new URL(url).hash.slice(1), view: { ...view, url } };
}
const at = (owner: TestOwner, { share }: Pick<Shown, "share">, rest = "") => path(owner, `/shares/${share}${rest}`);
const open = (owner: TestOwner, shown: Shown) => api.post(at(owner, shown, "/open"), undefined, shown.token);
const shares = async (owner: TestOwner) => (await api.get(path(owner, "/shares"), owner.token)).body.items;
const today = () => new Date().toISOString().slice(0, 10);

async function record(by: TestOwner, text: string, more: object = {}): Promise<any> {
  const { status, body } = await api.post(
    path(by, "/history"),
    { kind: "repairing", text, occurredOn: today(), ...more },
    by.token,
  );
  if (status !== 201) throw new Error(`the entry answered ${status} ${JSON.stringify(body)}`);
  return body;
}

let knocks = 0;
async function recordByMaker(maker: TestMaker, data: object): Promise<void> {
  const secret = parseSecret(maker.inboundSecret);
  if (!secret.ok) throw new Error(secret.error);
  const raw = JSON.stringify({ type: "record.entry", timestamp: new Date().toISOString(), data });
  const webhook = { id: `entry-${knocks++}`, timestampSeconds: Math.floor(Date.now() / 1000), body: raw };
  const headers = await signWebhook({ ...webhook, keys: [{ secret: secret.value, seed: new Uint8Array(32) }] });
  const { status, body } = await api.call("POST", `/v1/makers/${maker.domain}/inbound`, {
    body: raw,
    headers: { "Content-Type": "application/json", ...headers },
  });
  if (status !== 200) throw new Error(`record.entry answered ${status} ${JSON.stringify(body)}`);
}

const PRIVATE = {
  note: "The dog chewed on it, PRIVATE-NOTE.",
  withheld: "Stitched by hand, PRIVATE-WITHHELD.",
  photoOf: "PRIVATE-TITLE",
  label: "PRIVATE-LABEL, who haggles",
  channel: "PRIVATE-CHANNEL the cobbler",
  name: "PRIVATE-NAME my darlings",
} as const;

/** With its serial, of which a share has the hash: a serial that happens to look counted has none. */
async function claimRandom(maker: TestMaker, gtin: string): Promise<{ owner: TestOwner; serial: string }> {
  const owner = await claim(api, maker, gtin);
  const { serial } = (await api.get(path(owner), owner.token)).body.product;
  return isRandomSerial(serial) ? { owner, serial } : claimRandom(maker, gtin);
}

/** A labelled pair of boots with entries by its owner, a cobbler and its maker, a private note, terms, and a private name. */
async function boots() {
  const maker = await join(api, operator);
  const gtin = freshGtin();
  const { owner, serial } = await claimRandom(maker, gtin);
  const agreement = await agree(api, owner);
  const secretNote = await write(api, owner, PRIVATE.note, { title: PRIVATE.photoOf });
  await api.patch(path(owner), { product: { name: PRIVATE.name } }, owner.token);
  const cobbler = await channelWith(owner, ["history:read", "history:write"], { label: PRIVATE.channel });
  const photo = await addPhoto(api, path(owner, "/photos"), owner.token);
  const hidden = await addPhoto(api, path(owner, "/photos"), owner.token);
  const loose = await addPhoto(api, path(owner, "/photos"), owner.token);
  const own = await record(owner, "New laces.", { photos: [photo] });
  const repair = await record(cobbler, PRIVATE.withheld);
  const withheld = await record(owner, `Glued, ${PRIVATE.withheld}`, { photos: [hidden] });
  await recordByMaker(maker, {
    gtin,
    serial,
    kind: "retail_selling",
    text: "Sold in Vienna.",
    occurredOn: today(),
    warrantyUntil: "2029-01-04",
  });
  return { maker, gtin, serial, owner, agreement, secretNote, cobbler, photo, hidden, loose, own, repair, withheld };
}

let kept: ReturnType<typeof boots> | undefined;
/** The same pair for every test that leaves its record as it is. */
const theBoots = () => (kept ??= boots());

const checked = (body: any) =>
  verifyHistory(body, keysIn(body.keys), { now: Date.now(), record: body.checkpoint.record });

describe("a share", () => {
  test("opens the record with all that it takes to check it, and shows what is withheld as withheld", async () => {
    const { owner, maker, gtin, repair, withheld } = await theBoots();
    const shown = await show(owner, { withhold: [repair.seq, withheld.seq], label: PRIVATE.label });
    const { status, body, headers } = await open(owner, shown);
    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("private, no-store");
    expect(body).toMatchObject({
      share: { id: shown.share, createdAt: shown.view.createdAt, upTo: shown.view.upTo },
      product: {
        name: "Model T",
        model: "Model T",
        gtin,
        maker: { id: maker.domain, name: `Maker ${maker.domain}`, verified: true },
        proof: "label",
      },
      status: { alert: null, at: body.checkpoint.at, current: true },
      warranty: { until: "2029-01-04", by: maker.domain, recordedOn: today() },
      owners: 1,
      notices: [],
      expiresAt: new Date(Date.now() + 14 * DAY_MS).toISOString(),
    });
    expect(body.entries.map(({ kind, by, disclosure }: any) => [kind, by.role, disclosure !== null])).toEqual([
      ["commissioning", "twin", true],
      ["repairing", "owner", true],
      ["repairing", "channel", false],
      ["repairing", "owner", false],
      ["retail_selling", "maker", true],
    ]);
    expect(await checked(body)).toMatchObject({ verdict: "withheld", withheld: 2, faults: [], claim: "label" });

    const whole = await open(owner, await show(owner));
    expect(await checked(whole.body)).toMatchObject({ verdict: "unaltered", withheld: 0, faults: [], owners: 1 });
    const words = openDisclosure(whole.body.entries[2].disclosure);
    expect(words).toMatchObject({ ok: true, value: { text: PRIVATE.withheld, author: PRIVATE.channel } });
    expect(words).toMatchObject({ value: whole.body.entries[2].body });
    expect(body.entries.map((entry: any) => entry.body?.text)).toEqual([
      null,
      "New laces.",
      undefined,
      undefined,
      "Sold in Vienna.",
    ]);
  });

  test("has nothing in it but what is listed here: no withheld word, no label, no name, no note, no terms, no token, no serial", async () => {
    const { owner, repair, withheld, serial, secretNote, agreement, cobbler, photo, hidden, loose } = await theBoots();
    const shown = await show(owner, { withhold: [repair.seq, withheld.seq], label: PRIVATE.label });
    const { body } = await open(owner, shown);
    const ENTRY =
      "body,by,commitment,corrects,disclosure,erased,kind,occurredOn,proof,record,recordedOn,schema,seen,seq,tenure";
    const names = (value: object) => Object.keys(value).toSorted().join();
    expect(names(body)).toBe(
      "checkpoint,counts,entries,expiresAt,keys,label,notices,owners,product,share,status,warranty",
    );
    expect([body.share, body.product, body.product.maker, body.status, body.warranty, body.label].map(names)).toEqual([
      "createdAt,id,upTo",
      "gtin,maker,model,name,proof",
      "id,name,verified",
      "alert,at,current",
      "by,recordedOn,until",
      "hash,salt",
    ]);
    expect(names(body.checkpoint)).toBe("at,proof,record,root,schema,size,status,tenure");
    expect(body.entries.map((entry: object) => names(entry).replace("opens,", ""))).toEqual(Array(5).fill(ENTRY));

    const { code } = (await api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token)).body;
    await api.post(at(owner, shown, "/answer"), { code }, owner.token);
    const answers = await Promise.all([
      open(owner, shown),
      api.get(at(owner, shown, "/status"), shown.token),
      api.post(at(owner, shown, "/label"), { gtin: "09520000000004", serial: "X" }, shown.token),
      api.get(at(owner, shown, `/photos/${hidden}`), shown.token),
      api.get(at(owner, shown, `/photos/${loose}`), shown.token),
      api.get(at(owner, shown, `/photos/${photo}`), shown.token),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404, 200]);
    // What is disclosed is base64: it is looked through as it reads.
    const readable = answers.slice(0, 5).map(({ body: said }) => JSON.stringify(said));
    for (const { disclosure } of body.entries)
      if (disclosure !== null) readable.push(atob(disclosure.replaceAll("-", "+").replaceAll("_", "/")));
    const text = readable.join("\n");
    const never = [
      "PRIVATE",
      serial,
      secretNote.id,
      agreement.id,
      agreement.recordDigest,
      cobbler.channel,
      cobbler.token.split("~")[1]!,
      owner.token.split("~")[1]!,
      shown.token.split("~")[1]!,
      hidden,
    ];
    expect(never.filter((word) => text.includes(word))).toEqual([]);
    expect(text).toContain("New laces.");
  });

  test("keeps its secret to its link: stored as a hash, and the same link again for the same key", async () => {
    const { owner } = await theBoots();
    const shown = await show(owner, { label: "For Jo" });
    expect(shown.view).toMatchObject({
      url: `https://twins.example/s/${shown.share}#${shown.token}`,
      label: "For Jo",
      withhold: [],
      openings: 0,
      state: "open",
      revokedAt: null,
    });
    expect(shown.token).toMatch(new RegExp(`^${owner.twin}~[A-Za-z0-9_-]{43}$`));
    expect(await everything(tenureOf(owner))).not.toContain(shown.token.split("~")[1]);
  });

  test("counts an opening when it is opened, and nothing else as one", async () => {
    const { owner, photo, gtin, serial } = await theBoots();
    const shown = await show(owner);
    await api.get(at(owner, shown, "/status"), shown.token);
    await api.get(at(owner, shown, `/photos/${photo}`), shown.token);
    await api.post(at(owner, shown, "/label"), { gtin, serial }, shown.token);
    await api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token);
    expect((await shares(owner))[0]).toMatchObject({ openings: 0, lastOpenedAt: null });
    await open(owner, shown);
    pass(MINUTE_MS);
    await open(owner, shown);
    expect((await shares(owner))[0]).toMatchObject({ openings: 2, lastOpenedAt: new Date().toISOString() });
  });

  test("counts no look again as an opening, within a day of the last one", async () => {
    const { owner } = await theBoots();
    const shown = await show(owner);
    const again = async (): Promise<number> => {
      expect((await api.post(at(owner, shown, "/open?again=true"), undefined, shown.token)).status).toBe(200);
      const [{ openings, lastOpenedAt }] = await shares(owner);
      expect(lastOpenedAt).toBe(new Date().toISOString());
      return openings;
    };
    // What was never opened is opened, whatever is said of it.
    expect(await again()).toBe(1);
    pass(DAY_MS - 1);
    expect(await again()).toBe(1);
    pass(DAY_MS - 1);
    expect(await again()).toBe(1);
    pass(DAY_MS);
    expect(await again()).toBe(2);
    await open(owner, shown);
    expect((await shares(owner))[0].openings).toBe(3);
  });

  test("waits with what its owner's side records later until it is changed, and never with what the maker says", async () => {
    const { owner, cobbler, maker, gtin, serial } = await boots();
    const shown = await show(owner);
    await record(owner, "Later words.");
    await record(cobbler, "Later still.");
    await recordByMaker(maker, { gtin, serial, kind: "inspecting", text: "Recall done.", occurredOn: today() });
    const bodies = async () =>
      (await open(owner, shown)).body.entries.slice(5).map(({ disclosure }: any) => disclosure !== null);
    expect(await bodies()).toEqual([false, false, true]);
    // A new name for it is no look at what came.
    await api.patch(at(owner, shown), { label: "For Jo" }, owner.token);
    expect(await bodies()).toEqual([false, false, true]);
    await api.patch(at(owner, shown), { label: null, upTo: 5 }, owner.token);
    // Its owner looked before the second came.
    expect((await api.patch(at(owner, shown), { upTo: 6 }, owner.token)).body.upTo).toBe(6);
    expect(await bodies()).toEqual([true, false, true]);
    const changed = await api.patch(at(owner, shown), { withhold: [7] }, owner.token);
    expect(changed).toMatchObject({ status: 200, body: { withhold: [7], upTo: 8, label: null } });
    expect(await bodies()).toEqual([true, false, true]);
    // Up to what its owner looked at, whatever came since.
    expect((await api.patch(at(owner, shown), { withhold: [], upTo: 6 }, owner.token)).body.upTo).toBe(6);
    expect(await bodies()).toEqual([true, false, true]);
    expect((await show(owner, { upTo: 6 })).view.upTo).toBe(6);
    expect((await show(owner, { upTo: 99 })).view.upTo).toBe(8);
    expect((await api.patch(at(owner, shown), { withhold: [8], label: "Jo" }, owner.token)).body.label).toBe("Jo");
    expect(await bodies()).toEqual([true, true, false]);
    expect((await checked((await open(owner, shown)).body)).verdict).toBe("withheld");
  });

  test("shows a note that was put on the record the moment before, and may be asked for without a body", async () => {
    const owner = await startTwin();
    await write(api, owner, "Sewn up again.", { onRecord: true });
    const made = await api.post(path(owner, "/shares"), undefined, owner.token);
    expect(made).toMatchObject({ status: 201, body: { upTo: 2, withhold: [], label: null } });
    const { body } = await open(owner, { ...made.body, token: new URL(made.body.url).hash.slice(1) });
    expect(body.entries[1].body).toMatchObject({ text: "Sewn up again." });
  });

  test("ends when its owner takes it back, and when its time is over: 410 at every door, and the owner still sees what it was", async () => {
    const { owner, photo, gtin, serial } = await theBoots();
    const [back, late] = [
      await show(owner),
      await show(owner, { expiresAt: new Date(Date.now() + DAY_MS).toISOString() }),
    ];
    const doors = async (shown: Shown) =>
      Promise.all([
        open(owner, shown),
        api.get(at(owner, shown, "/status"), shown.token),
        api.get(at(owner, shown, `/photos/${photo}`), shown.token),
        api.post(at(owner, shown, "/label"), { gtin, serial }, shown.token),
        api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token),
      ]).then((answers) => [...new Set(answers.map(({ status, body }) => `${status} ${body.code}`))]);
    expect((await open(owner, back)).status).toBe(200);
    expect((await api.delete(at(owner, back), owner.token)).status).toBe(204);
    expect(await doors(back)).toEqual(["410 gone"]);
    expect((await open(owner, late)).status).toBe(200);
    pass(DAY_MS);
    expect(await doors(late)).toEqual(["410 gone"]);
    expect((await shares(owner)).slice(0, 2).map(({ state, openings }: any) => [state, openings])).toEqual([
      ["expired", 1],
      ["revoked", 1],
    ]);
    expect((await api.delete(at(owner, back), owner.token)).status).toBe(404);
    expect((await api.patch(at(owner, late), {}, owner.token)).status).toBe(410);
    expect((await feedTypes(owner)).filter((type) => /^share\.(?:made|revoked)$/.test(type)).slice(-3)).toEqual([
      "share.made",
      "share.made",
      "share.revoked",
    ]);
  });

  test("of an owner who erased a labelled item says that it has ended; any other token is none", async () => {
    const { owner } = await boots();
    const shown = await show(owner);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect(await open(owner, shown)).toMatchObject({ status: 410, body: { code: "gone" } });
    expect((await open(owner, { ...shown, token: `${owner.twin}~${newSecret()}` })).status).toBe(401);
    expect((await open(owner, { ...shown, token: owner.token })).status).toBe(401);
  });

  test("of an owner who erased a thing that they had started is none: nothing of it is left", async () => {
    const owner = await startTwin();
    const shown = await show(owner);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect((await open(owner, shown)).status).toBe(401);
    await inside(twinOf(owner), ({ storage }) =>
      expect([...storage.sql.exec("SELECT * FROM ended_share")]).toEqual([]),
    );
  });

  test("opens to its own token alone: not to another share's, a channel's, another owner's, nor under another name", async () => {
    const { owner, cobbler } = await theBoots();
    const [shown, other] = [await show(owner), await show(owner)];
    const neighbour = await startTwin();
    const wrong: [string, string][] = [
      [at(owner, shown, "/open"), other.token],
      [at(owner, other, "/open"), shown.token],
      [at(owner, shown, "/open"), owner.token],
      [at(owner, shown, "/open"), cobbler.token],
      [at(owner, shown, "/open"), neighbour.token],
      [at(owner, shown, "/open"), `${owner.twin}~${neighbour.token.split("~")[1]}`],
      [at(neighbour, shown, "/open"), shown.token],
      [at(neighbour, shown, "/open"), `${neighbour.twin}~${shown.token.split("~")[1]}`],
    ];
    for (const [door, token] of wrong) expect((await api.post(door, undefined, token)).status).toBe(401);
    expect((await api.get(path(owner, "/history"), shown.token)).status).toBe(401);
    expect((await api.get(path(owner), shown.token)).status).toBe(401);
    expect((await shares(owner)).slice(0, 2).map(({ openings }: any) => openings)).toEqual([0, 0]);
  });

  test("is not made while the thing is marked as lost; one that is open says so, and that it is not to be relied on", async () => {
    const owner = await startTwin();
    const shown = await show(owner);
    await inside(twinOf(owner), ({ storage }) => keepAlert(storage.sql, "lost", Date.now()));
    const refused = await api.post(path(owner, "/shares"), {}, owner.token);
    expect([refused.status, refused.body.code]).toEqual([409, "alert-stands"]);
    const { body } = await open(owner, shown);
    expect(body.status.alert).toBe("lost");
    expect((await checked(body)).verdict).toBe("do-not-rely");
    expect((await api.get(at(owner, shown, "/status"), shown.token)).body.checkpoint.status).toBe("lost");
    await inside(twinOf(owner), ({ storage }) => keepAlert(storage.sql, null, Date.now()));
    expect((await open(owner, await show(owner))).body.status.alert).toBeNull();
  });

  test("lasts 14 days, 90 at most, withholds only what there is, and a hundred are open at once", async () => {
    const owner = await startTwin();
    const refusal = async (input: object) => (await api.post(path(owner, "/shares"), input, owner.token)).body.errors;
    const on = (ms: number) => new Date(Date.now() + ms).toISOString();
    expect(await refusal({ expiresAt: on(0) })).toMatchObject([
      { path: "expiresAt", message: "must be in the future" },
    ]);
    expect(await refusal({ expiresAt: on(90 * DAY_MS + 1) })).toMatchObject([{ path: "expiresAt" }]);
    expect(await refusal({ withhold: [2] })).toMatchObject([{ path: "withhold" }]);
    expect(await refusal({ withhold: [1, 1] })).toMatchObject([{ path: "withhold" }]);
    await show(owner, { withhold: [1], expiresAt: on(90 * DAY_MS) });
    await Promise.all(Array.from({ length: 99 }, () => show(owner)));
    expect((await api.post(path(owner, "/shares"), {}, owner.token)).body.code).toBe("quota-exceeded");
    pass(15 * DAY_MS);
    await show(owner);
    const first = await api.get(path(owner, "/shares?limit=60"), owner.token);
    const rest = await api.get(path(owner, `/shares?limit=60&cursor=${first.body.next}`), owner.token);
    expect([first.body.items.length, rest.body.items.length, rest.body.next]).toEqual([60, 41, null]);
    expect([first.body.items[0].state, rest.body.items.at(-1).state]).toEqual(["open", "open"]);
  });

  test("of a thing that its owner started says so, names a company that never joined, and reads its product's board", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    await claim(api, maker, gtin);
    const owner = await startTwin({ name: "Kettle", maker: "never-was.example", gtin });
    const notice = { kind: "recall", gtin, title: "Bring it back", text: "All of it." };
    expect((await api.post(`/v1/makers/${maker.domain}/notices`, notice, maker.key)).status).toBe(202);
    await rest(makerOf(maker));
    const { body } = await open(owner, await show(owner));
    expect(body).toMatchObject({
      product: { name: "Kettle", proof: "none", maker: { id: "never-was.example", name: null, verified: false } },
      label: null,
      warranty: null,
    });
    expect((await open(owner, await show(owner))).body.notices).toMatchObject([
      { title: "Bring it back", why: "every-item", maker: { id: maker.domain } },
    ]);
    expect((await checked(body)).claim).toBe("none");
  });

  test("says with its head which recalls stand now, without being opened", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const labelled = await claim(api, maker, gtin);
    const started = await startTwin({ name: "Kettle", gtin });
    const links = await Promise.all([labelled, started].map(async (owner) => ({ owner, shown: await show(owner) })));
    const settled = async (): Promise<void> => {
      await rest(makerOf(maker));
      await rest(productOf(env, gtin));
    };
    const standing = () =>
      Promise.all(
        links.map(async ({ owner, shown }) => (await api.get(at(owner, shown, "/status"), shown.token)).body.notices),
      );
    expect(await standing()).toEqual([[], []]);
    const recall = { kind: "recall", gtin, title: "Bring it back", text: "All of it." };
    const posted = await api.post(`/v1/makers/${maker.domain}/notices`, recall, maker.key);
    await settled();
    const { id } = posted.body;
    expect(await standing()).toEqual([[id], [id]]);
    const openings = () =>
      Promise.all(links.map(async ({ owner }) => (await shares(owner)).map((share: any) => share.openings)));
    expect(await openings()).toEqual([[0], [0]]);
    for (const { owner, shown } of links)
      expect((await open(owner, shown)).body.notices.map((notice: any) => notice.id)).toEqual([id]);
    await api.post(`/v1/makers/${maker.domain}/notices/${id}/withdraw`, { reason: "A mistake." }, maker.key);
    await settled();
    expect(await standing()).toEqual([[], []]);
    expect(await openings()).toEqual([[1], [1]]);
  });
});

describe("whether it is this very item", () => {
  const NO = { same: false, salt: null };

  test("is answered with yes and its proof, or no, ten times a minute; and needs no answer where a hash came along", async () => {
    const { owner, gtin, serial } = await theBoots();
    const shown = await show(owner);
    const same = async (label: object) => (await api.post(at(owner, shown, "/label"), label, shown.token)).body;
    const { label, entries } = (await open(owner, shown)).body as { label: LabelHash; entries: any[] };
    expect(label).toEqual({ salt: expect.stringMatching(/^[\w-]{43}$/), hash: entries[0].opens.item });
    expect(hashOfLabel(label.salt, { gtin, serial })).toBe(label.hash);
    // The record's own: another share has the same.
    expect((await open(owner, await show(owner))).body.label).toEqual(label);

    const yes = { same: true, salt: label.salt };
    expect(await same({ gtin, serial })).toEqual(yes);
    expect(await same({ gtin: gtin.replace(/^0/, ""), serial })).toEqual(yes);
    expect(await same({ gtin, serial: serial.toUpperCase() })).toEqual(NO);
    expect(await same({ gtin: freshGtin(), serial })).toEqual(NO);
    for (let tries = 4; tries < 10; tries++) await same({ gtin, serial: `guess-${tries}` });
    expect(await api.post(at(owner, shown, "/label"), { gtin, serial }, shown.token)).toMatchObject({ status: 429 });
    pass(MINUTE_MS);
    expect(await same({ gtin, serial })).toEqual(yes);
  });

  test("is answered a hundred times a day, also by an object that slept: what is counted up isn't found by trying", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const owner = await claimCounted(api, maker, gtin);
    const shown = await show(owner);
    const compare = async (serial: string, by = shown) => {
      const answer = await api.post(at(owner, by, "/label"), { gtin, serial }, by.token);
      return answer.status === 200 ? answer.body.same : [answer.status, answer.headers.get("Retry-After")];
    };
    for (let tries = 0; tries < 100; tries++) {
      if (tries % 10 === 0) pass(MINUTE_MS);
      expect(await compare(`guess-${tries}`)).toBe(false);
    }
    pass(MINUTE_MS);
    await evictDurableObject(tenureOf(owner));
    // From the first of them on.
    expect(await compare(COUNTED)).toEqual([429, String((DAY_MS - 10 * MINUTE_MS) / 1000)]);
    expect(await compare(COUNTED, await show(owner))).toBe(true);
    pass(DAY_MS - 10 * MINUTE_MS);
    expect(await compare(COUNTED)).toBe(true);
  });

  test("has no hash where a serial could be found by trying, and no salt but for who names it; no answer where there is no label", async () => {
    const maker = await join(api, operator);
    const gtin = freshGtin();
    const owner = await claimCounted(api, maker, gtin);
    const shown = await show(owner);
    const { label, entries } = (await open(owner, shown)).body;
    expect(label).toBeNull();
    const compare = async (named: string) =>
      (await api.post(at(owner, shown, "/label"), { gtin, serial: named }, shown.token)).body;
    const { same, salt } = await compare(COUNTED);
    expect([same, hashOfLabel(salt, { gtin, serial: COUNTED })]).toEqual([true, entries[0].opens.item]);
    expect(await compare("000000000000000c")).toEqual(NO);
    const history = api.get(path(owner, "/history"), owner.token);
    const all = await Promise.all([open(owner, shown), history, everything(tenureOf(owner))]);
    expect(JSON.stringify(all)).not.toContain(salt);

    const started = await startTwin({ gtin, serial: COUNTED });
    const loose = await show(started);
    expect((await api.post(at(started, loose, "/label"), { gtin, serial: COUNTED }, loose.token)).status).toBe(409);
  });
});

describe("whether the owner is there", () => {
  async function asked() {
    const owner = await startTwin();
    const shown = await show(owner);
    const nonce = newSecret();
    const { status, body } = await api.post(at(owner, shown, "/challenge"), { nonce }, shown.token);
    expect([status, body]).toEqual([
      201,
      { code: expect.stringMatching(/^\d{6}$/), expiresAt: new Date(Date.now() + 10 * MINUTE_MS).toISOString() },
    ]);
    const answer = (code: string) => api.post(at(owner, shown, "/answer"), { code }, owner.token);
    const presence = async () => (await api.get(at(owner, shown, "/status"), shown.token)).body.presence;
    const wrong = body.code === "000000" ? "000001" : "000000";
    return { owner, shown, nonce, code: body.code as string, answer, presence, wrong };
  }

  test("is shown by the code that only they can give: the twin signs the buyer's number", async () => {
    const { owner, shown, nonce, code, answer, presence } = await asked();
    expect(await presence()).toBeNull();
    expect((await api.get(path(owner, "/events?limit=200"), owner.token)).body.items.at(-1)).toMatchObject({
      type: "share.challenged",
      data: { share: { id: shown.share } },
    });
    const { status, body } = await answer(code);
    expect([status, body]).toMatchObject([200, { share: shown.share, nonce, tenure: 0 }]);
    expect(await presence()).toEqual(body);
    expect((await answer(code)).body).toEqual(body);
    const opened = (await open(owner, shown)).body;
    expect(await verifyProof(body, publicKeyOfDidKey(opened.entries[0].opens.twin)!)).toBe(true);
    expect(await verifyProof({ ...body, nonce: newSecret() }, publicKeyOfDidKey(opened.entries[0].opens.twin)!)).toBe(
      false,
    );
  });

  test("takes no sixth guess, and not a code that is over; the same number gets the same code, another one another", async () => {
    const { owner, shown, nonce, code, answer, presence, wrong } = await asked();
    const again = await api.post(at(owner, shown, "/challenge"), { nonce }, shown.token);
    expect(again.body.code).toBe(code);
    for (let tries = 0; tries < 5; tries++) expect((await answer(wrong)).status).toBe(409);
    expect((await answer(code)).status).toBe(409);
    expect(await presence()).toBeNull();
    const next = (await api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token)).body;
    expect((await answer(next.code)).status).toBe(200);
    const last = (await api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token)).body;
    expect(await presence()).toBeNull();
    pass(10 * MINUTE_MS);
    expect((await answer(last.code)).status).toBe(409);
  });

  test("can't be asked without end", async () => {
    const { owner, shown } = await asked();
    const ask = () => api.post(at(owner, shown, "/challenge"), { nonce: newSecret() }, shown.token);
    for (let times = 1; times < 10; times++) expect((await ask()).status).toBe(201);
    expect((await ask()).status).toBe(429);
  });
});
