// Which bodies a share opens, and which serials are random enough for their hash to be given away.

import { describe, expect, test } from "vitest";
import { hashOfLabel, isHashOf, isRandomSerial } from "../../src/domain/label-hash.ts";
import { shareState, shows } from "../../src/domain/share.ts";
import { encodeCrockford } from "../../src/domain/crockford.ts";

describe("a share shows", () => {
  test.each([
    ["twin", true],
    ["maker", true],
    ["owner", false],
    ["channel", false],
  ] as const)("what the %s recorded after its owner last looked: %s", (role, later) => {
    const showing = { withhold: [2], upTo: 3 };
    const shown = [1, 2, 3, 4].map((seq) => shows(showing, { seq, by: { role } }));
    expect(shown).toEqual([true, false, true, later]);
  });

  test("nothing once it was taken back or its time is over", () => {
    expect(shareState({ expiresAt: 10, revokedAt: null }, 9)).toBe("open");
    expect(shareState({ expiresAt: 10, revokedAt: null }, 10)).toBe("expired");
    expect(shareState({ expiresAt: 10, revokedAt: 5 }, 20)).toBe("revoked");
  });
});

describe("a serial", () => {
  test("of a label that is made here looks random, but for a few", () => {
    const made = Array.from({ length: 500 }, () => encodeCrockford(crypto.getRandomValues(new Uint8Array(10))));
    expect(made.filter(isRandomSerial).length).toBeGreaterThan(400);
  });

  test.each([
    "0000000000000001",
    "2026000000000017",
    "abcdefgh12345678",
    "kx7h2m9qp4t00017",
    "aaaaaaaabbbbbbbb",
    "KX7H2M9QPZTWV3NB",
    "kx7h2m9qpztwv3n",
    "kx7h2m9qpztwv3nbc",
    "SN-1",
  ])("such as %s may have been counted, or is another company's: its hash is not given away", (serial) => {
    expect(isRandomSerial(serial)).toBe(false);
  });

  test("is hashed with its salt and GTIN, a line each, so that none runs into the next", async () => {
    const text = "s\n09520000000004\nkx7h2m9qpztwv3nb";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    expect(hashOfLabel("s", { gtin: "09520000000004", serial: "kx7h2m9qpztwv3nb" })).toBe(digest.toHex());
  });

  test("is compared as it may be printed: random ones also in groups and capitals, any other as it is", () => {
    const gtin = "09520000000004";
    const isSame = (printed: string, serial: string) =>
      isHashOf({ salt: "s", hash: hashOfLabel("s", { gtin, serial }) }, { gtin, serial: printed });
    expect(isSame("KX7H-2M9Q-PZTW-V3NB", "kx7h2m9qpztwv3nb")).toBe(true);
    expect(isSame("KX7H-2M9Q-PZTW-V3NC", "kx7h2m9qpztwv3nb")).toBe(false);
    expect([isSame("SN-1", "SN-1"), isSame("sn-1", "SN-1")]).toEqual([true, false]);
  });
});
