import { describe, expect, it } from "vitest";
import { clean, refusal } from "./cleaning.ts";
import * as p from "./pictures.ts";

/** The properties that stay, in the order the kept items name them: size, colours, turn, mirror, tile size, codec, alpha. */
const KEPT_PROPERTIES = [1, 5, 6, 7, 2, 4, 8].map((index) => p.PROPERTIES[index - 1] as Uint8Array);
const PIXELS = p.AVIF_ITEMS.slice(0, 4);
const primary = PIXELS[0] as p.AvifItem;
/** One coded picture, no grid. */
const single = (properties: readonly number[], more: p.AvifShape = {}) =>
  p.avif({ items: [{ id: 1, type: "av01", data: "pixels", properties }], references: [], primary: 1, ...more });

/** What `pictures.avif()` must become, spelled out: four items numbered from 1, one extent each, seven properties. */
function expected(): Uint8Array {
  const ftyp = p.box("ftyp", "avif", p.be(0, 4), "avifmif1miaf");
  const meta = (start: number) => {
    let at = start;
    const places = PIXELS.map(({ data }, i) => {
      const place = p.bytes(p.be(i + 1, 2), 0, 0, 0, 1, p.be(at, 4), p.be(data.length, 4));
      at += data.length;
      return place;
    });
    return p.full(
      "meta",
      0,
      0,
      p.full("hdlr", 0, 0, p.be(0, 4), "pict", new Uint8Array(12), 0),
      p.full("pitm", 0, 0, 0, 1),
      p.full("iloc", 0, 0, 0x44, 0, 0, 4, ...places),
      p.full(
        "iinf",
        0,
        0,
        0,
        4,
        ...PIXELS.map(({ type, hidden }, i) => p.full("infe", 2, hidden ? 1 : 0, 0, i + 1, 0, 0, type, 0)),
      ),
      p.full(
        "iref",
        0,
        0,
        p.box("dimg", 0, 1, 0, 2, 0, 2, 0, 3),
        p.box("auxl", 0, 4, 0, 1, 0, 1),
        p.box("prem", 0, 1, 0, 1, 0, 4),
      ),
      p.box(
        "iprp",
        p.box("ipco", ...KEPT_PROPERTIES),
        p.full(
          "ipma",
          0,
          0,
          p.be(4, 4),
          [0, 1, 4, 1, 2, 0x83, 0x84],
          [0, 2, 2, 5, 0x86],
          [0, 3, 2, 5, 0x86],
          [0, 4, 5, 1, 0x86, 0x83, 0x84, 7],
        ),
      ),
    );
  };
  return p.bytes(ftyp, meta(ftyp.length + meta(0).length + 8), p.box("mdat", ...PIXELS.map(({ data }) => data)));
}

