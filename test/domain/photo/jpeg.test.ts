import { describe, expect, it } from "vitest";
import { clean, refusal } from "./cleaning.ts";
import * as p from "./pictures.ts";

const orientationOnly = (orientation: number) => p.segment(0xe1, "Exif\0\0", p.minimalTiff(orientation));

/** What `pictures.jpeg` must become: the same tables and scans, and nothing that a camera or editor added. */
const expected = (...exif: readonly Uint8Array[]) =>
  p.bytes(
    p.SOI,
    p.JFIF,
    ...exif,
    p.ICC,
    p.ADOBE,
    p.DQT,
    p.frame(0xc2, 40, 30),
    p.DHT,
    p.DRI,
    p.SCAN,
    p.DHT,
    p.SECOND_SCAN,
    p.EOI,
  );
const plain = (...middle: readonly p.Part[]) => p.bytes(p.SOI, p.DQT, ...middle, p.EOI);

describe("a JPEG", () => {
  it("keeps tables, scans, profile and colour transform byte for byte, and no planted word", () => {
    const photo = clean(p.jpeg());
    expect(photo).toMatchObject({ type: "image/jpeg", width: 40, height: 30 });
    expect(photo.bytes).toEqual(expected());
    expect(p.text(photo.bytes)).not.toContain(p.STEM);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])("keeps the orientation %i alone, right after JFIF", (orientation) => {
    const photo = clean(p.jpeg(orientation));
    expect(photo.bytes).toEqual(expected(orientationOnly(orientation)));
    const turned = orientation >= 5;
    expect(photo).toMatchObject(turned ? { width: 30, height: 40 } : { width: 40, height: 30 });
  });

  it("takes the orientation of the first EXIF only, and none from after the picture", () => {
    const twice = [6, 3].map((value) => p.segment(0xe1, "Exif\0\0", p.tiff(value)));
    const frame = p.frame(0xc0, 40, 30);
    expect(clean(plain(...twice, frame, p.SCAN)).bytes).toEqual(
      p.bytes(p.SOI, orientationOnly(6), p.DQT, frame, p.SCAN, p.EOI),
    );
    expect(clean(plain(frame, p.SCAN, twice[0] as Uint8Array)).bytes).toEqual(plain(frame, p.SCAN));
  });

  it("ends at the first end marker, so a motion photo's film and a second picture go", () => {
    const still = plain(p.frame(0xc1, 5, 6), p.SCAN);
    expect(clean(p.bytes(still, p.MOTION, p.jpeg(6))).bytes).toEqual(still);
  });

  it("is refused wherever it is cut short", () => {
    const whole = expected(orientationOnly(6));
    for (let end = 3; end < whole.length; end++)
      expect(refusal(whole.subarray(0, end)), `at ${end}`).toMatch(/cut short/);
    expect(refusal(whole)).toBe("accepted");
  });

  it("is refused when it holds no picture, an unusable one, or a kind browsers do not show", () => {
    const frame = p.frame(0xc0, 4, 4);
    expect(refusal(plain())).toMatch(/no picture/);
    expect(refusal(plain(frame))).toMatch(/no picture/);
    expect(refusal(plain(p.SCAN))).toMatch(/broken/);
    expect(refusal(plain(frame, frame, p.SCAN))).toMatch(/broken/);
    expect(refusal(plain(p.segment(0xc0, 8, 0, 4, 0, 4, 3, 1, 0x11, 0), p.SCAN))).toMatch(/broken/);
    expect(refusal(plain(p.frame(0xc0, 0, 4), p.SCAN))).toMatch(/width or height/);
    expect(refusal(plain(p.frame(0xc0, 4, 0), p.SCAN))).toMatch(/width or height/);
    expect(refusal(plain(p.frame(0xc3, 4, 4), p.SCAN))).toMatch(/FF C3/);
    expect(refusal(plain([0xff, 0xfe, 0, 1], frame, p.SCAN))).toMatch(/broken/);
    expect(refusal(plain("junk", frame, p.SCAN))).toMatch(/broken/);
  });
});
