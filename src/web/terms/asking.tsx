// Where a company is asked for a copy of what it holds: the way to a note like any other, that says so to programs too.

import { permits } from "../../domain/terms/permits.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import { copyAskOf } from "../pages/notes/copy-ask.ts";
import { LinkButton } from "../ui/button.tsx";
import { words } from "../words/words.ts";
import { inForce } from "./meaning.tsx";

/** Nothing where these terms, which are in force, let nobody ask. */
export function Asking({ twin, code, company }: { twin: string; code: RosterCode; company: string }) {
  const w = words.value.terms.copy;
  if (!permits(inForce(code), "machine-export")) return null;
  return (
    <>
      <p>{(permits(inForce(code), "receive-copy") ? w.must : w.may)(company)}</p>
      <div class="line">
        <LinkButton icon="copy" href={copyAskOf(twin)}>
          {w.action}
        </LinkButton>
      </div>
    </>
  );
}
