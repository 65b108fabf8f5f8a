// The verifier's own look at a form and the API's description of it agree: neither takes what the other would refuse.

import { describe, expect, test } from "vitest";
import type * as z from "zod";
import {
  bodyShape,
  checkpointShape,
  countShape,
  entryShape,
  presenceShape,
} from "../../../src/domain/record/entry-shapes.ts";
import { EMPTY_BODY, entryOf, type Body } from "../../../src/domain/record/entry.ts";
import { isBody, isCheckpoint, isCount, isEntry, isPresence } from "../../../src/domain/record/form.ts";
import { CHANNEL_KINDS, OWNER_KINDS } from "../../../src/domain/record/entry.ts";
import { historyInput } from "../../../src/domain/record/history-input.ts";
import { PRESENCE_SCHEMA } from "../../../src/domain/record/presence.ts";
import { secure } from "../../../src/domain/record/proof.ts";
import { first, lamo, Ledger, maker, RECORD } from "./ledger.ts";

const AT = "2026-06-02T12:00:00.000Z";
const ledger = new Ledger();
await ledger.open(first, "2026-01-04");
await ledger.maker("repairing", "2026-02-01");
const photo = { id: "photo_0", sha256: "0".repeat(64), type: "image/jpeg", width: 1, height: 1 } as const;
const body: Body = { ...EMPTY_BODY, text: "New cable.", warrantyUntil: "2028-02-01", photos: [photo] };
const answer = { schema: PRESENCE_SCHEMA, record: RECORD, tenure: 0, share: "share_1", nonce: "A".repeat(43), at: AT };

type Form = { readonly is: (value: unknown) => boolean; readonly shape: z.ZodType; readonly sound: object };
const FORMS: Readonly<Record<string, Form>> = {
  "an entry that opens a tenure": { is: isEntry, shape: entryShape, sound: entryOf(ledger.entries[0]!) },
  "a maker's entry": { is: isEntry, shape: entryShape, sound: entryOf(ledger.entries[1]!) },
  "a body": { is: isBody, shape: bodyShape, sound: body },
  "a checkpoint": { is: isCheckpoint, shape: checkpointShape, sound: await ledger.checkpoint(AT) },
  "a count": { is: isCount, shape: countShape, sound: await ledger.count(maker, lamo, 1, "2026-02-01") },
  "a live answer": { is: isPresence, shape: presenceShape, sound: await secure(answer, first.twin) },
};

/** The value with each member, at any depth, missing or of a form that nothing here has; and with one more. */
function* spoiled(value: unknown): Generator {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { ...value, more: 1 };
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    const put = (changed: unknown): unknown => (Array.isArray(value) ? [changed] : { ...value, [name]: changed });
    if (!Array.isArray(value) && name !== "opens") yield rest;
    for (const wrong of [-1, 0.5, [[]], { toString: 1 }, true]) yield put(wrong);
    for (const deeper of spoiled(member)) yield put(deeper);
  }
}

describe.each(Object.entries(FORMS))("%s", (_, { is, shape, sound }) => {
  test("as it is made is taken by both", () => {
    expect(is(sound)).toBe(true);
    expect(shape.safeParse(sound).success).toBe(true);
  });

  test("with half a character anywhere is not taken, for it has no canonical form", () => {
    const text = JSON.stringify(sound);
    for (const [quoted] of text.matchAll(/(?<=:)"[^"]*"/g)) {
      expect(is(JSON.parse(text.replace(quoted, String.raw`"\ud800"`))), quoted).toBe(false);
    }
  });

  test("with anything missing, added or of another form is taken by neither", () => {
    const all = [...spoiled(sound)];
    expect(all.length).toBeGreaterThan(40);
    for (const wrong of all) {
      const text = JSON.stringify(wrong);
      expect(is(wrong), text).toBe(false);
      expect(shape.safeParse(wrong).success, text).toBe(false);
    }
  });
});

describe("what may be asked to be put on the record", () => {
  const sound = { kind: "repairing", text: "New switch.", occurredOn: "2026-03-01" };
  test("needs a kind that is not the twin's, words and a day that exists", () => {
    expect(historyInput.parse(sound)).toEqual({ ...sound, photos: [] });
    for (const wrong of [
      { kind: "accepting" },
      { text: "" },
      { occurredOn: "2026-02-30" },
      { corrects: 0 },
      { price: 9 },
    ]) {
      expect(historyInput.safeParse({ ...sound, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
    }
  });

  test("is a dispute only of an entry, and only an owner's", () => {
    const disputed = { ...sound, kind: "disputed" };
    expect(historyInput.safeParse(disputed).error?.issues[0]?.path).toEqual(["corrects"]);
    expect(historyInput.safeParse({ ...disputed, corrects: 3 }).success).toBe(true);
    expect(OWNER_KINDS.filter((kind) => !CHANNEL_KINDS.includes(kind as "other"))).toEqual(["disputed"]);
  });
});
