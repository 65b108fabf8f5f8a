// What a buyer is told of a record that was tampered with: every way we could think of, with the verdict that each deserves.

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { hashOfLabel } from "../../../src/domain/label-hash.ts";
import { commitmentOf, disclose } from "../../../src/domain/record/commitment.ts";
import { keysIn, type DidDocument } from "../../../src/domain/record/company-keys.ts";
import { EMPTY_BODY, entryOf, type ShownEntry } from "../../../src/domain/record/entry.ts";
import type { FaultCode } from "../../../src/domain/record/faults.ts";
import { secure } from "../../../src/domain/record/proof.ts";
import type { ShownHistory } from "../../../src/domain/record/shown.ts";
import { verifyHistory, type Context, type Findings, type Verdict } from "../../../src/domain/record/verify.ts";
import { PRESENCE_SCHEMA, type PresenceBody } from "../../../src/domain/record/presence.ts";
import { verifyCheckpoint, verifyPresence } from "../../../src/domain/record/present.ts";
import { makerDid, multikey, publicKeyOfKeyId } from "../../../src/domain/terms/did.ts";
import type { Signer } from "../../../src/domain/terms/seal.ts";
import {
  first,
  LABEL,
  LABEL_HASH,
  LAMO,
  lamo,
  LAMO_KEY,
  Ledger,
  maker,
  OTHER_RECORD,
  RECORD,
  second,
  stranger,
  vouchedAgain,
  withholding,
} from "./ledger.ts";

const AT = "2026-06-02T12:00:00.000Z";
const NOW = Date.parse(AT) + 60_000;
const MINUTE_MS = 60_000;

const documentOf = (keyId: string, publicKey: Uint8Array): DidDocument => ({
  id: keyId.slice(0, keyId.indexOf("#")),
  verificationMethod: [{ id: keyId, publicKeyMultibase: multikey(publicKey) }],
});
/** What whoever makes up a record calls its maker, and signs with: a key of their own, whose name ends like LAMO's. */
const FORGED = "x:v1:makers:lamo.example";
const forger = { ...stranger.owner, key: `${makerDid("twins.example", FORGED)}#agent` } satisfies Signer;
/** The keys that came along: LAMO's, behind those of whoever would like to be LAMO. */
const resolve = keysIn({
  [FORGED]: documentOf(forger.key, publicKeyOfKeyId(stranger.owner.key)!),
  [LAMO]: documentOf(lamo.key, LAMO_KEY),
});

const check = (shown: ShownHistory, context: Partial<Context> = {}, keys = resolve): Promise<Findings> =>
  verifyHistory(shown, keys, { now: NOW, record: RECORD, ...context });
const codes = ({ faults }: Findings): FaultCode[] => [...new Set(faults.map(({ code }) => code))];

/** A lamp made by LAMO, claimed, repaired by a workshop, handed over, and disputed by its second owner. */
async function story(record = RECORD): Promise<Ledger> {
  const ledger = new Ledger(record);
  await ledger.maker("commissioning", "2026-01-02");
  await ledger.open(first, "2026-01-04");
  await ledger.owner("inspecting", "2026-02-01", { body: { text: "Flickers." } });
  await ledger.channel("repairing", "2026-03-01", { body: { text: "New switch.", author: "Workshop" } });
  await ledger.maker("replacing", "2026-03-15", { body: { text: "New cable.", warrantyUntil: "2028-03-15" } });
  await ledger.open(second, "2026-05-01");
  await ledger.owner("disputed", "2026-05-02", { corrects: 4, body: { text: "The switch is the old one." } });
  await ledger.channel("inspecting", "2026-06-01", { body: { text: "Safe.", disposition: "active" } });
  return ledger;
}

let ledger: Ledger;
let sound: ShownHistory;
beforeAll(async () => {
  ledger = await story();
  sound = await ledger.shown(AT, [
    await ledger.count(maker, lamo, 2, "2026-06-01"),
    await ledger.count({ role: "channel" }, first.owner, 1, "2026-04-30"),
  ]);
});

const edited = (shown: ShownHistory, seq: number, change: (entry: ShownEntry) => ShownEntry): ShownHistory => ({
  ...shown,
  entries: shown.entries.map((entry) => (entry.seq === seq ? change(entry) : entry)),
});

