// The maker's copies of agreements: decided by people, ended, listed, and kept in step with the owner's side whatever crashes.

import { env } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { AgreementCopy } from "../../src/domain/exchange.ts";
import { writeEvent } from "../../src/domain/terms/chain.ts";
import { signBody } from "../../src/domain/terms/seal.ts";
import type { Maker } from "../../src/maker/maker.ts";
import { agentOf } from "../../src/tenure/agent.ts";
import type { Tenure } from "../../src/tenure/tenure.ts";
import { ask, joinedMaker, keyOf, proffer, twinOf, type TestMaker, type TestTwin } from "../support/maker-world.ts";
import { stillClock } from "../tenure/world.ts";

const stubOf = (maker: TestMaker) => env.MAKER.getByName(maker.domain);
const decide = (maker: TestMaker, id: string, body: object, token = maker.key) =>
  ask("POST", `${maker.path}/agreements/${id}/decision`, { token, body });
const terminate = (maker: TestMaker, id: string, reason: string) =>
  ask("POST", `${maker.path}/agreements/${id}/terminate`, { token: maker.key, body: { reason } });
const ownersView = async (twin: TestTwin, id: string) =>
  (await ask("GET", `${twin.path}/agreements/${id}`, { token: twin.token })).body;
const makersView = async (maker: TestMaker, id: string) =>
  (await ask("GET", `${maker.path}/agreements/${id}`, { token: maker.key })).body;

/** The maker's copy as it is kept. */
const copyAt = (maker: TestMaker, id: string): Promise<AgreementCopy> =>
  runInDurableObject(
    stubOf(maker),
    (_: Maker, state) =>
      JSON.parse(
        state.storage.sql.exec<{ copy: string }>("SELECT copy FROM agreement WHERE id = ?", id).one().copy,
      ) as AgreementCopy,
  );

async function bothRecords(maker: TestMaker, twin: TestTwin, id: string): Promise<[string, string]> {
  const own = await ask("GET", `${twin.path}/agreements/${id}/record`, { token: twin.token });
  const theirs = await ask("GET", `${maker.path}/agreements/${id}/record`, { token: maker.key });
  return [own.text, theirs.text];
}

async function heldProffer(): Promise<{ maker: TestMaker; twin: TestTwin; id: string }> {
  const maker = await joinedMaker({ "SD-BASE-DP": "hold", "SD-BASE": "hold" });
  const twin = await twinOf(maker.domain);
  const { id, state } = await proffer(twin, "SD-BASE-DP", ["SD-BASE"]);
  expect(state).toBe("held");
  return { maker, twin, id };
}

