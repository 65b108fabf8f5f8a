// GTINs and serials as GS1 General Specifications have them.

/** The check digit of the first 13 digits of a GTIN-14: weights 3, 1, 3, … from the right. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits.charAt(digits.length - 1 - i)) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** GTIN-8, -12, -13 or -14 as a GTIN-14, or null when it has another length, other characters or a wrong check digit. */
export function gtin14(typed: string): string | null {
  if (!/^(?:\d{8}|\d{12,14})$/.test(typed)) return null;
  const padded = typed.padStart(14, "0");
  return checkDigit(padded.slice(0, 13)) === Number(padded.charAt(13)) ? padded : null;
}

// GS1 AI (21): 1 to 20 characters of CSET 82.
const SERIAL = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;
export const isSerial = (text: string): boolean => SERIAL.test(text);

/** The GS1 Digital Link of an item under `origin`, of the product where `serial` is null; the serial is percent-encoded as its syntax asks. */
export const digitalLink = (origin: string, gtin: string, serial: string | null): string =>
  `${origin}/01/${gtin}${serial === null ? "" : `/21/${percentEncoded(serial)}`}`;

/** The keys of a GS1 Digital Link: 01 is the GTIN, 21 the serial. */
const LINK_PATH = /^(?:\/[^/]+)*?\/01\/(\d{8,14})(?:\/21\/([^/]+))?\/?$/;

/** What the path of a GS1 Digital Link names: a product as a GTIN-14, and the item where its serial is one; null when it is no such link. */
export function readDigitalLink(pathname: string): { readonly gtin: string; readonly serial: string | null } | null {
  const [, digits, rest] = LINK_PATH.exec(pathname) ?? [];
  const gtin = gtin14(digits ?? "");
  if (gtin === null) return null;
  const serial = rest === undefined ? null : decoded(rest);
  return { gtin, serial: serial !== null && isSerial(serial) ? serial : null };
}

/** As GS1 has it printed beneath a code: (01) the GTIN, (21) the serial. */
const ELEMENTS = /^\(01\)\s*(\d{14})\s*\(21\)\s*(\S+)$/;

/** The item that `(01)GTIN(21)SERIAL` names, or null when it is no such text. */
export function readElements(text: string): { readonly gtin: string; readonly serial: string } | null {
  const [, digits = "", serial = ""] = ELEMENTS.exec(text.trim()) ?? [];
  const gtin = gtin14(digits);
  return gtin !== null && isSerial(serial) ? { gtin, serial } : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