/** An entry changed and signed again by whoever has its author's key, in a record vouched for again: a host with that key. */
async function resigned(seq: number, change: object, signer = second.owner): Promise<ShownHistory> {
  const entries = await Promise.all(
    sound.entries.map(async (entry) => {
      if (entry.seq !== seq) return entry;
      const { proof: _, ...header } = entryOf(entry);
      const { disclosure, erased } = entry;
      return { ...(await secure({ ...header, ...change }, signer)), seq, disclosure, erased };
    }),
  );
  return vouchedAgain(sound, entries, second.twin);
}

const OTHER_LABEL = { ...LABEL_HASH, hash: hashOfLabel(LABEL_HASH.salt, { ...LABEL, serial: "another" }) };
const opensOf = (seq: number) => entryOf(sound.entries[seq - 1]!).opens!;

describe("a record that nobody has touched", () => {
  test("is unaltered, since its first day, and everything it says can be read", async () => {
    const findings = await check(sound);
    expect(findings).toMatchObject({
      verdict: "unaltered",
      since: "2026-01-02",
      claim: "label",
      item: LABEL_HASH.hash,
      owners: 2,
      withheld: 0,
      erased: 0,
      faults: [],
      status: "current",
      present: { record: RECORD, tenure: 1 },
      counts: [
        { by: maker, stated: 2, found: 2, short: false },
        { by: { role: "channel" }, stated: 1, found: 1, short: false },
      ],
    });
    expect(findings.bodies.map((body) => body?.text ?? null)).toEqual([
      null,
      null,
      "Flickers.",
      "New switch.",
      "New cable.",
      null,
      "The switch is the old one.",
      "Safe.",
    ]);
  });

  test("names its item, also where nothing came to compare a label with", async () => {
    expect(await check({ ...sound, label: null })).toMatchObject({ verdict: "unaltered", item: LABEL_HASH.hash });
  });

  test("with something withheld or erased says how much, and stays unaltered otherwise", async () => {
    const findings = await check(withholding(sound, 3, 4));
    expect(findings).toMatchObject({ verdict: "withheld", withheld: 2, erased: 0, faults: [] });
    expect(findings.bodies[3]).toBeNull();
    const erased = edited(sound, 3, (entry) => ({ ...entry, disclosure: null, erased: true }));
    expect(await check(erased)).toMatchObject({ verdict: "withheld", withheld: 0, erased: 1, faults: [] });
  });

  test("that its owner started says so", async () => {
    const started = new Ledger();
    await started.open(first, "2026-01-04", "none");
    const findings = await check(await started.shown(AT));
    expect(findings).toMatchObject({ verdict: "unaltered", claim: "none", item: null, owners: 1 });
  });

  test("is old after ten minutes, and its age outweighs what is withheld", async () => {
    const now = Date.parse(AT) + 10 * MINUTE_MS;
    expect((await check(sound, { now })).verdict).toBe("unaltered");
    expect((await check(sound, { now: now + 1 })).verdict).toBe("not-current");
    expect((await check(withholding(sound, 3), { now: now + 1 })).verdict).toBe("not-current");
  });

  test("may be from a clock that is five minutes ahead, and no more", async () => {
    const now = Date.parse(AT) - 5 * MINUTE_MS;
    expect((await check(sound, { now })).verdict).toBe("unaltered");
    expect(codes(await check(sound, { now: now - 1 }))).toEqual(["from-future"]);
  });

  test.each(["lost", "stolen"] as const)("of a thing that is %s is not to be relied on", async (status) => {
    const alerted = { ...sound, checkpoint: await ledger.checkpoint(AT, status) };
    const findings = await check(alerted);
    expect(findings).toMatchObject({ verdict: "do-not-rely", status });
    expect(codes(findings)).toEqual(["alert"]);
  });
});

/** With the words of one entry withheld and those of another erased. */
const partly = (shown: ShownHistory): ShownHistory =>
  edited(
    edited(shown, 3, (entry) => ({ ...entry, disclosure: null })),
    4,
    (entry) => ({ ...entry, disclosure: null, erased: true }),
  );

