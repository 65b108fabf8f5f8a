// Handovers that are cut off, anywhere and again: at no moment do two answer, and in the end it is one, and the right one. The steps that sellers,
// buyers and time may take come in any order, and the real objects answer each as the pure states say.

import { runDurableObjectAlarm } from "cloudflare:test";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import * as domain from "../../src/domain/handover.ts";
import type { Offer, Standing } from "../../src/domain/handover.ts";
import { Maker } from "../../src/maker/maker.ts";
import { Product } from "../../src/product/product.ts";
import { Tenure } from "../../src/tenure/tenure.ts";
import { Twin } from "../../src/twin/twin.ts";
import { crash } from "../support/crash.ts";
import {
  accept,
  acceptWith,
  offer,
  openOffer,
  release,
  type Accepted,
  type Head,
  type TestOffer,
} from "../support/handovers.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import {
  channelWith,
  DAY_MS,
  everything,
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

const status = async (who: TestOwner): Promise<number> => (await api.get(path(who), who.token)).status;

/** How many of them are answered. */
async function answered(...all: TestOwner[]): Promise<number> {
  const statuses = await Promise.all(all.map(status));
  for (const one of statuses) expect([200, 401]).toContain(one);
  return statuses.filter((one) => one === 200).length;
}

/** What a crash leaves: storage. Alarms ring until all is done. */
async function restart(owner: TestOwner): Promise<void> {
  await crash(tenureOf(owner));
  await crash(twinOf(owner));
}

async function ring(owner: TestOwner): Promise<void> {
  for (let rings = 0; rings < 4; rings++) {
    pass(30_000);
    const twins = await runDurableObjectAlarm(twinOf(owner)).catch(() => true);
    const tenures = await runDurableObjectAlarm(tenureOf(owner)).catch(() => true);
    if (!twins && !tenures) return;
  }
}

const isGone = (owner: TestOwner): Promise<boolean> =>
  inside(
    tenureOf(owner),
    async ({ storage }) => (await storage.getAlarm()) === null && [...storage.kv.list()].length === 0,
  );

/** Where one object asks another: cut off before it was asked, or after it has done it. The first are steps of the handover itself. */
const CALLS = [
  ["the seller's tenure falling silent", Tenure, "handOver"],
  ["the making of the buyer's key", Tenure, "recordKey"],
  ["the opening of the buyer's tenure", Tenure, "open"],
  ["the letting go of the seller's tenure", Tenure, "letGo"],
  ["the product's list", Product, "claimed"],
  ["its question whether it is over", Twin, "finishHandover"],
  ["the company's copy", Maker, "syncAgreement"],
  ["the last signals", Maker, "takeOver"],
  ["the farewell to the item", Twin, "erased"],
] as const;
/** Of these, those that any handover takes. */
const ITS_OWN_STEPS = 4;

/** The next such call ends as in a crash. */
function cutOff([, { prototype }, method]: (typeof CALLS)[number], when: "before" | "after"): void {
  const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
  vi.spyOn(prototype as unknown as Record<string, () => unknown>, method).mockImplementationOnce(async function dies(
    this: unknown,
    ...args: unknown[]
  ) {
    if (when === "after") await original.apply(this, args);
    throw new Error("the process died here");
  });
}

let maker: TestMaker;
beforeAll(async () => {
  maker = await join(api, operator);
});

const CUTS = CALLS.flatMap((call) =>
  (["before", "after"] as const).map((when) => ({ what: `${when} ${call[0]}`, call, when })),
);

