// Notes: what an owner writes is theirs and private until they send it; every wording is kept, and found again.

import { describe, expect, test } from "vitest";
import { KINDS, WANTS } from "../../src/domain/note.ts";
import { agree, claim, join, write } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { channelWith, feedTypes, inside, pass, path, rest, startTwin, stillClock, tenureOf } from "./world.ts";

stillClock();

const outgoing = (owner: { twin: string }) =>
  inside(tenureOf(owner), ({ storage }) =>
    [...storage.sql.exec<{ type: string }>("SELECT type FROM outgoing ORDER BY seq")].map(({ type }) => type),
  );

describe("a note", () => {
  test("of every kind and every want is kept as it was written, and nothing of it goes out", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const before = await outgoing(owner);
    for (const kind of KINDS) {
      for (const wants of WANTS) {
        const note = await write(api, owner, `${kind} ${wants}`, { kind, wants });
        expect(note).toMatchObject({
          kind,
          wants,
          text: `${kind} ${wants}`,
          title: null,
          sent: false,
          sentAt: null,
          serial: null,
          onRecord: false,
          revision: 1,
          relay: { state: "private", reason: null },
          thread: { state: "open", outcome: null, closesAt: null, verdict: null },
        });
      }
    }
    await rest(tenureOf(owner));
    expect(await outgoing(owner)).toEqual(before);
    expect((await api.get(path(owner), owner.token)).body.counts).toEqual({
      notes: KINDS.length * WANTS.length,
      sent: 0,
    });
  });

  test("keeps its title, the day it is about, and that it is meant for the record", async () => {
    const owner = await startTwin();
    const note = await write(api, owner, "New gasket.", {
      kind: "maintenance",
      title: "Gasket",
      occurredAt: "2026-03-01T10:00:00+02:00",
      onRecord: true,
    });
    const read = await api.get(path(owner, `/notes/${note.id}`), owner.token);
    expect(read.body).toMatchObject({
      title: "Gasket",
      occurredAt: "2026-03-01T08:00:00.000Z",
      onRecord: true,
      createdAt: new Date().toISOString(),
    });
  });

  test("shows its serial to the company only when the owner put one in, and says so when there is none to put in", async () => {
    const labelled = await claim(api, await join(api, operator));
    const { serial } = (await api.get(path(labelled), labelled.token)).body.product;
    expect(await write(api, labelled, "x", { serial: true })).toMatchObject({ serial });
    expect(await write(api, labelled, "x", { serial: "TYPED-1" })).toMatchObject({ serial: "TYPED-1" });
    expect(await write(api, labelled, "x")).toMatchObject({ serial: null });
    const own = await startTwin();
    const refused = await api.post(path(own, "/notes"), { kind: "diary", text: "x", serial: true }, own.token);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "serial" }] } });
  });

  test("is written once when its request is repeated with its key, and the key is its channel's own", async () => {
    const owner = await startTwin();
    const helper = await channelWith(owner, ["notes:write", "notes:own"]);
    const headers = { "Idempotency-Key": "1" };
    const body = { kind: "diary", text: "Once." };
    const first = await api.post(path(owner, "/notes"), body, owner.token, headers);
    const again = await api.post(path(owner, "/notes"), body, owner.token, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect([first, again].map(({ headers: h }) => h.get("Idempotency-Replayed"))).toEqual([null, "true"]);
    expect((await api.post(path(owner, "/notes"), { ...body, text: "Twice." }, owner.token, headers)).status).toBe(409);
    expect((await api.post(path(helper, "/notes"), { ...body, text: "Mine." }, helper.token, headers)).body.text).toBe(
      "Mine.",
    );
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toHaveLength(2);
  });

  test("is sent later by its owner's word, to the product's own company", async () => {
    const maker = await join(api, operator);
    const owner = await claim(api, maker);
    await agree(api, owner);
    const note = await write(api, owner, "It hums.");
    const sent = await api.patch(path(owner, `/notes/${note.id}`), { send: true }, owner.token);
    expect(sent.body).toMatchObject({ sent: true, sentAt: new Date().toISOString(), relay: { state: "queued" } });
    await rest(tenureOf(owner));
    expect((await api.get(path(owner, `/notes/${note.id}`), owner.token)).body.relay).toEqual({
      state: "delivered",
      reason: null,
    });
    expect((await outgoing(owner)).at(-1)).toBe("note.sent");
    expect((await api.patch(path(owner, `/notes/${note.id}`), { send: true }, owner.token)).body.relay.state).toBe(
      "delivered",
    );
    expect((await outgoing(owner)).filter((type) => type === "note.sent")).toHaveLength(1);
  });

  test("waits, and says why, while no agreement is in force", async () => {
    const owner = await claim(api, await join(api, operator));
    const note = await write(api, owner, "It hums.", { send: true });
    expect(note).toMatchObject({ sent: true, relay: { state: "waiting", reason: "no agreement in force" } });
    expect(await outgoing(owner)).toEqual([]);
  });

  test("can't be sent when the product names no company; once it does, it can", async () => {
    const owner = await startTwin();
    const send = { kind: "idea", text: "x", send: true };
    expect(await api.post(path(owner, "/notes"), send, owner.token)).toMatchObject({
      status: 409,
      body: { code: "conflict" },
    });
    expect((await api.get(path(owner, "/notes"), owner.token)).body.items).toEqual([]);
    await api.patch(path(owner), { product: { maker: "lamo.example" } }, owner.token);
    expect((await api.post(path(owner, "/notes"), send, owner.token)).status).toBe(201);
  });

  test("that waits for one company goes to no other: only the owner's next tap sends it to the company named since", async () => {
    const [wrong, right] = [await join(api, operator), await join(api, operator)];
    const owner = await startTwin({ maker: wrong.domain });
    const note = await write(api, owner, "It hums.", { send: true });
    await api.patch(path(owner), { product: { maker: right.domain } }, owner.token);
    await agree(api, owner);
    const read = async () => (await api.get(path(owner, `/notes/${note.id}`), owner.token)).body;
    expect((await read()).relay.state).toBe("waiting");
    expect((await api.patch(path(owner, `/notes/${note.id}`), { send: true }, owner.token)).body.relay.state).toBe(
      "queued",
    );
    await rest(tenureOf(owner));
    expect((await read()).relay.state).toBe("delivered");
    expect(
      (await api.get(`/v1/makers/${right.domain}/events`, right.key)).body.items.map(({ type }: any) => type),
    ).toContain("note.sent");
  });

  test("keeps every wording it had", async () => {
    const owner = await startTwin();
    const { id } = await write(api, owner, "First.", { title: "A" });
    const firstAt = new Date().toISOString();
    pass(1000);
    const changed = await api.patch(path(owner, `/notes/${id}`), { text: "Second." }, owner.token);
    expect(changed.body).toMatchObject({
      text: "Second.",
      title: "A",
      revision: 2,
      createdAt: firstAt,
      updatedAt: new Date().toISOString(),
    });
    const secondAt = new Date().toISOString();
    pass(1000);
    await api.patch(path(owner, `/notes/${id}`), { title: null }, owner.token);
    const { body } = await api.get(path(owner, `/notes/${id}`), owner.token);
    expect(body).toMatchObject({ text: "Second.", title: null, revision: 3 });
    expect(body.revisions).toEqual([
      { revision: 1, title: "A", text: "First.", at: firstAt },
      { revision: 2, title: "A", text: "Second.", at: secondAt },
    ]);
  });

  test("that went out takes its new wording after it", async () => {
    const owner = await claim(api, await join(api, operator));
    await agree(api, owner);
    const note = await write(api, owner, "It hums.", { send: true });
    await api.patch(path(owner, `/notes/${note.id}`), { text: "It hums in B flat." }, owner.token);
    expect(await outgoing(owner)).toEqual(["agreement.accepted", "note.sent", "note.updated"]);
    const quiet = await write(api, owner, "Private.");
    await api.patch(path(owner, `/notes/${quiet.id}`), { text: "Still private." }, owner.token);
    expect(await outgoing(owner)).toHaveLength(3);
    expect(await feedTypes(owner)).toContain("note.updated");
  });

  test("that nobody wrote is not there, for any verb", async () => {
    const owner = await startTwin();
    const [other, note] = [await startTwin(), `note_${"0".repeat(26)}`];
    const theirs = (await write(api, other, "Theirs.")).id;
    for (const id of [note, theirs, "note_1", "x"]) {
      for (const answer of [
        await api.get(path(owner, `/notes/${id}`), owner.token),
        await api.patch(path(owner, `/notes/${id}`), { text: "x" }, owner.token),
        await api.delete(path(owner, `/notes/${id}`), owner.token),
        await api.get(path(owner, `/notes/${id}/messages`), owner.token),
        await api.post(path(owner, `/notes/${id}/messages`), { text: "x" }, owner.token),
      ]) {
        expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
      }
    }
  });
});

