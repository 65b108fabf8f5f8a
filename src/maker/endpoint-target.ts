// Whether an endpoint's address may be one of this maker's: a public name, and somebody the owners can know of.

import { invalid, type Failure } from "../domain/failure.ts";
import type { Domain } from "../domain/ids.ts";
import { err, ok, type Result } from "../domain/result.ts";
import type { RelaySettings } from "../relay/settings.ts";
import { checkTarget } from "../relay/target.ts";

/**
 * The address must pass `checkTarget`, and a host outside the maker's own domain must name who runs it: a processor, which the owners
 * can see. This very machine, where development allows it, is nobody else.
 */
export function judgeTarget(
  { url, processor }: { readonly url: string; readonly processor: string | null },
  maker: Domain,
  settings: RelaySettings,
): Result<null, Failure> {
  const target = checkTarget(url, settings);
  if (!target.ok) return err(invalid("url", target.error));
  const { protocol, hostname } = target.value;
  const isLoopback = protocol === "http:";
  const isOwn = hostname === maker || hostname.endsWith(`.${maker}`);
  if (isOwn || isLoopback || processor !== null) return ok(null);
  return err(
    invalid(
      "processor",
      `${hostname} is not under ${maker}: name the company that runs it for you; owners can see this`,
    ),
  );
}