describe("a release that is cut off", () => {
  test.each(CUTS)("$what leaves one owner, and in the end the buyer", async ({ call, when }) => {
    const owner = await claim(api, maker);
    await agree(api, owner);
    await write(api, owner, "planted-word", { send: true });
    const next = await accept(api, owner, (await offer(api, owner)).code);
    cutOff(call, when);
    const { status: released } = await release(api, owner, next.words);
    expect([200, 503]).toContain(released);
    expect(await answered(owner, next)).toBeLessThanOrEqual(1);
    await restart(owner);
    const now = [await status(owner), await status(next)];
    expect(now).not.toEqual([200, 200]);
    if (released === 200) expect(now).toEqual([401, 200]);
    await ring(owner);
    expect([await status(owner), await status(next)]).toEqual([401, 200]);
    expect(await isGone(owner)).toBe(true);

    const { body } = await api.get(path(next, "/history"), next.token);
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(["commissioning", "accepting"]);
    expect(await everything(twinOf(owner))).not.toContain("planted-word");
    await rest(makerOf(maker));
    const { items } = (await api.get(`/v1/makers/${maker.domain}/events?limit=200`, maker.key)).body;
    const own = items.filter(({ data }: { data: { twin: string } }) => data.twin === owner.twin);
    expect(own.map(({ type }: { type: string }) => type)).toEqual([
      "agreement.accepted",
      "agreement.terminated",
      "twin.transferred",
    ]);
  });

  test("may be asked for again: the words are not needed twice", async () => {
    const owner = await startTwin();
    const next = await accept(api, owner, (await offer(api, owner)).code);
    cutOff(CALLS[0], "before");
    expect((await release(api, owner, next.words)).status).toBe(503);
    expect(await status(owner)).toBe(200);
    expect((await release(api, owner, next.words)).status).toBe(200);
    expect([await status(owner), await status(next)]).toEqual([401, 200]);
  });

  test("lets nothing come between: no entry of the seller's, no alert, no taking back", async () => {
    const owner = await startTwin();
    const next = await accept(api, owner, (await offer(api, owner)).code);
    cutOff(CALLS[0], "before");
    await release(api, owner, next.words);
    const today = new Date().toISOString().slice(0, 10);
    const entry = { kind: "other", text: "A slight.", occurredOn: today };
    expect((await api.post(path(owner, "/history"), entry, owner.token)).status).toBeGreaterThanOrEqual(400);
    expect((await api.put(path(owner, "/alert"), { alert: "stolen" }, owner.token)).status).toBe(409);
    expect((await api.delete(path(owner, "/handover"), owner.token)).status).toBe(409);
    await ring(owner);
    expect((await api.get(path(next, "/history"), next.token)).body.entries).toHaveLength(2);
  });

  test("is of the record as it stands: nothing that goes along is changed, counted or taken back any more", async () => {
    const owner = await startTwin();
    const today = new Date().toISOString().slice(0, 10);
    const entry = { kind: "repairing", text: "New sole.", occurredOn: today };
    const { body } = await api.post(path(owner, "/history"), entry, owner.token);
    const put = await write(api, owner, "Waxed.", { onRecord: true });
    const [other, third] = [await write(api, owner, "Squeaks."), await write(api, owner, "Mine.")];
    await rest(tenureOf(owner));
    const repairer = await channelWith(owner, ["history:write"]);
    const next = await accept(api, owner, (await offer(api, owner)).code);
    cutOff(CALLS[0], "before");
    expect((await release(api, owner, next.words)).status).toBe(503);
    const refused = { status: 409, body: { code: "conflict", detail: "It is being handed over." } };
    expect(await api.delete(path(owner, `/history/${body.seq}`), owner.token)).toMatchObject(refused);
    expect(await api.delete(path(owner, `/notes/${put.id}`), owner.token)).toMatchObject(refused);
    expect(
      await api.post(path(owner, "/history"), { ...entry, kind: "disputed", corrects: 2 }, owner.token),
    ).toMatchObject(refused);
    expect(await api.post(path(repairer, "/history"), entry, repairer.token)).toMatchObject(refused);
    expect(await api.post(path(repairer, "/history/counts"), { count: 0, asOf: today }, repairer.token)).toMatchObject(
      refused,
    );
    const renamed = await api.patch(path(owner), { product: { name: "Another" } }, owner.token);
    expect(renamed).toMatchObject(refused);
    // There is no offer left to take back.
    expect(renamed.body).not.toHaveProperty("reason");
    // What is theirs alone they may still change; it goes nowhere.
    expect((await api.patch(path(owner, `/notes/${put.id}`), { text: "Waxed twice." }, owner.token)).status).toBe(200);
    expect((await api.patch(path(owner, `/notes/${other.id}`), { onRecord: true }, owner.token)).status).toBe(200);
    expect((await api.delete(path(owner, `/notes/${third.id}`), owner.token)).status).toBe(204);
    await ring(owner);
    expect([await status(owner), await status(next)]).toEqual([401, 200]);
    const { entries, counts } = (await api.get(path(next, "/history"), next.token)).body;
    expect(entries.map((each: any) => each.body.text)).toEqual([null, "New sole.", "Waxed.", null]);
    expect(counts).toEqual([]);
    expect((await api.get(path(next), next.token)).body.product.name).toBe("A kettle");
  });

  test("is not kept up by a clock that went back", async () => {
    const owner = await startTwin();
    pass(DAY_MS);
    const today = new Date().toISOString().slice(0, 10);
    await api.post(path(owner, "/history"), { kind: "other", text: "Polished.", occurredOn: today }, owner.token);
    pass(-DAY_MS);
    const next = await accept(api, owner, (await offer(api, owner)).code);
    expect((await release(api, owner, next.words)).status).toBe(200);
    expect([await status(owner), await status(next)]).toEqual([401, 200]);
  });

  test("by the seller's own erasing of everything leaves nobody in, and the buyer was promised nothing", async () => {
    const owner = await startTwin();
    const next = await accept(api, owner, (await offer(api, owner)).code);
    cutOff(CALLS[0], "before");
    expect((await release(api, owner, next.words)).status).toBe(503);
    expect((await api.delete(path(owner), owner.token)).status).toBe(204);
    await ring(owner);
    expect(await answered(owner, next)).toBe(0);
    expect(await isGone(owner)).toBe(true);
  });
});

