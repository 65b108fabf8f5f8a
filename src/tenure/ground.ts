// What every concern of the tenure stands on: its storage, its channels, and how it makes itself heard.

import type { Failure } from "../domain/failure.ts";
import { err, type Err } from "../domain/result.ts";
import type { Channels } from "./channels.ts";
import { identityOf, type Identity } from "./identity.ts";

export type Ground = {
  readonly env: Env;
  readonly storage: DurableObjectStorage;
  readonly sql: SqlStorage;
  readonly channels: Channels;
  /** Asks for the alarm at `at` or sooner. */
  readonly wakeAt: (at: number) => void;
  /** Tells the live sockets what was added to the feed. Called after a commit. */
  readonly announce: () => void;
  readonly closeSockets: (channels: readonly string[]) => void;
};

export const identity = (ground: Ground): Identity => identityOf(ground.storage)!;

export const unauthorized: Err<Failure> = err({ code: "unauthorized" });
export const noSuchNote: Err<Failure> = err({ code: "not-found", detail: "This twin has no such note." });
export const noSuchAgreement: Err<Failure> = err({ code: "not-found", detail: "There is no such agreement." });
export const idempotencyConflict: Err<Failure> = err({ code: "idempotency-conflict" });
