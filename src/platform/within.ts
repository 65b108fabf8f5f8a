// Waiting for something, but not for ever.

/** Settles when `work` has, or after `ms`: whether it was done by then. What it gave or why it failed is not told. No timer is left behind. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const isDone = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([isDone, scheduler.wait(ms, { signal: over.signal }).then(() => false)]);
  } finally {
    over.abort();
  }
}
