// What may be said in a note, and what is refused at the door with its place and reason.

import { describe, expect, test } from "vitest";
import { KINDS, noteChange, noteInput, WANTS } from "../../src/domain/note.ts";
import { productChange, productInput } from "../../src/domain/product.ts";

const note = (change: object = {}) => noteInput.safeParse({ kind: "problem", text: "It hums.", ...change });
const photo = (n: number) => `photo_${String(n).padStart(26, "0")}`;

describe("a note", () => {
  test("needs a kind and a text; it is private, wants nothing and shows no serial unless its owner says so", () => {
    expect(note().data).toEqual({
      kind: "problem",
      text: "It hums.",
      wants: "nothing",
      send: false,
      serial: false,
      onRecord: false,
      photos: [],
    });
  });

  test("is of any of the kinds and wants any of the wants", () => {
    expect(KINDS).toEqual(["problem", "safety", "question", "idea", "praise", "maintenance", "workaround", "diary"]);
    expect(WANTS).toEqual(["nothing", "answer", "repair", "refund", "change", "copy"]);
    for (const kind of KINDS) for (const wants of WANTS) expect(note({ kind, wants }).success).toBe(true);
  });

  test("has 1 to 8,000 characters of any script", () => {
    expect(note({ text: "ő".repeat(8000) }).success).toBe(true);
    for (const text of ["", "x".repeat(8001), "a\0b", "\ud800", 7, null]) expect(note({ text }).success).toBe(false);
  });

  test("carries up to twelve photos, none twice", () => {
    const twelve = Array.from({ length: 12 }, (_, n) => photo(n));
    expect(note({ photos: twelve }).success).toBe(true);
    expect(note({ photos: [...twelve, photo(13)] }).success).toBe(false);
    expect(note({ photos: [photo(1), photo(1)] }).success).toBe(false);
    expect(note({ photos: ["../photo"] }).success).toBe(false);
  });

  test("shows the twin's serial, one the owner typed, or none", () => {
    for (const serial of [true, false, "AB-12/3"]) expect(note({ serial }).data?.serial).toBe(serial);
    for (const serial of ["", "ß", "x".repeat(21)]) expect(note({ serial }).success).toBe(false);
  });

  test("has every fault of it listed at once", () => {
    const { error } = note({ kind: "rant", text: "", wants: "blood", photos: "none", extra: 1 });
    expect(new Set(error?.issues.map(({ path }) => path.join(".")))).toEqual(
      new Set(["kind", "text", "wants", "photos", ""]),
    );
  });

  test("is changed by naming what changes, sent but never unsent", () => {
    expect(noteChange.parse({ title: null })).toEqual({ title: null });
    expect(noteChange.parse({ send: true })).toEqual({ send: true });
    for (const change of [{}, { send: false }, { kind: "idea" }, { text: "" }])
      expect(noteChange.safeParse(change).success).toBe(false);
  });
});

describe("a product", () => {
  test("needs no more than a name", () => {
    expect(productInput.parse({ name: "Bicycle" })).toEqual({ name: "Bicycle" });
  });

  test("has its GTIN checked and its maker named by a domain", () => {
    expect(productInput.parse({ name: "Pen", gtin: "4006381333931", maker: "lamo.example" })).toMatchObject({
      gtin: "04006381333931",
    });
    for (const change of [{ gtin: "4006381333930" }, { maker: "LAMO" }, { name: "" }, { colour: "red" }]) {
      expect(productInput.safeParse({ name: "Pen", ...change }).success).toBe(false);
    }
    expect(productChange.safeParse({}).success).toBe(false);
  });
});
