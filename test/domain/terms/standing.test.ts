// One owner and one company do whatever they like, in any order and at any time; what must never happen never does.
// The model commits as the owner's object does: it asks the guards, and writes in one step what the rules say belongs together.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgreementId } from "../../../src/domain/ids.ts";
import { permits } from "../../../src/domain/terms/permits.ts";
import { decideByPolicy, type PolicyRules } from "../../../src/domain/terms/policy.ts";
import { decideByOnceJoined } from "../../../src/domain/terms/proffer.ts";
import { kindOf, ROSTER_CODES, type RosterCode } from "../../../src/domain/terms/roster.ts";
import { endingWith, inForce, placeFor, supersededBy, type Agreement } from "../../../src/domain/terms/standing.ts";
import {
  AGREEMENT_STATES,
  mayConfirm,
  mayDecide,
  mayHold,
  mayRescind,
  mayTerminate,
  stateOf,
  type AgreementState,
} from "../../../src/domain/terms/states.ts";
import { DAY_MS, NOON } from "./parties.ts";
import { confirmed, decided, ended, proffered } from "./unsigned.ts";

type Command =
  | { readonly do: "proffer"; readonly codes: readonly RosterCode[]; readonly joined: boolean }
  | { readonly do: "policy"; readonly pick: number; readonly rules: PolicyRules }
  | {
      readonly do: "decide";
      readonly pick: number;
      readonly decision: "accepted" | "refused" | "countered";
      readonly chosen: RosterCode | null;
    }
  | { readonly do: "confirm"; readonly pick: number; readonly answer: "accepted" | "refused" }
  | { readonly do: "rescind" | "terminate"; readonly pick: number; readonly by: "first" | "second" }
  | { readonly do: "wait"; readonly days: number }
  | { readonly do: "change-identity" }
  | { readonly do: "hand-over" };

type World = { readonly now: number; readonly agreements: readonly Agreement[] };

const idOf = (number: number): AgreementId => `agr_${String(number).padStart(26, "0")}`;

/** Counted from the newest: what was just made is what most commands are about. */
const newest = (agreements: readonly Agreement[], pick: number): Agreement | undefined =>
  agreements.at(-1 - (pick % Math.max(1, agreements.length)));

/** One command: the world after it, which is the same world if it was refused. */
function run(world: World, command: Command): World {
  const { now, agreements } = world;
  const commit = (...changed: readonly Agreement[]): World => ({
    ...world,
    agreements: agreements.map((old) => changed.find(({ id }) => id === old.id) ?? old),
  });
  const decide = (picked: Agreement, after: Agreement): World => {
    const body = after.record.decision?.body;
    if (body === undefined || !mayDecide(picked, body, now).ok) return world;
    return takeEffect(picked, after);
  };
  const takeEffect = (before: Agreement, after: Agreement): World =>
    stateOf(after, now) === "accepted"
      ? commit(after, ...supersededBy(agreements, before, now).map((old) => ended(old, "superseded", "first", now)))
      : commit(after);

  if (command.do === "wait") return { ...world, now: now + command.days * DAY_MS };
  if (command.do === "change-identity") {
    return { ...world, agreements: agreements.map((one) => ({ ...one, suspendedAt: one.suspendedAt ?? now })) };
  }
  if (command.do === "hand-over") {
    return { ...world, agreements: agreements.map((one) => ({ ...one, tenureEndedAt: one.tenureEndedAt ?? now })) };
  }
  if (command.do === "proffer") {
    const [preferred, ...alternates] = command.codes as [RosterCode, ...RosterCode[]];
    const place = placeFor(agreements, kindOf(preferred), now);
    if (!place.ok) return world;
    const made = proffered({
      id: idOf(agreements.length),
      now,
      decideBy: command.joined ? now + 14 * DAY_MS : null,
      preferred,
      alternates,
      supersedes: place.value.supersedes?.id ?? null,
      onTopOf: place.value.onTopOf?.id ?? null,
    });
    return { ...world, agreements: [...agreements, made] };
  }

  const picked = newest(agreements, command.pick);
  if (picked === undefined) return world;
  switch (command.do) {
    case "policy": {
      const { preferred, alternates } = picked.record.proffer.body;
      const waited = picked.decideBy === null ? { ...picked, decideBy: decideByOnceJoined(now) } : picked;
      const answer = decideByPolicy(command.rules, {
        preferred: preferred.code,
        alternates: alternates.map(({ code }) => code),
      });
      if (answer.decision === "held") return mayHold(waited, now).ok ? commit({ ...waited, heldAt: now }) : world;
      const chosen = answer.decision === "refused" ? undefined : answer.chosen;
      return decide(waited, decided(waited, answer.decision, chosen, now, "policy"));
    }
    case "decide": {
      const chosen = command.chosen ?? picked.record.proffer.body.preferred.code;
      return decide(
        picked,
        decided(picked, command.decision, command.decision === "refused" ? undefined : chosen, now),
      );
    }
    case "confirm":
      return mayConfirm(picked, now).ok ? takeEffect(picked, confirmed(picked, command.answer, now)) : world;
    case "rescind":
      return mayRescind(picked, now).ok ? commit(ended(picked, "rescinded", "first", now)) : world;
    case "terminate":
      return mayTerminate(picked, now).ok
        ? commit(
            ...[picked, ...endingWith(agreements, picked, now)].map((one) => ended(one, "terminated", command.by, now)),
          )
        : world;
  }
}

