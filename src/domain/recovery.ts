// Recovery: the owner's way back with the code on paper, and 24 hours for anyone still inside to object.

export const OBJECTION_MS = 24 * 3_600_000;
/** Another channel used within this time makes the recovery wait for objections. */
export const RECENT_USE_MS = 30 * 24 * 3_600_000;

/** A recovery under way. Times in milliseconds. */
export type Recovery = { readonly startedAt: number; readonly readyAt: number };
export type RecoveryView =
  | { readonly state: "none" }
  | { readonly state: "waiting"; readonly startedAt: string; readonly readyAt: string };
