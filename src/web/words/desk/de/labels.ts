// Worte der Etiketten.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const labels: DeskWords["labels"] = {
  title: "Etiketten",
  lead: "Jedes Stück bekommt eines: außen den QR-Code, innen in der Verpackung den Code. Wer den inneren Code hat, kann das Stück als erste Besitzerin oder erster Besitzer annehmen.",
  gtin: "GTIN",
  gtinHint: "8, 12, 13 oder 14 Ziffern. Mit dem ersten Etikett gehört sie euch.",
  gtinFault: "Das ist keine GTIN: Prüf die Ziffern, die letzte ergibt sich aus den anderen.",
  gtinTaken: "Diese GTIN gehört hier schon einer anderen Firma.",
  notVerified: "Zeigt zuerst, dass die Domain euch gehört",
  notVerifiedText: "Etiketten stehen für echte Stücke, darum macht sie nur eine Firma, deren Domain geprüft ist.",
  prove: "Domain nachweisen",
  model: "Modell",
  modelHint: "Was man sieht, wenn man es scannt.",
  which: "Seriennummern",
  make: "Neue erzeugen",
  makeHint: "16 zufällige Zeichen: Aus keiner lässt sich eine andere erraten.",
  given: "Unsere nehmen",
  givenHint: "Eine je Zeile, jede bis zu 20 Zeichen.",
  count: "Wie viele",
  serials: "Eure Seriennummern",
  countFault: (most) => `Eine ganze Zahl von 1 bis ${number(most)}.`,
  serialsFault: "Schreib mindestens eine Seriennummer.",
  form: "Für",
  sheet: "Ein Blatt zum Drucken",
  sheetHint: (most) => `Bis zu ${number(most)} Etiketten, gezeichnet auf dieser Seite.`,
  csv: "Das Werk, als CSV",
  ndjson: "Das Werk, als NDJSON",
  fileHint: "Beliebig viele, als Datei.",
  submit: "Etiketten machen",
  done: (n) => plural(n, { one: "1 Etikett", other: `${number(n)} Etiketten` }),
  saved: "Die Datei ist unterwegs zu deinen Downloads.",
  print: "Drucken",
  again: "Andere machen",
  qr: (serial) => `QR-Code der Seriennummer ${serial}`,
  outside: "Außen",
  inside: "Innen in der Verpackung",
  secret:
    "Verwahr das wie Geld: Hier wird nichts davon gespeichert, und wer einen inneren Code vor dem Kauf liest, kann das Stück annehmen.",
  sheetLabel: "Die Etiketten",
};