describe("a gift that is cut off", () => {
  test.each(CUTS.slice(0, 2 * ITS_OWN_STEPS).filter((_, n) => n % 2 === 0))(
    "$what is the buyer's, who asks again",
    async ({ call, when }) => {
      const owner = await startTwin();
      const { code } = await offer(api, owner, { gift: true });
      const { head } = (await openOffer(api, owner, code)).body;
      cutOff(call, when);
      const key = crypto.randomUUID();
      const first = await acceptWith(api, owner, code, head, key);
      expect(first.status).toBe(200);
      await restart(owner);
      const again = await acceptWith(api, owner, code, head, key);
      expect(again).toMatchObject({ status: 200, body: { state: "committed", token: first.body.token } });
      expect([await status(owner), await status(again.body)]).toEqual([401, 200]);
      await ring(owner);
      expect(await isGone(owner)).toBe(true);
      expect(await status(again.body)).toBe(200);
    },
  );
});

/** One twin, its seller and two buyers, beside the pure states that say how each step must be answered. */
class Story {
  readonly owner: TestOwner;
  readonly buyers: Record<"anna" | "berta", Accepted | null> = { anna: null, berta: null };
  made: TestOffer | null = null;
  seen: Head | null = null;
  offer: Offer | null = null;
  size = 1;
  alert: domain.Alert | null = null;
  over = false;

  constructor(owner: TestOwner) {
    this.owner = owner;
  }

  get standing(): Standing {
    return { now: Date.now(), head: { size: this.size, root: "" }, erased: 0, counted: "", alert: this.alert };
  }

  async settle(): Promise<void> {
    const { owner, buyers } = this;
    const [own, ...others] = await Promise.all(
      [owner, buyers.anna, buyers.berta].map((one) => (one === null ? Promise.resolve(401) : status(one))),
    );
    if (this.over) expect([own, ...others].filter((one) => one === 200).length).toBeLessThanOrEqual(1);
    else expect([own, ...others]).toEqual([200, 401, 401]);
  }
}

const code = (result: { ok: true } | { ok: false; error: { code: string } }): string =>
  result.ok ? "done" : result.error.code;
const told = ({ status, body }: { status: number; body: any }): string => (status < 300 ? "done" : body.code);

