import fc from "fast-check";
import { expect, test } from "vitest";
import { RETRY_AFTER_CAP_MS, retryAfterMs } from "../../src/relay/retry-after.ts";

// One minute before the example of RFC 9110, 5.6.7.
const NOW = Date.UTC(1994, 10, 6, 8, 48, 37);

test.each([
  ["0", 0],
  ["1", 1_000],
  ["120", 120_000],
  ["007", 7_000],
  [" 120 ", 120_000],
  ["\t5", 5_000],
  ["86400", 86_400_000],
  ["86401", 86_400_000],
  ["99999999999999999999999999", 86_400_000],
  ["-5", 0],
  ["-0", 0],
])("delta-seconds %j is %i ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test.each([
  ["IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", 60_000],
  ["RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT", 60_000],
  ["asctime", "Sun Nov  6 08:49:37 1994", 60_000],
  ["asctime, two digits", "Wed Nov 16 08:48:37 1994", 86_400_000],
  ["a leap second", "Sun, 06 Nov 1994 08:48:60 GMT", 23_000],
  ["now", "Sun, 06 Nov 1994 08:48:37 GMT", 0],
  ["the past", "Sun, 06 Nov 1994 08:48:36 GMT", 0],
  ["the far past", "Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["the far future", "Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000],
  ["a leap day", "Thu, 29 Feb 1996 00:00:00 GMT", 86_400_000],
  ["two digits within 50 years ahead", "Friday, 06-Nov-43 08:49:37 GMT", 86_400_000],
  ["two digits over 50 years ahead, so in the past", "Sunday, 06-Nov-45 08:49:37 GMT", 0],
])("a date is read: %s", (_, header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test.each([
  null,
  "",
  " ",
  "soon",
  "1.5",
  "+5",
  "--5",
  "5s",
  "0x10",
  "1e3",
  "5, 10",
  "\u0661",
  "Infinity",
  "NaN",
  "1994-11-06T08:49:37Z",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Nov 1994 08:49:37 UTC",
  "Sun, 06 Nov 1994 08:49:37 +0000",
  "Sun, 6 Nov 1994 08:49:37 GMT",
  "Sun, 31 Feb 1994 08:49:37 GMT",
  "Sun, 00 Nov 1994 08:49:37 GMT",
  "Sun, 29 Feb 1995 08:49:37 GMT",
  "Sun, 06 Nov 1994 24:00:00 GMT",
  "Sun, 06 Nov 1994 08:60:00 GMT",
  "Sun, 06 Nov 1994 08:49:61 GMT",
  "Sun, 06 Nov 94 08:49:37 GMT",
  "Sunday, 06-Nov-1994 08:49:37 GMT",
  "Sun Nov 6 08:49:37 1994",
  "sun, 06 nov 1994 08:49:37 gmt",
  "Xyz, 06 Nov 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 08:49:37 GMT, 5",
])("%j is garbage", (header) => {
  expect(retryAfterMs(header, NOW)).toBeNull();
});

test("two-digit years are read from now, across the turn of a century", () => {
  const now = Date.UTC(2099, 11, 31, 23, 59, 0);
  expect(retryAfterMs("Friday, 01-Jan-00 00:00:00 GMT", now)).toBe(60_000);
  expect(retryAfterMs("Thursday, 31-Dec-98 23:59:59 GMT", now)).toBe(0);
  expect(retryAfterMs("Fri, 01 Jan 2100 00:00:00 GMT", now)).toBe(60_000);
});

test("every second of a date comes back, and any text answers null or 0 to 24 h", () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(second, fc.nat(86_400), (now, ahead) => {
      const header = new Date((now + ahead) * 1_000).toUTCString();
      expect(retryAfterMs(header, now * 1_000)).toBe(ahead * 1_000);
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.bigInt().map(String), fc.date({ noInvalidDate: true }).map(String)),
      (header) => {
        const ms = retryAfterMs(header, NOW);
        if (ms === null) return;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(RETRY_AFTER_CAP_MS);
      },
    ),
  );
});
