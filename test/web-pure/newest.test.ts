// Of several askings of the same, what was asked later is the newer word, in whichever order they are answered.

import { expect, test } from "vitest";
import { newestAnswer, newestAnswers, type Newest } from "../../src/web/api/newest.ts";

/** Askings whose answers come when the test says so. */
function asking(newest: Newest) {
  const answers: PromiseWithResolvers<string | null>[] = [];
  const ask = (): Promise<string | null> =>
    newest(() => {
      answers.push(Promise.withResolvers<string | null>());
      return answers.at(-1)!.promise;
    });
  return { ask, answer: (at: number, word: string | null) => answers[at]!.resolve(word) };
}

test("an answer that was overtaken is none", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(1, "new");
  expect(await second).toBe("new");
  answer(0, "old");
  expect(await first).toBeNull();
});

test("answers in their order all count", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(0, "old");
  expect(await first).toBe("old");
  answer(1, "new");
  expect(await second).toBe("new");
});

test("a later asking that got no answer keeps no earlier one from counting", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(1, null);
  expect(await second).toBeNull();
  answer(0, "the only word there is");
  expect(await first).toBe("the only word there is");
});

test("what is asked about one overtakes nothing about another", async () => {
  const about = newestAnswers();
  const one = asking(about("one"));
  const other = asking(about("other"));
  const [first, second] = [one.ask(), other.ask()];
  other.answer(0, "of the other");
  one.answer(0, "of the one");
  expect([await first, await second]).toEqual(["of the one", "of the other"]);
  expect(about("one")).toBe(about("one"));
});
