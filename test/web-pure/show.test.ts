// What a buyer's page makes of a history, apart from any browser: how it stands as time goes on, how it is told, and what a link is.

import { beforeAll, describe, expect, it } from "vitest";
import type { Checkpoint } from "../../src/domain/record/checkpoint.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { OFFLINE, type Answer } from "../../src/web/api/call.ts";
import { chaptersOf, type Line } from "../../src/web/show/lines.ts";
import { linkIn } from "../../src/web/show/link.ts";
import type { ShareStatus } from "../../src/web/show/opened.ts";
import type { Shown } from "../../src/web/show/shown.ts";
import { standing } from "../../src/web/show/standing.ts";
import { warrantyOf } from "../../src/web/show/warranty.ts";
import { first, LAMO, LAMO_KEY, Ledger, second, stranger } from "../domain/record/ledger.ts";

const AT = "2026-06-02T12:00:00.000Z";
const LATER = "2026-06-02T12:12:00.000Z";

async function shownOf(ledger: Ledger): Promise<Shown> {
  const shown = await ledger.shown(AT);
  const findings = await verifyHistory(shown, () => LAMO_KEY, { now: Date.parse(AT) });
  const opened = { ...shown, keys: {}, notices: [], expiresAt: LATER };
  return { opened, findings, at: Date.parse(AT) };
}
const answered = (checkpoint: Checkpoint, notices: ShareStatus["notices"] = []): Answer<ShareStatus> => ({
  ok: true,
  value: { checkpoint, notices, presence: null, expiresAt: LATER },
  status: 200,
  headers: new Headers(),
});
const refused = (status: number): Answer<ShareStatus> => ({ ok: false, problem: { ...OFFLINE, status } });

/** The same two owners, and the second one's entries. */
async function another(...kinds: readonly ("repairing" | "inspecting")[]): Promise<Ledger> {
  const ledger = new Ledger();
  await ledger.open(first, "2026-01-04");
  await ledger.open(second, "2026-03-01");
  for (const kind of kinds) await ledger.owner(kind, "2026-05-04");
  return ledger;
}

describe("ten minutes after a history was checked", () => {
  let ledger: Ledger;
  let shown: Shown;
  beforeAll(async () => {
    ledger = await another("repairing");
    shown = await shownOf(ledger);
  });
  const stands = async (answer: Answer<ShareStatus>): Promise<unknown[]> => {
    const { findings, aged, at } = await standing(shown, answer, Date.parse(LATER));
    return [findings.verdict, aged ?? findings.faults[0]?.code ?? null, at === Date.parse(LATER)];
  };

  it("it stands as it did once its present key says so anew", async () => {
    expect(await stands(answered(await ledger.checkpoint(LATER)))).toEqual(["unaltered", null, true]);
  });
  it.each([
    ["nobody answers", refused(0), "unanswered"],
    ["the server can't", refused(503), "unanswered"],
    ["its link has run out", refused(410), "gone"],
    ["its owner is another", refused(401), "gone"],
  ])("it says nothing about now where %s", async (_, answer, aged) => {
    expect(await stands(answer)).toEqual(["not-current", aged, false]);
  });
  it("it says nothing about now by a head that is as old", async () => {
    expect(await stands(answered(await ledger.checkpoint(AT)))).toEqual(["not-current", "unanswered", false]);
  });
  it("it says nothing about now where something was recorded since", async () => {
    const longer = await another("repairing", "inspecting");
    expect(await stands(answered(await longer.checkpoint(LATER)))).toEqual(["not-current", "moved", false]);
  });
  it("it says nothing about now where its maker warns of something since, or of something no more", async () => {
    const now = await ledger.checkpoint(LATER);
    const moved = ["not-current", "moved", false];
    expect(await stands(answered(now, ["notice_2"]))).toEqual(moved);
    const notice = { id: "notice_1", kind: "recall", maker: { id: LAMO, name: "Lamo" }, title: "The lid" } as const;
    const rest = { text: "It comes off.", url: null, at: AT, why: "every-item" } as const;
    const warned = { ...shown, opened: { ...shown.opened, notices: [{ ...notice, ...rest }] } };
    const verdict = async (notices: ShareStatus["notices"]): Promise<unknown> =>
      (await standing(warned, answered(now, notices), Date.parse(LATER))).findings.verdict;
    expect([await verdict(["notice_1"]), await verdict([]), await verdict(["notice_2"])]).toEqual([
      "unaltered",
      "not-current",
      "not-current",
    ]);
  });
  it("it is judged by no shorter head that was signed before it was shown", async () => {
    const shorter = await another();
    const before = "2026-06-02T11:59:59.000Z";
    expect((await stands(answered(await shorter.checkpoint(before))))[0]).toBe("not-current");
  });
  it.each([
    ["its owner says that it was stolen", () => ledger.checkpoint(LATER, "stolen"), "alert"],
    ["another key answers", () => ledger.checkpoint(LATER, "current", stranger.twin), "wrong-author"],
    ["an owner before answers", () => ledger.checkpoint(LATER, "current", first.twin), "wrong-author"],
    ["its key vouches for other entries", async () => (await another("inspecting")).checkpoint(LATER), "wrong-root"],
    ["its key vouches for fewer entries", async () => (await another()).checkpoint(LATER), "wrong-root"],
    ["what answers is no head", async () => ({}) as Checkpoint, "malformed"],
  ])("it is not to be relied on where %s", async (_, answer, code) => {
    expect(await stands(answered(await answer()))).toEqual(["do-not-rely", code, false]);
  });
});

