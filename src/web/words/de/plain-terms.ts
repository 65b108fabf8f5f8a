// Was jede Vereinbarung bedeutet, in einfachen Worten: für die Seiten der Leute und, neben einer Unterhaltung, für den Tisch der Firma.

import { ROSTER, type RosterCode } from "../../../domain/terms/roster.ts";
import { all } from "../format.ts";

const more: readonly (readonly [use: "analytics" | "tracking" | "profiling", may: string, mayNot: string])[] = [
  ["analytics", "es zusammen mit dem zählen, was andere schicken", "es nicht zählen"],
  ["tracking", "sehen, wann du die Antworten gelesen hast", "dir nicht folgen"],
  ["profiling", "aus allem, was sie von dir weiß, ein Bild von dir machen", "sich kein Bild von dir machen"],
];

const GIFTS = {
  "PDC-INTENT": (company: string) =>
    `Du sagst ${company}, was du suchst. ${company} darf darauf mit einem Angebot antworten und es für nichts anderes verwenden.`,
  "PDC-AI": (company: string) =>
    `${company} darf mit dem, was du hier gibst, die eigene KI trainieren und betreiben. Nichts anderes von dir gehört dazu.`,
  "PDC-GOOD": (company: string) =>
    `${company} darf zum Nutzen aller veröffentlichen, was du hier gibst. Nichts anderes von dir gehört dazu.`,
};

export function plain(code: RosterCode, company: string): string {
  if (code === "PDC-AI" || code === "PDC-GOOD" || code === "PDC-INTENT") return GIFTS[code](company);
  const { permits, obliges } = ROSTER[code];
  const may = more.filter(([use]) => permits.includes(use)).map(([, words]) => words);
  const mayNot = more.filter(([use]) => !permits.includes(use)).map(([, , words]) => words);
  const reads = "lesen und beantworten, was du schickst";
  const passing = permits.includes("anonymised-third-party-sharing")
    ? ` Weitergeben darf ${company} nur, was nicht mehr auf dich hinweist.`
    : ` ${company} darf ${all([...mayNot, "es nicht weitergeben"])}.`;
  const copy = obliges.includes("data-portability") ? " Auf deine Bitte muss dir eine Kopie gegeben werden." : "";
  return `${company} darf ${all([reads, ...may])}.${passing}${copy}`;
}
