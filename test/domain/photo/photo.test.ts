import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanPhoto } from "../../../src/domain/photo/photo.ts";
import { clean, refusal } from "./cleaning.ts";
import { animatedWebp, type AvifItem, avif, bytes, jpeg, png, STEM, text, webp } from "./pictures.ts";

const SAMPLES = [jpeg(6), jpeg(), png(6), png(), webp(6), webp(), animatedWebp(), avif()];
const MAX_BYTES = 1_900_000;

describe("an upload", () => {
  it("is known by its content", () => {
    const types = [jpeg(), png(), webp(), avif()].map((data) => {
      const result = cleanPhoto(data);
      return result.ok ? result.value.type : result.error;
    });
    expect(types).toEqual(["image/jpeg", "image/png", "image/webp", "image/avif"]);
  });

  it.each([
    ["nothing", bytes()],
    ["text", bytes("hello")],
    ["a GIF", bytes("GIF89a", 1, 0, 1, 0)],
    ["an SVG", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a RIFF that is sound", bytes("RIFF\x04\0\0\0WAVE")],
    ["a JPEG with a byte before it", bytes(0, jpeg())],
  ])("that is %s is refused with the four formats named", (_, data) => {
    expect(cleanPhoto(data)).toEqual({ ok: false, error: expect.stringContaining("JPEG, PNG, WebP or AVIF") });
  });

  it("once cleaned is its own cleaned form, and the upload itself is left as it was", () => {
    for (const sample of SAMPLES) {
      const before = sample.slice();
      const once = cleanPhoto(sample);
      expect(sample).toEqual(before);
      if (!once.ok) throw new Error(once.error);
      expect(cleanPhoto(once.value.bytes)).toEqual(once);
      expect(text(once.value.bytes)).not.toContain(STEM);
    }
  });

  it("of any bytes is answered, never thrown at", () => {
    const heads = SAMPLES.map((sample) => sample.subarray(0, 24));
    fc.assert(
      fc.property(fc.constantFrom(bytes(), ...heads), fc.uint8Array({ maxLength: 400 }), (head, tail) => {
        const result = cleanPhoto(bytes(head, tail));
        expect(typeof result.ok).toBe("boolean");
      }),
      { numRuns: 3000 },
    );
  });

  it("that is mutated, cut and spliced is answered, and what is accepted has a size and is its own cleaned form", () => {
    const change = fc.record({ at: fc.nat(2000), put: fc.uint8Array({ maxLength: 6 }), drop: fc.nat(6) });
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.array(change, { maxLength: 4 }),
        fc.nat(4000),
        (sample, changes, end) => {
          let data: Uint8Array = sample;
          for (const { at, put, drop } of changes) {
            const from = at % (data.length + 1);
            data = bytes(data.subarray(0, from), put, data.subarray(from + drop));
          }
          const result = cleanPhoto(data.subarray(0, end));
          if (result.ok) {
            expect(Math.min(result.value.width, result.value.height)).toBeGreaterThan(0);
            expect(cleanPhoto(result.value.bytes)).toEqual(result);
          } else expect(result.error).toMatch(/send|must|usable/);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("of the largest size made of the smallest pieces is answered in bounded work", () => {
    // Comments of no bytes, empty chunks, empty boxes: as many pieces as fit.
    const filled = (head: Uint8Array, piece: Uint8Array) => {
      const data = new Uint8Array(MAX_BYTES);
      data.set(head);
      for (let at = head.length; at + piece.length <= data.length; at += piece.length) data.set(piece, at);
      return data;
    };
    const hostile = [
      filled(bytes(0xff, 0xd8), bytes(0xff, 0xfe, 0, 2)),
      filled(bytes(0xff, 0xd8), bytes(0xff, 0xdd, 0, 2)),
      filled(bytes(0xff, 0xd8), bytes(0xff)),
      filled(png().subarray(0, 33), bytes(0, 0, 0, 0, "tEXt", 0, 0, 0, 0)),
      filled(webp().subarray(0, 12), bytes("JUNK\0\0\0\0")),
      filled(bytes("\0\0\0\x10ftypavif\0\0\0\0"), bytes("\0\0\0\x08free")),
      filled(avif(), bytes("\0\0\0\x08free")),
    ];
    for (const data of hostile) expect(typeof cleanPhoto(data).ok).toBe("boolean");
  }, 10_000);

  it("in more parts than a function can take arguments is cleaned, not thrown at", () => {
    const tiles = (count: number, data: string) =>
      Array.from({ length: count }, (_, i) => ({ id: i + 1, type: "av01", data, properties: [1] }));
    const grid = (items: readonly AvifItem[], shredded: boolean) =>
      avif({ items, shredded, primary: 1, references: [["dimg", 1, items.slice(1).map(({ id }) => id)]] });
    expect(clean(grid(tiles(9_000, "pixels"), false))).toMatchObject({ width: 64, height: 48 });
    expect(clean(grid(tiles(3, "p".repeat(60_000)), true))).toMatchObject({ width: 64, height: 48 });
    expect(refusal(grid(tiles(11_000, "pixels"), false))).toMatch(/broken/);
  });
});
