import { describe, expect, it } from "vitest";
import { clean, refusal } from "./cleaning.ts";
import * as p from "./pictures.ts";

const IDAT = p.pngChunk("IDAT", "pixels");
const expected = (...exif: readonly Uint8Array[]) =>
  p.bytes(p.PNG_HEAD, p.ihdr(20, 10), ...exif, ...p.PNG_KEPT, p.IEND);

describe("a PNG", () => {
  it("keeps pixels, colours and animation byte for byte, and no planted word", () => {
    const photo = clean(p.png());
    expect(photo).toMatchObject({ type: "image/png", width: 20, height: 10 });
    expect(photo.bytes).toEqual(expected());
    expect(p.text(photo.bytes)).not.toContain(p.STEM);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    "keeps the orientation %i alone, in an eXIf chunk before the pixels",
    (orientation) => {
      const photo = clean(p.png(orientation));
      const exif = p.pngChunk("eXIf", p.minimalTiff(orientation));
      expect(photo.bytes).toEqual(expected(exif));
      expect(photo).toMatchObject(orientation >= 5 ? { width: 10, height: 20 } : { width: 20, height: 10 });
    },
  );

  it("is refused wherever it is cut short", () => {
    const whole = expected();
    for (let end = 8; end < whole.length; end++)
      expect(refusal(whole.subarray(0, end)), `at ${end}`).toMatch(/cut short/);
  });

  it("is refused when the checksum of a kept chunk is wrong, and not for one that goes anyway", () => {
    const broken = (chunk: Uint8Array) => p.bytes(chunk.subarray(0, -1), (chunk.at(-1) as number) ^ 1);
    const file = (...chunks: readonly Uint8Array[]) => p.bytes(p.PNG_HEAD, p.ihdr(2, 2), ...chunks, p.IEND);
    expect(refusal(file(broken(IDAT)))).toMatch(/checksum of its IDAT/);
    expect(refusal(p.bytes(p.PNG_HEAD, broken(p.ihdr(2, 2)), IDAT, p.IEND))).toMatch(/checksum of its IHDR/);
    expect(clean(file(broken(p.pngChunk("tEXt", "x")), IDAT)).bytes).toEqual(file(IDAT));
  });

  it("is refused when it lacks header, size or pixels, or has a chunk the standard does not allow", () => {
    const file = (...chunks: readonly Uint8Array[]) => p.bytes(p.PNG_HEAD, ...chunks, p.IEND);
    expect(refusal(file(IDAT))).toMatch(/begin with one IHDR/);
    expect(refusal(file(p.ihdr(2, 2), p.ihdr(2, 2), IDAT))).toMatch(/one IHDR/);
    expect(refusal(file(p.ihdr(0, 2), IDAT))).toMatch(/width and height/);
    expect(refusal(file(p.ihdr(2, 2 ** 31), IDAT))).toMatch(/width and height/);
    expect(refusal(file(p.pngChunk("IHDR", 1, 2, 3), IDAT))).toMatch(/width and height/);
    expect(refusal(file(p.ihdr(2, 2)))).toMatch(/no picture/);
    expect(refusal(file(p.pngChunk("CgBI", 1), p.ihdr(2, 2), IDAT))).toMatch(/IHDR/);
    expect(refusal(file(p.ihdr(2, 2), p.pngChunk("ABCD"), IDAT))).toMatch(/ABCD/);
    expect(refusal(p.bytes(p.PNG_HEAD, p.ihdr(2, 2), IDAT, p.pngChunk("IEND", "SECRET")))).toMatch(/IEND/);
    expect(refusal(file(p.ihdr(2, 2), p.pngChunk("a\0bc"), IDAT))).toMatch(/four letters/);
  });
});
