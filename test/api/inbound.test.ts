// The inbound door, from outside and in the order it checks: method, size, headers, skew, signature, JSON, schema, right.

import { env } from "cloudflare:workers";
import { createExecutionContext, evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { app } from "../../src/api/app.ts";
import { Maker } from "../../src/maker/maker.ts";
import {
  ask,
  joinedMaker,
  knock,
  proffer,
  sentNote,
  someSecret,
  twinOf,
  type TestMaker,
  type TestTwin,
} from "../support/maker-world.ts";

const SKEW_S = 300;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

let maker: TestMaker;
let twin: TestTwin;
let note: any;

const reply = (text = "Descale it.", more: object = {}) => ({
  type: "message.reply",
  timestamp: new Date().toISOString(),
  data: { twin: twin.twin, note: note.id, text, ...more },
});
const messages = async (): Promise<any[]> =>
  (await ask("GET", `${twin.path}/notes/${note.id}`, { token: twin.token })).body.messages;

beforeAll(async () => {
  maker = await joinedMaker({ "SD-BASE-DP": "accept" });
  twin = await twinOf(maker.domain);
  await proffer(twin);
  note = await sentNote(twin);
});

describe("a reply", () => {
  it("reaches its thread and answers 200 with what came of it", async () => {
    const { status, body } = await knock(
      maker,
      reply("Descale it.", { type: "advice", outcome: "answered", author: { name: "Ida" } }),
    );
    expect(status).toBe(200);
    expect(body).toEqual({ status: "accepted", id: expect.stringMatching(/^msg_/) });
    const posted = (await messages()).find((message) => message.id === body.id);
    expect(posted).toMatchObject({
      from: "maker",
      text: "Descale it.",
      type: "advice",
      outcome: "answered",
      author: { name: "Ida" },
    });
  });

  it("needs an agreement in force with this very maker", async () => {
    const stranger = await joinedMaker({ "SD-BASE": "accept" });
    const { status, body } = await knock(stranger, reply());
    expect(status).toBe(409);
    expect(body.code).toBe("agreement-required");
  });

  it("may be sent again once what stood in its way is mended: a refused id is not used up", async () => {
    const id = `mended-${crypto.randomUUID()}`;
    expect((await knock(maker, reply("", {}), { id })).status).toBe(422);
    expect((await knock(maker, reply("Where?", { note: "note_00000000000000000000000000" }), { id })).status).toBe(404);
    expect((await knock(maker, reply("Now with words."), { id })).status).toBe(200);
  });
});

describe("a webhook that comes again", () => {
  it("gets the first answer for the same body, writes one message, and gets 409 for another body", async () => {
    const id = `again-${crypto.randomUUID()}`;
    const body = reply("Only once.");
    const first = await knock(maker, body, { id });
    const again = await Promise.all([knock(maker, body, { id }), knock(maker, body, { id, at: nowSeconds() - 60 })]);
    for (const answer of again) expect([answer.status, answer.text]).toEqual([200, first.text]);
    expect((await messages()).filter((message) => message.text === "Only once.")).toHaveLength(1);
    const other = await knock(maker, reply("Twice?"), { id });
    expect([other.status, other.body.code]).toEqual([409, "conflict"]);
  });

  it("writes one message when two come at once", async () => {
    const id = `race-${crypto.randomUUID()}`;
    const body = reply("At once.");
    const answers = await Promise.all([
      knock(maker, body, { id }),
      knock(maker, body, { id }),
      knock(maker, body, { id }),
    ]);
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect((await messages()).filter((message) => message.text === "At once.")).toHaveLength(1);
  });

  it("is known after the object went away, also where its first taking-in was cut off", async () => {
    const id = `cut-${crypto.randomUUID()}`;
    const body = reply("Cut off.");
    const first = await knock(maker, body, { id });
    const stub = env.MAKER.getByName(maker.domain);
    // What a crash between the message and its answer leaves.
    await runInDurableObject(stub, (_: Maker, state) => {
      state.storage.sql.exec("UPDATE inbound_message SET answer = NULL WHERE webhook_id = ?", id);
    });
    await evictDurableObject(stub);
    const again = await knock(maker, body, { id });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await messages()).filter((message) => message.text === "Cut off.")).toHaveLength(1);
  });
});

