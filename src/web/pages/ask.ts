// Asks about one thing on behalf of a page: a page always has an answer to show, also where this device can't ask any more.

import type { Answer, Asking, Problem } from "../api/call.ts";
import { askFor } from "../store/catchup.ts";

const CUT_OFF: Problem = {
  status: 401,
  code: "unauthorized",
  title: "",
  detail: "",
  errors: [],
  retryAfterSeconds: null,
};

/** `path` is beneath the thing's own. Without a signal of its own it gives up after a while. */
export const ask = async <T>(twin: string, path: string, asking: Asking = {}): Promise<Answer<T>> =>
  (await askFor<T>(twin, path, asking)) ?? { ok: false, problem: CUT_OFF };
