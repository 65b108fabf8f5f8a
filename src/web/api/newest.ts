// The same is asked several times at once, and the network may bring an older answer last. No DOM here.

export type Newest = <T>(ask: () => Promise<T | null>) => Promise<T | null>;

/**
 * One question: what `ask` answers, or null once a later asking was answered. An answer of null is none, and keeps no earlier one from
 * counting.
 */
export function newestAnswer(): Newest {
  let asked = 0;
  let answered = 0;
  return async (ask) => {
    const turn = ++asked;
    const answer = await ask();
    if (answer === null || turn < answered) return null;
    answered = turn;
    return answer;
  };
}

/** A question about each of many. */
export function newestAnswers(): (about: string) => Newest {
  const all = new Map<string, Newest>();
  return (about) => {
    let one = all.get(about);
    if (!one) all.set(about, (one = newestAnswer()));
    return one;
  };
}
