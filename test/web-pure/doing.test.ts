// What is told of a thing that a person set going, where the browser itself refused.

import { expect, test } from "vitest";
import { DONE, OFFLINE } from "../../src/web/api/call.ts";
import { outcome } from "../../src/web/pages/doing.ts";

const refusing = (fault: unknown) => outcome(() => Promise.reject(fault));

test("a full device is told from every other refusal of the browser, and neither from an answer", async () => {
  expect(await outcome(async () => DONE)).toBeNull();
  expect(await outcome(async () => ({ ok: false, problem: OFFLINE }))).toBe(OFFLINE);
  expect((await refusing(new DOMException("full", "QuotaExceededError")))?.code).toBe("no-room");
  for (const name of ["AbortError", "InvalidStateError", "NotAllowedError", "UnknownError"])
    expect((await refusing(new DOMException("no", name)))?.code).toBe("browser-refused");
});

test("a fault of ours stays one", async () => {
  await expect(refusing(new TypeError("a fault"))).rejects.toThrow("a fault");
});
