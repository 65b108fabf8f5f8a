// Lines of CSV: RFC 4180's quoting, and nothing else changed.

import { expect, it } from "vitest";
import { csvLine } from "../../src/domain/csv.ts";

it("a field is quoted when it holds a quote, a comma or a line end, and only then", () => {
  expect(csvLine(["a", 'b"c', "d,e", "f\r\ng", ""])).toBe('a,"b""c","d,e","f\r\ng",\r\n');
});

it("a field that begins like a formula stays what it is: it is a serial that a factory prints", () => {
  expect(csvLine(["=1+1", "-2", "+3"])).toBe("=1+1,-2,+3\r\n");
});
