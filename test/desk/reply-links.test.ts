// Answering without joining: one thread, lent by a link; the terms first, signed by the browser's own key, then the words, and only while they hold.

import { describe, expect, test } from "vitest";
import { canonical } from "../../src/domain/json.ts";
import { readRecord } from "../../src/domain/terms/record.ts";
import { verifyEvents, verifyRecord } from "../../src/domain/terms/verify.ts";
import { ERIKA, Holder, lend } from "../support/holder.ts";
import { claim, join, write, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { addPhoto } from "../support/world.ts";
import {
  alarmAt,
  channelWith,
  DAY_MS,
  everything,
  feedTypes,
  makerOf,
  pass,
  path,
  rest,
  startTwin,
  stillClock,
  tenureOf,
} from "../tenure/world.ts";

stillClock();

const SECRET_WORDS = "It leaks when it sings.";
const links = (owner: TestOwner, note: string) => path(owner, `/notes/${note}/reply-links`);
const read = async (owner: TestOwner, rest_: string) => (await api.get(path(owner, rest_), owner.token)).body;

/** An owner with a private note, its link and somebody who has it. */
async function lent(input: object = {}, product: Record<string, unknown> = {}) {
  const owner = await startTwin({ name: "Singing kettle", ...product });
  const note = await write(api, owner, SECRET_WORDS, { title: "It leaks", wants: "repair" });
  const link = await lend(api, owner, note.id, input);
  return { owner, note, link, holder: await Holder.at(api, link.url) };
}
async function agreed(input: object = {}, product: Record<string, unknown> = {}) {
  const all = await lent(input, product);
  const { status, body } = await all.holder.accept();
  expect([status, body.state]).toEqual([200, "accepted"]);
  return { ...all, agreement: body.agreement.id as string };
}
const answers = async (holder: Holder): Promise<number[]> =>
  Promise.all([
    holder.get("thread").then(({ status }) => status),
    holder.post("messages", { text: "Hello?" }).then(({ status }) => status),
  ]);

describe("a reply link", () => {
  test("shows the terms and the product, and not a word of the note", async () => {
    const { owner, note, link, holder } = await lent({ company: "Muster" });
    expect(link).toMatchObject({
      link: expect.stringMatching(/^link_/),
      note: note.id,
      company: "Muster",
      state: "offered",
      terms: { preferred: "SD-BASE-DP", alternates: ["SD-BASE"] },
      expiresAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
      openedAt: null,
    });
    expect(link.url).toBe(`https://twins.example/r#${holder.token}`);
    expect(holder.token).toMatch(new RegExp(`^${owner.twin}~[A-Za-z0-9_-]{43}$`));

    const opened = await holder.post("open");
    expect(opened).toMatchObject({
      status: 200,
      body: {
        product: { name: "Singing kettle" },
        company: "Muster",
        terms: {
          preferred: {
            code: "SD-BASE-DP",
            plain: expect.stringContaining("Muster may read and answer"),
            prohibits: expect.arrayContaining(["analytics"]),
          },
          alternates: [{ code: "SD-BASE" }],
        },
        state: "offered",
        accepted: null,
        agreement: null,
      },
    });
    const asked = await holder.ask();
    const said = JSON.stringify([
      opened.body,
      asked.body,
      await Promise.all([holder.get("thread"), holder.get("record"), holder.post("messages", { text: "Hello?" })]),
    ]);
    expect(said).not.toContain("leak");
    expect(said).not.toContain("sings");
    expect((await holder.get("thread")).body.code).toBe("agreement-required");
    expect((await holder.post("messages", { text: "Hello?" })).body.code).toBe("agreement-required");
    expect((await holder.get("record")).status).toBe(404);
    const [{ openedAt }] = (await read(owner, `/notes/${note.id}/reply-links`)).items;
    expect(openedAt).toBe(new Date(Date.now()).toISOString());
    expect(await everything(tenureOf(owner))).not.toContain(holder.token.split("~")[1]);
  });

  test("is accepted by name, company and the browser's own key: both sides then have the same sound record", async () => {
    const { owner, note, link, holder } = await lent();
    const { body: offer } = await holder.ask();
    expect(offer.proffer.body).toMatchObject({
      second: { role: "second", id: holder.did, legalName: ERIKA.company },
      dataScope: [note.id, "its-thread"],
      decideBy: link.expiresAt,
      kind: "relationship",
    });
    const decision = await holder.decide(offer.proffer, { decision: "accepted", chosen: "SD-BASE" });
    const answer = await holder.post("decision", { decision });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        state: "accepted",
        accepted: { ...ERIKA, at: new Date(Date.now()).toISOString() },
        agreement: { state: "accepted", terms: "SD-BASE" },
      },
    });

    const { id, recordDigest, checkCode } = answer.body.agreement;
    expect(await read(owner, `/agreements/${id}`)).toMatchObject({
      state: "accepted",
      maker: `link:${link.id}`,
      company: ERIKA.company,
      unverified: true,
      terms: "SD-BASE",
      permits: [],
      recordDigest,
      checkCode,
      decision: { decidedBy: "human" },
    });
    expect((await read(owner, "/agreements")).items).toHaveLength(1);
    expect((await read(owner, `/notes/${note.id}/reply-links`)).items).toMatchObject([
      { id: link.id, state: "accepted", accepted: ERIKA, agreement: id, party: `link:${link.id}` },
    ]);
    const [ours, theirs] = [await read(owner, `/agreements/${id}/record`), (await holder.get("record")).body];
    expect(canonical(theirs)).toBe(canonical(ours));
    const record = readRecord(canonical(theirs));
    if (!record.ok) throw new Error(record.error);
    // Nothing is asked of anyone: both keys are in their own names.
    expect(await verifyRecord(record.value, () => null)).toMatchObject({ ok: true });
    expect(await feedTypes(owner)).toEqual(["note.written", "link.made", "agreement.accepted"]);
  });

  test("lets its holder read and answer the one thread, and the owner talk back and settle it", async () => {
    const owner = await startTwin({ name: "Singing kettle" });
    const photo = await addPhoto(api, path(owner, "/photos"), owner.token);
    const note = await write(api, owner, SECRET_WORDS, { photos: [photo], serial: "S-1" });
    const other = await write(api, owner, "Another one entirely.");
    const holder = await Holder.at(api, (await lend(api, owner, note.id)).url);
    await holder.accept();

    const thread = await holder.get("thread");
    expect(thread).toMatchObject({
      status: 200,
      body: {
        product: { name: "Singing kettle" },
        note: { id: note.id, text: SECRET_WORDS, serial: "S-1", photos: [{ id: photo }] },
        thread: { state: "open" },
        messages: [],
        agreement: { state: "accepted" },
      },
    });
    expect((await holder.get(`photos/${photo}`)).status).toBe(200);
    const posted = await holder.post("messages", { text: "Send it in.", type: "fix", outcome: "fixed" });
    expect(posted).toMatchObject({
      status: 201,
      body: { from: "maker", text: "Send it in.", type: "fix", outcome: "fixed", author: { name: ERIKA.name } },
    });
    expect(await read(owner, `/notes/${note.id}`)).toMatchObject({
      sent: false,
      thread: { state: "answered", outcome: "fixed" },
      messages: [{ id: posted.body.id, maker: expect.stringMatching(/^link:/), author: { name: ERIKA.name } }],
    });

    const mine = await addPhoto(api, path(owner, "/photos"), owner.token);
    const reply = await api.post(
      path(owner, `/notes/${note.id}/messages`),
      { text: "Where to?", photos: [mine] },
      owner.token,
    );
    expect(reply.status).toBe(201);
    const seen = (await holder.get("thread")).body;
    expect(seen.thread.state).toBe("open");
    expect(seen.messages.map(({ from, text }: any) => [from, text])).toEqual([
      ["maker", "Send it in."],
      ["owner", "Where to?"],
    ]);
    expect(JSON.stringify(seen)).not.toContain("chan_");
    expect((await holder.get(`photos/${mine}`)).status).toBe(200);
    await holder.post("messages", { text: "Musterweg 1.", outcome: "answered" });
    const verdict = await api.post(path(owner, `/notes/${note.id}/verdict`), { verdict: "addressed" }, owner.token);
    expect(verdict).toMatchObject({ status: 200, body: { state: "closed" } });
    expect((await holder.get("thread")).body.thread.verdict).toBe("addressed");

    // Another note's pictures, and what nothing names yet, are not of this thread.
    const strange = await addPhoto(api, path(owner, "/photos"), owner.token);
    expect((await holder.get(`photos/${strange}`)).status).toBe(404);
    expect(JSON.stringify((await holder.get("thread")).body)).not.toContain(other.text);
  });

  test("answers once for one Idempotency-Key", async () => {
    const { owner, note, holder } = await agreed();
    const send = (text: string) => holder.post("messages", { text }, { "Idempotency-Key": "one" });
    const first = await send("Hello.");
    expect((await send("Hello.")).body).toEqual(first.body);
    expect((await send("Hello there.")).body.code).toBe("idempotency-conflict");
    expect((await read(owner, `/notes/${note.id}`)).messages).toHaveLength(1);
    await api.delete(path(owner, `/notes/${note.id}`), owner.token);
    expect(await everything(tenureOf(owner))).not.toContain("Hello.");
  });

  test("that is refused is over: no other decision, and no word of the note", async () => {
    const { owner, link, note, holder } = await lent();
    const { body: offer } = await holder.ask();
    const decision = await holder.decide(offer.proffer, { decision: "refused", reason: "We make no kettles." });
    const refused = await holder.post("decision", { decision });
    expect(refused).toMatchObject({
      status: 200,
      body: { state: "refused", accepted: null, agreement: { state: "refused" } },
    });
    expect(await answers(holder)).toEqual([409, 409]);
    expect((await holder.ask()).body.code).toBe("agreement-state");
    const after = { decision: await holder.decide(offer.proffer) };
    expect((await holder.post("decision", after)).body.code).toBe("agreement-state");
    expect((await holder.post("open")).body).toMatchObject({ state: "refused", ended: null });
    expect((await read(owner, `/notes/${note.id}/reply-links`)).items[0]).toMatchObject({
      id: link.id,
      state: "refused",
      accepted: null,
    });
    expect((await read(owner, "/agreements")).items).toMatchObject([
      { state: "refused", decision: { reason: "We make no kettles." } },
    ]);
    expect((await api.post(path(owner, `/notes/${note.id}/messages`), { text: "Hm." }, owner.token)).status).toBe(409);
    // Nobody else's link opens this note: now one may.
    await lend(api, owner, note.id);
  });
});

