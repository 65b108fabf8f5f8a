// What two devices of one person make of each other's keyrings: the same, whoever was first, and nothing lost or brought back.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyRing,
  freeName,
  merge,
  sameRing,
  withDevice,
  without,
  withoutToken,
  withTerms,
  withTwin,
  type Ring,
} from "../../src/web/keys/ring.ts";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const twin = (name: string, token = `${name}~token`) => ({
  twin: name,
  token,
  channel: `chan_${token}`,
  recoveryCode: "CODE",
  given: false,
});
const device = (id: string, name = id) => ({ id, name, key: `key of ${id}` });
const twinsOf = (ring: Ring): string[] => ring.twins.map(({ token }) => token).sort();

/** A ring that came about by a few changes at a few times, some at the same moment on two devices. */
const rings = fc
  .array(
    fc.record({
      what: fc.constantFrom("twin", "drop", "give up", "device", "terms", "confirm"),
      id: fc.constantFrom("a", "b", "c"),
      token: fc.constantFrom("1", "2"),
      minute: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 8 },
  )
  .map((steps) =>
    steps.reduce<Ring>((ring, { what, id, token, minute }) => {
      const now = at(minute);
      if (what === "twin") return withTwin(ring, twin(id, `${id}~${token}`), now);
      if (what === "drop") return without(ring, id, now);
      if (what === "give up") return withoutToken(ring, { twin: id, token: `${id}~${token}` });
      if (what === "device") return withDevice(ring, device(`device ${id}`, token), now);
      if (what === "terms")
        return withTerms(ring, { code: token === "1" ? "SD-BASE" : "SD-BASE-DP", alternates: [] }, now);
      return merge(ring, { ...emptyRing, confirmedAt: now });
    }, emptyRing),
  );

describe("two rings", () => {
  test("become the same one whichever comes first, in whatever order and however often", () => {
    fc.assert(
      fc.property(rings, rings, rings, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
        expect(merge(merge(a, b), b)).toEqual(merge(a, b));
        expect(sameRing(merge(a, b), merge(b, a))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("keep what each added while the other was away", () => {
    const both = withTwin(emptyRing, twin("kettle"), at(0));
    const phone = withTwin(both, twin("lamp"), at(1));
    const laptop = withTwin(both, twin("drill"), at(1));
    expect(twinsOf(merge(phone, laptop))).toEqual(["drill~token", "kettle~token", "lamp~token"]);
  });

  test("don't bring back what one took out", () => {
    const both = withTwin(withTwin(emptyRing, twin("kettle"), at(0)), twin("lamp"), at(1));
    const phone = without(both, "kettle", at(2));
    const laptop = withTerms(both, { code: "SD-BASE", alternates: [] }, at(5));
    expect(twinsOf(merge(phone, laptop))).toEqual(["lamp~token"]);
  });

  test("have again what was taken out and came back later, even by a clock that is behind", () => {
    const gone = without(withTwin(emptyRing, twin("kettle", "old"), at(5)), "kettle", at(6));
    const back = withTwin(gone, twin("kettle", "new"), at(1));
    expect(twinsOf(back)).toEqual(["new"]);
    expect(twinsOf(merge(back, gone))).toEqual(["new"]);
  });

  test("lose a way that was given up, and keep another that a device found since, whether or not they had met", () => {
    const first = { twin: "kettle", token: "first" };
    const phone = withTwin(emptyRing, twin("kettle", "first"), at(0));
    expect(twinsOf(withoutToken(phone, first))).toEqual([]);
    expect(twinsOf(merge(phone, withoutToken(phone, first)))).toEqual([]);
    const laptop = withTwin(phone, twin("kettle", "second"), at(1));
    expect(twinsOf(merge(withoutToken(phone, first), laptop))).toEqual(["second"]);
    expect(withoutToken(merge(phone, laptop), first)).toEqual(merge(phone, laptop));
  });

  test("go by the newer way to a thing and the terms that were chosen last", () => {
    const phone = withTerms(
      withTwin(emptyRing, twin("kettle", "old card"), at(0)),
      { code: "SD-BASE", alternates: [] },
      at(9),
    );
    const laptop = withTerms(
      withTwin(emptyRing, twin("kettle", "new card"), at(1)),
      { code: "SD-BASE-A", alternates: [] },
      at(3),
    );
    const merged = merge(phone, laptop);
    expect(twinsOf(merged)).toEqual(["new card"]);
    expect(merged.terms?.code).toBe("SD-BASE");
  });

  test("lose a device that was cut off, also when it wrote last", () => {
    const both = withDevice(withDevice(emptyRing, device("phone"), at(0)), device("laptop"), at(1));
    const onLaptop = without(both, "phone", at(2));
    const onPhone = withTwin(both, twin("lamp"), at(3));
    expect(merge(onPhone, onLaptop).devices.map(({ id }) => id)).toEqual(["laptop"]);
  });
});

test("a device has a name of its own in the ring, and may keep it", () => {
  const ring = withDevice(
    withDevice(emptyRing, device("1", "Chrome on Android"), at(0)),
    device("2", "Chrome on Android 2"),
    at(0),
  );
  expect(freeName(ring, "Chrome on Android", "3")).toBe("Chrome on Android 3");
  expect(freeName(ring, "Chrome on Android", "1")).toBe("Chrome on Android");
  expect(freeName(ring, "Firefox on Linux", null)).toBe("Firefox on Linux");
});