/** All that a link to it opens, as the API answers. */
const opened = () => ({
  ...partly({
    ...sound,
    entries: sound.entries.map((entry) => ({ ...entry, body: "what the server read out of it" })),
  }),
  share: { id: "share_1", createdAt: "2026-06-01T08:00:00.000Z", upTo: 8 },
  status: { alert: null, at: AT, current: true },
  keys: { [LAMO]: documentOf(lamo.key, LAMO_KEY) },
  notices: [
    {
      id: "notice_1",
      kind: "recall",
      maker: { id: LAMO, name: "Lamo" },
      title: "A",
      text: "B",
      url: null,
      at: AT,
      why: "every-item",
    },
  ],
  warranty: { until: "2028-03-15", by: LAMO, recordedOn: "2026-03-15" },
  owners: 2,
  expiresAt: "2026-06-15T08:00:00.000Z",
});

type Path = readonly (string | number)[];
/** Where each of the smallest parts stands. */
const placesIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value !== "object" || value === null
    ? [path]
    : Object.entries(value).flatMap(([name, part]) =>
        placesIn(part, [...path, Array.isArray(value) ? Number(name) : name]),
      );
const otherThan = (part: unknown): unknown => {
  if (typeof part === "boolean") return !part;
  return typeof part === "number" ? part + 1 : `${String(part ?? "")}x`;
};
/** The same with another value in that place. */
const changedAt = (value: any, [name, ...deeper]: Path): any => {
  if (name === undefined) return otherThan(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[name] = changedAt(copy[name], deeper);
  return copy;
};

const read = (text: string): ShownHistory | null => {
  try {
    return JSON.parse(text) as ShownHistory;
  } catch {
    return null;
  }
};

type Tampering = readonly [
  what: string,
  tamper: (shown: ShownHistory) => ShownHistory | Promise<ShownHistory>,
  codes: readonly FaultCode[],
];

/** Each is caught, by at least these faults. What the host alone cannot make again is somebody else's signature. */
const CAUGHT: readonly Tampering[] = [
  [
    "an entry was dropped",
    (shown) => ({ ...shown, entries: shown.entries.filter(({ seq }) => seq !== 4) }),
    ["wrong-size", "out-of-order"],
  ],
  [
    "an entry was dropped, the others numbered anew, and the twin vouched for it",
    (shown) =>
      vouchedAgain(
        shown,
        shown.entries.filter(({ seq }) => seq !== 4),
        second.twin,
      ),
    ["wrong-head"],
  ],
  ["the end was cut off", (shown) => ({ ...shown, entries: shown.entries.slice(0, -1) }), ["wrong-size"]],
  ["everything was cut off", (shown) => ({ ...shown, entries: [] }), ["wrong-size", "wrong-author"]],
  ["the beginning was cut off", (shown) => vouchedAgain(shown, shown.entries.slice(1), second.twin), ["wrong-head"]],
  [
    "two entries changed places",
    (shown) =>
      vouchedAgain(
        shown,
        [0, 1, 3, 2, 4, 5, 6, 7].map((at) => shown.entries[at]!),
        second.twin,
      ),
    ["wrong-head", "day-backwards"],
  ],
  [
    "the last entry was shown twice",
    (shown) => vouchedAgain(shown, [...shown.entries, shown.entries.at(-1)!], second.twin),
    ["repeated"],
  ],
  [
    "an entry's day was changed",
    (shown) => edited(shown, 4, (entry) => ({ ...entry, occurredOn: "2026-02-20" })),
    ["bad-signature", "wrong-root"],
  ],
  [
    "a repair was relabelled as an inspection",
    (shown) => edited(shown, 4, (entry) => ({ ...entry, kind: "inspecting" })),
    ["bad-signature", "wrong-root"],
  ],
  [
    "a channel's entry was relabelled as the maker's",
    (shown) => edited(shown, 4, (entry) => ({ ...entry, by: maker })),
    ["wrong-author", "bad-signature"],
  ],
  [
    "the words of an entry were changed",
    (shown) => edited(shown, 4, (entry) => ({ ...entry, disclosure: disclose("AAECAwQFBgcICQoLDA0ODw", EMPTY_BODY) })),
    ["not-committed"],
  ],
  [
    "the words of an entry were changed with its commitment",
    (shown) => {
      const disclosure = disclose("AAECAwQFBgcICQoLDA0ODw", EMPTY_BODY);
      return edited(shown, 4, (entry) => ({ ...entry, disclosure, commitment: commitmentOf(disclosure) }));
    },
    ["bad-signature", "wrong-root"],
  ],
  [
    "two entries changed their words",
    (shown) => edited(shown, 3, (entry) => ({ ...entry, disclosure: shown.entries[3]!.disclosure })),
    ["not-committed"],
  ],
  [
    "a correction points elsewhere",
    (shown) => edited(shown, 7, (entry) => ({ ...entry, corrects: 3 })),
    ["bad-signature", "wrong-root"],
  ],
  ["an entry was taken from another tenure", () => resigned(8, { tenure: 0 }), ["wrong-tenure"]],
  ["the owner wrote as the maker", () => resigned(7, { by: maker, kind: "inspecting" }), ["wrong-author"]],
  [
    "somebody whose key's name ends like the maker's wrote as the maker",
    () => resigned(5, {}, forger),
    ["wrong-author"],
  ],
  [
    "somebody whose key's name ends like the maker's wrote as a maker that is no domain",
    () => resigned(5, { by: { role: "maker", maker: FORGED } }, forger),
    ["malformed"],
  ],
  ["an earlier owner wrote as the present one", () => resigned(7, {}, first.owner), ["wrong-author"]],
  ["a stranger wrote as the present owner", () => resigned(7, {}, stranger.owner), ["wrong-author"]],
  ["a channel disputed what only an owner may", () => resigned(7, { by: { role: "channel" } }), ["wrong-kind"]],
  ["an owner wrote a twin's word", () => resigned(7, { kind: "accepting" }), ["wrong-kind"]],
  ["an owner opened a tenure", () => resigned(7, { opens: entryOf(sound.entries[5]!).opens }), ["wrong-opening"]],
  [
    "the present owner's time was opened for another item",
    async () => ({
      ...(await resigned(6, { opens: { ...opensOf(6), item: OTHER_LABEL.hash } }, first.twin)),
      label: OTHER_LABEL,
    }),
    ["wrong-label"],
  ],
  [
    "an item that is said to have a label is named by none",
    () => resigned(2, { opens: { ...opensOf(2), item: null } }, first.twin),
    ["wrong-label"],
  ],
  [
    "an item that is said to have no label is named by one",
    () => resigned(2, { opens: { ...opensOf(2), claim: "none" } }, first.twin),
    ["wrong-label"],
  ],
  ["another item's label came with it", (shown) => ({ ...shown, label: OTHER_LABEL }), ["wrong-label"]],
  [
    "a label came with the record of what has none",
    async () => {
      const started = new Ledger();
      await started.open(first, "2026-01-04", "none");
      return { ...(await started.shown(AT)), label: LABEL_HASH };
    },
    ["wrong-label"],
  ],
  ["something else came for a label", (shown) => ({ ...shown, label: [] as never }), ["wrong-label"]],
  ["an entry disputes one that does not exist", () => resigned(7, { corrects: 7 }), ["wrong-reference"]],
  ["an entry disputes nothing", () => resigned(7, { corrects: null }), ["wrong-reference"]],
  ["an entry was dated back", () => resigned(8, { recordedOn: "2026-02-15" }), ["day-backwards"]],
  [
    "an entry says it was recorded after the checkpoint",
    () => resigned(8, { recordedOn: "2026-06-03" }),
    ["day-after-checkpoint"],
  ],
  ["an entry says it happened after it was recorded", () => resigned(8, { occurredOn: "2026-06-03" }), ["day-ahead"]],
  [
    "an entry's author saw a head that never was",
    () => resigned(8, { seen: { size: 7, root: "0".repeat(64) } }),
    ["wrong-head"],
  ],
  [
    "an entry's author saw more than there was",
    () => resigned(8, { seen: { size: 8, root: sound.checkpoint.root } }),
    ["wrong-head"],
  ],
  ["an entry is of another schema", () => resigned(8, { schema: "pico-twins/entry/2" }), ["wrong-record"]],
  ["an entry is of another record", () => resigned(8, { record: OTHER_RECORD }), ["wrong-record"]],
  [
    "the checkpoint says lost was current",
    async (shown) => ({ ...shown, checkpoint: { ...(await ledger.checkpoint(AT, "lost")), status: "current" } }),
    ["bad-signature"],
  ],
  [
    "the checkpoint is younger than was signed",
    (shown) => ({ ...shown, checkpoint: { ...shown.checkpoint, at: "2026-06-02T12:00:30.000Z" } }),
    ["bad-signature"],
  ],
  [
    "an earlier twin key signed the checkpoint",
    async (shown) => ({ ...shown, checkpoint: await ledger.checkpoint(AT, "current", first.twin) }),
    ["wrong-author"],
  ],
  [
    "a foreign key signed the checkpoint",
    async (shown) => ({ ...shown, checkpoint: await ledger.checkpoint(AT, "current", stranger.twin) }),
    ["wrong-author"],
  ],
  [
    "the owner signed the checkpoint",
    async (shown) => ({ ...shown, checkpoint: await ledger.checkpoint(AT, "current", second.owner) }),
    ["wrong-author"],
  ],
  ["the record of another twin is shown", async () => (await story(OTHER_RECORD)).shown(AT), ["wrong-record"]],
  [
    "the item is said to be confirmed and is not",
    async (shown) => {
      const started = new Ledger();
      await started.open(first, "2026-01-04", "none");
      return { ...(await started.shown(AT)), product: shown.product };
    },
    ["wrong-claim"],
  ],
  [
    "a count was lowered",
    (shown) => ({ ...shown, counts: shown.counts.map((count) => ({ ...count, count: 0 })) }),
    ["bad-signature"],
  ],
  [
    "a count is a stranger's",
    async (shown) => ({ ...shown, counts: [await ledger.count({ role: "channel" }, stranger.owner, 0, "2026-06-01")] }),
    ["wrong-author"],
  ],
  [
    "a count is signed with a key whose name ends like the maker's",
    async (shown) => ({ ...shown, counts: [await ledger.count(maker, forger, 2, "2026-06-01")] }),
    ["wrong-author"],
  ],
  [
    "a count is by a maker that is no domain",
    async (shown) => ({
      ...shown,
      counts: [await ledger.count({ role: "maker", maker: FORGED }, forger, 0, "2026-06-01")],
    }),
    ["malformed"],
  ],
  [
    "a count is of another record",
    async (shown) => ({ ...shown, counts: [await new Ledger(OTHER_RECORD).count(maker, lamo, 0, "2026-06-01")] }),
    ["wrong-record"],
  ],
  [
    "what was disclosed is called erased",
    (shown) => edited(shown, 4, (entry) => ({ ...entry, erased: true })),
    ["malformed"],
  ],
];

describe("a record that was tampered with", () => {
  test.each(CAUGHT)("is not to be relied on: %s", async (_, tamper, expected) => {
    const findings = await check(await tamper(sound));
    expect(findings.verdict).toBe("do-not-rely" satisfies Verdict);
    expect(codes(findings)).toEqual(expect.arrayContaining([...expected]));
  });

  test("names the entry that was changed, in words", async () => {
    const { faults } = await check(edited(sound, 4, (entry) => ({ ...entry, kind: "inspecting" })));
    expect(faults).toContainEqual({ code: "bad-signature", seq: 4, detail: "Entry 4: the signature is not right." });
  });

  test("is not to be relied on with any one character of what is signed changed", async () => {
    const { product: _, label: _label, ...record } = partly(sound);
    const text = JSON.stringify(record);
    const place = fc.nat(text.length - 1);
    await fc.assert(
      fc.asyncProperty(
        place,
        fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 }),
        async (at, character) => {
          fc.pre(character !== text[at]);
          const changed = read(text.slice(0, at) + character + text.slice(at + 1));
          expect(changed === null || (await check(changed)).verdict).toBe(changed === null || "do-not-rely");
        },
      ),
      { numRuns: 250 },
    );
  });

  test("can be changed unnoticed in these places alone, which nobody signed", async () => {
    const all = opened();
    expect((await check(all, {}, keysIn(all.keys))).verdict).toBe("withheld" satisfies Verdict);
    const unnoticed: Path[] = [];
    const noticed: Path[] = [];
    for (const path of placesIn(all)) {
      const changed = changedAt(all, path);
      const { verdict } = await check(changed, {}, keysIn(changed.keys));
      (verdict === "do-not-rely" ? noticed : unnoticed).push(path);
    }
    /** By the member alone where nothing of it is signed. */
    const named = (path: Path): string =>
      noticed.some(([member]) => member === path[0])
        ? path.map((name) => (typeof name === "number" ? "[]" : name)).join(".")
        : String(path[0]);
    expect([...new Set(unnoticed.map(named))].toSorted()).toEqual([
      // The text as the server read it, which no page shows; and whether words that are missing were erased, or are withheld.
      "entries.[].body",
      "entries.[].erased",
      "expiresAt",
      // Of a company's document its own name; a company's key is found by the key's.
      `keys.${LAMO}.id`,
      // With another salt no label is found to be the item's.
      "label.salt",
      "notices",
      "owners",
      "product",
      "share",
      "status",
      "warranty",
    ]);
  });

  test("shows an earlier share of itself as what it is: not current", async () => {
    const earlier = await story();
    const stale = await earlier.shown("2026-06-01T23:00:00.000Z");
    await earlier.owner("other", "2026-06-02", { body: { disposition: "damaged" } });
    expect((await check(stale)).verdict).toBe("not-current");
  });
});

