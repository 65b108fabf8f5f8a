// What an entry of a history is called, to its owner and to a buyer alike.

import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/web/record/kinds.ts";
import { record as german } from "../../src/web/words/de/record.ts";
import { record as english } from "../../src/web/words/en/record.ts";

describe("an entry that something began with", () => {
  it("is the history's beginning where the twin wrote it, and the thing's making where its maker did", () => {
    const names = (kind: "commissioning" | "other", role: "twin" | "maker") =>
      [english, german].map((words) => kindOf({ kind, by: { role } }, words));
    expect(names("commissioning", "twin")).toEqual(["Its history begins", "Die Geschichte beginnt"]);
    expect(names("commissioning", "maker")).toEqual(["Made", "Hergestellt"]);
    expect(names("other", "maker")).toEqual(["Noted", "Vermerkt"]);
  });
});