const code = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<RosterCode[]>("SD-BASE", "SD-BASE-DP", "PDC-AI") },
  { weight: 1, arbitrary: fc.constantFrom(...ROSTER_CODES) },
);
const codes = fc
  .uniqueArray(code, { minLength: 1, maxLength: 4 })
  .map((some) => some.filter((one) => kindOf(one) === kindOf(some[0] as RosterCode)));
const rule = fc.oneof(
  { weight: 3, arbitrary: fc.constant("accept" as const) },
  { weight: 1, arbitrary: fc.constantFrom("hold" as const, "refuse" as const) },
  { weight: 2, arbitrary: code.map((one) => `counter:${one}` as const) },
);
const pick = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("proffer" as const), codes, joined: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("policy" as const), pick, rules: fc.dictionary(code, rule) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("decide" as const),
      pick,
      decision: fc.constantFrom("accepted", "accepted", "refused", "countered"),
      // Null for the one the owner prefers.
      chosen: fc.option(code),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("confirm" as const), pick, answer: fc.constantFrom("accepted", "refused") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("rescind" as const), pick, by: fc.constant("first" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("terminate" as const),
      pick: fc.nat(3),
      by: fc.constantFrom("first", "second"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("change-identity", "hand-over") }) },
);

/** Runs random histories, and shows every step to `look`: the world before, the command, the world after. */
const always = (look: (before: World, command: Command, after: World) => void): void =>
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60, size: "max" }), (commands) => {
      commands.reduce<World>(
        (before, next) => {
          const after = run(before, next);
          look(before, next, after);
          return after;
        },
        { now: NOON, agreements: [] },
      );
    }),
    { numRuns: 300 },
  );

// What is looked for is read from the bodies alone, so that the rules are not their own judge.

/** Whether the bodies say that both parties signed the same terms. */
const bothSigned = ({ record: { decision, confirmation } }: Agreement): boolean =>
  decision?.body.decision === "accepted" || confirmation?.body.confirmation === "accepted";

const alive = (one: Agreement): boolean =>
  bothSigned(one) && one.events.length === 0 && (one.tenureEndedAt ?? null) === null;

const isRelationship = (one: Agreement): boolean => one.record.proffer.body.kind === "relationship";
const relationshipsAlive = ({ agreements }: World): readonly Agreement[] =>
  agreements.filter((one) => isRelationship(one) && alive(one));

