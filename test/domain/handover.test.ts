// The handover's states, all of them: whatever sellers, buyers, time, the record and crashes do in whatever order, the item has one owner, and
// it is the one whose acceptance was released.

import { describe, expect, test } from "vitest";
import {
  accept,
  cancel,
  commit,
  isOpen,
  mayOffer,
  offerState,
  release,
  undo,
  WRONG_WORDS,
  type Alert,
  type Offer,
  type Standing,
} from "../../src/domain/handover.ts";
import type { Head } from "../../src/domain/record/entry.ts";

const LASTS = 100;
const headOf = (size: number): Head => ({ size, root: String(size) });
const newOffer = (tenure: number, now: number, gift = false): Offer => ({
  id: "offer_0",
  tenure,
  codeHash: "code",
  gift,
  createdAt: now,
  expiresAt: now + LASTS,
  stage: "open",
  acceptance: null,
});
const as = (who: string, size: number) => ({
  head: headOf(size),
  erased: null,
  counted: null,
  tokenHash: who,
  recoveryHash: `${who}'s`,
});

/** One item, with what its objects hold. A crash loses nothing of it, so it is no step of its own: what is due is done by the next `…` step. */
type World = {
  readonly now: number;
  readonly size: number;
  readonly alert: Alert | null;
  readonly offer: Offer | null;
  readonly offers: number;
  /** Whose each tenure is, and whether it answers. */
  readonly tenures: readonly { readonly of: string; readonly at: "waiting" | "awake" | "silent" | "erased" | "gone" }[];
  /** Whom the seller, or a gift, let go to, and what they had seen. */
  readonly released: { readonly to: string; readonly size: number } | null;
};
const START: World = {
  now: 0,
  size: 1,
  alert: null,
  offer: null,
  offers: 0,
  tenures: [{ of: "seller", at: "awake" }],
  released: null,
};

const standing = ({ now, size, alert }: World): Standing => ({
  now,
  head: headOf(size),
  erased: 0,
  counted: "",
  alert,
});
const newest = ({ tenures }: World) => tenures.at(-1)!;
const withNewest = (world: World, at: World["tenures"][number]["at"]): World["tenures"] => [
  ...world.tenures.slice(0, -1),
  { ...newest(world), at },
];
const isAwake = (world: World): boolean => newest(world).at === "awake";
const ownOffer = (world: World): Offer | null =>
  world.offer?.tenure === world.tenures.length - 1 ? world.offer : null;

/** Every step there is, as the objects take it; null where it is refused or can't be. */
const STEPS: Readonly<Record<string, (world: World) => World | null>> = {
  ...Object.fromEntries(
    [false, true].map((gift) => [
      gift ? "offer a gift" : "offer",
      (w: World) =>
        isAwake(w) &&
        w.offers < 2 &&
        w.tenures.length < 3 &&
        mayOffer(ownOffer(w), w.tenures.length - 1, standing(w)).ok
          ? { ...w, offer: newOffer(w.tenures.length - 1, w.now, gift), offers: w.offers + 1 }
          : null,
    ]),
  ),
  cancel: (w) => {
    const offer = isAwake(w) ? ownOffer(w) : null;
    const cancelled = offer && cancel(offer, standing(w));
    return cancelled?.ok ? { ...w, offer: cancelled.value } : null;
  },
  ...Object.fromEntries(
    ["anna", "berta"].flatMap((who) =>
      [0, 1].map((behind) => [
        `${who} accepts${behind ? " what was shown before" : ""}`,
        (w: World) => {
          const offer = isAwake(w) ? ownOffer(w) : null;
          const accepted = offer && accept(offer, as(who, w.size - behind), standing(w));
          if (!accepted?.ok) return null;
          return {
            ...w,
            offer: accepted.value,
            released: accepted.value.stage === "committing" ? { to: who, size: w.size - behind } : w.released,
          };
        },
      ]),
    ),
  ),
  ...Object.fromEntries(
    ["anna", "berta"].map((who) => [
      `the seller types ${who}'s words`,
      (w: World) => {
        const offer = isAwake(w) ? ownOffer(w) : null;
        if (!offer) return null;
        const after = release(offer, ({ tokenHash }) => tokenHash === who, standing(w));
        const goes = after.answer.ok && offer.stage === "open";
        return {
          ...w,
          offer: after.offer,
          released: goes ? { to: who, size: offer.acceptance!.head.size } : w.released,
        };
      },
    ]),
  ),
  "an entry comes": (w) => (w.size < 3 && ownOffer(w)?.stage !== "committing" ? { ...w, size: w.size + 1 } : null),
  "time passes": (w) => (w.now === 0 ? { ...w, now: LASTS } : null),
  "it is lost": (w) => (isAwake(w) && ownOffer(w)?.stage !== "committing" ? { ...w, alert: "lost" } : null),
  "it is back": (w) => (isAwake(w) && ownOffer(w)?.stage !== "committing" ? { ...w, alert: null } : null),
  "the seller erases": (w) =>
    isAwake(w) && w.tenures.length === 1 ? { ...w, tenures: withNewest(w, "erased") } : null,
  // What the objects do by themselves: at once, or by an alarm after a crash
  "… seal": (w) =>
    ownOffer(w)?.stage === "committing" && isAwake(w) ? { ...w, tenures: withNewest(w, "silent") } : null,
  "… undo": (w) =>
    ownOffer(w)?.stage === "committing" && newest(w).at === "erased"
      ? { ...w, offer: undo(w.offer!), released: null }
      : null,
  "… move": (w) =>
    ownOffer(w)?.stage === "committing" && newest(w).at === "silent"
      ? {
          ...w,
          offer: commit(w.offer!),
          size: w.size + 1,
          tenures: [...w.tenures, { of: w.offer!.acceptance!.tokenHash, at: "waiting" }],
        }
      : null,
  "… open": (w) => (newest(w).at === "waiting" ? { ...w, tenures: withNewest(w, "awake") } : null),
  "… let go": (w) => {
    const at = w.tenures.slice(0, -1).findIndex((tenure) => tenure.at === "silent");
    return at < 0 ? null : { ...w, tenures: w.tenures.with(at, { ...w.tenures[at]!, at: "gone" }) };
  },
};

