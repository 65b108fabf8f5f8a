// From a domain that anyone may name to the maker's object: only where the directory knows it, so that no object is made for a stranger's word.

import type { Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { directoryFor, makerOf } from "../platform/stubs.ts";
import { problem } from "./problem.ts";

const MAX_KNOWN = 10_000;
// A maker is never unlisted, so a yes stays true; a no is asked again.
const known = new Set<Domain>();

export type MakerStub = ReturnType<typeof makerOf>;

/** The object of a listed maker, or null. `domain` must have the form of one. */
export async function listedMaker(env: Env, domain: Domain): Promise<MakerStub | null> {
  if (!known.has(domain)) {
    if ((await directoryFor(env, domain).maker(domain)) === null) return null;
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(domain);
  }
  return makerOf(env, domain);
}

/** For a route of the maker's own: a key that names a maker nobody registered is no key. */
export async function asMaker(
  { env, params }: { readonly env: Env; readonly params: { readonly maker: Domain } },
  answer: (maker: MakerStub) => Promise<Response>,
): Promise<Response> {
  const maker = await listedMaker(env, params.maker);
  return maker ? answer(maker) : problem({ code: "unauthorized" });
}

/** For what anyone may read of a maker. */
export async function publicMaker(env: Env, domain: Domain): Promise<Result<MakerStub, Failure>> {
  const maker = await listedMaker(env, domain);
  return maker ? ok(maker) : err({ code: "not-found", detail: `${domain} has not joined here.` });
}
