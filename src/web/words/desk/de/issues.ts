// Worte der bekannten Probleme.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const issues: DeskWords["issues"] = {
  title: "Bekannte Probleme",
  lead: "Was nicht stimmt, wie ihr wisst, und was ihr dagegen tut. Wer das Produkt hat, liest es und kann sich dazuzählen. Wessen Notiz du mit einem verbindest, erfährt jede Änderung.",
  add: "Neues bekanntes Problem",
  one: "Bekanntes Problem",
  empty: "Noch keine bekannten Probleme",
  emptyText:
    "Sagt eine zweite Notiz dasselbe, leg eines an und verbinde beide. Dann antwortest du allen auf einmal, jedes Mal, wenn sich etwas tut.",
  product: "Produkt",
  productHint: "Seine GTIN, vom Strichcode. Ohne sie betrifft es alle eure Produkte.",
  productFault: "Das ist keine GTIN: 8, 12, 13 oder 14 Ziffern, die letzte eine Prüfziffer.",
  everyProduct: "Alle Produkte",
  name: "Was nicht stimmt",
  nameHint: "Wie man es selbst sagen würde: „Der Deckel leckt, wenn er heiß ist“.",
  status: "Wo es steht",
  fixedIn: "Behoben in",
  fixedInHint: "Worte, die sich wiederfinden lassen: eine Version, eine Charge, ein Datum.",
  text: "Was alle lesen, die es betrifft",
  textHint: "Was es ist, was sie bis dahin tun können, wann ihr mehr sagt.",
  change: "Sagen, wie es jetzt steht",
  look: "Ansehen, was alle lesen werden",
  back: "Worte ändern",
  now: "Was alle jetzt lesen",
  previewOf: (product) =>
    product === null ? "Das kann lesen, wer eines eurer Produkte hat." : "Das kann lesen, wer dieses Produkt hat.",
  previewTold:
    "Zu verbundenen Vorgängen steht es auch im Vorgang selbst, solange die Bedingungen euch antworten lassen. Niemand bekommt dieselbe Änderung zweimal.",
  unchanged: "Noch ist nichts anders.",
  publish: "Veröffentlichen",
  send: "Mitteilen",
  published: "Veröffentlicht",
  sent: "Gespeichert. Wer zu einem verbundenen Vorgang gehört, erfährt es jetzt.",
  linked: "Verbundene Vorgänge",
  linkedFew: "weniger als 5, oder nach ihren Bedingungen nicht gezählt",
  linkedNumber: (n) => plural(n, { one: "1 verbundener Vorgang", other: `${number(n)} verbundene Vorgänge` }),
  meToo: "Haben sich dazugezählt",
  meTooFew: "weniger als 5",
  meTooNumber: (n) => `${number(n)} × ich auch`,
  fewHint: "Beide Zahlen stehen hier ab 5: die der verbundenen Vorgänge und die derer, die sich dazugezählt haben.",
  changed: "Zuletzt geändert",
  threads: "Die Vorgänge dazu",
  threadsLead: "Was ihr verbunden habt. Unter jeder dieser Notizen steht, wo es steht.",
  noThreads: "Noch kein Vorgang ist verbunden",
  noThreadsText: "Öffne einen Vorgang im Eingang und drück i, oder wähl „Bekanntes Problem“.",
  group: {
    investigating: "Wird untersucht",
    "fix-planned": "Lösung geplant",
    fixed: "Behoben",
    "wont-fix": "Bleibt so",
  },
};
