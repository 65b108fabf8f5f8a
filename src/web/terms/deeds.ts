// What an owner does about one agreement. Each is signed at the server at once, so none of it waits in a queue.

import type { Answer } from "../api/call.ts";
import type { Agreement, Page } from "../api/views.ts";
import { ask } from "../pages/ask.ts";
import { keepAgreement } from "../store/agreements.ts";
import type { Thing } from "../store/things.ts";

const LIMIT = 200;

/** Keeps this thing's agreements as the server has them now. What can't be had now comes with the feed. */
export async function refreshAgreements(thing: Thing): Promise<void> {
  const answer = await ask<Page<Agreement>>(thing.id, `/agreements?limit=${LIMIT}`);
  if (!answer.ok) return;
  for (const agreement of answer.value.items) await keepAgreement(agreement);
}

export type Deed =
  | { readonly do: "confirm"; readonly decision: "accepted" | "refused" }
  | { readonly do: "rescind" | "terminate" };

/** Does it, and keeps what the agreement then is; after a refusal, what it was all along. */
export async function settleAgreement(thing: Thing, { id }: Agreement, deed: Deed): Promise<Answer<Agreement>> {
  const answer = await ask<Agreement>(thing.id, `/agreements/${id}/${deed.do}`, {
    method: "POST",
    body: deed.do === "confirm" ? { decision: deed.decision } : {},
  });
  if (answer.ok) await keepAgreement(answer.value);
  else if (answer.problem.status === 409) await refreshAgreements(thing);
  return answer;
}
