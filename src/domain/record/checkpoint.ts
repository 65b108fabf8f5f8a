// A checkpoint: the present twin's word on how long its record is, what its root is and how the thing stands, at one moment.

import { millisOf } from "../instant.ts";
import type { Head } from "./entry.ts";
import type { Secured } from "./proof.ts";

export const CHECKPOINT_SCHEMA = "pico-twins/checkpoint/1";

export const CHECKPOINT_STATUSES = ["current", "lost", "stolen"] as const;
export type CheckpointStatus = (typeof CHECKPOINT_STATUSES)[number];

export type CheckpointBody = Head & {
  readonly schema: typeof CHECKPOINT_SCHEMA;
  readonly record: string;
  readonly tenure: number;
  /** When it was signed, RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  readonly status: CheckpointStatus;
};

/** Signed with the present twin key. */
export type Checkpoint = Secured<CheckpointBody>;

/** A checkpoint older than this says nothing about now. */
export const CURRENT_MS = 10 * 60_000;
/** How far two clocks may differ. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** Whether no record can have had both heads, for a record only grows: as long with other entries, or shorter later on. */
export const contradicts = (then: Checkpoint, now: Checkpoint): boolean =>
  now.size === then.size ? now.root !== then.root : now.size < then.size && millisOf(now.at) >= millisOf(then.at);

/** Whether what was signed `at` is from after now, as far as clocks can be trusted. Milliseconds. */
export const isAhead = (at: number, now: number): boolean => at > now + CLOCK_SKEW_MS;
/** Whether what was signed `at` is too old to say how things stand now. Milliseconds. */
export const isStale = (at: number, now: number): boolean => at < now - CURRENT_MS;
