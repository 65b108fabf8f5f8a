// Worte der Einblicke.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

const notes = (n: number): string => plural(n, { one: "1 Notiz", other: `${number(n)} Notizen` });

export const insights: DeskWords["insights"] = {
  title: "Einblicke",
  lead: "Was die Notizen zusammen ergeben, soweit ihre Bedingungen euch zählen lassen.",
  counted: (n) => plural(n, { one: "Notiz gezählt", other: "Notizen gezählt" }),
  excluded: (n) =>
    plural(n, {
      one: "Notiz nach ihren Bedingungen nicht gezählt",
      other: "Notizen nach ihren Bedingungen nicht gezählt",
    }),
  totals: "Alles bisher, alle Produkte, Stand jetzt.",
  weeks: "Wochen",
  ranges: {
    4: "Letzte 4 Wochen",
    13: "Letzte 13 Wochen",
    26: "Letzte 26 Wochen",
    52: "Letzte 52 Wochen",
    own: "Von … bis …",
  },
  from: "Von der Woche mit dem",
  to: "Bis zur Woche mit dem",
  wholeWeeks: "Jeder Tag steht für seine ganze Woche, Montag bis Sonntag (UTC). Die laufende Woche ist nicht dabei.",
  product: "Produkt",
  everyProduct: "Alle Produkte",
  range: (from, to) => `${from} bis ${to}`,
  apply: "Zeigen",
  byWeek: "Nach Woche",
  byWeekIn: (n) => `${notes(n)} in diesen Wochen`,
  week: "Woche ab",
  notes: "Notizen",
  asTable: "Dasselbe als Tabelle",
  byKind: "Nach Art",
  kind: "Art",
  byProduct: "Nach Produkt",
  byIssue: "Nach bekanntem Problem",
  issue: "Bekanntes Problem",
  removedIssue: "Ein bekanntes Problem",
  share: "Anteil",
  firstReply: "Erste Antwort",
  firstReplyLead: "Vom Abschicken bis zu eurer ersten Antwort.",
  p50: "Die Hälfte beantwortet in",
  p90: "9 von 10 beantwortet in",
  slowest: "Am langsamsten",
  firstReplyNone: "Steht hier, sobald 5 Notizen eines Produkts in einer Woche beantwortet wurden.",
  time: "Zeit",
  addressed: "Erledigt",
  addressedLead: "Was gesagt wurde, wenn ihr vorgeschlagen habt, dass es erledigt ist.",
  addressedYes: "„Es ist erledigt“",
  addressedNo: "„Es ist nicht erledigt“",
  addressedOf: (n) => `Zu ${notes(n)} wurde das eine oder das andere gesagt.`,
  addressedNone: "Steht hier, sobald es zu 5 Notizen gesagt wurde.",
  leftOut: "Was fehlt, und warum",
  leftOutText: [
    "Notizen, deren Bedingungen euch nicht zählen lassen, sind in keiner dieser Zahlen: nicht nach Art, nicht nach Woche, nirgends. Nur wie viele es sind, steht oben.",
    "Eine Woche, ein Produkt und eine Art mit zusammen weniger als 5 Notizen sind eine zu kleine Zelle: Man könnte erkennen, wer dahintersteht. Solche Zellen fehlen hier in jedem Bild und jeder Summe. Darum können die Bilder weniger ergeben, als gezählt ist. Gezählt werden Notizen, nicht Menschen: Fünf Notizen einer Person sind eine Zelle.",
    "Nur ganze Wochen, die vorbei sind, stehen hier: So lässt sich nicht zusehen, wie eine Zahl um eins steigt.",
  ],
  none: "Noch nichts zu zählen",
  noneText:
    "Die Bilder beginnen mit der ersten Woche, in der 5 Notizen einer Art zu einem Produkt kamen, die ihr zählen dürft.",
  noneSoon: "Vor Montag gibt es nichts zu zeichnen",
  noneSoonText:
    "Eine Woche wird gezeichnet, wenn sie vorbei ist, und nur, wo 5 Notizen einer Art zu einem Produkt kamen. Für ältere Notizen versuch es mit mehr Wochen.",
  noneHere: "Zu wenige in diesen Wochen",
  noneHereText:
    "Keine Woche, kein Produkt und keine Art hat hier 5 Notizen, die ihr zählen dürft. Versuch es mit mehr Wochen.",
  noneInChart: "In jeder Zelle weniger als 5.",
  fault: "Die erste Woche muss vorbei sein und darf nicht nach der letzten liegen.",
};
