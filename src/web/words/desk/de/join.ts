// Worte beim Beitritt einer Firma.

import { number } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const join: DeskWords["join"] = {
  title: "Mit deiner Firma mitmachen",
  lead: "Wer besitzt, was ihr macht, schreibt auf, wie es sich damit lebt. Lest es, antwortet darauf, unter Bedingungen, die von dort kommen.",
  here: {
    title: "Deine Firma hier",
    lead: "Wer auf euch wartet, und woran man sieht, dass ihr seid, wer ihr sagt.",
  },
  domain: "Die Domain deiner Firma",
  domainHint: "Wie in eurer Webadresse, etwa example.com. Im nächsten Schritt weist du nach, dass sie euch gehört.",
  domainWrong: "Nur eine Domain, etwa example.com.",
  domainSpelled: (domain) => `Als Domain geschrieben: ${domain}`,
  name: "Der Name deiner Firma",
  nameWrong: "Ein Name, wie man euch kennt, mit höchstens 200 Zeichen.",
  expected: "Mit wie vielen Notizen rechnet ihr im Lauf der Jahre?",
  expectedHint:
    "Geschätzt reicht. Danach richtet sich, wie viel Platz euer Eingang bekommt; später lässt sich das nicht ändern.",
  expectedNotes: { "1": "Bis zu 10.000", "8": "Bis zu 100.000", "64": "Mehr" },
  go: "Mitmachen",
  exists: "Diese Firma ist schon hier. Melde dich mit einem Schlüssel an, oder bitte dein Team um einen Link.",
  key: {
    title: "Bewahre diesen Schlüssel auf",
    text: "Er ist der erste der Firma, der verwalten darf, und wird nur jetzt gezeigt. Er liegt auch in diesem Browser, bis du dich abmeldest.",
    copy: "Schlüssel kopieren",
    inbound: "Das Geheimnis, mit dem eure Systeme unterschreiben",
    inboundText: "Für eigene Programme, wenn sie Antworten per Webhook schicken. Auch das wird nur jetzt gezeigt.",
    copyInbound: "Geheimnis kopieren",
  },
  proof: {
    title: "Weise deine Domain nach",
    text: "Bis dahin gilt deine Firma als ungeprüft, nichts Angebotenes erreicht euch, und Etiketten und Mitteilungen müssen warten. Leg diese Datei auf eure Website:",
    at: "Unter dieser Adresse",
    file: "Mit diesem Inhalt",
    copy: "Datei kopieren",
    save: "Datei speichern",
    check: "Jetzt prüfen",
    done: "Deine Domain ist nachgewiesen.",
    operator: "Oder bitte den Betreiber dieses Servers, für euch zu bürgen.",
    missing:
      "Noch nicht nachgewiesen. Die Datei muss genau unter dieser Adresse liegen, über https und ohne Weiterleitung, so wie sie hier steht.",
    admin: "Melde dich mit einem Schlüssel an, der verwalten darf: Die Datei nennt den Schlüssel, der fragt.",
  },
  waiting: {
    title: "Wer auf euch wartet",
    text: (from, to) =>
      from === 0
        ? `Weniger als ${number(to + 1)} Menschen warten auf deine Firma.`
        : `Zwischen ${number(from)} und ${number(to)} Menschen warten auf deine Firma.`,
  },
  next: {
    title: "Danach",
    terms: "Sag, welche Bedingungen ihr annehmt",
    inbox: "Zum Eingang",
  },
};
