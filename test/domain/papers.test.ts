// When the papers remind: a pure rule over days of the calendar.

import { expect, test } from "vitest";
import { NO_PAPERS, papersInput, remindAt } from "../../src/domain/papers.ts";

const at = (instant: string): number => Date.parse(instant);
const NOW = at("2026-11-22T10:00:00Z");

test.each([
  ["2027-03-01", 30, "2027-01-30T09:00:00Z"],
  ["2028-03-01", 1, "2028-02-29T09:00:00Z"],
  ["2026-12-01", 0, "2026-12-01T09:00:00Z"],
  ["2026-11-22", 365, "2025-11-22T09:00:00Z"],
])("a warranty until %s with %i days' notice reminds at %s", (warrantyUntil, remindDays, due) => {
  expect(remindAt({ warrantyUntil, remindDays }, null, NOW)).toBe(at(due));
});

test("there is nothing to remind of without an end, after its last day, and where that day was reminded of", () => {
  expect(remindAt(NO_PAPERS, null, NOW)).toBeNull();
  const today = { warrantyUntil: "2026-11-22", remindDays: 0 };
  expect(remindAt(today, null, at("2026-11-22T23:59:59.999Z"))).toBe(at("2026-11-22T09:00:00Z"));
  expect(remindAt(today, null, at("2026-11-23T00:00:00Z"))).toBeNull();
  expect(remindAt(today, "2026-11-22", NOW)).toBeNull();
  expect(remindAt(today, "2026-11-21", NOW)).not.toBeNull();
});

test("every day there is can be written, and reminds at a time there is", () => {
  for (const warrantyUntil of ["0000-01-01", "2000-02-29", "9999-12-31"]) {
    const papers = papersInput.parse({ warrantyUntil });
    const due = remindAt(papers, null, -Number.MAX_SAFE_INTEGER);
    expect([warrantyUntil, Number.isSafeInteger(due)]).toEqual([warrantyUntil, true]);
  }
  for (const none of [
    "1900-02-29",
    "2026-00-10",
    "2026-13-01",
    "2026-04-31",
    "26-11-22",
    "+12026-11-22",
    " 2026-11-22",
  ])
    expect([none, papersInput.safeParse({ boughtOn: none }).success]).toEqual([none, false]);
});
