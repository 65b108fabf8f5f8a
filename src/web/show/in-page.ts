// Checks a history in the page itself. Loaded only where no thread beside the page answers: those bring the same rules along.

import { keysIn } from "../../domain/record/company-keys.ts";
import { verifyHistory, type Context, type Findings } from "../../domain/record/verify.ts";
import type { OpenedShare } from "./opened.ts";

/** @throws where this browser can't check signatures at all. */
export const checkHere = (opened: OpenedShare, context: Context): Promise<Findings> =>
  verifyHistory(opened, keysIn(opened.keys), context);