describe("a tenure that begins wrongly", () => {
  const opened = async (begin: (ledger: Ledger) => Promise<void>): Promise<FaultCode[]> => {
    const ledger = new Ledger();
    await begin(ledger);
    return codes(await check(await ledger.shown(AT)));
  };

  test.each<[string, (ledger: Ledger) => Promise<void>, FaultCode]>([
    [
      "with another twin's signature",
      (ledger) => ledger.open(first, "2026-01-04", "label", stranger.twin),
      "wrong-author",
    ],
    [
      "without the twin before it",
      async (ledger) => {
        await ledger.open(first, "2026-01-04");
        await ledger.open(second, "2026-01-05", "label", second.twin);
      },
      "wrong-author",
    ],
    [
      "with a key that an earlier owner has",
      async (ledger) => {
        await ledger.open(first, "2026-01-04");
        await ledger.open({ ...second, twin: first.twin }, "2026-01-05");
      },
      "wrong-opening",
    ],
    [
      "as a labelled item's, when its first owner had started it",
      async (ledger) => {
        await ledger.open(first, "2026-01-04", "none");
        await ledger.open(second, "2026-01-05", "label");
      },
      "wrong-label",
    ],
    [
      "with something that is no key",
      async (ledger) => {
        await ledger.open({ ...first, owner: { ...first.owner, key: "did:key:zNone#zNone" } }, "2026-01-04");
      },
      "wrong-opening",
    ],
  ])("%s is caught", async (_, begin, code) => {
    expect(await opened(begin)).toContain(code);
  });

  test("is no beginning at all when only a maker has written", async () => {
    const unclaimed = new Ledger();
    await unclaimed.maker("commissioning", "2026-01-02");
    const shown = { ...(await story()), ...sound, entries: unclaimed.entries, counts: [] };
    expect(await check(await vouchedAgain(shown, unclaimed.entries, stranger.twin))).toMatchObject({
      verdict: "do-not-rely",
      owners: 0,
      present: null,
    });
  });
});