type Step = (story: Story) => Promise<void>;
const STEPS: Record<string, Step> = {
  offer: async (s) => {
    const right = domain.mayOffer(s.offer, 0, s.standing);
    const answer = await api.post(path(s.owner, "/handover"), {}, s.owner.token);
    expect(told(answer)).toBe(code(right));
    if (!right.ok) return;
    s.made = answer.body;
    const now = Date.now();
    s.offer = {
      id: answer.body.offer,
      tenure: 0,
      codeHash: "",
      gift: false,
      createdAt: now,
      expiresAt: now + domain.OFFER_LASTS_MS,
      stage: "open",
      acceptance: null,
    };
  },
  cancel: async (s) => {
    const right = s.offer === null || s.offer.stage === "cancelled" ? null : domain.cancel(s.offer, s.standing);
    const answer = await api.delete(path(s.owner, "/handover"), s.owner.token);
    expect(told(answer)).toBe(right === null ? "not-found" : code(right));
    if (right?.ok) s.offer = right.value;
  },
  look: async (s) => {
    if (s.made === null) return;
    const answer = await openOffer(api, s.owner, s.made.code);
    expect(told(answer)).toBe(domain.isOpen(s.offer!, s.standing) ? "done" : "handover-refused");
    if (answer.status === 200) s.seen = answer.body.head;
  },
  ...Object.fromEntries(
    (["anna", "berta"] as const).map((who) => [
      `${who} accepts`,
      async (s: Story) => {
        if (s.made === null || s.seen === null) return;
        const head = { size: s.seen.size, root: "" };
        const right = domain.accept(
          s.offer!,
          { head, erased: null, counted: null, tokenHash: who, recoveryHash: who },
          s.standing,
        );
        const answer = await acceptWith(api, s.owner, s.made.code, s.seen);
        expect(told(answer)).toBe(code(right));
        if (!right.ok) return;
        s.offer = right.value;
        s.buyers[who] = answer.body;
      },
    ]),
  ),
  ...Object.fromEntries(
    (["anna", "berta"] as const).flatMap((who) =>
      ([null, "before", "after"] as const).map((when) => [
        `the seller types ${who}'s words${when === null ? "" : `, and it dies ${when} a step`}`,
        async (s: Story) => {
          const buyer = s.buyers[who];
          if (buyer === null || s.offer === null) return;
          const { offer, answer: right } = domain.release(s.offer, ({ tokenHash }) => tokenHash === who, s.standing);
          if (when !== null && right.ok) cutOff(CALLS[s.size % ITS_OWN_STEPS]!, when);
          const answer = await release(api, s.owner, buyer.words);
          s.offer = offer;
          if (!right.ok) return expect(told(answer)).toBe(code(right));
          s.over = true;
          expect([200, 503]).toContain(answer.status);
          await s.settle();
          await restart(s.owner);
          await s.settle();
          await ring(s.owner);
          expect([await status(s.owner), await status(buyer)]).toEqual([401, 200]);
          const other = s.buyers[who === "anna" ? "berta" : "anna"];
          if (other !== null) expect(await status(other)).toBe(401);
        },
      ]),
    ),
  ),
  "an entry comes": async (s) => {
    const today = new Date().toISOString().slice(0, 10);
    const entry = { kind: "other", text: "Polished.", occurredOn: today };
    expect((await api.post(path(s.owner, "/history"), entry, s.owner.token)).status).toBe(201);
    s.size++;
  },
  "it is lost": async (s) => {
    expect((await api.put(path(s.owner, "/alert"), { alert: "lost" }, s.owner.token)).status).toBe(200);
    s.alert = "lost";
  },
  "it is back": async (s) => {
    expect((await api.put(path(s.owner, "/alert"), { alert: null }, s.owner.token)).status).toBe(200);
    s.alert = null;
  },
  "time passes": async () => pass(8 * DAY_MS),
  "everything dies": async (s) => restart(s.owner),
};

test("any order of steps is answered as the states say, with one owner at all times", async () => {
  const who = fc.constantFrom("anna", "berta");
  const how = fc.constantFrom("", ", and it dies before a step", ", and it dies after a step");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 3, maxLength: 9 }),
      who,
      how,
      async (steps, buyer, dies) => {
        const story = new Story(await startTwin());
        // Whatever happened, it can be brought to its end.
        const end = [
          "it is back",
          "cancel",
          "offer",
          "look",
          `${buyer} accepts`,
          `the seller types ${buyer}'s words${dies}`,
        ];
        for (const name of ["offer", "look", "anna accepts", ...steps, ...end]) {
          await STEPS[name]!(story);
          await story.settle();
          if (story.over) break;
        }
        expect(story.over).toBe(true);
      },
    ),
    { numRuns: 8 },
  );
});
