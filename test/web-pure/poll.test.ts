// What is asked again and again is asked one at a time, so that no old answer comes after a newer one.

import { expect, test } from "vitest";
import { inTurn } from "../../src/web/handover/poll.ts";

test("what is asked while it is asked is asked once more after that, however often", async () => {
  const asked: PromiseWithResolvers<void>[] = [];
  const ask = inTurn(() => {
    asked.push(Promise.withResolvers<void>());
    return asked.at(-1)!.promise;
  });
  const first = ask();
  await expect.poll(() => asked.length).toBe(1);
  const [second, third] = [ask(), ask()];
  expect(third).toBe(second);
  asked[0]!.reject(new Error("no network"));
  await expect(first).rejects.toThrow("no network");
  await expect.poll(() => asked.length).toBe(2);
  asked[1]!.resolve();
  await second;
  expect(asked).toHaveLength(2);
});
