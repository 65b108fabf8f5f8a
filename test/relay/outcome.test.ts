import { expect, test } from "vitest";
import { judge } from "../../src/relay/outcome.ts";

test("only 2xx is delivered, 410 is gone, 400, 413, 415 and 422 are poison, and every other status is tried again", () => {
  for (let status = 0; status <= 999; status++) {
    const expected =
      status >= 200 && status < 300
        ? "delivered"
        : status === 410
          ? "gone"
          : [400, 413, 415, 422].includes(status)
            ? "poison"
            : "retry";
    expect(judge({ status }), String(status)).toBe(expected);
  }
});

test("a redirect is a failure", () => {
  for (const status of [301, 302, 303, 307, 308]) expect(judge({ status })).toBe("retry");
});

test("no answer at all is tried again", () => {
  expect(judge({ failure: "timeout" })).toBe("retry");
  expect(judge({ failure: "network" })).toBe("retry");
  expect(judge({ failure: "refused-target" })).toBe("retry");
});
