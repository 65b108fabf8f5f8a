// A card: what twelve words, a name, a bearer and sealed bytes have to do with each other. The vectors were made with other code.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../vectors/card.json" with { type: "json" };
import {
  fragmentOf,
  isWord,
  newSecret,
  readWords,
  secretOfFragment,
  wordsOf,
  type Secret,
} from "../../src/web/keys/card.ts";
import { wordBegun } from "../../src/web/keys/word-list.ts";
import { open, seal, slotOf, type Purpose } from "../../src/web/keys/slot.ts";

const secretFrom = (hex: string): Secret => new Uint8Array(Uint8Array.fromHex(hex));
const PURPOSES: readonly Purpose[] = ["card", "pairing"];
const [card] = vectors.cards.slice(-1);

describe("twelve words", () => {
  test.each(vectors.cards)("write $secret and nothing else", async ({ secret, words, fragment }) => {
    expect(await wordsOf(secretFrom(secret))).toEqual(words.split(" "));
    expect(await readWords(words)).toEqual({ ok: true, secret: secretFrom(secret) });
    expect(fragmentOf(secretFrom(secret))).toBe(fragment);
    expect(secretOfFragment(fragment)).toEqual(secretFrom(secret));
  });

  test("of any secret are read back as that secret", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 16 }), async (bytes) => {
        const secret = new Uint8Array(bytes);
        expect(await readWords((await wordsOf(secret)).join(" "))).toEqual({ ok: true, secret });
      }),
      { numRuns: 50 },
    );
  });

  test.each(vectors.forgiven)("may be typed carelessly: %s", async (typed) => {
    expect(await readWords(typed)).toEqual({ ok: true, secret: secretFrom(card!.secret) });
  });

  test.each(vectors.unreadable)("that aren't a card's say why: $fault.kind", async ({ typed, fault }) => {
    expect(await readWords(typed)).toEqual({ ok: false, fault });
  });

  test("are recognised one by one", async () => {
    expect(await isWord(" Picnic ", "picnic")).toBe(true);
    expect(await isWord("picn", "picnic")).toBe(true);
    expect(await isWord("pic", "picnic")).toBe(false);
    expect(await isWord("pigeon", "picnic")).toBe(false);
    expect(await isWord("", "picnic")).toBe(false);
  });

  test("that are read aloud are begun rightly to their last letter", () => {
    expect(["minute", "minu", "minut", "zoo"].map(wordBegun)).toEqual(["minute", "minute", "minute", "zoo"]);
    expect(["minus", "min", "zoos", "minutes", ""].map(wordBegun)).toEqual([null, null, null, null, null]);
  });

  test("are another card's each time", () => {
    expect(new Set(Array.from({ length: 50 }, () => fragmentOf(newSecret()))).size).toBe(50);
  });

  test.each(["", "AAAA", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA*", "content"])(
    "are no QR code's when it says %j",
    (fragment) => expect(secretOfFragment(fragment)).toBeNull(),
  );
});

describe("a slot", () => {
  test.each(vectors.cards)(
    "has the name and the bearer that $secret gives, for each purpose another",
    async ({ secret, slots }) => {
      for (const purpose of PURPOSES) {
        const slot = await slotOf(secretFrom(secret), purpose);
        expect({ name: slot.name, bearer: slot.bearer }).toEqual(slots[purpose]);
        expect(slot.name).toMatch(/^[a-z0-9_-]{16,64}$/);
        expect(slot.bearer).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(slot.key.extractable).toBe(false);
      }
      expect(slots.card.name).not.toBe(slots.pairing.name);
      expect(slots.card.bearer).not.toBe(slots.pairing.bearer);
    },
  );

  test("opens what other code sealed for it", async () => {
    const { secret, document, bytes } = vectors.sealed;
    const slot = await slotOf(secretFrom(secret), "card");
    expect(await open(slot, new Uint8Array(Uint8Array.fromBase64(bytes)))).toEqual(document);
  });

  test("opens what was sealed for it, and nothing sealed for another secret or purpose", async () => {
    const secret = newSecret();
    const document = { v: 1, words: "ä 字 🙂" };
    const slot = await slotOf(secret, "card");
    const bytes = (await seal(slot, document))!;
    expect(await open(slot, bytes)).toEqual(document);
    expect(await open(await slotOf(secret, "pairing"), bytes)).toBeNull();
    expect(await open(await slotOf(newSecret(), "card"), bytes)).toBeNull();
  });

  test("opens nothing that was changed by a single bit, cut or lengthened", async () => {
    const slot = await slotOf(newSecret(), "pairing");
    const bytes = (await seal(slot, { v: 1 }))!;
    for (const at of [0, 1, 12, 13, 200, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      expect(await open(slot, changed), `byte ${at}`).toBeNull();
    }
    for (const cut of [0, 1, 12, 32, 33, bytes.length - 1]) expect(await open(slot, bytes.slice(0, cut))).toBeNull();
    expect(await open(slot, new Uint8Array([...bytes, 0]))).toBeNull();
  });

  test("doesn't open a document whose name was changed with the bytes: they are bound to it", async () => {
    const slot = await slotOf(newSecret(), "card");
    const bytes = (await seal(slot, { v: 1 }))!;
    expect(await open({ ...slot, name: "another-name-1234567890" }, bytes)).toBeNull();
  });

  test("shows by its length neither how much it holds nor, by its bytes, whether it holds the same", async () => {
    const slot = await slotOf(newSecret(), "card");
    const few = (await seal(slot, { list: ["a"] }))!;
    const more = (await seal(slot, { list: Array.from({ length: 60 }, () => "twelve thing") }))!;
    expect([few.length, more.length]).toEqual([4096, 4096]);
    expect((await seal(slot, { text: "x".repeat(5_000) }))!.length).toBe(8192);
    expect(await seal(slot, { list: ["a"] })).not.toEqual(few);
  });

  test("holds as much as the server takes, and no more", async () => {
    const slot = await slotOf(newSecret(), "card");
    const room = 256 * 1024 - 1 - 12 - 16 - 4 - 2;
    const full = (await seal(slot, "x".repeat(room)))!;
    expect(full.length).toBe(256 * 1024);
    expect(await open(slot, full)).toBe("x".repeat(room));
    expect(await seal(slot, "x".repeat(room + 1))).toBeNull();
  });
});
