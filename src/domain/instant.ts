// The two ways a time is written: integer milliseconds inside, RFC 3339 UTC with milliseconds in what is signed or sent.

/** Milliseconds since 1970 UTC as RFC 3339, always with three decimals and `Z`. */
export const rfc3339 = (ms: number): string => new Date(ms).toISOString();

/** The day in UTC, `YYYY-MM-DD`, of milliseconds since 1970. */
export const dayOf = (ms: number): string => rfc3339(ms).slice(0, "YYYY-MM-DD".length);

/** The milliseconds of an RFC 3339 time that has already been validated. */
export const millisOf = (instant: string): number => Date.parse(instant);

/** The last moment that RFC 3339, whose years have four digits, can say. */
export const LAST_INSTANT_MS = Date.UTC(10_000, 0, 1) - 1;
/** The first one: the year 0000. */
export const FIRST_INSTANT_MS = Date.parse("0000-01-01T00:00:00Z");