describe("the list of notes", () => {
  test("is newest first, a page at a time, every note once", async () => {
    const owner = await startTwin();
    for (let n = 1; n <= 7; n++) await write(api, owner, `${n}`);
    const texts: string[] = [];
    let cursor = "";
    for (let pages = 0; pages < 4; pages++) {
      const { body } = await api.get(path(owner, `/notes?limit=2${cursor}`), owner.token);
      texts.push(...body.items.map(({ text }: { text: string }) => text));
      if (pages < 3) cursor = `&cursor=${body.next}`;
      else expect(body.next).toBeNull();
    }
    expect(texts).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
  });

  test("is narrowed by kind and by what was sent", async () => {
    const owner = await startTwin({ maker: "lamo.example" });
    await write(api, owner, "a", { kind: "idea", send: true });
    await write(api, owner, "b", { kind: "idea" });
    await write(api, owner, "c", { kind: "praise", send: true });
    const texts = async (query: string) =>
      (await api.get(path(owner, `/notes?${query}`), owner.token)).body.items.map((n: any) => n.text);
    expect(await texts("kind=idea")).toEqual(["b", "a"]);
    expect(await texts("sent=true")).toEqual(["c", "a"]);
    expect(await texts("sent=false&kind=idea")).toEqual(["b"]);
    for (const query of ["kind=rant", "sent=yes", "limit=0", "limit=201", "cursor=x", "q="]) {
      expect((await api.get(path(owner, `/notes?${query}`), owner.token)).status, query).toBe(422);
    }
  });

  test("is searched without regard to case and accents, in title and text", async () => {
    const owner = await startTwin();
    await write(api, owner, "Der KAFFEE schmeckt nach Metall", { title: "Café crème" });
    await write(api, owner, "Šroub je povolený", { title: "ΣΊΣΥΦΟΣ 100% _x_" });
    const found = async (q: string) =>
      (await api.get(path(owner, `/notes?q=${encodeURIComponent(q)}`), owner.token)).body.items.length;
    for (const q of [
      "kaffee",
      "Kaffée",
      "cafe creme",
      "CAFÉ",
      "sroub",
      "povoleny",
      "σισυφ",
      "100%",
      "_x_",
      "cafe\u0301",
      "e",
    ]) {
      expect(await found(q), q).toBeGreaterThan(0);
    }
    for (const q of ["tea", "100_", "%", "kaffeeschmeckt"]) expect(await found(q), q).toBe(q === "%" ? 1 : 0);
  });

  test("finds what is far down, page by page", async () => {
    const owner = await startTwin();
    for (let n = 0; n < 12; n++) await write(api, owner, n % 4 === 0 ? `needle ${n}` : `straw ${n}`);
    const first = (await api.get(path(owner, "/notes?q=NEEDLE&limit=2"), owner.token)).body;
    const second = (await api.get(path(owner, `/notes?q=NEEDLE&limit=2&cursor=${first.next}`), owner.token)).body;
    expect([...first.items, ...second.items].map((n: any) => n.text)).toEqual(["needle 8", "needle 4", "needle 0"]);
    expect(second.next).toBeNull();
  });
});
