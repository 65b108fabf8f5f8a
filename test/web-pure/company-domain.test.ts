// A company's domain out of what somebody types.

import { describe, expect, it } from "vitest";
import { companyDomain, otherwiseSpelled } from "../../src/web/pages/add/company-domain.ts";

describe("a company's domain", () => {
  it.each([
    ["Lamo.example", "lamo.example", null],
    [" https://www.lamo.example/shoes?q=1#top ", "lamo.example", null],
    ["help@lamo.example", "lamo.example", null],
    ["kaffee-röster.example", "xn--kaffee-rster-cjb.example", "xn--kaffee-rster-cjb.example"],
    ["https://www.Kaffee-RÖSTER.example/", "xn--kaffee-rster-cjb.example", "xn--kaffee-rster-cjb.example"],
    ["XN--kaffee-rster-cjb.example", "xn--kaffee-rster-cjb.example", null],
    ["lamo", null, null],
    ["203.0.113.9", null, null],
    ["", null, null],
  ])("in %j is %s", (typed, domain, spelled) => {
    expect([companyDomain(typed), otherwiseSpelled(typed)]).toEqual([domain, spelled]);
  });
});
