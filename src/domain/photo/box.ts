// Boxes of the ISO base media file format (ISO/IEC 14496-12), which AVIF is made of. Reading never throws.

import { big, bigOctets, joined, name, nameOctets, type Octets } from "./octets.ts";

export type Box = { readonly type: string; readonly body: Uint8Array };

/** A picture of a hundred tiles has some hundred boxes; more than this is made to cost time. */
const MOST_BOXES = 10_000;

/** The boxes in `bytes`, up to the first thing that is not a whole box; `whole` says whether that was the end. */
export function boxesIn(bytes: Uint8Array): { readonly boxes: Box[]; readonly whole: boolean } {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && boxes.length < MOST_BOXES) {
    const short = big(bytes, at, 4);
    const headerBytes = short === 1 ? 16 : 8;
    const length = short === 1 ? big(bytes, at + 8, 8) : short === 0 ? bytes.length - at : short;
    if (length < headerBytes || at + length > bytes.length) break;
    boxes.push({ type: name(bytes, at + 4), body: bytes.subarray(at + headerBytes, at + length) });
    at += length;
  }
  return { boxes, whole: at === bytes.length };
}

/** The parts are a list, never arguments: a file may have more of them than the stack has room for. */
export const box = (type: string, parts: readonly Uint8Array[]): Octets => {
  const length = parts.reduce((total, part) => total + part.length, 8);
  return joined([bigOctets(length, 4), nameOctets(type), ...parts]);
};

/** A box whose body begins with a version and flags. */
export const fullBox = (type: string, version: number, flags: number, parts: readonly Uint8Array[]): Octets =>
  box(type, [Uint8Array.of(version), bigOctets(flags, 3), ...parts]);

/** Reads integers one after the other; past the end it gives 0 and says so in `short`. */
export class Cursor {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  uint(size: number): number {
    const value = big(this.bytes, this.at, size);
    this.at += size;
    return value;
  }

  /** The version of a full box; its flags follow as three bytes. */
  version(): { version: number; flags: number } {
    return { version: this.uint(1), flags: this.uint(3) };
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  get short(): boolean {
    return this.at > this.bytes.length;
  }
}
