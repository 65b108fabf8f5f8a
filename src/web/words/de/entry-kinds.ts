// Wie Einträge in der Geschichte eines Dings heißen, für seinen Besitzer und für den, dem sie gezeigt wird.

import type { dispositions as inEnglish, entryKinds as kindsInEnglish } from "../en/entry-kinds.ts";

export const entryKinds: typeof kindsInEnglish = {
  commissioning: "Die Geschichte beginnt",
  accepting: "Ein neuer Besitzer",
  retail_selling: "Verkauft",
  inspecting: "Geprüft",
  repairing: "Repariert oder gewartet",
  replacing: "Teil ersetzt",
  installing: "Teil eingebaut",
  removing: "Teil ausgebaut",
  decommissioning: "Außer Betrieb genommen",
  other: "Vermerkt",
  disputed: "Bestritten",
};

export const made = "Hergestellt";

export const dispositions: typeof inEnglish = {
  active: "Funktioniert",
  damaged: "Beschädigt",
  recalled: "Zurückgerufen",
  needs_replacement: "Muss ersetzt werden",
  stolen: "Gestohlen",
  destroyed: "Zerstört",
};
