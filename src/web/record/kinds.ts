// How the kinds of entries are drawn and what one is called, and which of them a person is offered.

import type { Author, EntryKind, OwnerKind } from "../../domain/record/entry.ts";
import type { IconName } from "../ui/icon.tsx";

export const entryIcon: { readonly [kind in EntryKind]: IconName } = {
  commissioning: "home",
  accepting: "people",
  retail_selling: "card",
  inspecting: "search",
  repairing: "maintenance",
  replacing: "swap",
  installing: "add",
  removing: "minus",
  decommissioning: "leave",
  other: "diary",
  disputed: "problem",
};

/** What somebody can add by itself, the likeliest first; a dispute begins at the entry it is about. */
export const OFFERED = [
  "repairing",
  "inspecting",
  "replacing",
  "installing",
  "removing",
  "retail_selling",
  "decommissioning",
  "other",
] as const satisfies readonly OwnerKind[];
export type Offered = (typeof OFFERED)[number];

/** States that an owner may tell of: a recall is the maker's to say, and a theft is told where everyone sees it. */
export const STATES = ["active", "damaged", "needs_replacement", "destroyed"] as const;

type Named = { readonly kind: EntryKind; readonly by: Pick<Author, "role"> };
type Names = { readonly kinds: { readonly [kind in EntryKind]: string }; readonly made: string };

/** What an entry is called. A maker's own first word is of the thing's making: its history began by itself. */
export const kindOf = ({ kind, by }: Named, { kinds, made }: Names): string =>
  kind === "commissioning" && by.role === "maker" ? made : kinds[kind];
