import { describe, expect, it } from "vitest";
import { clean, refusal } from "./cleaning.ts";
import * as p from "./pictures.ts";

describe("a WebP", () => {
  it("keeps image, alpha and profile byte for byte, clears the flags of what went, and no planted word stays", () => {
    const photo = clean(p.webp());
    expect(photo).toMatchObject({ type: "image/webp", width: 33, height: 21 });
    expect(photo.bytes).toEqual(p.riff(p.vp8x(0x30, 33, 21), p.ICCP, p.ALPH, p.vp8(33, 21)));
    expect(p.text(photo.bytes)).not.toContain(p.STEM);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])("keeps the orientation %i alone, with its flag", (orientation) => {
    const photo = clean(p.webp(orientation));
    const exif = p.riffChunk("EXIF", p.minimalTiff(orientation));
    expect(photo.bytes).toEqual(p.riff(p.vp8x(0x38, 33, 21), p.ICCP, p.ALPH, p.vp8(33, 21), exif));
    expect(photo).toMatchObject(orientation >= 5 ? { width: 21, height: 33 } : { width: 33, height: 21 });
  });

  it("ignores EXIF that no flag announces, as viewers do", () => {
    const data = p.riff(p.vp8x(0, 33, 21), p.vp8(33, 21), p.riffChunk("EXIF", p.tiff(6)));
    expect(clean(data).bytes).toEqual(p.riff(p.vp8x(0, 33, 21), p.vp8(33, 21)));
  });

  it("reads the size of a simple file, lossy or lossless, and drops what follows the image", () => {
    for (const image of [p.vp8(321, 123), p.vp8l(321, 123)]) {
      const photo = clean(p.bytes(p.riff(image, p.riffChunk("XMP ", p.XMP)), "SECRETTAIL"));
      expect(photo).toMatchObject({ width: 321, height: 123 });
      expect(photo.bytes).toEqual(p.riff(image));
    }
    expect(clean(p.riff(p.vp8l(16384, 16384)))).toMatchObject({ width: 16384, height: 16384 });
  });

  it("cleans inside the frames of an animation", () => {
    const photo = clean(p.animatedWebp());
    expect(photo.bytes).toEqual(p.riff(p.vp8x(0x02, 9, 7), p.ANIM, ...p.FRAMES));
  });

  it("keeps the first image only, so no second picture hides behind it", () => {
    const data = p.riff(p.vp8x(0, 33, 21), p.vp8(33, 21), p.riffChunk("VP8 ", "SECRETSECOND"));
    expect(clean(data).bytes).toEqual(p.riff(p.vp8x(0, 33, 21), p.vp8(33, 21)));
  });

  it("is refused wherever it is cut short", () => {
    const whole = clean(p.webp(6)).bytes;
    for (let end = 12; end < whole.length; end++)
      expect(refusal(whole.subarray(0, end)), `at ${end}`).toMatch(/cut short/);
  });

  it("is refused when a chunk reaches past its file or it holds no picture", () => {
    expect(refusal(p.riff("VP8 ", p.le(99, 4), "short"))).toMatch(/cut short/);
    expect(refusal(p.riff(p.riffChunk("VP8X", 0)))).toMatch(/broken/);
    expect(refusal(p.riff())).toMatch(/no picture/);
    expect(refusal(p.riff(p.vp8x(0, 2, 2)))).toMatch(/no picture/);
    expect(refusal(p.riff(p.vp8x(0x02, 2, 2), p.vp8(2, 2)))).toMatch(/no picture/);
    expect(refusal(p.riff(p.vp8x(0x02, 2, 2), p.riffChunk("ANMF", "short")))).toMatch(/broken/);
    expect(refusal(p.riff(p.vp8(0, 2)))).toMatch(/no picture/);
    expect(refusal(p.riff(p.riffChunk("VP8 ", "not a key frame")))).toMatch(/no picture/);
    expect(refusal(p.riff(p.riffChunk("VP8L", "not lossless")))).toMatch(/no picture/);
  });
});
