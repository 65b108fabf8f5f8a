// What a page says by itself of an endpoint's address that was refused.

import { describe, expect, it } from "vitest";
import { addressFault } from "../../src/web/desk/pages/endpoints/address-fault.ts";

describe("an endpoint's address that was refused", () => {
  it.each([
    ["hooks.lamo.example", "none"],
    ["ftp://hooks.lamo.example/", "none"],
    ["https://", "none"],
    ["http://hooks.lamo.example/", "plain"],
    ["https://203.0.113.9/in", "number"],
    ["https://0x7f.1/in", "number"],
    ["https://[2001:db8::1]/in", "number"],
    ["https://hooks/in", "word"],
    ["https://me:secret@hooks.lamo.example/", "more"],
    ["https://hooks.lamo.example/#in", "more"],
    [" https://hooks.lamo.example:8443/in ", null],
  ] as const)("says of %s: %s", (typed, fault) => {
    expect(addressFault(typed)).toBe(fault);
  });
});
