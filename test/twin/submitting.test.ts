// An author's entry comes onto the record though others write on it, and is signed for the record as it then is.

import { expect, test } from "vitest";
import { EMPTY_BODY, type Head } from "../../src/domain/record/entry.ts";
import { verifyProof } from "../../src/domain/record/proof.ts";
import { err, ok } from "../../src/domain/result.ts";
import { publicKeyOf, signerOf } from "../../src/platform/ed25519.ts";
import type { Submission } from "../../src/twin/recording.ts";
import { submit, type Draft } from "../../src/twin/submitting.ts";

const seed = new Uint8Array(32).fill(7);
const signer = signerOf("did:key:z6Mk#z6Mk", seed);
const draft: Draft = {
  record: "0000000000000000",
  kind: "repairing",
  by: { role: "owner" },
  occurredOn: "2026-06-02",
  body: { ...EMPTY_BODY, text: "A new bell" },
  photos: [],
  dedupe: "a name",
};
const headOf = (size: number): Head => ({ size, root: String(size).padStart(64, "0") });

/** A record that moves `times` before it takes what is sent; what was sent to it. */
function moving(times: number) {
  const sent: Submission[] = [];
  const look = async () => ok({ tenure: 0, corrects: null, seen: headOf(sent.length + 1) });
  const add = async (submission: Submission) =>
    sent.push(submission) > times ? ok(sent.length) : err({ code: "moved" } as const);
  return { sent, submitted: () => submit(draft, signer, look, add) };
}

test("an entry that another came before is signed anew, for the head as it is then", async () => {
  const { sent, submitted } = moving(3);
  expect(await submitted()).toEqual(ok(4));
  expect(sent.map(({ entry }) => entry.seen)).toEqual([1, 2, 3, 4].map(headOf));
  const key = await publicKeyOf(seed);
  for (const { entry } of sent) expect(await verifyProof(entry, key)).toBe(true);
  // Whoever was heard and not answered must meet the same again.
  expect(new Set(sent.map(({ disclosure, dedupe }) => `${disclosure} ${dedupe}`)).size).toBe(1);
});

test("an author whom others always come before is told to try again", async () => {
  const { sent, submitted } = moving(Infinity);
  expect(await submitted()).toMatchObject({ ok: false, error: { code: "unavailable" } });
  expect(sent).toHaveLength(20);
});

test("what is refused for another reason is not tried again", async () => {
  const gone = err({ code: "gone", detail: "It is not yours." } as const);
  let asked = 0;
  const refuse = async () => (asked++, gone);
  const look = async () => ok({ tenure: 0, corrects: null, seen: headOf(1) });
  expect(await submit(draft, signer, look, refuse)).toEqual(gone);
  expect(await submit(draft, signer, refuse, refuse)).toEqual(gone);
  expect(asked).toBe(2);
});
