// The same is asked several times at once, and the network may bring an older answer last. No DOM here.

/** Asks; null where a later asking was answered meanwhile, and where `ask` has no answer. */
export type Newest = <T extends { readonly ok: boolean }>(ask: () => Promise<T | null>) => Promise<T | null>;

/** One question. A failure is no word of what is asked about: it keeps no earlier answer from counting, and is told unless overtaken. */
export function newestAnswer(): Newest {
  let asked = 0;
  let answered = 0;
  return async (ask) => {
    const turn = ++asked;
    const answer = await ask();
    if (answer === null || turn < answered) return null;
    if (answer.ok) answered = turn;
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
