// Waiting for something, but not for ever.

/** Settles when `work` has, or after `ms`; what it gave or why it failed is not told. No timer is left behind. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const isDone = work.then(
    () => undefined,
    () => undefined,
  );
  try {
    await Promise.race([isDone, scheduler.wait(ms, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
