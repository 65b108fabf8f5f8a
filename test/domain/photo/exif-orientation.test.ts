import { describe, expect, it } from "vitest";
import {
  displayed,
  readOrientation,
  writeOrientation,
  writePrefixedOrientation,
} from "../../../src/domain/photo/exif-orientation.ts";
import { bytes, tiff } from "./pictures.ts";

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];

describe("the orientation in EXIF", () => {
  it.each(EIGHT)("is read as %i in both byte orders, with and without the prefix", (orientation) => {
    expect(readOrientation(tiff(orientation, "II"))).toBe(orientation);
    expect(readOrientation(tiff(orientation, "MM"))).toBe(orientation);
    expect(readOrientation(bytes("Exif\0\0", tiff(orientation)))).toBe(orientation);
  });

  it.each(EIGHT)("is written as %i so that it is read again, in 26 bytes", (orientation) => {
    expect(writeOrientation(orientation)).toHaveLength(26);
    expect(readOrientation(writeOrientation(orientation))).toBe(orientation);
    expect(readOrientation(writePrefixedOrientation(orientation))).toBe(orientation);
  });

  it("is upright when the value is none of the eight, the block is cut short, or it is no TIFF", () => {
    for (const value of [0, 9, 65535]) expect(readOrientation(tiff(value))).toBe(1);
    // The orientation is the second entry: bytes 22 to 33.
    for (let end = 0; end < 34; end++) expect(readOrientation(tiff(6).subarray(0, end))).toBe(1);
    expect(readOrientation(tiff(6).subarray(0, 34))).toBe(6);
    expect(readOrientation(bytes("XX", tiff(6).subarray(2)))).toBe(1);
    expect(readOrientation(bytes("II", 43, tiff(6).subarray(3)))).toBe(1);
  });

  it("swaps width and height from 5 on", () => {
    for (const orientation of EIGHT) {
      const expected = orientation >= 5 ? { width: 3, height: 4 } : { width: 4, height: 3 };
      expect(displayed(4, 3, orientation)).toEqual(expected);
    }
  });
});
