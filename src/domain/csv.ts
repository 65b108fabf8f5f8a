// A line of CSV (RFC 4180).

const NEEDS_QUOTES = /[",\r\n]/;
const field = (value: string): string => (NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The fields as one line, with its line end. What they say is not changed: a factory prints it. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(field).join(",")}\r\n`;
