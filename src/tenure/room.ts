// How much one twin may hold. Asked before words and pictures are added, never before something is taken away.

import type { Failure } from "../domain/failure.ts";
import { err, type Err } from "../domain/result.ts";

/** 2 GiB a twin. */
export const QUOTA_BYTES = 2 * 1024 ** 3;

/** The refusal when `bytes` more are too many, else null. Pages that were freed count as room. */
export const noRoom = (sql: SqlStorage, bytes = 0): Err<Failure> | null =>
  sql.databaseSize + bytes <= QUOTA_BYTES
    ? null
    : err({ code: "quota-exceeded", detail: "This twin holds 2 GiB already. Delete notes with photos to make room." });
