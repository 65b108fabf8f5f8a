// Worte der Zustellungen.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const deliveries: DeskWords["deliveries"] = {
  title: "Zustellungen",
  lead: "Jedes Ereignis auf dem Weg zu jedem eurer Empfänger, mit jedem Versuch. Was gelöscht wurde, ist nicht mehr hier.",
  list: "Zustellungen, das neueste Ereignis zuerst",
  filters: "Filter",
  state: "Stand",
  anyState: "Jeder Stand",
  endpoint: "Empfänger",
  anyEndpoint: "Jeder Empfänger",
  removedEndpoint: "Ein entfernter Empfänger",
  type: "Ereignis",
  anyType: "Jedes Ereignis",
  from: "Ab",
  to: "Vor",
  thread: "Nur dieser Vorgang",
  reset: "Filter leeren",
  states: {
    queued: "In der Reihe",
    delivering: "Wird gesendet",
    delivered: "Zugestellt",
    delayed: "Verspätet",
    dead: "Aufgegeben",
    aside: "Außer der Reihe",
    gap: "Lücke gemeldet",
  },
  stateHints: {
    queued: "Wartet, bis die davor vom selben Zwilling hinaus sind.",
    delivering: "Eine Anfrage läuft.",
    delivered: "Euer Server hat es angenommen.",
    delayed: "Es schlug fehl, oder der Empfänger ist gerade nicht zu erreichen. Es wird von selbst wieder versucht.",
    dead: "Jeder Versuch schlug fehl. Es bleibt hier, und du kannst es noch einmal senden.",
    aside: "Wird allein versucht, damit die danach nicht warten müssen.",
    gap: "Sagt eurem Server, dass Ereignisse nicht der Reihe nach kamen.",
  },
  empty: "Noch keine Zustellungen",
  emptyText: "Sobald es einen Empfänger gibt und jemand etwas schickt, steht hier jeder Schritt.",
  noneMatch: "So ist keine Zustellung",
  fresh: "Neues zeigen",
  seq: (seq) => `Nr. ${number(seq)} seines Zwillings`,
  attempts: (n) => plural(n, { one: "1 Versuch", other: `${number(n)} Versuche` }),
  noAttempts: "Noch nicht versucht.",
  next: "Nächster Versuch",
  attempt: (n, how) => `${number(n)}. ${how}`,
  noAnswer: "Keine Antwort",
  answered: (status) => `Antwort ${status}`,
  ms: (n) => `${number(n)} ms`,
  outcomes: { delivered: "Angenommen", poison: "Abgelehnt", gone: "Fort (410)", retry: "Fehlgeschlagen" },
  head: (n) => `Der Anfang der Antwort ${number(n)}`,
  toThread: "Vorgang öffnen",
  againOne: "Noch einmal senden",
  againThread: "Den ganzen Vorgang noch einmal senden",
  againRange: "Einen Zeitraum noch einmal senden",
  range: {
    title: "Einen Zeitraum noch einmal senden",
    lead: "Jedes Ereignis zwischen zwei Zeiten, an einen Empfänger. Jedes behält seine webhook-id: Ein Server, der sich die Nummern merkt, nimmt keines doppelt. Was inzwischen zurückgenommen wurde, geht ohne Worte hinaus.",
    from: "Von",
    to: "Bis",
    fault: "Das Ende muss nach dem Anfang liegen.",
    send: "Noch einmal senden",
    many: "Höchstens 1.000 Ereignisse auf einmal: Sind es mehr, nimm einen kürzeren Zeitraum.",
    zone: (zone) => `Zeiten deiner eigenen Uhr (${zone}).`,
    needs: "Leg zuerst einen Empfänger an.",
  },
  answer: (queued, gone, endpoint) =>
    [
      plural(queued, {
        one: "1 Ereignis geht noch einmal hinaus",
        other: `${number(queued)} Ereignisse gehen noch einmal hinaus`,
      }) +
        (queued === 0
          ? "."
          : {
              ok: ".",
              failing: ", sobald der Empfänger antwortet: Gerade schlägt er fehl.",
              off: ", sobald der Empfänger eingeschaltet ist.",
            }[endpoint]),
      gone === 0
        ? ""
        : plural(gone, {
            one: "1 ist fort: Es wurde gelöscht.",
            other: `${number(gone)} sind fort: Sie wurden gelöscht.`,
          }),
    ]
      .filter(Boolean)
      .join(" "),
  keys: "j und k bewegen, Enter klappt auf, r sendet noch einmal.",
};
