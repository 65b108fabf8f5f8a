// Channels: a scope lets exactly what it says, `owner` lets all, and notes:own never reaches another's note.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { channelInput, may, mayReadNote, SCOPES, type Caller, type Scope } from "../../src/domain/access.ts";
import type { ChannelId } from "../../src/domain/ids.ts";

const ME: ChannelId = "chan_me";
const caller = (...scopes: Scope[]): Caller => ({ id: ME, scopes: new Set(scopes) });
const scope = fc.constantFrom(...SCOPES);
const others = SCOPES.filter((name) => name !== "owner");

describe("a channel's scopes", () => {
  test("let exactly what they name, but that reading all notes lets it read its own", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...others)), scope, (granted, asked) => {
        const named = (granted as Scope[]).includes(asked);
        const implied = asked === "notes:own" && granted.includes("notes:read");
        expect(may(caller(...granted), asked)).toBe(named || implied);
      }),
    );
  });

  test("are all there for an owner", () => {
    for (const asked of SCOPES) expect(may(caller("owner"), asked)).toBe(true);
  });

  test("are none without one", () => {
    for (const asked of SCOPES) expect(may(caller(), asked)).toBe(false);
  });

  test("never let writing or sending follow from reading, nor reading from writing", () => {
    expect(may(caller("notes:read"), "notes:write")).toBe(false);
    expect(may(caller("notes:write"), "notes:send")).toBe(false);
    expect(may(caller("notes:write"), "notes:own")).toBe(false);
    expect(may(caller("messages:write"), "messages:read")).toBe(false);
    expect(may(caller("agreements:write"), "agreements:read")).toBe(false);
  });
});

describe("a note", () => {
  test("is read by a channel with notes:read, and by its author with notes:own", () => {
    expect(mayReadNote(caller("notes:read"), "chan_other")).toBe(true);
    expect(mayReadNote(caller("owner"), "chan_other")).toBe(true);
    expect(mayReadNote(caller("notes:own"), ME)).toBe(true);
    expect(mayReadNote(caller("notes:own"), "chan_other")).toBe(false);
    expect(mayReadNote(caller("notes:write", "messages:read", "twin:read"), ME)).toBe(false);
  });
});

describe("a new channel", () => {
  const input = (change: object) => channelInput.safeParse({ label: "Repairer", scopes: ["history:write"], ...change });

  test("needs a label and one scope or more, none twice, none invented", () => {
    expect(input({}).success).toBe(true);
    for (const change of [
      { scopes: [] },
      { scopes: ["owner", "owner"] },
      { scopes: ["everything"] },
      { label: "" },
      { label: "x".repeat(121) },
      { label: "a\0b" },
      { scope: "owner" },
      { expiresAt: "tomorrow" },
      { expiresAt: 1 },
    ]) {
      expect(input(change).success, JSON.stringify(change)).toBe(false);
    }
  });

  test("may expire, at a time of any offset", () => {
    expect(input({ expiresAt: "2026-12-01T01:00:00+01:00" }).data?.expiresAt).toBe(Date.UTC(2026, 11, 1));
  });
});