describe("a decision", () => {
  test("is taken once, and the same again gets the same answer", async () => {
    const { owner, holder } = await lent();
    const { body: offer } = await holder.ask();
    const decision = await holder.decide(offer.proffer);
    const first = await holder.post("decision", { decision });
    pass(1000);
    expect((await holder.post("decision", { decision })).body).toEqual(first.body);
    const other = await holder.decide(offer.proffer, { decision: "accepted", chosen: "SD-BASE" });
    expect((await holder.post("decision", { decision: other })).body.code).toBe("agreement-state");
    expect((await read(owner, "/agreements")).items).toHaveLength(1);
    // Nothing of a link goes to a company's object, by any alarm.
    await rest(tenureOf(owner));
    expect(await everything(tenureOf(owner))).not.toContain("outgoing [{");
    expect(await alarmAt(tenureOf(owner))).toBe(Date.parse(first.body.expiresAt));
  });

  test.each<[string, number, (holder: Holder, other: Holder, proffer: any) => Promise<unknown>]>([
    ["another key's", 401, (holder, other, proffer) => holder.decide(proffer, undefined, undefined, other.signer)],
    [
      "another key's under this key's name",
      401,
      (holder, other, proffer) =>
        holder.decide(proffer, undefined, undefined, { key: holder.signer.key, sign: other.signer.sign }),
    ],
    [
      "this key's over another body",
      401,
      async (holder, _, proffer) => ({
        ...(await holder.decide(proffer)),
        body: (await holder.decide(proffer, { decision: "accepted", chosen: "SD-BASE" })).body,
      }),
    ],
    [
      "the twin's own, echoed",
      401,
      async (holder, _, proffer) => ({
        ...(await holder.decide(proffer)),
        key: proffer.key,
        signature: proffer.signature,
      }),
    ],
    [
      "under the bare DID",
      401,
      (holder, _, proffer) => holder.decide(proffer, undefined, undefined, { ...holder.signer, key: holder.did }),
    ],
    [
      "about another proffer",
      409,
      (holder, _, proffer) => holder.decide(proffer, undefined, (body) => ({ ...body, proffer: "0".repeat(64) })),
    ],
    [
      "a policy's",
      422,
      (holder, _, proffer) => holder.decide(proffer, undefined, (body) => ({ ...body, decidedBy: "policy" })),
    ],
    [
      "a counter",
      422,
      (holder, _, proffer) => holder.decide(proffer, { decision: "countered", chosen: "SD-BASE-ATP" }),
    ],
    [
      "for what was not proffered",
      422,
      (holder, _, proffer) => holder.decide(proffer, { decision: "accepted", chosen: "SD-BASE-ATP" }),
    ],
    [
      "of last year",
      422,
      (holder, _, proffer) =>
        holder.decide(proffer, undefined, (body) => ({ ...body, decidedAt: "2020-01-01T00:00:00.000Z" })),
    ],
    [
      "of a time to come",
      422,
      (holder, _, proffer) =>
        holder.decide(proffer, undefined, (body) => ({
          ...body,
          decidedAt: new Date(Date.now() + DAY_MS).toISOString(),
        })),
    ],
  ])("that is %s is refused with %i and changes nothing", async (_, status, make) => {
    const [{ owner, holder }, { holder: other }] = [await lent(), await lent()];
    const { body: offer } = await holder.ask();
    const answer = await holder.post("decision", { decision: await make(holder, other, offer.proffer) });
    expect(answer.status).toBe(status);
    expect((await read(owner, "/agreements")).items).toEqual([]);
    expect((await holder.post("open")).body.state).toBe("offered");
    expect(await answers(holder)).toEqual([409, 409]);
  });

  test("needs its own proffer: another person's takes the place of the one before, the same person's stays", async () => {
    const { owner, link, holder } = await lent();
    const early = await holder.post("decision", {
      decision: await holder
        .decide((await holder.ask()).body.proffer)
        .then((decision) => ({ ...decision, body: { ...decision.body, proffer: "0".repeat(64) } })),
    });
    expect(early.status).toBe(409);
    const first = (await holder.ask()).body.proffer;
    pass(1000);
    expect((await holder.ask()).body.proffer).toEqual(first);
    const colleague = await Holder.at(api, link.url);
    const second = (await colleague.ask({ name: "Max Muster" })).body.proffer;
    expect((await holder.post("decision", { decision: await holder.decide(first) })).body.code).toBe("agreement-state");
    // Nor with a colleague's proffer and one's own key.
    expect((await holder.post("decision", { decision: await holder.decide(second) })).status).toBe(401);
    const accepted = await colleague.post("decision", { decision: await colleague.decide(second) });
    expect(accepted.body).toMatchObject({ state: "accepted", accepted: { name: "Max Muster" } });
    expect((await read(owner, "/agreements")).items).toHaveLength(1);
  });

  test.each([
    ["a name that is missing", { name: "" }],
    ["a key of another kind", { key: "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme" }],
    ["a did:web", { key: "did:web:muster.example" }],
  ])("is not asked of anyone with %s", async (_, person) => {
    const { holder } = await lent();
    expect((await holder.ask(person)).status).toBe(422);
  });
});

