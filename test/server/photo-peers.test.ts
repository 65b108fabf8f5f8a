// Real files from an independent encoder: what is cleaned still decodes to the same pixels, and tells nothing but its orientation.

import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { cleanPhoto } from "../../src/domain/photo/photo.ts";
import { avif, full, PROPERTIES } from "../domain/photo/pictures.ts";

const WIDTH = 24;
const HEIGHT = 16;
const SECRETS = {
  IFD0: { Copyright: "SECRETOWNER", Make: "SECRETCAMERA", Artist: "SECRETARTIST" },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100", GPSAreaInformation: "SECRETPLACE" },
};
const XMP =
  "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>SECRETXMP</rdf:RDF></x:xmpmeta>";

/** A picture without symmetry, with an alpha channel that varies. */
const source = (): Sharp => {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => (i * 37 + (i >> 5) * 11) % 256);
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
};

const photographed = (picture: Sharp, orientation: number): Sharp =>
  picture.withIccProfile("p3").withMetadata({ orientation }).withExifMerge(SECRETS).withXmp(XMP);

const ENCODERS: readonly [string, string, (picture: Sharp) => Sharp][] = [
  ["a baseline JPEG", "image/jpeg", (picture) => picture.jpeg()],
  ["a progressive JPEG", "image/jpeg", (picture) => picture.jpeg({ progressive: true })],
  ["a CMYK JPEG", "image/jpeg", (picture) => picture.flatten().toColourspace("cmyk").jpeg()],
  ["a PNG", "image/png", (picture) => picture.png()],
  ["a PNG with a palette", "image/png", (picture) => picture.png({ palette: true })],
  ["a lossy WebP", "image/webp", (picture) => picture.webp()],
  ["a lossless WebP", "image/webp", (picture) => picture.webp({ lossless: true })],
  ["an AVIF with alpha", "image/avif", (picture) => picture.avif()],
  ["an opaque AVIF", "image/avif", (picture) => picture.removeAlpha().avif({ lossless: true })],
];

async function expectSamePixels(before: Uint8Array, after: Uint8Array): Promise<void> {
  const pixelsOf = (bytes: Uint8Array) => sharp(bytes, { animated: true }).raw().toBuffer({ resolveWithObject: true });
  const [was, is] = await Promise.all([pixelsOf(before), pixelsOf(after)]);
  expect(is.info).toEqual(was.info);
  expect(is.data.equals(was.data)).toBe(true);
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe.each(ENCODERS)("%s from an independent encoder", (_, type, encode) => {
  it.each([1, 3, 6, 8])(
    "keeps its pixels and its orientation %i, and nothing it should not tell",
    async (orientation) => {
      const upload = await photographed(encode(source()), orientation).toBuffer();
      const before = await sharp(upload).metadata();
      expect(before.exif?.includes("SECRETOWNER")).toBe(true);
      expect(before.xmp?.includes("SECRETXMP")).toBe(true);

      const result = cleanPhoto(Buffer.concat([upload, Buffer.from("SECRETTAIL")]));
      if (!result.ok) throw new Error(result.error);
      const { bytes, width, height } = result.value;
      expect(result.value.type).toBe(type);
      expect(text(bytes).match(/SECRET|GPS/)).toBeNull();

      const after = await sharp(bytes).metadata();
      expect(after).toMatchObject({
        format: before.format,
        width: before.width,
        height: before.height,
        channels: before.channels,
      });
      expect(after.xmp).toBeUndefined();
      expect(after.iptc).toBeUndefined();
      expect(after.comments).toBeUndefined();
      expect(after.icc).toEqual(before.icc);
      // AVIF turns by `irot`, which the decoder applies; the others say it in EXIF, which holds that one entry (26 bytes, 6 of prefix).
      const inExif = type !== "image/avif" && orientation !== 1;
      expect(after.orientation).toBe(inExif ? orientation : undefined);
      expect(after.exif?.length ?? 0).toBeLessThanOrEqual(inExif ? 32 : 0);
      expect({ width, height }).toEqual(
        type === "image/avif" ? { width: after.width, height: after.height } : before.autoOrient,
      );
      expect(width).toBe(orientation >= 5 ? HEIGHT : WIDTH);

      await expectSamePixels(upload, bytes);
    },
  );
});

describe("pictures an independent encoder made and this project put together", () => {
  it("keeps all frames of an animated WebP", async () => {
    const frame = (background: string) =>
      sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = await Promise.all(["red", "green", "blue"].map(frame));
    const upload = await photographed(sharp(frames, { join: { animated: true } }).webp(), 1).toBuffer();
    const result = cleanPhoto(upload);
    if (!result.ok) throw new Error(result.error);
    expect(result.value).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(await sharp(result.value.bytes).metadata()).toMatchObject({ pages: 3 });
    await expectSamePixels(upload, result.value.bytes);
  });

  it("keeps a grid of AV1 tiles, turned and mirrored", async () => {
    const tile = async (background: string) => {
      const file = text(
        await sharp({ create: { width: 64, height: 64, channels: 3, background } })
          .avif()
          .toBuffer(),
      );
      const codec = file.indexOf("av1C") - 4;
      return {
        data: file.slice(file.indexOf("mdat") + 4),
        codec: Buffer.from(file.slice(codec, codec + 12), "latin1"),
      };
    };
    const [left, right] = await Promise.all([tile("#c02040"), tile("#20c040")]);
    const size = (width: number, height: number) => full("ispe", 0, 0, 0, 0, 0, width, 0, 0, 0, height);
    const upload = avif({
      properties: [size(128, 64), size(64, 64), left.codec, ...PROPERTIES.slice(5, 7)],
      items: [
        { id: 7, type: "grid", data: "\0\0\0\x01\0\x80\0\x40", properties: [1, 0x84, 0x85], inIdat: true },
        { id: 8, type: "av01", data: left.data, properties: [2, 0x83], hidden: true },
        { id: 9, type: "av01", data: right.data, properties: [2, 0x83], hidden: true },
      ],
      references: [["dimg", 7, [8, 9]]],
    });
    const result = cleanPhoto(upload);
    if (!result.ok) throw new Error(result.error);
    expect(result.value).toMatchObject({ width: 64, height: 128 });
    expect(await sharp(result.value.bytes).metadata()).toMatchObject({ width: 64, height: 128 });
    await expectSamePixels(upload, result.value.bytes);
  });
});