describe("the story", () => {
  it("has every entry of a chain of corrections one level under the first, however long the chain is", async () => {
    const ledger = new Ledger();
    await ledger.open(first, "2026-01-04", "none");
    await ledger.owner("repairing", "2026-01-05");
    for (let seq = 2; seq < 6; seq++) await ledger.owner("repairing", "2026-01-06", { corrects: seq });
    await ledger.owner("disputed", "2026-01-07", { corrects: 4 });
    const seqs = (lines: readonly Line[]): unknown[] => lines.map(({ entry, later }) => [entry.seq, seqs(later)]);
    const [chapter] = chaptersOf(await shownOf(ledger));
    expect(seqs(chapter!.lines)).toEqual([
      [1, []],
      [
        2,
        [
          [3, []],
          [4, []],
          [5, []],
          [6, []],
          [7, []],
        ],
      ],
    ]);
  });
});

describe("a warranty that a maker stated", () => {
  /** Made with a warranty until 2028, sold, and serviced: entries 1, 2 and 3. */
  async function stated(): Promise<Ledger> {
    const ledger = new Ledger();
    await ledger.maker("commissioning", "2026-01-01", { body: { warrantyUntil: "2028-01-01" } });
    await ledger.open(first, "2026-01-04");
    await ledger.maker("inspecting", "2026-02-01", { body: { text: "Serviced." } });
    return ledger;
  }
  const until = { until: "2028-01-01", by: LAMO, recordedOn: "2026-01-01" };
  const withheld = (ledger: Ledger, seq: number): void => {
    ledger.entries[seq - 1] = { ...ledger.entries[seq - 1]!, disclosure: null };
  };

  it.each<[string, (ledger: Ledger) => unknown, object]>([
    ["stands as long as nothing of theirs speaks against it", () => {}, { stated: until, unread: false }],
    [
      "stands no more once they correct it without another date",
      (ledger) => ledger.maker("other", "2026-03-01", { corrects: 1, body: { text: "Void: opened." } }),
      { stated: null, corrected: true, unread: false },
    ],
    [
      "is the one that a correction of theirs puts in its place, also a shorter one",
      (ledger) => ledger.maker("other", "2026-03-01", { corrects: 1, body: { warrantyUntil: "2026-09-01" } }),
      { stated: { until: "2026-09-01", by: LAMO, recordedOn: "2026-03-01" }, unread: false },
    ],
    [
      "is gone where their correction is withheld, and what it says is not known",
      async (ledger) => {
        await ledger.maker("other", "2026-03-01", { corrects: 1, body: { warrantyUntil: "2026-09-01" } });
        withheld(ledger, 4);
      },
      { stated: null, corrected: true, unread: true },
    ],
    [
      "may be another where a later entry of theirs is withheld",
      (ledger) => withheld(ledger, 3),
      { stated: until, unread: true },
    ],
    [
      "is not known where the entry that states it is withheld",
      (ledger) => withheld(ledger, 1),
      { stated: null, corrected: false, unread: true },
    ],
    [
      "is no matter of what the owner writes, withheld or not",
      async (ledger) => {
        await ledger.owner("disputed", "2026-03-01", { corrects: 1, body: { text: "Until 2030, they said." } });
        await ledger.owner("other", "2026-03-01", { corrects: 1, body: { warrantyUntil: "2030-01-01" } });
        withheld(ledger, 4);
      },
      { stated: until, corrected: false, unread: false },
    ],
    [
      "is nobody's whose signature doesn't hold",
      (ledger) =>
        ledger.write(stranger.owner, "2026-03-01", {
          kind: "other",
          by: { role: "maker", maker: LAMO },
          body: { warrantyUntil: "2031-01-01" },
        }),
      { stated: until, unread: false },
    ],
  ])("%s", async (_, then, found) => {
    const ledger = await stated();
    await then(ledger);
    expect(warrantyOf(await shownOf(ledger))).toMatchObject(found);
  });
});

describe("a link", () => {
  const twin = `twin_${"0".repeat(26)}`;
  const secret = "a".repeat(43);
  const pathname = `/s/share_${"0".repeat(26)}`;

  it.each(["~", "%7E", "%7e"])("is whole with its secret after %s", (tilde) => {
    expect(linkIn({ pathname, hash: `#${twin}${tilde}${secret}` })?.token).toBe(`${twin}~${secret}`);
  });
  it("isn't whole without all of its secret", () => {
    expect(linkIn({ pathname, hash: `#${twin}~${secret.slice(1)}` })).toBeNull();
  });
});
