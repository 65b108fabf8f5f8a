// Worte der Mitteilungen, wie die Firma sie liest, die sie verschickt.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const notices: DeskWords["notices"] = {
  title: "Mitteilungen",
  lead: "Was alle wissen müssen, die eure Dinge haben, welche Bedingungen auch gelten: Gefahren und Rückrufe. Und was der Dienst am Ding gesagt haben muss, wo Bedingungen es erlauben. Für Angebote gibt es keine Art.",
  kinds: { safety: "Sicherheitshinweis", recall: "Rückruf", service: "Servicenachricht" },
  add: "Neue Mitteilung",
  empty: "Keine Mitteilungen",
  emptyText:
    "Ein Sicherheitshinweis oder ein Rückruf erreicht alle, die ein Stück mit Etikett haben, mit und ohne Bedingungen.",
  list: "Mitteilungen, die neueste zuerst",
  one: "Mitteilung",
  newTitle: "Eine neue Mitteilung",
  adminOnly: "Zum Bekanntmachen braucht es die Rolle „Verwaltung“.",
  kind: "Was es ist",
  kindHints: {
    safety: "Etwas kann jemanden verletzen, und man kann etwas dagegen tun.",
    recall: "Das Ding muss zurück, in die Reparatur oder weg.",
    service: "Was der Dienst am Ding gesagt haben muss: ein Teil läuft aus, die Unterstützung endet.",
  },
  gtin: "Produkt",
  gtinHint: "Seine GTIN, vom Strichcode. Es muss eures sein: Ein Stück davon trägt euer Etikett.",
  gtinHintService: "Lass sie weg, wenn alle Produkte gemeint sind.",
  gtinFault: "Das ist keine GTIN: 8, 12, 13 oder 14 Ziffern, die letzte eine Prüfziffer.",
  items: "Welche Stücke",
  everyItem: "Alle",
  named: "Einige, nach Seriennummer",
  serials: "Seriennummern",
  serialsHint: "Eine je Zeile. Bis zu 10.000.",
  serialCount: (n) => plural(n, { one: "1 Seriennummer", other: `${number(n)} Seriennummern` }),
  serialsNone: "Nenn mindestens eine Seriennummer, oder mein alle Stücke.",
  serialsMany: "Höchstens 10.000 Seriennummern.",
  serialFault: (line, text) => `Zeile ${number(line)} ist keine Seriennummer: ${text}`,
  name: "Titel",
  nameHint: "Was nicht stimmt, in wenigen Worten: Das steht auf dem Telefon.",
  text: "Text",
  textHint:
    "Was passieren kann, was jetzt zu tun ist, und was ihr tut. In einfachen Worten: Vielleicht wird es in Eile gelesen.",
  url: "Eine Seite von euch dazu",
  urlHint: "Beginnt mit https://",
  urlFault: "Das muss eine Adresse sein, die mit https:// beginnt",
  preview: "So ist es zu lesen",
  previewEmpty: "Schreib Titel und Text, dann steht es hier.",
  look: "Weiter: wen es erreicht",
  back: "Worte ändern",
  confirm: {
    title: "Lies es noch einmal",
    whom: "Wen es erreicht",
    everyItem: (gtin) =>
      `Alle, die ein Stück von ${gtin} mit Etikett übernommen haben, und wer später eines übernimmt. Mit und ohne Bedingungen.`,
    named: (gtin, n) =>
      `Wem ${plural(n, { one: "das 1 Stück", other: `die ${number(n)} Stücke` })} von ${gtin} gehören, die du genannt hast, jetzt oder nach der Übernahme. Mit und ohne Bedingungen. Ob ein bestimmtes Stück jemandem gehört, erfahrt ihr nicht.`,
    board: "Es steht auch auf der öffentlichen Tafel des Produkts. Wer das Etikett scannt, kann es lesen.",
    service: "Alle, deren geltende Bedingungen euch Servicenachrichten erlauben, und sonst niemanden.",
    serviceOf: (gtin) => `Nur die mit einem Stück von ${gtin}.`,
    forGood:
      "Es lässt sich mit einem Grund zurückziehen und steht dann als zurückgezogen da. Ungeschehen wird es nicht.",
    send: (kind) =>
      ({
        safety: "Diesen Sicherheitshinweis bekannt machen",
        recall: "Diesen Rückruf bekannt machen",
        service: "Diese Servicenachricht verschicken",
      })[kind],
  },
  announced: "Es geht jetzt hinaus",
  product: "Produkt",
  everyProduct: "Alle Produkte",
  which: "Stücke",
  at: "Bekannt gemacht",
  reach: "Wie weit es kam",
  band: (from, to) => `${number(from)} bis ${number(to)}`,
  goesTo: (owners) => `Es geht an etwa ${owners} Personen`,
  told: (delivered, targeted) => `Erreicht: ${delivered} von ${targeted} Personen`,
  toldAll: (owners) => `Erreicht: etwa ${owners} Personen`,
  withdrawalToldAll: (owners) => `Vom Zurückziehen wissen: etwa ${owners} Personen`,
  withdrawalTold: (delivered, targeted) => `Vom Zurückziehen wissen: ${delivered} von ${targeted} Personen`,
  finished: "Hinausgegangen",
  underWay: "Unterwegs",
  bands:
    "Wie viele es sind, steht hier in Schritten von 20 und ein wenig daneben: So lässt sich nicht herausfinden, ob ein bestimmtes Stück jemandem gehört.",
  bandsService: "Wie viele es sind, steht hier in Schritten von 20.",
  later:
    "Dass es hinausgegangen ist, steht frühestens nach einer Minute hier. Wer gerade nicht zu erreichen ist oder ein Stück später übernimmt, erfährt es dann.",
  owners: "Was alle lesen",
  board: "Die öffentliche Tafel des Produkts",
  withdrawn: "Zurückgezogen",
  withdraw: "Zurückziehen",
  withdrawTitle: "Diese Mitteilung zurückziehen?",
  withdrawText:
    "Wer sie bekam, liest, dass sie nicht mehr gilt, und warum. Auf der Tafel bleibt sie stehen, als zurückgezogen. Das lässt sich nicht rückgängig machen.",
  reason: "Warum",
  reasonHint: "Das wird gelesen, wie du es schreibst.",
  withdrew: "Zurückgezogen. Alle, die es betrifft, erfahren es jetzt.",
};
