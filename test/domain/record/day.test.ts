// A day is one anywhere on earth: the record's are UTC's, and people write their own.

import { expect, test } from "vitest";
import { dayFault, hasBegun } from "../../../src/domain/record/day.ts";

test.each([
  ["2026-06-03", "2026-06-02"],
  ["2026-07-01", "2026-06-30"],
  ["2027-01-01", "2026-12-31"],
  ["2028-02-29", "2028-02-28"],
  ["2026-06-02", "2026-06-02"],
  ["1900-01-01", "2026-06-02"],
])("%s has begun somewhere while it is %s in UTC", (day, today) => {
  expect(hasBegun(day, today)).toBe(true);
  expect(dayFault("occurredOn", day, today)).toBeNull();
});

test.each([
  ["2026-06-04", "2026-06-02"],
  ["2026-07-02", "2026-06-30"],
  ["2027-01-02", "2026-12-31"],
  ["2026-03-02", "2026-02-28"],
])("%s is a day to come while it is %s in UTC", (day, today) => {
  expect(hasBegun(day, today)).toBe(false);
  expect(dayFault("asOf", day, today)).toMatchObject({ code: "invalid", errors: [{ path: "asOf" }] });
});
