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

const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
