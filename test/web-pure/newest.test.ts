// Of several askings of the same, what was asked later is the newer word, in whichever order they are answered.

import { expect, test } from "vitest";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { newestAnswer, newestAnswers, type Newest } from "../../src/web/api/newest.ts";

type Word = Result<string, string> | null;
const OLD = ok("old");
const NEW = ok("new");
const FAILED = err("no network");

/** Askings whose answers come when the test says so. */
function asking(newest: Newest) {
  const answers: PromiseWithResolvers<Word>[] = [];
  const ask = (): Promise<Word> =>
    newest(() => {
      answers.push(Promise.withResolvers<Word>());
      return answers.at(-1)!.promise;
    });
  return { ask, answer: (at: number, word: Word) => answers[at]!.resolve(word) };
}

test("an answer that was overtaken is none", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(1, NEW);
  expect(await second).toBe(NEW);
  answer(0, OLD);
  expect(await first).toBeNull();
});

test("answers in their order all count", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(0, OLD);
  expect(await first).toBe(OLD);
  answer(1, NEW);
  expect(await second).toBe(NEW);
});

test("a later asking that failed, or had no answer, keeps no earlier one from counting", async () => {
  for (const word of [FAILED, null]) {
    const { ask, answer } = asking(newestAnswer());
    const [first, second] = [ask(), ask()];
    answer(1, word);
    expect(await second).toBe(word);
    answer(0, OLD);
    expect(await first).toBe(OLD);
  }
});

test("an earlier failure that was overtaken is not told", async () => {
  const { ask, answer } = asking(newestAnswer());
  const [first, second] = [ask(), ask()];
  answer(1, NEW);
  expect(await second).toBe(NEW);
  answer(0, FAILED);
  expect(await first).toBeNull();
});

test("what is asked about one overtakes nothing about another", async () => {
  const about = newestAnswers();
  const one = asking(about("one"));
  const other = asking(about("other"));
  const [first, second] = [one.ask(), other.ask()];
  other.answer(0, NEW);
  one.answer(0, OLD);
  expect([await first, await second]).toEqual([OLD, NEW]);
  expect(about("one")).toBe(about("one"));
});
