// What an endpoint is sent to see whether it verifies: two events that it must refuse, and one that it must take in.

export const CHECK_STEPS = ["wrong-signature", "stale", "right"] as const;
export type StepName = (typeof CHECK_STEPS)[number];