describe("what only who did the work can show", () => {
  /** Host and seller leave the repair out and make everything again that their own keys can make. */
  async function rebuilt(): Promise<Ledger> {
    const rebuilt = new Ledger();
    await rebuilt.maker("commissioning", "2026-01-02");
    await rebuilt.open(first, "2026-01-04");
    await rebuilt.owner("inspecting", "2026-02-01", { body: { text: "Works." } });
    return rebuilt;
  }

  test("a record that host and seller rebuilt together is unaltered to anyone's eyes without a count", async () => {
    expect((await check(await (await rebuilt()).shown(AT))).verdict).toBe("unaltered");
  });

  test("and with the maker's count it is not to be relied on", async () => {
    const shown = await (await rebuilt()).shown(AT, [await ledger.count(maker, lamo, 2, "2026-06-01")]);
    const findings = await check(shown);
    expect(findings).toMatchObject({ verdict: "do-not-rely", counts: [{ stated: 2, found: 1, short: true }] });
    expect(codes(findings)).toEqual(["makers-count-short"]);
  });

  test("a record whose end was cut off and that its twin vouched for again is unaltered without a count, and short with one", async () => {
    const uncut = { ...sound, counts: [] };
    const cut = await vouchedAgain(uncut, sound.entries.slice(0, -1), second.twin);
    expect((await check(cut)).verdict).toBe("unaltered");
    const counted = { ...cut, counts: [await ledger.count({ role: "channel" }, second.owner, 1, "2026-06-01")] };
    const findings = await check(counted);
    expect(findings).toMatchObject({ verdict: "do-not-rely", counts: [{ stated: 1, found: 0, short: true }] });
    expect(codes(findings)).toEqual(["count-short"]);
    // The record as it was has what is counted.
    expect((await check({ ...uncut, counts: counted.counts })).verdict).toBe("unaltered");
  });

  test("a count speaks of the days up to its own, and of its author alone", async () => {
    const early = [await ledger.count(maker, lamo, 1, "2026-03-14")];
    expect(await check({ ...sound, counts: early })).toMatchObject({ verdict: "unaltered", counts: [{ found: 1 }] });
    const wrong = [await ledger.count(maker, lamo, 2, "2026-03-14")];
    expect((await check({ ...sound, counts: wrong })).verdict).toBe("do-not-rely");
    const other = { role: "maker", maker: "other.example" } as const;
    const others = [
      await ledger.count(other, { ...lamo, key: `${makerDid("twins.example", other.maker)}#agent` }, 1, "2026-06-01"),
    ];
    expect(await check({ ...sound, counts: others }, {}, () => LAMO_KEY)).toMatchObject({
      counts: [{ by: other, found: 0, short: true }],
    });
    const channels = [await ledger.count({ role: "channel" }, second.owner, 2, "2026-06-01")];
    expect(await check({ ...sound, counts: channels })).toMatchObject({ counts: [{ found: 1, short: true }] });
  });

  test("a record erased and started again begins on the later day, unconfirmed", async () => {
    const again = new Ledger(OTHER_RECORD);
    await again.open(stranger, "2026-06-01", "none");
    const shown = await again.shown(AT);
    const findings = await check(shown, { record: OTHER_RECORD });
    expect(findings).toMatchObject({ verdict: "unaltered", since: "2026-06-01", claim: "none", owners: 1 });
    // What was counted of the record before is another record's, and is refused as that.
    const counted = [await ledger.count(maker, lamo, 2, "2026-06-01")];
    expect(codes(await check({ ...shown, counts: counted }, { record: OTHER_RECORD }))).toEqual(["wrong-record"]);
  });
});

