// What the transcript claims is checked as it is claimed: the first thing that does not hold ends the demo.

let held = 0;

/** How many expectations held so far. */
export const expectationsHeld = (): number => held;

/** @throws with what was expected, when it is not so. */
export function expect(condition: boolean, what: string, found?: unknown): asserts condition {
  if (!condition)
    throw new Error(`expected: ${what}${found === undefined ? "" : `\n  found: ${JSON.stringify(found)}`}`);
  held += 1;
}

export const expectEqual = <T>(found: T, wanted: T, what: string): void =>
  expect(found === wanted, `${what} is ${JSON.stringify(wanted)}`, found);

const PATIENCE_MS = 30_000;

/** The promise, or an error that names what never came. */
export async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`)), PATIENCE_MS);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
