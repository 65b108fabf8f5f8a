// A record is the same bytes on both sides, and whoever has it can check it against the vectors other languages use.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/domain/json.ts";
import { acknowledge, writeEvent } from "../../../src/domain/terms/chain.ts";
import { writeConfirmation, writeDecision } from "../../../src/domain/terms/decision.ts";
import { obligationsAtEnd, plainObligation } from "../../../src/domain/terms/obligations.ts";
import {
  agreedTerms,
  checkCode,
  readRecord,
  recordBytes,
  recordDigest,
  recordOf,
  signedDigest,
  type AgreementRecord,
  type SignedEvent,
} from "../../../src/domain/terms/record.ts";
import { ROSTER, ROSTER_CODES } from "../../../src/domain/terms/roster.ts";
import { signBody, verifySigned } from "../../../src/domain/terms/seal.ts";
import { verifyEvents, verifyRecord } from "../../../src/domain/terms/verify.ts";
import vectors from "../../vectors/agreement-record.json";
import { hexOf, lamo, NOON, owner, proffer, resolve } from "./parties.ts";

type Vector = {
  name: string;
  record: AgreementRecord;
  bytes: string;
  digest: string;
  checkCode: string;
  events: SignedEvent[];
};
type BadVector = { name: string; record: AgreementRecord; events?: SignedEvent[]; error: string };
const valid = vectors.valid as unknown as Vector[];
const invalid = vectors.invalid as unknown as BadVector[];

const verifyAll = async (record: AgreementRecord, events: readonly SignedEvent[]) => {
  const verdict = await verifyRecord(record, resolve);
  return verdict.ok ? verifyEvents(record, events, resolve) : verdict;
};

const signedProffer = await signBody("proffer", proffer(), owner.signer);
const accept = async () =>
  signBody(
    "decision",
    await writeDecision(signedProffer, { decision: "accepted", chosen: "SD-BASE" }, NOON + 1000, "policy"),
    lamo.signer,
  );
const counter = async () =>
  signBody(
    "decision",
    await writeDecision(signedProffer, { decision: "countered", chosen: "SD-BASE-A-DP" }, NOON + 1000, "human"),
    lamo.signer,
  );

describe("the vectors", () => {
  test("are signed with the keys of these seeds", () => {
    expect(vectors.keys.first).toEqual({ seed: owner.seed, publicKey: hexOf(owner.publicKey), id: owner.signer.key });
    expect(vectors.keys.second).toEqual({ seed: lamo.seed, publicKey: hexOf(lamo.publicKey), id: lamo.signer.key });
  });

  test.each(valid)("hold: $name", async ({ record, bytes, digest, checkCode: code, events }) => {
    expect(recordBytes(record)).toBe(bytes);
    expect(await recordDigest(record)).toBe(digest);
    expect(checkCode(digest)).toBe(code);
    expect(readRecord(bytes)).toEqual({ ok: true, value: record });
    expect(await verifyAll(record, events)).toEqual({ ok: true });
  });

  test.each(invalid)("do not hold: $name", async ({ record, events = [], error }) => {
    expect(await verifyAll(record, events)).toEqual({ ok: false, error });
  });

  test("come out the same when they are written and signed again", async () => {
    const written = (name: string) => valid.find((vector) => vector.name === name)?.bytes;
    expect(recordBytes(recordOf(signedProffer, await accept()))).toBe(
      written("accepted, then terminated by the owner and acknowledged"),
    );
    const countered = await counter();
    const confirmed = await signBody(
      "confirmation",
      await writeConfirmation(countered, "accepted", NOON + 2000),
      owner.signer,
    );
    expect(recordBytes(recordOf(signedProffer, countered, confirmed))).toBe(written("countered and confirmed"));
  });
});

describe("a record", () => {
  test("has another digest and no valid signature once any value in it is changed", async () => {
    const { record, digest } = valid.find(({ name }) => name === "countered and confirmed") as Vector;
    for (const path of leavesOf(record)) {
      const forged = withLeafChanged(record, path);
      expect(await recordDigest(forged), path.join(".")).not.toBe(digest);
      if (path[0] !== "schema")
        expect(await verifyRecord(forged, resolve), path.join(".")).toMatchObject({ ok: false });
    }
  });

  test("is read from its canonical bytes and from no other spelling, part or mixture", () => {
    const [{ bytes }] = valid as [Vector];
    for (const [text, error] of [
      [`${bytes} `, "the record is not in its canonical form"],
      [bytes.slice(1), "the record is not JSON"],
      ["null", expect.stringMatching(/^the record is malformed/)],
      [bytes.replace('"tenure":0', '"tenure":0.5'), expect.stringMatching(/^the record is malformed/)],
      [bytes.replace('"legalName":"LAMO', '"legalName":"\\ud800'), expect.stringMatching(/^the record is malformed/)],
      [
        bytes.replace('"role":"first"', '"ip":"192.0.2.1","role":"first"'),
        expect.stringMatching(/^the record is malformed/),
      ],
    ] as const) {
      expect(readRecord(text)).toEqual({ ok: false, error });
    }
  });

  test("shows what was agreed only when both have signed the same terms", async () => {
    const countered = await counter();
    const answer = async (confirmation: "accepted" | "refused") =>
      signBody("confirmation", await writeConfirmation(countered, confirmation, NOON), owner.signer);
    expect(agreedTerms(recordOf(signedProffer))).toBeNull();
    expect(agreedTerms(recordOf(signedProffer, countered))).toBeNull();
    expect(agreedTerms(recordOf(signedProffer, countered, await answer("refused")))).toBeNull();
    expect(agreedTerms(recordOf(signedProffer, countered, await answer("accepted")))?.code).toBe("SD-BASE-A-DP");
    expect(agreedTerms(recordOf(signedProffer, await accept()))?.code).toBe("SD-BASE");
  });
});