describe("a company's key", () => {
  test("that nobody knows is told as that", async () => {
    const findings = await check(sound, {}, () => null);
    expect(findings.verdict).toBe("do-not-rely");
    expect(codes(findings)).toEqual(["unknown-key"]);
  });

  test("that is another company's does not vouch", async () => {
    expect(codes(await check(sound, {}, () => new Uint8Array(LAMO_KEY).fill(7)))).toContain("bad-signature");
  });

  test("is taken from its own document alone, whatever host it was reached under and whatever else came along", async () => {
    const own = { [LAMO]: documentOf(`${makerDid("127.0.0.1:8787", LAMO)}#agent`, LAMO_KEY) };
    expect(await check(sound, {}, keysIn(own))).toMatchObject({ verdict: "unaltered" });
    const others = { "other.example": documentOf(lamo.key, LAMO_KEY) };
    expect(codes(await check(sound, {}, keysIn(others)))).toEqual(["unknown-key"]);
    expect(keysIn(Object.create(own))(lamo.key)).toBeNull();
    expect(keysIn({})(`${makerDid("twins.example", "constructor")}#agent`)).toBeNull();
  });

  test("is asked for once, however much it signed", async () => {
    let asked = 0;
    await check(sound, {}, (keyId) => {
      asked += 1;
      return resolve(keyId);
    });
    expect(asked).toBe(1);
  });
});