describe("nobody gets in", () => {
  test("with another link's token, an owner's, or a link's at an owner's door", async () => {
    const [one, two] = [await agreed(), await agreed()];
    const strange = new Holder(
      api,
      `${one.owner.twin}~${two.holder.token.split("~")[1]}`,
      one.holder.did,
      null as never,
    );
    const owners = new Holder(api, one.owner.token, one.holder.did, null as never);
    for (const nobody of [strange, owners]) {
      for (const answer of [
        await nobody.post("open"),
        await nobody.get("thread"),
        await nobody.get("record"),
        await nobody.ask(),
        await nobody.post("messages", { text: 1 }),
      ])
        expect(answer).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    }
    const { token } = one.holder;
    for (const rest_ of ["", `/notes/${one.note.id}`, `/notes/${one.note.id}/reply-links`, "/agreements", "/events"])
      expect((await api.get(path(one.owner, rest_), token)).status).toBe(401);
  });

  test("but the owner makes, sees and cuts off links: no other channel does", async () => {
    const { owner, note, link } = await lent();
    const guest = await channelWith(owner, [
      "twin:read",
      "notes:read",
      "notes:write",
      "notes:send",
      "agreements:write",
    ]);
    const at = links(owner, note.id);
    expect((await api.post(at, {}, guest.token)).status).toBe(403);
    expect((await api.get(at, guest.token)).status).toBe(403);
    expect((await api.delete(`${at}/${link.id}`, guest.token)).status).toBe(403);
    expect(await feedTypes(guest)).not.toContain("link.made");
    const stranger = await startTwin();
    expect((await api.delete(`${at}/${link.id}`, stranger.token)).status).toBe(401);
    const own = await write(api, stranger, "Mine.");
    expect((await api.delete(`${links(stranger, own.id)}/${link.id}`, stranger.token)).status).toBe(404);
  });

  test("and one link at a time opens a note that is still the owner's own", async () => {
    const { owner, note, link } = await lent();
    expect((await api.post(links(owner, note.id), {}, owner.token)).status).toBe(409);
    await api.delete(`${links(owner, note.id)}/${link.id}`, owner.token);
    expect((await api.delete(`${links(owner, note.id)}/${link.id}`, owner.token)).status).toBe(404);
    const again = await lend(api, owner, note.id);
    const items = (await read(owner, `/notes/${note.id}/reply-links`)).items;
    expect(items.map(({ id, state, ended }: any) => [id, state, ended])).toEqual([
      [again.id, "offered", null],
      [link.id, "ended", "revoked"],
    ]);
    for (const wrong of [
      { preferred: "PDC-AI" },
      { preferred: "SD-BASE", alternates: ["SD-BASE"] },
      { expiresAt: "2020-01-01T00:00:00Z" },
      { expiresAt: new Date(Date.now() + 400 * DAY_MS).toISOString() },
    ])
      expect((await api.post(links(owner, (await write(api, owner, "x")).id), wrong, owner.token)).status).toBe(422);
  });

  test("after a first company answered, the next link's holder has none of that", async () => {
    const { owner, note, link, holder } = await agreed();
    await holder.post("messages", { text: "Our secret offer." });
    await api.post(path(owner, `/notes/${note.id}/messages`), { text: "Too dear for me." }, owner.token);
    await api.delete(`${links(owner, note.id)}/${link.id}`, owner.token);
    pass(1000);
    const next = await Holder.at(api, (await lend(api, owner, note.id)).url);
    await next.accept();
    await api.post(path(owner, `/notes/${note.id}/messages`), { text: "And you?" }, owner.token);
    await next.post("messages", { text: "For nothing." });
    await api.post(path(owner, `/notes/${note.id}/messages`), { text: "Thanks." }, owner.token);
    expect((await next.get("thread")).body.messages.map(({ text }: any) => text)).toEqual([
      "And you?",
      "For nothing.",
      "Thanks.",
    ]);
  });
});

