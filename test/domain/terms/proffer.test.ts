// What an owner may proffer, and what a company may answer to it.

import { describe, expect, test } from "vitest";
import { choose, writeDecision } from "../../../src/domain/terms/decision.ts";
import { decideByOf, decideByOnceJoined, profferInput } from "../../../src/domain/terms/proffer.ts";
import { DEFAULT_PROFFER } from "../../../src/domain/terms/roster.ts";
import { readRecord, recordBytes, recordOf } from "../../../src/domain/terms/record.ts";
import { signBody } from "../../../src/domain/terms/seal.ts";
import { DAY_MS, LAMO_DID, lamo, NOON, owner, proffer, stranger } from "./parties.ts";

const faults = (input: unknown) =>
  profferInput.safeParse(input).error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("an owner's proffer", () => {
  test("needs no more than the agreement they prefer", () => {
    expect(profferInput.parse({ preferred: "PDC-AI" })).toEqual({ preferred: "PDC-AI" });
    expect(profferInput.parse({ ...DEFAULT_PROFFER, maker: "lamo.example" })).toEqual({
      ...DEFAULT_PROFFER,
      maker: "lamo.example",
    });
  });

  test("has every fault listed where it is", () => {
    expect(
      faults({ maker: "LAMO", preferred: "SD-BASE", alternates: ["SD-BASE", "PDC-AI", "SD-BASE-A", "SD-BASE-A"] }),
    ).toEqual([
      ["maker", expect.stringContaining("domain name")],
      ["alternates.0", "must not repeat SD-BASE"],
      ["alternates.1", "must be a relationship agreement, like SD-BASE"],
      ["alternates.3", "must not repeat SD-BASE-A"],
    ]);
    expect(faults({ preferred: "SD-BASE-DP", alternates: Array(13).fill("SD-BASE"), terms: "mine" })).not.toEqual([]);
  });

  test("is decided within the time asked for, which lies ahead", () => {
    const input = (decideBy: string) => profferInput.parse({ preferred: "SD-BASE", decideBy });
    expect(decideByOf(input("2026-11-23T13:00:00+01:00"), true, NOON)).toEqual({ ok: true, value: NOON + DAY_MS });
    for (const past of ["2026-11-22T12:00:00.000Z", "1999-01-01T00:00:00Z"]) {
      expect(decideByOf(input(past), true, NOON)).toMatchObject({
        ok: false,
        error: { code: "invalid", errors: [{ path: "decideBy" }] },
      });
    }
    expect(profferInput.safeParse({ preferred: "SD-BASE", decideBy: "9999-12-31T23:59:59-01:00" }).success).toBe(false);
  });

  test("without a time is decided in 14 days by a company that has joined, and waits for one that has not", () => {
    expect(decideByOf({ preferred: "SD-BASE" }, true, NOON)).toEqual({ ok: true, value: NOON + 14 * DAY_MS });
    expect(decideByOf({ preferred: "SD-BASE" }, false, NOON)).toEqual({ ok: true, value: null });
    expect(decideByOnceJoined(NOON)).toBe(NOON + 14 * DAY_MS);
  });

  test("is written with both parties, the pinned terms and no float, so that it can be read back", async () => {
    const body = proffer();
    expect(body.second).toEqual({ role: "second", id: LAMO_DID, legalName: "LAMO GmbH" });
    expect(body).toMatchObject({
      kind: "relationship",
      createdAt: "2026-11-22T12:00:00.000Z",
      decideBy: "2026-12-06T12:00:00.000Z",
    });
    const record = recordOf(await signBody("proffer", body, owner.signer));
    expect(readRecord(recordBytes(record))).toEqual({ ok: true, value: record });
  });

  test("is made out to the DID that will answer it, by whatever name", () => {
    const key = stranger.signer.key;
    expect(proffer({ secondDid: key, legalName: "Muster GmbH" }).second).toEqual({
      role: "second",
      id: key,
      legalName: "Muster GmbH",
    });
  });
});

describe("a company's decision", () => {
  test("takes the preferred agreement unless it names another that was proffered", () => {
    expect(choose(proffer(), { decision: "accepted" })).toMatchObject({ ok: true, value: { chosen: "SD-BASE-DP" } });
    expect(choose(proffer(), { decision: "accepted", chosen: "SD-BASE" })).toMatchObject({
      ok: true,
      value: { chosen: "SD-BASE" },
    });
    expect(choose(proffer(), { decision: "countered", chosen: "SD-BASE-A" })).toMatchObject({
      ok: true,
      value: { chosen: "SD-BASE-A" },
    });
    expect(choose(proffer(), { decision: "refused", reason: "No." })).toMatchObject({
      ok: true,
      value: { reason: "No." },
    });
  });

  test.each([
    [{ decision: "accepted", chosen: "SD-BASE-A" }, "SD-BASE-A was not proffered: only a counter can name it"],
    [{ decision: "refused", chosen: "SD-BASE" }, "a refusal chooses nothing"],
    [{ decision: "countered" }, "name the agreement that is chosen"],
    [{ decision: "countered", chosen: "SD-BASE" }, "SD-BASE was proffered: accept it instead"],
    [
      { decision: "countered", chosen: "PDC-GOOD" },
      "PDC-GOOD is not a relationship agreement, which is what was proffered",
    ],
  ] as const)("cannot be %j", (input, message) => {
    expect(choose(proffer(), input)).toEqual({
      ok: false,
      error: { code: "invalid", errors: [{ path: "chosen", message }] },
    });
  });

  test("names the one signature it answers, and nothing it did not choose", async () => {
    const signed = await signBody("proffer", proffer(), owner.signer);
    const again = await signBody("proffer", proffer(), lamo.signer);
    const decision = await writeDecision(signed, { decision: "refused" }, NOON, "human");
    expect(decision).toMatchObject({
      decision: "refused",
      chosen: null,
      reason: null,
      decidedAt: "2026-11-22T12:00:00.000Z",
    });
    expect((await writeDecision(again, { decision: "refused" }, NOON, "human")).proffer).not.toBe(decision.proffer);
  });
});
