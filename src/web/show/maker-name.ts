// How the maker of what is shown is called. Never as a fact where nothing but its owner's typing says so.

import { showWords } from "../words/show/words.ts";
import { companyName, type Shown } from "./shown.ts";

/** Null where no maker is named. Reactive. */
export function makerName({ opened, findings }: Shown): string | null {
  const { maker } = opened.product;
  if (maker === null) return null;
  const name = companyName(opened, maker.id);
  return findings.claim === "label" && maker.verified ? name : showWords.value.facts.unproven(name);
}
