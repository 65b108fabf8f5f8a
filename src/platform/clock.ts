// The one place that reads the wall clock.

/** Now, in integer milliseconds since 1970 UTC. */
export const now = (): number => Date.now();