describe("the checks before the signature", () => {
  it("refuse any method but POST, and say so", async () => {
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const { status, headers } = await ask(method, `${maker.path}/inbound`);
      expect([method, status, headers.get("Allow")]).toEqual([method, 405, "POST"]);
    }
  });

  it("refuse a body over 256 KiB, also one that does not say its length", async () => {
    const big = new Uint8Array(256 * 1024 + 1).fill(32);
    expect((await ask("POST", `${maker.path}/inbound`, { raw: big })).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 5; i++) controller.enqueue(new Uint8Array(64 * 1024));
        controller.close();
      },
    });
    expect((await ask("POST", `${maker.path}/inbound`, { raw: stream })).status).toBe(413);
  });

  it("refuse headers that are missing or can't be read", async () => {
    for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
      for (const value of ["", "\t", "x".repeat(5_000)]) {
        const { status } = await knock(maker, reply(), { headers: { [name]: value } });
        expect([name, value.length, status]).toEqual([name, value.length, 401]);
      }
    }
  });

  it("refuse a clock more than 300 s away, and take one that is within", async () => {
    for (const away of [-SKEW_S - 5, SKEW_S + 5]) {
      const { status, body } = await knock(maker, reply(), { at: nowSeconds() + away });
      expect([away, status, body.code]).toEqual([away, 401, "bad-signature"]);
    }
    for (const away of [-SKEW_S + 10, SKEW_S - 10]) {
      expect((await knock(maker, reply(`${away}`), { at: nowSeconds() + away })).status).toBe(200);
    }
  });
});

