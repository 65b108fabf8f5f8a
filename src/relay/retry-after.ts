// Reads Retry-After (RFC 9110, 10.2.3): the receiver's wish for when to come back. Must never make us wait longer than a day.

/** The longest wait a receiver can ask for. */
export const RETRY_AFTER_CAP_MS = 24 * 3_600_000;

const SECONDS = /^-?\d+$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<month>${MONTHS.join("|")})`;
const TIME = "(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)";
// RFC 9110, 5.6.7: the preferred form and the two obsolete ones that a recipient must also read.
const HTTP_DATES = [
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} (?<day>\\d{2}| \\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * Milliseconds to wait, 0 to 24 h; null when the header is absent or is neither delta-seconds nor an HTTP-date.
 * A negative number and a date that has passed mean 0.
 * @param now milliseconds since 1970 UTC
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.replace(/^[ \t]+|[ \t]+$/g, "") ?? "";
  const waitMs = SECONDS.test(text) ? Number(text) * 1_000 : dateOf(text, now) - now;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), RETRY_AFTER_CAP_MS);
}

/** An HTTP-date in milliseconds since 1970 UTC, or NaN. */
function dateOf(text: string, now: number): number {
  const parts = HTTP_DATES.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return Number.NaN;
  const month = MONTHS.indexOf(parts["month"]!);
  const day = Number(parts["day"]);
  const year = fullYear(parts["year"]!, now);
  // Date.UTC would roll 30 February over into March.
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return Number.NaN;
  return Date.UTC(year, month, day, Number(parts["hour"]), Number(parts["minute"]), Number(parts["second"]));
}

/** RFC 9110, 5.6.7: two digits mean the year at most 50 ahead, or else the latest past one. */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const latest = new Date(now).getUTCFullYear() + 50;
  const year = latest - (latest % 100) + Number(digits);
  return year > latest ? year - 100 : year;
}