const FINAL: readonly AgreementState[] = [
  "refused",
  "rescinded",
  "lapsed",
  "terminated",
  "expired",
  "superseded",
  "transferred",
];

describe("whatever an owner and a company do", () => {
  test("silence is never acceptance", () =>
    always((before, { do: deed }, { now, agreements }) => {
      for (const one of agreements) {
        const was = before.agreements.find(({ id }) => id === one.id);
        if (stateOf(one, now) === "accepted") expect(bothSigned(one)).toBe(true);
        if (bothSigned(one) && !(was && bothSigned(was))) expect(["policy", "decide", "confirm"]).toContain(deed);
      }
    }));

  test("there is at most one counter, of the same kind, to what was not proffered, and then it stands as it was made", () =>
    always((before, _, { agreements }) => {
      for (const { id, record } of agreements) {
        const { preferred, alternates, kind } = record.proffer.body;
        if (record.decision?.body.decision === "countered") {
          expect(record.decision.body.chosen?.terms.kind).toBe(kind);
          expect([preferred, ...alternates].map((pinned) => pinned.code)).not.toContain(
            record.decision.body.chosen?.code,
          );
        }
        const earlier = before.agreements.find((one) => one.id === id)?.record.decision;
        if (earlier !== undefined) expect(record.decision).toEqual(earlier);
      }
    }));

  test("an end is an end: no state follows it, and nothing is added to the record", () =>
    always((before, _, after) => {
      before.agreements.forEach((one, at) => {
        const state = stateOf(one, before.now);
        if (!FINAL.includes(state)) return;
        expect(stateOf(after.agreements[at] as Agreement, after.now)).toBe(state);
        expect(after.agreements[at]?.record).toEqual(one.record);
        expect(after.agreements[at]?.events).toEqual(one.events);
      });
    }));

  test("a decision after lapse or rescission changes nothing", () =>
    always((before, next, after) => {
      if (next.do !== "decide" && next.do !== "policy") return;
      const picked = newest(before.agreements, next.pick);
      if (picked === undefined) return;
      const late = picked.events.length > 0 || (picked.decideBy !== null && before.now > picked.decideBy);
      if (late) expect(newest(after.agreements, next.pick)).toEqual(picked);
    }));

  test("a race has one winner: nothing is both decided and taken back, nor ended twice", () =>
    always((_, __, { agreements }) => {
      for (const { record, events } of agreements) {
        expect(events.length).toBeLessThanOrEqual(1);
        if (events[0]?.body.kind === "rescinded") expect(record.decision).toBeUndefined();
        else if (events.length > 0) expect(record.decision).toBeDefined();
      }
    }));

  test("at most one relationship is alive, and while one supersedes another never none", () =>
    always((before, { do: deed }, after) => {
      expect(relationshipsAlive(after).length).toBeLessThanOrEqual(1);
      if (relationshipsAlive(before).length === 1 && deed !== "terminate" && deed !== "hand-over") {
        expect(relationshipsAlive(after)).toHaveLength(1);
      }
    }));

  test("no agreement survives a change of owner", () =>
    always((_, { do: deed }, { now, agreements }) => {
      if (deed !== "hand-over") return;
      expect(inForce(agreements, now)).toEqual([]);
      expect(agreements.map((one) => stateOf(one, now)).filter((state) => !FINAL.includes(state))).toEqual([]);
    }));

  test("no agreement is in force with a company that has become another", () =>
    always((_, { do: deed }, { now, agreements }) => {
      if (deed === "change-identity") expect(inForce(agreements, now)).toEqual([]);
    }));

  test("words cross only while a relationship is alive", () =>
    always((_, __, after) => {
      const { now, agreements } = after;
      if (permits(inForce(agreements, now), "relay-note")) expect(relationshipsAlive(after)).toHaveLength(1);
    }));

  test("no contribution outlives the relationship it stands on, unless another takes that one's place", () =>
    always((before, _, after) => {
      if (relationshipsAlive(before).length === 0 || relationshipsAlive(after).length > 0) return;
      const onTop = before.agreements.filter((one) => alive(one) && one.record.proffer.body.onTopOf !== null);
      for (const { id } of onTop) expect(after.agreements.some((one) => one.id === id && alive(one))).toBe(false);
    }));

  test("they get everywhere an agreement can get, so the tests above saw it", () => {
    const reached = new Set<AgreementState>();
    always((_, __, { now, agreements }) => {
      for (const one of agreements) reached.add(stateOf(one, now));
    });
    // Expiry and a record that does not verify come from outside; `none` is no agreement.
    const elsewhere: readonly AgreementState[] = ["none", "expired", "invalid"];
    expect(reached).toEqual(new Set(AGREEMENT_STATES.filter((state) => !elsewhere.includes(state))));
  });
});

