// The table of what each agreement lets a company do, cell by cell. It is written out here a second time on purpose: it is the promise.

import { describe, expect, test } from "vitest";
import type { AgreementId } from "../../../src/domain/ids.ts";
import {
  ACTIONS,
  heldBy,
  permits,
  type Action,
  type AgreementInForce,
  type HeldBy,
} from "../../../src/domain/terms/permits.ts";
import { kindOf, ROSTER_CODES, type RosterCode } from "../../../src/domain/terms/roster.ts";

const RELATIONSHIPS = ROSTER_CODES.filter((code) => kindOf(code) === "relationship");
const from = (least: RosterCode): readonly RosterCode[] => RELATIONSHIPS.slice(RELATIONSHIPS.indexOf(least));
const PORTABLE = ROSTER_CODES.filter((code) => code.endsWith("-DP"));

/** `yes` lists the agreements under which the action is permitted; `none` whether it is with nothing in force. */
type Row = { readonly heldBy: HeldBy; readonly none: boolean; readonly yes: readonly RosterCode[] };

const TABLE: { readonly [action in Action]: Row } = {
  "keep-private-notes": { heldBy: "nobody", none: true, yes: ROSTER_CODES },
  "relay-note": { heldBy: "code", none: false, yes: RELATIONSHIPS },
  answer: { heldBy: "code", none: false, yes: RELATIONSHIPS },
  "safety-notice": { heldBy: "code", none: false, yes: [] },
  "record-entry": { heldBy: "code", none: false, yes: [] },
  "service-message": { heldBy: "code", none: false, yes: RELATIONSHIPS },
  marketing: { heldBy: "code", none: false, yes: [] },
  analytics: { heldBy: "code-here", none: false, yes: from("SD-BASE-A") },
  "read-receipt": { heldBy: "code", none: false, yes: from("SD-BASE-AT") },
  profiling: { heldBy: "code-here", none: false, yes: from("SD-BASE-ATP") },
  "third-party-sharing": { heldBy: "signature", none: false, yes: [] },
  "anonymised-third-party-sharing": { heldBy: "signature", none: false, yes: from("SD-BASE-ATP-S3P") },
  "company-ai": { heldBy: "code-here", none: false, yes: [] },
  "machine-export": { heldBy: "code-asks", none: true, yes: ROSTER_CODES },
  "receive-copy": { heldBy: "code-asks", none: false, yes: PORTABLE },
  publish: { heldBy: "code-here", none: false, yes: [] },
};

const ID: AgreementId = "agr_0123456789abcdefghjkmnpqrs";
const OTHER: AgreementId = "agr_srqpnmkjhgfedcba9876543210";
const agreement = (code: RosterCode, id = ID): AgreementInForce => ({ id, code, kind: kindOf(code) });

describe.each(ACTIONS)("%s", (action) => {
  const row = TABLE[action];

  test(`is held by ${row.heldBy}`, () => expect(heldBy(action)).toBe(row.heldBy));

  test(`is ${row.none ? "permitted" : "not permitted"} with nothing in force`, () =>
    expect(permits([], action)).toBe(row.none));

  test.each(ROSTER_CODES)("under %s is as the table says", (code) =>
    expect(permits([agreement(code)], action)).toBe(row.yes.includes(code)),
  );
});

test("the table has a row for every action", () => expect(Object.keys(TABLE)).toEqual(ACTIONS));

describe("what a labelled item always gets", () => {
  test.each(["safety-notice", "record-entry"] as const)(
    "%s, with or without an agreement, and no other item ever",
    (action) => {
      for (const agreements of [[], ...ROSTER_CODES.map((code) => [agreement(code)])]) {
        expect(permits(agreements, action, { labelled: true })).toBe(true);
        expect(permits(agreements, action, { labelled: false })).toBe(false);
      }
    },
  );
});

describe("what a contribution gives", () => {
  const GIVES: readonly [Action, RosterCode][] = [
    ["marketing", "PDC-INTENT"],
    ["company-ai", "PDC-AI"],
    ["publish", "PDC-GOOD"],
  ];

  test.each(GIVES)("%s is for the data of that %s agreement only", (action, code) => {
    const agreements = [agreement("SD-BASE", OTHER), agreement(code)];
    expect(permits(agreements, action, { contribution: ID })).toBe(true);
    expect(permits(agreements, action, { contribution: OTHER })).toBe(false);
    expect(permits(agreements, action)).toBe(false);
  });

  test.each(GIVES)("%s is for no other agreement's data", (action, code) => {
    for (const other of ROSTER_CODES.filter((candidate) => candidate !== code)) {
      expect(permits([agreement(other)], action, { contribution: ID })).toBe(false);
    }
  });

  test("and it ends with the agreement, whatever the data says", () => {
    for (const [action] of GIVES) expect(permits([agreement("SD-BASE")], action, { contribution: OTHER })).toBe(false);
  });
});

test("where two agreements disagree, the prohibition wins", () => {
  const both = [agreement("SD-BASE"), agreement("SD-BASE-ATP", OTHER)];
  for (const action of ["analytics", "read-receipt", "profiling"] as const) expect(permits(both, action)).toBe(false);
});