describe("what was agreed ends", () => {
  test("when the owner ends it: at once, with a signed event, and nothing is read or answered after it", async () => {
    const { owner, note, holder, agreement } = await agreed();
    await holder.post("messages", { text: "Before." }, { "Idempotency-Key": "one" });
    const ended = await api.post(path(owner, `/agreements/${agreement}/terminate`), { reason: "Enough." }, owner.token);
    expect(ended).toMatchObject({ status: 200, body: { state: "terminated", unverified: true } });
    expect(await answers(holder)).toEqual([409, 409]);
    expect((await holder.post("messages", { text: "Before." }, { "Idempotency-Key": "one" })).status).toBe(409);
    // Its record stays readable, and says that it is over.
    expect((await holder.post("open")).body).toMatchObject({
      state: "ended",
      ended: "terminated",
      agreement: { state: "terminated" },
    });
    expect((await holder.get("record")).status).toBe(200);
    const record = await read(owner, `/agreements/${agreement}/record`);
    expect(await verifyEvents(record, ended.body.events, () => null)).toMatchObject({ ok: true });
    expect(ended.body.events[0].body.obligations).toContainEqual({ duty: "delete", what: "notes-and-threads" });
    await rest(tenureOf(owner));
    expect(await everything(tenureOf(owner))).not.toContain("outgoing [{");
    expect((await read(owner, `/notes/${note.id}`)).messages).toHaveLength(1);
  });

  test("when the owner cuts the link off", async () => {
    const { owner, note, link, holder, agreement } = await agreed();
    expect((await api.delete(`${links(owner, note.id)}/${link.id}`, owner.token)).status).toBe(204);
    expect(await answers(holder)).toEqual([410, 410]);
    expect((await holder.post("open")).body).toMatchObject({ status: 410, code: "gone", reason: "revoked" });
    expect((await holder.get("record")).status).toBe(410);
    expect(await read(owner, `/agreements/${agreement}`)).toMatchObject({ state: "terminated" });
    expect(await feedTypes(owner)).toEqual(expect.arrayContaining(["link.revoked", "agreement.terminated"]));
  });

  test("when the link runs out, by itself", async () => {
    const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
    const { owner, holder, agreement } = await agreed({ expiresAt });
    const late = await lent({ expiresAt });
    const { body: offer } = await late.holder.ask();
    expect(await alarmAt(tenureOf(owner))).toBe(Date.parse(expiresAt));
    pass(DAY_MS);
    expect(await answers(holder)).toEqual([410, 410]);
    await rest(tenureOf(owner));
    expect(await read(owner, `/agreements/${agreement}`)).toMatchObject({
      state: "terminated",
      events: [{ body: { reason: "The reply link has run out." } }],
    });
    expect((await late.holder.post("decision", { decision: await late.holder.decide(offer.proffer) })).status).toBe(
      410,
    );
    expect((await late.holder.ask()).body).toMatchObject({ status: 410, code: "gone", reason: "expired" });
  });

  test("when the note is retracted, whose words are gone with it", async () => {
    const { owner, note, holder, agreement } = await agreed();
    await holder.post("messages", { text: "Before." });
    expect((await api.delete(path(owner, `/notes/${note.id}`), owner.token)).status).toBe(204);
    expect(await answers(holder)).toEqual([410, 410]);
    expect((await holder.post("open")).body.reason).toBe("retracted");
    await rest(tenureOf(owner));
    expect(await read(owner, `/agreements/${agreement}`)).toMatchObject({ state: "terminated" });
    expect((await api.post(links(owner, note.id), {}, owner.token)).status).toBe(404);
  });

  test("when the twin is erased: the link is as if it never was", async () => {
    const { owner, holder } = await agreed();
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    expect((await holder.post("open")).status).toBe(401);
    expect(await answers(holder)).toEqual([401, 401]);
    expect(await everything(tenureOf(owner))).not.toContain("link");
  });
});