describe("a held proffer", () => {
  // The owner's side mends what a crash left when the test rings it, and no sooner.
  stillClock();

  it("is accepted by a person: both sides hold the same bytes, and the policy did not do it", async () => {
    const { maker, twin, id } = await heldProffer();
    expect((await makersView(maker, id)).state).toBe("held");
    const agent = await keyOf(maker, "agent");
    const { status, body } = await decide(
      maker,
      id,
      { decision: "accepted", chosen: "SD-BASE", reason: "Gladly." },
      agent.key,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: "accepted",
      terms: "SD-BASE",
      twin: twin.twin,
      decision: { decision: "accepted", chosen: "SD-BASE", reason: "Gladly.", decidedBy: "human" },
    });
    expect(await ownersView(twin, id)).toMatchObject({
      state: "accepted",
      terms: "SD-BASE",
      recordDigest: body.recordDigest,
    });
    const [own, theirs] = await bothRecords(maker, twin, id);
    expect(theirs).toBe(own);
  });

  it("is accepted with the code the owner prefers when none is named", async () => {
    const { maker, id } = await heldProffer();
    expect((await decide(maker, id, { decision: "accepted" })).body.terms).toBe("SD-BASE-DP");
  });

  it("is refused, or countered with one code that was not proffered", async () => {
    const refused = await heldProffer();
    expect((await decide(refused.maker, refused.id, { decision: "refused", reason: "No." })).body.state).toBe(
      "refused",
    );
    const countered = await heldProffer();
    expect((await decide(countered.maker, countered.id, { decision: "countered" })).status).toBe(422);
    expect((await decide(countered.maker, countered.id, { decision: "countered", chosen: "SD-BASE" })).status).toBe(
      422,
    );
    expect((await decide(countered.maker, countered.id, { decision: "countered", chosen: "PDC-AI" })).status).toBe(422);
    const { body } = await decide(countered.maker, countered.id, { decision: "countered", chosen: "SD-BASE-A" });
    expect(body.state).toBe("countered");
    const { path, token } = countered.twin;
    await ask("POST", `${path}/agreements/${countered.id}/confirm`, { token, body: { decision: "accepted" } });
    expect(await makersView(countered.maker, countered.id)).toMatchObject({ state: "accepted", terms: "SD-BASE-A" });
    const [own, theirs] = await bothRecords(countered.maker, countered.twin, countered.id);
    expect(theirs).toBe(own);
  });

  it("is decided once; two at once have one winner", async () => {
    const { maker, twin, id } = await heldProffer();
    const answers = await Promise.all([
      decide(maker, id, { decision: "accepted" }),
      decide(maker, id, { decision: "refused" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)!.body.state;
    expect([(await ownersView(twin, id)).state, (await makersView(maker, id)).state]).toEqual([winner, winner]);
  });

  it("can't be decided after the owner took it back", async () => {
    const { maker, twin, id } = await heldProffer();
    await ask("POST", `${twin.path}/agreements/${id}/rescind`, { token: twin.token });
    const { status, body } = await decide(maker, id, { decision: "accepted" });
    expect([status, body.code]).toEqual([409, "agreement-state"]);
    const view = await makersView(maker, id);
    expect(view.state).toBe("rescinded");
    expect(view.events[0].ack.key).toContain(maker.domain);
  });

  it("that a crash cut off after the owner's side had committed is mended by the owner's side", async () => {
    const { maker, twin, id } = await heldProffer();
    const before = await runInDurableObject(stubOf(maker), (_: Maker, state) => [
      ...state.storage.sql.exec<Record<string, SqlStorageValue>>("SELECT * FROM agreement WHERE id = ?", id),
    ]);
    await decide(maker, id, { decision: "accepted" });
    // As if this object had died before it kept the referee's answer.
    await runInDurableObject(stubOf(maker), (_: Maker, state) => {
      const { version, state: kept, copy, lapses_at } = before[0]!;
      state.storage.sql.exec(
        "UPDATE agreement SET version = ?, state = ?, copy = ?, lapses_at = ? WHERE id = ?",
        version!,
        kept!,
        copy!,
        lapses_at!,
        id,
      );
    });
    await evictDurableObject(stubOf(maker));
    expect((await makersView(maker, id)).state).toBe("held");
    await runDurableObjectAlarm(env.TENURE.getByName(twin.twin));
    expect((await makersView(maker, id)).state).toBe("accepted");
    const [own, theirs] = await bothRecords(maker, twin, id);
    expect(theirs).toBe(own);
  });
});

describe("ending an agreement", () => {
  it("takes a reason, is the maker's signed event, and both sides then know what must be done", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const twin = await twinOf(maker.domain);
    const { id } = await proffer(twin);
    expect((await ask("POST", `${maker.path}/agreements/${id}/terminate`, { token: maker.key, body: {} })).status).toBe(
      422,
    );
    const { status, body } = await terminate(maker, id, "We close.");
    expect(status).toBe(200);
    expect(body.state).toBe("terminated");
    expect(body.events[0].body).toMatchObject({
      kind: "terminated",
      by: "second",
      reason: "We close.",
      obligations: [
        { duty: "hand-over", what: "copy-of-what-it-holds" },
        { duty: "delete", what: "notes-and-threads" },
      ],
    });
    expect(body.events[0].ack.key).toMatch(/^did:key:/);
    expect((await ownersView(twin, id)).events).toEqual(body.events);
    expect((await terminate(maker, id, "Again.")).status).toBe(409);
  });

  it("by the owner is acknowledged by the maker's agent, on both sides alike", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const twin = await twinOf(maker.domain);
    const { id } = await proffer(twin);
    await ask("POST", `${twin.path}/agreements/${id}/terminate`, { token: twin.token });
    const [own, theirs] = [await ownersView(twin, id), await makersView(maker, id)];
    expect(theirs.state).toBe("terminated");
    expect(theirs.events[0].ack).toMatchObject({ key: `did:web:twins.example:v1:makers:${maker.domain}#agent` });
    expect(theirs.events).toEqual(own.events);
  });
});

