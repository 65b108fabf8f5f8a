// Waits for what comes about by itself, for as long as something lost may take to be found.

const FOUND_WITHIN_MS = 5 * 60_000;
const LOOK_MS = 3_000;

/** Asks until `enough`. */
export async function until<T>(what: string, ask: () => Promise<T>, enough: (answer: T) => boolean): Promise<T> {
  for (const last = Date.now() + FOUND_WITHIN_MS; ;) {
    const answer = await ask();
    if (enough(answer)) return answer;
    if (Date.now() > last)
      throw new Error(`not within 5 minutes: ${what}; it is ${JSON.stringify(answer).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