describe("a signature", () => {
  test("is for one kind of body, one body and one key", async () => {
    expect(await verifySigned("proffer", signedProffer, owner.publicKey)).toBe(true);
    expect(await verifySigned("event", signedProffer, owner.publicKey)).toBe(false);
    expect(await verifySigned("proffer", signedProffer, lamo.publicKey)).toBe(false);
    expect(await verifySigned("proffer", { ...signedProffer, body: proffer({ tenure: 1 }) }, owner.publicKey)).toBe(
      false,
    );
  });

  test("has one spelling, and whatever is malformed is simply not one", async () => {
    const { signature } = signedProffer;
    const last = signature.at(-1) ?? "";
    const respelled = signature.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);
    for (const wrong of [respelled, `${signature}==`, signature.slice(0, 80), "", "ä", "a"]) {
      expect(await verifySigned("proffer", { ...signedProffer, signature: wrong }, owner.publicKey)).toBe(false);
    }
    expect(await verifySigned("proffer", signedProffer, owner.publicKey.slice(1))).toBe(false);
  });

  test("is not made of just any bytes", () => {
    return fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 130 }), async (bytes) => {
        const signed = await signBody("proffer", proffer(), { key: owner.signer.key, sign: async () => bytes });
        expect(await verifySigned("proffer", signed, owner.publicKey)).toBe(false);
      }),
    );
  });
});

describe("the events after a record", () => {
  test("form a chain that an acknowledgement, late or missing, does not change", async () => {
    const record = recordOf(signedProffer, await accept());
    const write = async (chain: readonly SignedEvent[], by: typeof owner, at: number): Promise<SignedEvent> =>
      signBody(
        "event",
        await writeEvent(record, chain, { kind: "terminated", at, by: by === owner ? "first" : "second" }),
        by.signer,
      );
    const first = await write([], lamo, NOON);
    const second = await write([first], owner, NOON + 1);
    expect(second.body.prev).toBe(await signedDigest(first));

    const acknowledged = await acknowledge(first, owner.signer);
    expect(await verifyEvents(record, [first, second], resolve)).toEqual({ ok: true });
    expect(await verifyEvents(record, [acknowledged, second], resolve)).toEqual({ ok: true });
    expect(await verifyEvents(record, [second], resolve)).toMatchObject({ ok: false });
    expect(await verifyEvents(record, [second, first], resolve)).toMatchObject({ ok: false });
    expect(await verifyEvents(record, [first, first], resolve)).toMatchObject({ ok: false });
  });

  test("name what a company must do now, if anything was agreed at all", async () => {
    const agreed = recordOf(signedProffer, await accept());
    const ending = { kind: "terminated", at: NOON, by: "second", reason: "We close." } as const;
    expect(await writeEvent(agreed, [], ending)).toMatchObject({
      reason: "We close.",
      obligations: [{ duty: "delete", what: "notes-and-threads" }],
    });
    expect(await writeEvent(recordOf(signedProffer), [], { ...ending, kind: "rescinded" })).toMatchObject({
      obligations: [],
    });
    expect(await writeEvent(agreed, [], { ...ending, kind: "superseded", successor: "SD-BASE-A" })).toMatchObject({
      obligations: [],
    });
  });
});

describe("what is left to do at the end", () => {
  test("is to hand over first, then to stop, then to delete", () => {
    expect(obligationsAtEnd("SD-BASE-ATP-S3P-DP")).toEqual([
      { duty: "hand-over", what: "copy-of-what-it-holds" },
      { duty: "stop", what: "sharing" },
      { duty: "delete", what: "notes-and-threads" },
      { duty: "delete", what: "counts-traceable-to-the-owner" },
      { duty: "delete", what: "reading-traces" },
      { duty: "delete", what: "profile" },
    ]);
    expect(obligationsAtEnd("PDC-AI").map(({ duty }) => duty)).toEqual(["stop", "delete"]);
  });

  test("leaves out what the agreement that takes its place still carries", () => {
    expect(obligationsAtEnd("SD-BASE-ATP", "SD-BASE-A")).toEqual([
      { duty: "delete", what: "reading-traces" },
      { duty: "delete", what: "profile" },
    ]);
  });

  test.each(ROSTER_CODES)("is something for %s, said in plain words", (code) => {
    const { obliges, permits } = ROSTER[code];
    const words = obligationsAtEnd(code).map((obligation) => plainObligation(obligation, "LAMO"));
    expect(words.length).toBeGreaterThanOrEqual(obliges.length + permits.length);
    for (const sentence of words) expect(sentence).toMatch(/^LAMO must (hand over|stop|delete) .+\.$/);
  });
});

type Path = readonly (string | number)[];

function leavesOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function withLeafChanged(record: AgreementRecord, path: Path): AgreementRecord {
  const copy = structuredClone(record) as unknown as Record<string | number, unknown>;
  let parent = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as typeof copy;
  const name = path.at(-1) as string;
  const leaf = parent[name];
  parent[name] = typeof leaf === "number" ? leaf + 1 : leaf === null ? "something" : `${String(leaf)}x`;
  return copy as unknown as AgreementRecord;
}