describe("what stands together", () => {
  const first = decided(proffered({ id: idOf(1), decideBy: null }), "accepted", "SD-BASE-DP", NOON);

  test("a new proffer of a relationship takes the place of the one that stands, in force or suspended", () => {
    expect(placeFor([first], "relationship", NOON)).toEqual({ ok: true, value: { supersedes: first, onTopOf: null } });
    const suspended = { ...first, suspendedAt: NOON };
    expect(placeFor([suspended], "relationship", NOON)).toEqual({
      ok: true,
      value: { supersedes: suspended, onTopOf: null },
    });
  });

  test("a contribution goes on top of it, and several may be open", () => {
    const contribution = proffered({ id: idOf(2), preferred: "PDC-AI", alternates: [], decideBy: null });
    expect(placeFor([first, contribution], "contribution", NOON)).toEqual({
      ok: true,
      value: { supersedes: null, onTopOf: first },
    });
    expect(supersededBy([first, contribution], contribution, NOON)).toEqual([]);
  });

  test("a contribution on top ends with the relationship; one that stands alone does not, nor does a relationship with a contribution", () => {
    const contribution = (number: number, onTopOf: string | null) =>
      decided(
        proffered({ id: idOf(number), preferred: "PDC-AI", alternates: [], onTopOf }),
        "accepted",
        "PDC-AI",
        NOON,
      );
    const [onTop, alone] = [contribution(2, "0".repeat(64)), contribution(3, null)];
    const all = [first, onTop, alone];
    expect(endingWith(all, first, NOON)).toEqual([onTop]);
    expect(endingWith(all, onTop, NOON)).toEqual([]);
    expect(endingWith([first, ended(onTop, "terminated"), alone], first, NOON)).toEqual([]);
  });

  test("two proffers of a relationship are never open at once", () => {
    const open = proffered({ id: idOf(2), decideBy: null });
    expect(placeFor([first, open], "relationship", NOON)).toMatchObject({
      ok: false,
      error: { code: "agreement-state" },
    });
    expect(placeFor([first, ended(open, "rescinded")], "relationship", NOON)).toMatchObject({ ok: true });
  });

  test("the old agreement is in force until the very step that puts the new one in force", () => {
    const next = proffered({ id: idOf(2), preferred: "SD-BASE-A", alternates: [], decideBy: NOON + DAY_MS });
    const codesInForce = (world: World) => inForce(world.agreements, world.now).map((one) => one.code);
    const before: World = { now: NOON, agreements: [first, next] };
    expect(codesInForce(before)).toEqual(["SD-BASE-DP"]);
    const after = run(before, { do: "decide", pick: 0, decision: "accepted", chosen: "SD-BASE-A" });
    expect(codesInForce(after)).toEqual(["SD-BASE-A"]);
    expect(codesInForce(run(before, { do: "decide", pick: 0, decision: "refused", chosen: "SD-BASE-A" }))).toEqual([
      "SD-BASE-DP",
    ]);
  });
});