describe("whatever a host sends instead of a record", () => {
  const checkpoint = (change: object): object => ({ ...sound, checkpoint: { ...sound.checkpoint, ...change } });
  const entry = (change: object): object => ({ ...sound, entries: [{ ...sound.entries[0], ...change }] });
  test.each<[string, () => object]>([
    ["nothing", () => ({})],
    ["no list", () => ({ ...sound, entries: {} })],
    ["no counts", () => ({ ...sound, counts: null })],
    ["a checkpoint of words", () => checkpoint({ size: "8" })],
    ["a checkpoint at no time", () => checkpoint({ at: "yesterday" })],
    ["a checkpoint at a time spelt otherwise", () => checkpoint({ at: "2026-06-02T12:00:00Z" })],
    ["a checkpoint with a status of its own", () => checkpoint({ status: "fine" })],
    ["entries that are null", () => ({ ...sound, entries: [null] })],
    ["a float", () => entry({ tenure: 0.5 })],
    ["half a character", () => entry({ record: "\ud800" })],
    ["a day that does not exist", () => entry({ recordedOn: "2026-02-30" })],
    ["an author without a name", () => entry({ by: { role: "maker" } })],
    ["an author of its own", () => entry({ by: { role: "admin" } })],
    ["a proof without a signature", () => entry({ proof: { type: "DataIntegrityProof" } })],
    ["an inherited name for a kind", () => entry({ kind: "constructor" })],
    ["a disclosure that is a number", () => entry({ disclosure: 7 })],
    ["counts that are numbers", () => ({ ...sound, counts: [7] })],
  ])("is not to be relied on, and no error: %s", async (_, shown) => {
    const findings = await check(shown() as ShownHistory);
    expect(findings.verdict).toBe("do-not-rely");
    expect(codes(findings)).toContain("malformed");
  });
});

