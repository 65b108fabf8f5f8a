// base58 as the Multibase and the did:key drafts have it: their examples come out, and every text has one reading.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base58Of, bytesOfBase58 } from "../../src/domain/base58.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("base58", () => {
  // draft-msporny-base58-03, section 5.
  test.each([
    [utf8("Hello World!"), "2NEpo7TZRRrLZSi2U"],
    [
      utf8("The quick brown fox jumps over the lazy dog."),
      "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    ],
    [Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd), "11233QC4"],
    [new Uint8Array(0), ""],
    [new Uint8Array(12), "111111111111"],
  ])("writes the published examples", (bytes, text) => {
    expect(base58Of(bytes)).toBe(text);
    expect(bytesOfBase58(text, bytes.length)).toEqual(bytes);
  });

  test("reads back what it wrote, and nothing of another length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = base58Of(bytes);
        expect(bytesOfBase58(text, bytes.length)).toEqual(bytes);
        expect(bytesOfBase58(text, bytes.length + 1)).toBeNull();
        expect(bytesOfBase58(`1${text}`, bytes.length)).toBeNull();
        expect(bytes.length === 0 || bytesOfBase58(text, bytes.length - 1) === null).toBe(true);
      }),
    );
  });

  test("refuses a one more than there are bytes of zero, also where there is nothing else", () => {
    expect(bytesOfBase58("1", 1)).toEqual(new Uint8Array(1));
    expect(bytesOfBase58("11", 1)).toBeNull();
    expect(bytesOfBase58("1111", 2)).toBeNull();
  });

  test.each(["0", "O", "I", "l", " ", "é", "2NEpo7TZRRrLZSi2U\n"])("refuses %j", (text) => {
    expect(bytesOfBase58(text, 12)).toBeNull();
  });
});
