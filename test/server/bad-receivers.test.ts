// Receivers as they really are: that redirect, hang, flood, ask for patience, refuse, or change their keys. The real process against
// each of them, and what its maker and its owner see.

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { checkLines } from "../support/server/line-check.ts";
import { eventually, startProduct, subscribe, type Product, type Subscription } from "../support/server/product.ts";
import {
  answer,
  bigHeader,
  flood,
  OK,
  Receiver,
  silence,
  trickle,
  type Arrival,
  type Hook,
  type Script,
} from "../support/server/receiver.ts";

/** Two processes' clocks may differ by so much. */
const CLOCK_MS = 50;

let product: Product;
beforeAll(async () => {
  product = await startProduct(0.001);
});
afterAll(() => product.end());

type Scene = { readonly maker: TestMaker; readonly owner: TestOwner };

/** A maker and an owner of one of its products who agreed, before there was any endpoint. */
async function agreed(): Promise<Scene> {
  const maker = await join(product.api, product.server.operatorKey);
  const owner = await claim(product.api, maker);
  await agree(product.api, owner);
  return { maker, owner };
}

async function send({ owner }: Scene, text: string, more: Record<string, unknown> = {}): Promise<string> {
  return (await write(product.api, owner, text, { send: true, ...more })).id as string;
}

async function sendMany(scene: Scene, count: number): Promise<string[]> {
  const notes: string[] = [];
  for (let n = 1; n <= count; n++) notes.push(await send(scene, `Number ${n}.`));
  return notes;
}

type Relay = { state: string; reason: string | null };
const relayOf = async ({ owner }: Scene, note: string): Promise<Relay> =>
  (await product.api.get(`/v1/twins/${owner.twin}/notes/${note}`, owner.token)).body.relay;
const relayBecomes = (scene: Scene, note: string, state: string): Promise<Relay> =>
  eventually(
    () => relayOf(scene, note),
    (relay) => relay.state === state,
  );

/** Behaves once, at the first note, and is well from then on. */
function once(reply: ReturnType<Script>): Script {
  let done = false;
  return ({ body }) => {
    if (done || body.type !== "note.sent") return OK;
    done = true;
    return reply;
  };
}

/** What came about notes: a probe of an endpoint that fails for long is about none. */
const aboutNotes = ({ arrivals }: Hook): Arrival[] => arrivals.filter(({ body }) => body.type === "note.sent");
const seqsOf = (arrivals: readonly Arrival[]) => arrivals.map(({ body }) => [body.data.seq, body.data.prev]);