describe("after a record was checked", () => {
  const asked = { share: "share_1", nonce: "A".repeat(43) };
  const answered: PresenceBody = { schema: PRESENCE_SCHEMA, record: RECORD, tenure: 1, ...asked, at: AT };

  test("a fresh checkpoint of the same twin holds, and another's does not", async () => {
    const present = (await check(sound)).present!;
    expect(await verifyCheckpoint(await ledger.checkpoint(AT), present, NOW)).toEqual([]);
    const foreign = await verifyCheckpoint(await ledger.checkpoint(AT, "current", stranger.twin), present, NOW);
    expect(foreign.map(({ code }) => code)).toEqual(["wrong-author"]);
    const { proof: _, ...body } = await ledger.checkpoint(AT);
    const other = await secure({ ...body, record: OTHER_RECORD }, second.twin);
    expect((await verifyCheckpoint(other, present, NOW)).map(({ code }) => code)).toEqual(["wrong-record"]);
    const before = await secure({ ...body, tenure: 0 }, second.twin);
    expect((await verifyCheckpoint(before, present, NOW)).map(({ code }) => code)).toEqual(["wrong-tenure"]);
  });

  test("a live answer holds for the number that was asked, this share and this twin, whatever a clock says", async () => {
    const present = (await check(sound)).present!;
    const verdict = async (change: Partial<PresenceBody>, signer = second.twin) =>
      verifyPresence(await secure({ ...answered, ...change }, signer), present, asked);
    expect(await verdict({})).toBeNull();
    expect(await verdict({ nonce: "B".repeat(43) })).toBe("wrong-answer");
    expect(await verdict({ share: "share_2" })).toBe("wrong-answer");
    expect(await verdict({ record: OTHER_RECORD })).toBe("wrong-record");
    expect(await verdict({ tenure: 0 })).toBe("wrong-record");
    expect(await verdict({}, first.twin)).toBe("wrong-author");
    expect(await verdict({ at: "2020-01-01T00:00:00.000Z" })).toBeNull();
    expect(await verdict({ at: "2090-01-01T00:00:00.000Z" })).toBeNull();
    expect(
      await verifyPresence(
        { ...(await secure(answered, second.twin)), at: "2026-06-02T12:00:01.000Z" },
        present,
        asked,
      ),
    ).toBe("bad-signature");
  });
});
