// What entries of a thing's history are called, to whoever owns it and to whoever is shown it.

import type { Disposition, EntryKind } from "../../../domain/record/entry.ts";

export const entryKinds = {
  commissioning: "Its history begins",
  accepting: "A new owner",
  retail_selling: "Sold",
  inspecting: "Checked",
  repairing: "Repaired or serviced",
  replacing: "Part replaced",
  installing: "Part put in",
  removing: "Part taken out",
  decommissioning: "Taken out of use",
  other: "Noted",
  disputed: "Disputed",
} satisfies { readonly [kind in EntryKind]: string };

/** What a maker's own beginning is called, where any other is that of the history. */
export const made = "Made";

export const dispositions = {
  active: "In working order",
  damaged: "Damaged",
  recalled: "Recalled",
  needs_replacement: "Needs replacing",
  stolen: "Stolen",
  destroyed: "Destroyed",
} satisfies { readonly [disposition in Disposition]: string };