describe("the signature", () => {
  it("must be the maker's own: another maker's, a stranger's and none get the same 401 as a maker nobody registered", async () => {
    const other = await joinedMaker();
    const answers = [
      await knock(maker, reply(), { secret: other.inboundSecret }),
      await knock(maker, reply(), { secret: someSecret() }),
      await knock(maker, reply(), { headers: { "webhook-signature": `v1,${"A".repeat(43)}=` } }),
      await knock({ ...maker, path: "/v1/makers/nobody-here.example" }, reply()),
      await knock({ ...maker, path: "/v1/makers/%00" }, reply()),
    ];
    for (const { status, text } of answers) expect([status, text]).toEqual([401, answers[0]!.text]);
  });

  it("is over the raw bytes: a changed space is refused", async () => {
    const body = JSON.stringify(reply());
    const { status } = await ask("POST", `${maker.path}/inbound`, {
      raw: `${body} `,
      headers: { ...(await headersOf(body)), "Content-Type": "application/json" },
    });
    expect(status).toBe(401);
  });

  it("comes before the JSON and the schema: without it nothing is said about the body", async () => {
    expect((await knock(maker, "{", { secret: someSecret() })).status).toBe(401);
    expect((await knock(maker, "{")).status).toBe(400);
    expect((await knock(maker, new Uint8Array([0xff]).toString())).status).toBeLessThan(500);
  });

  it("holds with either secret while a rotation overlaps, and with the new one only after an emergency", async () => {
    const rotating = await joinedMaker();
    const unknownType = { type: "record.entry", data: {} };
    const isSigned = async (secret: string) => (await knock(rotating, unknownType, { secret })).status === 422;
    const overlapping = await ask("POST", `${rotating.path}/inbound-secret/rotate`, { token: rotating.key });
    expect(overlapping.status).toBe(200);
    expect(Date.parse(overlapping.body.previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect([await isSigned(rotating.inboundSecret), await isSigned(overlapping.body.inboundSecret)]).toEqual([
      true,
      true,
    ]);
    const emergency = await ask("POST", `${rotating.path}/inbound-secret/rotate`, {
      token: rotating.key,
      body: { overlapHours: 0 },
    });
    expect([await isSigned(rotating.inboundSecret), await isSigned(overlapping.body.inboundSecret)]).toEqual([
      false,
      false,
    ]);
    expect(await isSigned(emergency.body.inboundSecret)).toBe(true);
  });
});

describe("an address that gets signatures wrong", () => {
  const from = async (address: string, secret: string, to = maker): Promise<Response> => {
    const body = JSON.stringify(reply());
    const request = new Request(`https://twins.example${to.path}/inbound`, {
      method: "POST",
      body,
      headers: {
        ...(await headersOf(body, secret)),
        "Content-Type": "application/json",
        "CF-Connecting-IP": address,
      },
    });
    return app.fetch(request, { ...env, LIMIT_INBOUND: "50" }, createExecutionContext());
  };

  it("is heard no more after sixty in a minute, whoever they were for, and never reaches the maker's object; another is", async () => {
    const nobody = { ...maker, path: "/v1/makers/nobody-here.example" };
    for (let n = 0; n < 60; n++) {
      expect((await from("198.51.100.1", someSecret(), n % 2 ? nobody : maker)).status).toBe(401);
    }
    const receive = vi.spyOn(Maker.prototype, "receive");
    const refused = await from("198.51.100.1", maker.inboundSecret);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(receive).not.toHaveBeenCalled();
    receive.mockRestore();
    expect((await from("198.51.100.2", maker.inboundSecret)).status).toBe(200);
  });

  it("is what counts, not what a maker's own signature brings", async () => {
    for (let n = 0; n < 61; n++) expect((await from("198.51.100.3", maker.inboundSecret)).status).toBe(200);
  });
});

describe("the schema", () => {
  it("names every fault", async () => {
    const { status, body } = await knock(maker, {
      type: "message.reply",
      data: { twin: twin.twin, note: "note", text: 1, outcome: "won" },
    });
    expect(status).toBe(422);
    expect(body.errors.map((fault: any) => fault.path).toSorted()).toEqual(["data.note", "data.outcome", "data.text"]);
  });

  it("does not know a type that comes later", async () => {
    for (const type of ["record.gone", "nonsense", undefined]) {
      const { status, body } = await knock(maker, { type, data: {} });
      expect([type, status]).toEqual([type, 422]);
      expect(body.detail).toContain("message.reply, agreement.decision, record.entry and record.count");
    }
  });
});

describe("an invented twin", () => {
  it("is refused without an object being made for it", async () => {
    const before = (await listDurableObjectIds(env.TENURE)).length;
    const wrong = `${twin.twin.slice(0, -1)}${twin.twin.endsWith("0") ? "1" : "0"}`;
    const { status, body } = await knock(maker, reply("Hello?", { twin: wrong }));
    expect([status, body.code]).toEqual([404, "not-found"]);
    expect((await listDurableObjectIds(env.TENURE)).length).toBe(before);
  });
});

describe("a decision", () => {
  it("by webhook decides a held proffer, once", async () => {
    const holding = await joinedMaker({ "SD-BASE-DP": "hold" });
    const owner = await twinOf(holding.domain);
    const held = await proffer(owner);
    expect(held.state).toBe("held");
    const decision = {
      type: "agreement.decision",
      data: { twin: owner.twin, agreement: held.id, decision: "accepted" },
    };
    const stranger = await joinedMaker();
    expect((await knock(stranger, decision)).status).toBe(404);
    const other = await twinOf(holding.domain);
    expect((await knock(holding, { ...decision, data: { ...decision.data, twin: other.twin } })).status).toBe(404);

    const id = `decide-${crypto.randomUUID()}`;
    const first = await knock(holding, decision, { id });
    expect([first.status, first.body]).toEqual([200, { status: "accepted", id: held.id }]);
    const stub = env.MAKER.getByName(holding.domain);
    await runInDurableObject(stub, (_: Maker, state) => {
      state.storage.sql.exec("UPDATE inbound_message SET answer = NULL WHERE webhook_id = ?", id);
    });
    expect((await knock(holding, decision, { id })).body).toEqual(first.body);
    expect((await knock(holding, decision)).status).toBe(409);
    const { body } = await ask("GET", `${owner.path}/agreements/${held.id}`, { token: owner.token });
    expect([body.state, body.decision.decidedBy]).toEqual(["accepted", "human"]);
  });
});

async function headersOf(body: string, signedWith = maker.inboundSecret): Promise<Record<string, string>> {
  const { signWebhook, parseSecret } = await import("../../src/relay/sign.ts");
  const secret = parseSecret(signedWith);
  if (!secret.ok) throw new Error(secret.error);
  return signWebhook({
    id: crypto.randomUUID(),
    timestampSeconds: nowSeconds(),
    body,
    keys: [{ secret: secret.value, seed: crypto.getRandomValues(new Uint8Array(32)) }],
  });
}
