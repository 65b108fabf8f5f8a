// What was sealed stays readable: the formats are those of what lies in files already.

import { describe, expect, test } from "vitest";
import { coverOf } from "../../src/platform/desk-cover.ts";
import { derivedSealingKey, openBytes, openText, sealBytes, sealingKey, sealText } from "../../src/platform/sealing.ts";

const key = await derivedSealingKey("a secret", "a purpose");
const said = "what was said, ümläut";
const kept = "Hrl+CZT8xT1Ckkle.LcNyi4lfAbjJxcEFEa0+hMcWwUONhQk0wGD4/Dzc94xRWxg7mJJX";

describe("what was sealed once opens", () => {
  test("as text, under a key that derives from a secret", async () => {
    expect(await openText(key, kept)).toBe(said);
  });

  test("as text bound to a note, under a company's cover", async () => {
    const cover = await coverOf({ ROOT_KEY: "a-root-key-of-vectors-0123456789abcdefghijkl" }, "lamps.example");
    const headline = "46KuEmFR8W0fBR/v.EUHJsn+i2quhzIVLPy0/+VZBf9uCnzeTeCsdY3aml+g=";
    expect(await cover.open("note_1", headline)).toEqual({ a: "headline" });
    await expect(cover.open("note_2", headline)).rejects.toThrow();
  });

  test("as bytes, under a key that is kept", async () => {
    const own = await sealingKey(Uint8Array.fromBase64("+wO1r2od9Hqs0sfx8pA8UTc4OGDogLEYuLspUdoK/QE="));
    const body = Uint8Array.fromBase64("6cDVh/j16Wn1ztVz+N3Sq8WCTk7B7k8qoRak0KQtYAjmDPUBp6y7bA==");
    expect(new TextDecoder().decode(await openBytes(own, body))).toBe("a disclosure");
  });
});

test("the same is sealed differently each time, in the form that is kept, and opens", async () => {
  const [first, second] = [await sealText(key, said), await sealText(key, said)];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^[A-Za-z0-9+/]{16}\.[A-Za-z0-9+/]+=*$/);
  expect(first.length).toBe(kept.length);
  expect(await openText(key, first)).toBe(said);
  const bytes = Uint8Array.of(1, 2, 3);
  const sealed = await sealBytes(key, bytes);
  expect(sealed.length).toBe(12 + 3 + 16);
  expect(new Uint8Array(await openBytes(key, sealed))).toEqual(bytes);
});

test("nothing opens that was altered, was bound to something else, or is another key's", async () => {
  const sealed = await sealBytes(key, Uint8Array.of(1, 2, 3), "note_1");
  await expect(openBytes(key, sealed, "note_2")).rejects.toThrow();
  await expect(openBytes(key, sealed)).rejects.toThrow();
  await expect(openBytes(await derivedSealingKey("a secret", "another"), sealed, "note_1")).rejects.toThrow();
  await expect(openBytes(key, sealed.with(12, sealed[12]! ^ 1), "note_1")).rejects.toThrow();
});