describe("a company that joins later", () => {
  test("has the thread whole, with the link's answers in it, and the link opens it no more", async () => {
    const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
    const owner = await startTwin({ name: "Singing kettle", maker: domain });
    const note = await write(api, owner, SECRET_WORDS, { send: true });
    const proffered = await api.post(path(owner, "/agreements"), { preferred: "SD-BASE-DP" }, owner.token);
    const holder = await Holder.at(api, (await lend(api, owner, note.id)).url);
    await holder.accept();
    await holder.post("messages", { text: "We will look into it." });
    const said = await api.post(path(owner, `/notes/${note.id}/messages`), { text: "Thank you." }, owner.token);
    expect(said.body.relay.state).toBe("waiting");
    expect((await holder.get("thread")).body.messages).toHaveLength(2);

    const maker = await join(api, operator, { "SD-BASE-DP": "accept" }, domain);
    await rest(makerOf(maker));
    await rest(tenureOf(owner));
    expect(await read(owner, `/agreements/${proffered.body.id}`)).toMatchObject({
      state: "accepted",
      unverified: false,
    });
    const { body: feed } = await api.get(`/v1/makers/${domain}/events`, maker.key);
    expect(feed.items.map(({ type, data }: any) => data.note?.text ?? data.message?.text ?? type)).toEqual([
      "agreement.accepted",
      SECRET_WORDS,
      "Thank you.",
    ]);
    const thread = await api.get(`/v1/makers/${domain}/threads/${owner.twin}/${note.id}`, maker.key);
    expect(thread.body.messages.map(({ from, text, author }: any) => [from, text, author?.name])).toEqual([
      ["maker", "We will look into it.", ERIKA.name],
      ["owner", "Thank you.", undefined],
    ]);

    expect(await answers(holder)).toEqual([410, 410]);
    expect((await holder.post("open")).body).toMatchObject({ state: "ended", ended: "joined" });
    const byLink = (await read(owner, "/agreements")).items.find(({ unverified }: any) => unverified);
    expect(byLink).toMatchObject({
      state: "terminated",
      events: [{ body: { reason: expect.stringContaining("joined") } }],
    });
    const reply = await api.post(
      `/v1/makers/${domain}/threads/${owner.twin}/${note.id}/messages`,
      { text: "Here we are." },
      maker.key,
    );
    expect(reply.status).toBe(201);
    expect((await api.post(links(owner, note.id), {}, owner.token)).status).toBe(409);
  });

  test("and is here already takes no link: a note that went to it has none", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await api.post(path(owner, "/agreements"), { preferred: "SD-BASE-DP" }, owner.token);
    const note = await write(api, owner, SECRET_WORDS, { send: true });
    expect((await api.post(links(owner, note.id), {}, owner.token)).status).toBe(409);
    const own = await write(api, owner, "For somebody else.");
    expect((await lend(api, owner, own.id)).state).toBe("offered");
  });
});

test("an owner's export has their links, and what was agreed through them", async () => {
  const { owner, link } = await agreed();
  const { body } = await api.get(path(owner, "/export"), owner.token);
  const lines = (body as string)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ type }) => type === "link")).toMatchObject([{ link: { id: link.id, accepted: ERIKA } }]);
  expect(lines.filter(({ type }) => type === "agreement")).toMatchObject([
    { unverified: true, company: ERIKA.company },
  ]);
  expect(body).not.toContain("token");
});