describe.concurrent("a receiver that", () => {
  test("redirects is never followed: the other port sees no connection, the owner sees a failure, and it is tried again", async () => {
    const scene = await agreed();
    const elsewhere = await new Receiver().up();
    const trap = elsewhere.hook("trap");
    const hooks: Hook[] = [];
    let mended = false;
    for (const status of [301, 302, 303, 307, 308]) {
      const script: Script = () => (mended ? OK : answer(status, { location: trap.url }, trap.url));
      hooks.push((await subscribe(product, scene.maker, script)).hook);
    }
    const note = await send(scene, "Where does this go?");
    for (const hook of hooks) await hook.until(() => hook.arrivals.length >= 3, "three tries");
    const { state, reason } = await eventually(
      () => relayOf(scene, note),
      (relay) => relay.reason !== null,
    );
    expect(["delayed", "delivering"]).toContain(state);
    expect(reason).toMatch(/answered 30[12378]|is not answering/);
    mended = true;
    for (const hook of hooks) await hook.until(() => hook.has([note]), "the note");
    for (const hook of hooks) expect(new Set(aboutNotes(hook).map(({ id }) => id)).size).toBe(1);
    expect(elsewhere.connections).toBe(0);
    await elsewhere.down();
  });

  test("never comes to an end is given up after 15 s, one that floods is cut off, and memory stays flat", async () => {
    const scene = await agreed();
    const silent = await subscribe(product, scene.maker, () => silence);
    const slow = await subscribe(product, scene.maker, () => trickle(1_000));
    const endless = await subscribe(product, scene.maker, () => flood(Number.POSITIVE_INFINITY));
    const huge = await subscribe(product, scene.maker, () => flood(100_000_000));
    const well = await subscribe(product, scene.maker);
    const rssBefore = rssOf(product.server.workerdPid);
    let rssMost = rssBefore;
    const watch = setInterval(() => {
      rssMost = Math.max(rssMost, rssOf(product.server.workerdPid));
    }, 50);
    const notes = await sendMany(scene, 10);
    await well.hook.until(() => well.hook.has(notes), "all notes");
    for (const { hook } of [silent, slow]) {
      await hook.until(() => (hook.arrivals[0]?.endedAt ?? null) !== null, "an end of the attempt", 60_000);
      const tookMs = hook.arrivals[0]!.endedAt! - hook.arrivals[0]!.at;
      expect(tookMs).toBeGreaterThan(14_000);
      expect(tookMs).toBeLessThan(30_000);
    }
    // 16 KiB of a 200 is all that is wanted of it.
    for (const { hook } of [endless, huge]) {
      await hook.until(() => hook.has(notes) && hook.arrivals.every(({ endedAt }) => endedAt !== null), "all notes");
      for (const { at, endedAt, sentBytes } of hook.arrivals) {
        expect(endedAt! - at).toBeLessThan(14_000);
        expect(sentBytes).toBeLessThan(20_000_000);
      }
    }
    clearInterval(watch);
    expect(rssMost - rssBefore).toBeLessThan(300);
  });

  test("answers under a header of 1 MB has failed at once, and is asked again", async () => {
    const scene = await agreed();
    const { hook } = await subscribe(product, scene.maker, once(bigHeader(1_000_000)));
    const note = await send(scene, "A heading.");
    await hook.until(() => hook.has([note]), "the note");
    const [first, second] = aboutNotes(hook);
    expect(second!.id).toBe(first!.id);
    expect(second!.at - first!.at).toBeLessThan(14_000);
  });

  test("asks for patience gets it, in seconds and in each form of a date; what can't be read is passed over", async () => {
    const scene = await agreed();
    const at = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 4_000);
    const [, day, month, year, time] = /, (\d\d) (\w+) (\d+) (.+) GMT/.exec(at.toUTCString())!;
    const longDay = at.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" });
    const dates = [
      at.toUTCString(),
      `${longDay}, ${day}-${month}-${year!.slice(2)} ${time} GMT`,
      `${longDay.slice(0, 3)} ${month} ${day!.replace(/^0/, " ")} ${time} ${year}`,
    ];
    const subscribed: [string, Hook][] = [];
    for (const value of ["2", ...dates, "soon", "60.5", "-3"]) {
      subscribed.push([
        value,
        (await subscribe(product, scene.maker, once(answer(503, { "retry-after": value })))).hook,
      ]);
    }
    const note = await send(scene, "Take your time.");
    for (const [value, hook] of subscribed) {
      await hook.until(() => hook.has([note]), `the note after Retry-After: ${value}`);
      const [first, second] = aboutNotes(hook);
      const waitedMs = second!.at - first!.at;
      if (value === "2") expect(waitedMs).toBeGreaterThanOrEqual(2_000 - CLOCK_MS);
      else if (dates.includes(value)) expect(second!.at).toBeGreaterThanOrEqual(at.getTime() - CLOCK_MS);
      else expect(waitedMs).toBeLessThan(8_000);
      expect(waitedMs).toBeLessThan(60_000);
    }
  });

  test("answers 410 is left alone until its maker enables it again, and then gets all it missed", async () => {
    const scene = await agreed();
    const { hook, path } = await subscribe(product, scene.maker, once(answer(410)));
    const notes = [await send(scene, "Number 1.")];
    await hook.until(() => hook.arrivals.length === 1, "the first try");
    const health = async () => (await product.api.get(path, scene.maker.key)).body.health;
    const { reason, parked } = await eventually(health, ({ state }) => state === "disabled");
    expect({ reason, parked }).toEqual({ reason: "gone", parked: 1 });
    notes.push(...(await sendMany(scene, 3)));
    for (const note of notes) {
      const relay = await relayBecomes(scene, note, "delayed");
      expect(relay.reason).toBe("the company's endpoint is disabled");
    }
    expect(hook.arrivals).toHaveLength(1);
    expect((await product.api.patch(path, { enabled: true }, scene.maker.key)).status).toBe(200);
    await hook.until(() => hook.has(notes), "all notes");
    expect(checkLines(hook.arrivals, notes)).toEqual({ lost: [], orderBreaks: [] });
    for (const note of notes) await relayBecomes(scene, note, "delivered");
  });

  test("can't digest one note gets it three times, then its gap, and the ten behind it arrive", async () => {
    const scene = await agreed();
    const { hook } = await subscribe(product, scene.maker, ({ body }) =>
      body.data.note?.text === "Poison." ? answer(400) : OK,
    );
    const before = await send(scene, "Before.");
    const poison = await send(scene, "Poison.");
    const behind = await sendMany(scene, 10);
    await hook.until(() => hook.has(behind), "the ten");
    expect(aboutNotes(hook).filter(({ body }) => body.data.note!.id === poison)).toHaveLength(3);
    const seq = aboutNotes(hook).find(({ body }) => body.data.note!.id === poison)!.body.data.seq!;
    const told = hook.taken.map(({ body: { type, data } }) =>
      type === "thread.gap" ? `gap ${data.from}-${data.to}` : data.note!.id,
    );
    expect(told).toEqual([before, `gap ${seq}-${seq}`, ...behind]);
    expect(seqsOf(hook.taken.slice(-10))).toEqual(behind.map((_, n) => [seq + 1 + n, seq + n]));
    expect((await relayBecomes(scene, poison, "failed")).reason).toMatch(/answered 400/);
    await relayBecomes(scene, behind.at(-1)!, "delivered");
  });

  test("is given new keys under load refuses nothing in the overlap; after an emergency the old key never signs again", async () => {
    const scene = await agreed();
    const scenes: Scene[] = [scene];
    for (let n = 0; n < 2; n++) {
      const owner = await claim(product.api, scene.maker);
      await agree(product.api, owner);
      scenes.push({ maker: scene.maker, owner });
    }
    const { hook, path } = await subscribe(product, scene.maker);
    const rotate = async (overlapHours?: number): Promise<string> => {
      const { status, body } = await product.api.post(
        `${path}/rotate`,
        overlapHours === undefined ? {} : { overlapHours },
        scene.maker.key,
      );
      expect(status).toBe(200);
      return body.secret as string;
    };
    const notes: string[] = [];
    const load = { isOn: true };
    const writing = scenes.map(async (one) => {
      while (load.isOn) {
        notes.push(await send(one, "Under load."));
        await sleep(100);
      }
    });
    const [first] = hook.secrets as [string];
    await hook.until(() => hook.arrivals.length >= 10, "requests before the rotation");
    const second = await rotate();
    hook.learn(first, second);
    await hook.until(() => hook.arrivals.at(-1)!.signedWith.length === 2, "a request signed with both");
    const third = await rotate();
    hook.learn(first, second, third);
    await hook.until(() => hook.arrivals.at(-1)!.signedWith.length === 3, "a request signed with all three");
    const inOverlap = hook.arrivals.length;
    await hook.until(() => hook.arrivals.length >= inOverlap + 30, "more of them");
    expect(hook.refused).toBe(0);

    const last = await rotate(0);
    hook.learn(last);
    const atEmergency = hook.arrivals.length;
    await hook.until(
      () => hook.arrivals.length >= atEmergency + 30 && hook.arrivals.at(-1)!.taken,
      "requests after the emergency",
    );
    load.isOn = false;
    await Promise.all(writing);
    await hook.until(() => hook.has(notes), `${notes.length} notes`);
    expect(checkLines(hook.arrivals, notes)).toEqual({ lost: [], orderBreaks: [] });

    hook.learn(first, second, third, last);
    const after = hook.arrivals.length;
    const lastNotes = await Promise.all(scenes.map((one) => send(one, "The last.")));
    await hook.until(() => hook.has(lastNotes), "the last notes");
    for (const { signedWith, headers } of hook.arrivals.slice(after)) {
      expect(signedWith).toEqual([last]);
      expect(headers["webhook-signature"]).toMatch(/^v1,\S+ v1a,\S+$/);
    }
  });
});

