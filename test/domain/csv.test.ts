// Lines of CSV: RFC 4180's quoting, and nothing that a spreadsheet would compute.

import { expect, it } from "vitest";
import { csvLine } from "../../src/domain/csv.ts";

it("a field is quoted when it holds a quote, a comma or a line end, and only then", () => {
  expect(csvLine(["a", 'b"c', "d,e", "f\r\ng", ""])).toBe('a,"b""c","d,e","f\r\ng",\r\n');
});

it("a field that a spreadsheet would take for a formula becomes text", () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
    expect(csvLine([`${start}1`]).replaceAll('"', "")).toBe(`'${start}1\r\n`);
  }
  expect(csvLine(['=1,"2'])).toBe(`"'=1,""2"\r\n`);
  expect(csvLine(["1=2"])).toBe("1=2\r\n");
});