describe("the list", () => {
  it("is newest first, in pages, and by state", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept", "SD-BASE": "hold" });
    const accepted = [];
    for (let n = 0; n < 3; n++) accepted.push((await proffer(await twinOf(maker.domain))).id);
    const held = (await proffer(await twinOf(maker.domain), "SD-BASE")).id;
    const list = async (query = "") =>
      (await ask("GET", `${maker.path}/agreements${query}`, { token: maker.key })).body;
    expect((await list()).items.map((item: any) => item.id)).toEqual([held, ...accepted.toReversed()]);
    expect((await list("?state=held")).items.map((item: any) => item.id)).toEqual([held]);
    expect((await list("?state=lapsed")).items).toEqual([]);
    const first = await list("?state=accepted&limit=2");
    const second = await list(`?state=accepted&limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((item: any) => item.id)).toEqual(accepted.toReversed());
    expect(second.next).toBe(null);
    expect((await ask("GET", `${maker.path}/agreements?state=nonsense`, { token: maker.key })).status).toBe(422);
    expect((await ask("GET", `${maker.path}/agreements?cursor=nonsense`, { token: maker.key })).status).toBe(422);
  });

  it("shows a proffer whose time has passed as lapsed, without anybody touching it", async () => {
    const { maker, id } = await heldProffer();
    await runInDurableObject(stubOf(maker), (_: Maker, state) => {
      const { copy } = state.storage.sql.exec<{ copy: string }>("SELECT copy FROM agreement WHERE id = ?", id).one();
      const past = { ...(JSON.parse(copy) as AgreementCopy), decideBy: 1 };
      state.storage.sql.exec("UPDATE agreement SET copy = ?, lapses_at = 1 WHERE id = ?", JSON.stringify(past), id);
    });
    const list = async (state: string) =>
      (await ask("GET", `${maker.path}/agreements?state=${state}`, { token: maker.key })).body.items;
    expect((await list("lapsed")).map((item: any) => [item.id, item.state])).toEqual([[id, "lapsed"]]);
    expect(await list("held")).toEqual([]);
    expect((await decide(maker, id, { decision: "accepted" })).status).toBe(409);
  });
});

describe("the record", () => {
  it("is canonical bytes under their digest, and 304 for whoever has it", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const { id, recordDigest } = await proffer(await twinOf(maker.domain));
    const path = `${maker.path}/agreements/${id}/record`;
    const { text, headers } = await ask("GET", path, { token: maker.key });
    expect(headers.get("Content-Type")).toBe("application/json");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
    expect([digest, headers.get("ETag")]).toEqual([recordDigest, `"${recordDigest}"`]);
    const known = await ask("GET", path, { token: maker.key, headers: { "If-None-Match": `"${digest}"` } });
    expect([known.status, known.text]).toEqual([304, ""]);
    expect((await ask("GET", path, { token: maker.key, headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  });
});

describe("a copy from an owner's side", () => {
  it("is kept only if its signatures hold and it contradicts nothing that is kept", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const [twin, other] = [await twinOf(maker.domain), await twinOf(maker.domain)];
    const { id } = await proffer(twin);
    const { id: otherId } = await proffer(other);
    const [copy, foreign] = [await copyAt(maker, id), await copyAt(maker, otherId)];
    const stub = stubOf(maker);
    const version = copy.version + 1;
    const { proffer: proffered, decision } = copy.record;
    const forged: AgreementCopy[] = [
      {
        ...copy,
        version,
        record: {
          ...copy.record,
          proffer: { ...proffered, body: { ...proffered.body, createdAt: "2020-01-01T00:00:00.000Z" } },
        },
      },
      {
        ...copy,
        version,
        record: {
          ...copy.record,
          decision: { ...decision!, body: { ...decision!.body, decision: "refused", chosen: null } },
        },
      },
      { ...copy, version, record: foreign.record },
      { ...copy, version, maker: "other.example" },
      { ...copy, version, twin: foreign.twin },
    ];
    for (const wrong of forged) expect((await stub.syncAgreement(wrong)).ok).toBe(false);
    // Without the decision nothing is contradicted, but nothing is unlearnt either.
    const shorter = await stub.syncAgreement({
      ...copy,
      version: copy.version - 1,
      record: { schema: copy.record.schema, proffer: proffered },
    });
    expect(shorter).toMatchObject({ ok: true, value: { version: copy.version } });
    expect(await stub.syncAgreement(copy)).toMatchObject({ ok: true, value: { version: copy.version } });
    expect((await makersView(maker, id)).state).toBe("accepted");
  });

  it("that was signed anew against what is kept is refused: an ending can't be exchanged for another", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const twin = await twinOf(maker.domain);
    const { id } = await proffer(twin);
    await ask("POST", `${twin.path}/agreements/${id}/terminate`, { token: twin.token, body: { reason: "First." } });
    const kept = await copyAt(maker, id);
    const other = await runInDurableObject(env.TENURE.getByName(twin.twin), async (_: Tenure, state) => {
      const body = await writeEvent(kept.record, [], {
        kind: "terminated",
        at: Date.now(),
        by: "first",
        reason: "Second.",
      });
      return signBody("event", body, await agentOf(state.storage));
    });
    const contradicting = await stubOf(maker).syncAgreement({ ...kept, version: kept.version + 1, events: [other] });
    expect(contradicting).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect((await makersView(maker, id)).events[0].body.reason).toBe("First.");
  });

  it("that proffers again under the same id gets the decision it got, though the policy changed", async () => {
    const maker = await joinedMaker({ "SD-BASE-DP": "accept" });
    const twin = await twinOf(maker.domain);
    const { id } = await proffer(twin);
    const copy = await copyAt(maker, id);
    await ask("PUT", `${maker.path}/policy`, { token: maker.key, body: { rules: {} } });
    const { schema, proffer: proffered, decision } = copy.record;
    const again = await stubOf(maker).receiveProffer({ ...copy, version: 1, record: { schema, proffer: proffered } });
    expect(again).toEqual({ ok: true, value: { kind: "decided", decision } });
  });
});
