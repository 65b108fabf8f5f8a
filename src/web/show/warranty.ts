// The warranty as this browser found it: by what makers signed, not by what the server says of it. Pure.

import { warrantyIn, type WarrantyFound } from "../../domain/record/warranty.ts";
import { readable, stateOf } from "./lines.ts";
import type { Shown } from "./shown.ts";

/** An entry that has a fault speaks for nobody. */
export const warrantyOf = (shown: Pick<Shown, "opened" | "findings">): WarrantyFound =>
  warrantyIn(
    readable(shown).flatMap((entry, at) =>
      stateOf(entry, shown) === "faulty" ? [] : [{ ...entry, body: shown.findings.bodies[at] ?? null }],
    ),
  );
