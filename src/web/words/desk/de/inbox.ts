// Worte des Eingangs.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const inbox: DeskWords["inbox"] = {
  title: "Eingang",
  list: "Vorgänge, die jüngste Änderung zuerst",
  listByWaiting: "Vorgänge, was am längsten wartet zuerst",
  search: "Notizen durchsuchen",
  clear: "Suche leeren",
  states: { open: "Offen", answered: "Beantwortet", closed: "Geschlossen", all: "Alle" },
  state: "Wie sie stehen",
  notAddressed: "Nicht erledigt",
  mine: "Meine",
  byWaiting: "Längste Wartezeit zuerst",
  filters: "Filter",
  filtersOn: (n) => plural(n, { one: "1 Filter", other: `${n} Filter` }),
  reset: "Filter aufheben",
  kind: "Art",
  wants: "Wunsch",
  product: "Produkt",
  productHint: "Name oder GTIN",
  label: "Schlagwort",
  assignee: "Zugewiesen an",
  nobody: "Niemanden",
  me: (label) => `${label} (du)`,
  verdict: "Zurück kam",
  issue: "Bekanntes Problem",
  any: "Egal",
  empty: "Nichts wartet auf dich",
  emptyText: "Was euch unter gemeinsamen Bedingungen geschickt wird, erscheint hier von selbst.",
  noneMatch: "Kein Vorgang ist so",
  showAll: "Alles Offene zeigen",
  more: "Weitere Vorgänge zeigen",
  loading: "Hole die Vorgänge",
  all: "Das sind alle",
  fresh: (n, more) =>
    plural(n, { one: "1 neu oder geändert", other: `${number(n)}${more ? "+" : ""} neu oder geändert` }),
  freshGo: "Zeigen",
  arrived: (n) =>
    plural(n, { one: "1 Vorgang ist neu oder geändert", other: `${number(n)} Vorgänge sind neu oder geändert` }),
  gone: "Nicht mehr für euch zu sehen",
  select: (title) => `Auswählen: ${title}`,
  assignedTo: (label) => `Zugewiesen an ${label}`,
  pick: "Such dir einen Vorgang aus",
  pickText: "j und k wandern, o öffnet, ? zeigt jede Taste.",
  measure: {
    title: "Erste Antwort",
    median: (time) => `Median ${time}`,
    slowest: (time) => `längste ${time}`,
    none: "Erste Antwort: steht hier, sobald genug Notizen gezählt werden dürfen",
    counted: (counted, excluded) =>
      `Aus ${plural(counted, { one: "1 Notiz", other: `${number(counted)} Notizen` })}, deren Bedingungen das Zählen erlauben. ${plural(excluded, { one: "1 Notiz bleibt", other: `${number(excluded)} Notizen bleiben` })} nach ihren Bedingungen ungezählt.`,
  },
  bulk: {
    label: "Mit den ausgewählten Vorgängen",
    selected: (n) => `${number(n)} ausgewählt`,
    all: "Alle gezeigten",
    assign: "Zuweisen",
    labels: "Schlagworte",
    issue: "Bekanntes Problem",
    clear: "Auswahl aufheben",
    done: (n, missing) =>
      `${plural(n, { one: "1 Vorgang geändert", other: `${number(n)} Vorgänge geändert` })}${missing > 0 ? `, ${number(missing)} nicht mehr hier` : ""}`,
    tooMany: (most) => `Höchstens ${number(most)} auf einmal.`,
  },
};