type Way = { readonly world: World; readonly steps: readonly { readonly name: string; readonly to: string }[] };

function explore(): Map<string, Way> {
  const seen = new Map<string, Way>();
  const ahead = [START];
  for (let world = ahead.pop(); world !== undefined; world = ahead.pop()) {
    const key = JSON.stringify(world);
    if (seen.has(key)) continue;
    const steps = Object.entries(STEPS).flatMap(([name, step]) => {
      const next = step(world);
      if (next === null) return [];
      ahead.push(next);
      return [{ name, to: JSON.stringify(next) }];
    });
    seen.set(key, { world, steps });
  }
  return seen;
}

describe("the handover's states", () => {
  const all = explore();
  const ways = [...all.values()];

  test("are many, and every step is taken in some, but never an acceptance of what was shown before", () => {
    expect(all.size).toBeGreaterThan(2_000);
    const taken = new Set(ways.flatMap(({ steps }) => steps.map(({ name }) => name)));
    const possible = Object.keys(STEPS).filter((name) => !name.endsWith("shown before"));
    expect([...taken].toSorted()).toEqual(possible.toSorted());
  });

  test("have one owner at all times, and never two who are answered", () => {
    const isOver = ({ at }: World["tenures"][number]): boolean => at === "silent" || at === "gone";
    expect(ways.filter(({ world }) => !world.tenures.slice(0, -1).every(isOver))).toEqual([]);
  });

  test("give it to nobody but the one who was let go to, who had seen the record as it was", () => {
    let moved = 0;
    for (const { world, steps } of ways) {
      if (!steps.some(({ name }) => name === "… move")) continue;
      moved++;
      const { offer, released, size } = world;
      expect(offer!.acceptance!.tokenHash).toBe(released!.to);
      expect(offer!.acceptance!.head.size).toBe(released!.size);
      expect(released!.size).toBe(size);
      expect(world.alert).toBeNull();
    }
    expect(moved).toBeGreaterThan(10);
  });

  test("move on nobody's silence: time, an entry, an alert and a reader's look release nothing", () => {
    for (const { world, steps } of ways) {
      for (const { name, to } of steps) {
        const after = all.get(to)!.world;
        if (after.offer?.stage !== "committing" || world.offer?.stage === "committing") continue;
        const gift = after.offer.gift;
        expect(name).toMatch(gift ? /accepts$/ : /types .* words$/);
      }
    }
  });

  test("know no way back from a release, and always a way on", () => {
    const back: string[] = [];
    for (const { world, steps } of ways) {
      if (world.offer?.stage !== "committing") continue;
      for (const { name, to } of steps) {
        const { stage } = all.get(to)!.world.offer!;
        const isOnward = stage === "committing" || stage === "committed";
        if (!isOnward && newest(world).at !== "erased") back.push(name);
      }
      if (!steps.some(({ name }) => name.startsWith("…"))) back.push(JSON.stringify(world));
    }
    expect(back).toEqual([]);
  });

  test("come to rest, from wherever a crash left them, with an owner who is answered", () => {
    const onward = (key: string): World => {
      const { world, steps } = all.get(key)!;
      const next = steps.find(({ name }) => name.startsWith("…"));
      return next ? onward(next.to) : world;
    };
    const rested = new Set([...all.keys()].map(onward));
    expect(rested.size).toBeGreaterThan(100);
    const restless = [...rested].filter(
      (world) =>
        !["awake", "erased"].includes(newest(world).at) ||
        world.offer?.stage === "committing" ||
        world.tenures.slice(0, -1).some(({ at }) => at !== "gone"),
    );
    expect(restless).toEqual([]);
  });

  test("open to a code only while the offer stands", () => {
    const wrong = ways.filter(({ world }) => {
      const { offer, now, size } = world;
      if (offer === null) return false;
      const state = offerState(offer, standing(world));
      const stands = offer.stage === "open" && now < offer.expiresAt;
      return (
        isOpen(offer, standing(world)) !== stands || (state === "accepted" && offer.acceptance?.head.size !== size)
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe("an acceptance", () => {
  const now: Standing = { now: 1, head: headOf(1), erased: 0, counted: "", alert: null };
  const accepted = (offer = newOffer(0, 0), who = "anna", at = now): Offer => {
    const result = accept(offer, as(who, at.head.size), at);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };

  test("is refused to the second of two buyers, unless the first must look again", () => {
    const offer = accepted();
    expect(accept(offer, as("berta", 1), now)).toMatchObject({ ok: false, error: { code: "conflict" } });
    const later = { ...now, head: headOf(2) };
    expect(accept(offer, as("berta", 1), later)).toMatchObject({ ok: false, error: { code: "head-changed" } });
    expect(accepted(offer, "berta", later).acceptance).toMatchObject({ tokenHash: "berta", head: headOf(2) });
  });

  test.each([{ erased: 1 }, { counted: "another" }])(
    "is of the record as it was looked at: nothing that changed since (%o) is accepted, or let go of, unseen",
    (change) => {
      const changed = { ...now, ...change };
      const seen = { erased: now.erased, counted: now.counted };
      const lookAgain = { ok: false, error: { code: "head-changed" } };
      expect(accept(newOffer(0, 0), { ...as("anna", 1), ...seen }, changed)).toMatchObject(lookAgain);
      expect(release(accepted(), () => true, changed).answer).toMatchObject(lookAgain);
      const again = accept(accepted(), { ...as("anna", 1), ...seen, ...change }, changed);
      expect(again.ok && release(again.value, () => true, changed).answer).toEqual({ ok: true, value: null });
    },
  );

  test("from before counts were looked at stands whatever was stated since", () => {
    const offer = accepted();
    const older = { ...offer, acceptance: { ...offer.acceptance!, counted: null } };
    expect(release(older, () => true, { ...now, counted: "another" }).answer).toEqual({ ok: true, value: null });
  });

  test("is void after five wrong tries, which count for it alone", () => {
    let offer = accepted();
    for (let left = WRONG_WORDS - 1; left >= 0; left--) {
      const after = release(offer, () => false, now);
      expect(after.answer).toEqual({ ok: false, error: { code: "wrong-words", left } });
      offer = after.offer;
    }
    expect(offer.acceptance).toBeNull();
    expect(release(offer, () => true, now).answer).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(accepted(offer).acceptance!.wrong).toBe(0);
  });

  test("holds neither against an alert nor beyond its offer's time", () => {
    const offer = accepted();
    const lost = { ...now, alert: "lost" } as const;
    expect(release(offer, () => true, lost).answer).toMatchObject({ ok: false, error: { code: "alert-stands" } });
    expect(accept(newOffer(0, 0), as("anna", 1), lost)).toMatchObject({ ok: false, error: { code: "alert-stands" } });
    expect(mayOffer(null, 0, lost)).toMatchObject({ ok: false, error: { code: "alert-stands" } });
    const over = { ...now, now: LASTS };
    expect(release(offer, () => true, over).answer).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(accept(newOffer(0, 0), as("anna", 1), over)).toMatchObject({
      ok: false,
      error: { code: "handover-refused" },
    });
  });

  test("can't be had of the last owner there can be", () => {
    expect(mayOffer(null, 1022, now).ok).toBe(true);
    expect(mayOffer(null, 1023, now)).toMatchObject({ ok: false, error: { code: "conflict" } });
  });
});
