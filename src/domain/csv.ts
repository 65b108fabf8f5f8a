// A line of CSV (RFC 4180) that no spreadsheet takes for a formula.

// A spreadsheet computes what begins with one of these; an apostrophe before it makes it text.
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

function field(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The fields as one line, with its line end. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(field).join(",")}\r\n`;