describe.concurrent("an endpoint", () => {
  test("can be tried out: its maker hears how it went, and no line is touched", async () => {
    const scene = await agreed();
    let reply = OK;
    const { hook, path, id } = await subscribe(product, scene.maker, () => reply);
    const tryOut = async () => (await product.api.post(`${path}/test`, undefined, scene.maker.key)).body;
    expect(await tryOut()).toMatchObject({ ok: true, status: 200 });
    expect(hook.arrivals[0]!.body).toMatchObject({ type: "endpoint.test", data: { endpoint: id } });
    expect(hook.arrivals[0]!.body.data).not.toHaveProperty("seq");
    reply = answer(500);
    expect(await tryOut()).toMatchObject({ ok: false, status: 500, detail: "Your server answered 500." });
    reply = OK;
    const note = await send(scene, "For real.");
    await hook.until(() => hook.has([note]), "the note");
    expect(hook.arrivals.at(-1)!.body.data.prev).toBeNull();
    expect(hook.refused).toBe(0);
  });

  test("that filters gets its types with a chain of its own, one that comes late starts then, and a failing neighbour holds up neither", async () => {
    const scene = await agreed();
    const all = await subscribe(product, scene.maker);
    const failing = await subscribe(product, scene.maker, () => answer(503));
    const retractions = await subscribe(product, scene.maker, () => OK, ["note.retracted"]);
    const early = await sendMany(scene, 4);
    await all.hook.until(() => all.hook.has(early), "the first four");
    const retract = async (note: string): Promise<number> =>
      (await product.api.delete(`/v1/twins/${scene.owner.twin}/notes/${note}`, scene.owner.token)).status;
    expect(await retract(early[0]!)).toBe(204);
    const late = await subscribe(product, scene.maker);
    const more = await sendMany(scene, 2);
    expect(await retract(more[0]!)).toBe(204);
    const came = ({ hook }: Subscription, count: number) =>
      hook.until(() => hook.taken.length >= count, `${count} events`);
    await Promise.all([came(all, 8), came(retractions, 2), came(late, 3)]);

    // seq 1 told of the agreement, before there was any endpoint.
    expect(seqsOf(all.hook.taken)).toEqual([
      [2, null],
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
      [7, 6],
      [8, 7],
      [9, 8],
    ]);
    expect(seqsOf(retractions.hook.taken)).toEqual([
      [6, null],
      [9, 6],
    ]);
    expect(seqsOf(late.hook.taken)).toEqual([
      [7, null],
      [8, 7],
      [9, 8],
    ]);
    const failed = aboutNotes(failing.hook).map(({ body }) => body.data.seq);
    expect(failed.length).toBeGreaterThan(1);
    expect(new Set(failed)).toEqual(new Set([2]));
  });
});

/** Resident memory of a process, in MB. */
const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1_024;