describe("an AVIF", () => {
  it("becomes a file of its picture, tiles and alpha alone, orientation kept, and no planted word", () => {
    const photo = clean(p.avif());
    expect(photo.type).toBe("image/avif");
    expect(photo.bytes).toEqual(expected());
    expect(p.text(photo.bytes)).not.toContain(p.STEM);
  });

  it("reports the size as displayed: its sides are swapped by a quarter turn and by nothing else", () => {
    const turned = (angle: number) =>
      clean(p.avif({ properties: p.PROPERTIES.map((property, i) => (i === 5 ? p.box("irot", angle) : property)) }));
    for (const angle of [0, 2]) expect(turned(angle)).toMatchObject({ width: 64, height: 48 });
    for (const angle of [1, 3]) expect(turned(angle)).toMatchObject({ width: 48, height: 64 });
  });

  it("drops auxiliary pictures that are not alpha, such as a depth map", () => {
    const depth = p.full("auxC", 0, 0, "urn:mpeg:hevc:2015:auxid:2\0");
    const properties = p.PROPERTIES.map((property, i) => (i === 7 ? depth : property));
    const photo = clean(p.avif({ properties, references: p.AVIF_REFERENCES.filter(([type]) => type !== "prem") }));
    expect(p.text(photo.bytes)).toContain("pixels of the right tile");
    expect(p.text(photo.bytes)).not.toContain("pixels of the alpha");
  });

  it("stores equal tiles that share their bytes once", () => {
    const data = p.avif();
    const shared = p.text(data).replace("pixels of the right tile", "never referred to at all");
    const iloc = p.text(data).indexOf("iloc") + 12;
    const entry = 12 + 16; // head and two extents
    const bytes = p.bytes(shared);
    // The third item's place becomes the second's; its id stays.
    bytes.copyWithin(iloc + 2 * entry + 2, iloc + entry + 2, iloc + 2 * entry);
    const cleaned = p.text(clean(bytes).bytes);
    expect(cleaned.split("pixels of the left tile")).toHaveLength(2);
    expect(cleaned).not.toContain("never referred");
  });

  it("is refused wherever the picture's bytes are cut short", () => {
    const whole = expected();
    for (let end = 12; end < whole.length; end++)
      expect(refusal(whole.subarray(0, end)), `at ${end}`).not.toBe("accepted");
    expect(refusal(whole)).toBe("accepted");
  });

  it("is refused when it is a sequence, another kind of HEIF, or not AV1", () => {
    expect(refusal(p.avif({ brands: "avis\0\0\0\0avifmif1" }))).toMatch(/image sequence/);
    expect(refusal(p.avif({ brands: "avif\0\0\0\0avifavis" }))).toMatch(/image sequence/);
    expect(refusal(p.avif({ brands: "heic\0\0\0\0mif1heic" }))).toMatch(/HEIC/);
    // The minor version is a number, not a brand.
    expect(refusal(p.avif({ brands: "mif1avifmif1" }))).toMatch(/HEIC/);
    expect(refusal(p.avif({ items: [{ ...primary, type: "hvc1" }, ...PIXELS.slice(1)] }))).toMatch(/hvc1/);
  });

  it("is refused when it has no size, a missing tile or an essential property nobody knows", () => {
    expect(refusal(single([0x84]))).toMatch(/broken/);
    expect(refusal(single([1, 0x84]))).toBe("accepted");
    expect(refusal(single([1, 0x84], { primary: 9 }))).toMatch(/broken/);
    expect(refusal(p.avif({ references: [["dimg", 7, [8, 99]]] }))).toMatch(/broken/);
    expect(refusal(single([1, 0x84, 0x89]))).toMatch(/udes/);
  });

  it("is refused when a hundred items claim the same bytes a little differently, to grow a small file large", () => {
    const ids = Array.from({ length: 100 }, (_, i) => i + 1);
    const items = ids.map((id) => ({ id, type: "av01", data: "x".repeat(1000), properties: [1, 0x84] }));
    const data = p.avif({ items, references: [["dimg", 1, ids.slice(1)]], primary: 1 });
    const iloc = p.text(data).indexOf("iloc") + 12;
    const bytes = data.slice();
    // Each item's base moves by one byte and its second extent grows over nearly the whole file.
    for (const id of ids) {
      const entry = iloc + (id - 1) * 28;
      bytes.set(p.be(id, 4), entry + 6);
      bytes.set(p.be(data.length - 200, 4), entry + 24);
    }
    expect(refusal(bytes)).toMatch(/broken/);
    expect(refusal(data)).toBe("accepted");
  });

  it("is refused at once when it claims endless extents of no bytes", () => {
    const iloc = p.full(
      "iloc",
      0,
      0,
      0,
      0,
      p.be(5_000, 2),
      Array.from({ length: 5_000 }, (_, id) => [p.be(id, 2), 0, 0, 0xff, 0xff]),
    );
    const iinf = p.full("iinf", 0, 0, 0, 0);
    const meta = p.full("meta", 0, 0, p.full("pitm", 0, 0, 0, 1), iloc, iinf, p.box("iprp", p.box("ipco")));
    expect(refusal(p.bytes(p.box("ftyp", "avif\0\0\0\0avif"), meta))).toMatch(/broken/);
  });
});
