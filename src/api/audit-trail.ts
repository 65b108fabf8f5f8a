// Keeps who of a company's people did what: begun before the act, so that none is missing, and its answer's status after it.
// What was refused did nothing, and stands nowhere.

import type { Domain } from "../domain/ids.ts";
import type { Role } from "../domain/role.ts";
import type { Arrival } from "../maker/sign-in.ts";
import { log } from "../platform/log.ts";
import { officeOf } from "../platform/stubs.ts";
import { listedMaker } from "./listed-maker.ts";
import { problem } from "./problem.ts";

export type Act = {
  readonly maker: Domain;
  readonly tokenHash: string;
  readonly needs: Role;
  /** The method and the path's template. */
  readonly did: string;
  /** What it is about, by name: the path's parameters, validated, and what of the body the route adds. */
  readonly params: Readonly<Record<string, string>>;
};

/** Does what a maker's key asks for, and keeps that it did. */
export async function witnessed(
  env: Env,
  { maker: domain, tokenHash, needs, did, params }: Act,
  act: () => Promise<Response>,
): Promise<Response> {
  const maker = await listedMaker(env, domain);
  if (!maker) return problem({ code: "unauthorized" });
  const who = await maker.enter(tokenHash, needs);
  // A key that is nobody's of the team: what it may do nevertheless, the act knows.
  if (!who.ok) return who.error.code === "unauthorized" ? act() : problem(who.error);
  const { key: id, label, role } = who.value;
  const { maker: _, ...about } = params;
  const office = officeOf(env, domain);
  const entry = await office.begin({ key: { id, label, role }, did, about });
  const answer = await act();
  // A repeat that is answered again does nothing either.
  const isDone = !(answer.status >= 400 && answer.status < 500) && !answer.headers.has("Idempotency-Replayed");
  try {
    await office.end(entry, isDone ? answer.status : null);
  } catch (fault) {
    // It is done, and that it was begun is kept.
    log("audit-end-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
  }
  return answer;
}

/** Keeps that somebody came in with a link. Of somebody new it is the first thing their key did; of who came in anew it is about that key. */
export async function witnessArrival(env: Env, maker: Domain, { key, replaced }: Arrival): Promise<void> {
  const office = officeOf(env, maker);
  const { id, label, role } = key;
  const about = replaced === null ? {} : { key: id };
  try {
    await office.end(await office.begin({ key: { id, label, role }, did: "POST /v1/sign-ins", about }), 201);
  } catch (fault) {
    // The link is used up: whoever came in must get their key.
    log("audit-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
  }
}
