// What an agreement permits beyond reading and answering, and the copy it obliges to.

import type { Obligation, Permission } from "../../../../domain/terms/roster.ts";
import { deskWords } from "../../../words/desk/words.ts";

export function Bounds({ permits, obliges }: { permits: readonly Permission[]; obliges: readonly Obligation[] }) {
  const w = deskWords.value.terms;
  return (
    <>
      <div>{permits.length === 0 ? w.nothing : permits.map((use) => w.uses[use]).join(", ")}</div>
      {obliges.includes("data-portability") && <div>{w.copyDue}</div>}
    </>
  );
}
