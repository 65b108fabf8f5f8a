// Wörter für das, was Firmen von sich aus sagen: Hinweise, die öffentliche Tafel des Produkts, und bekannte Fehler.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";

export const notices: Words["notices"] = {
  kinds: { safety: "Sicherheitshinweis", recall: "Rückruf", service: "Eine Nachricht zu deinem Ding" },
  title: "Hinweise",
  from: (company) => `von ${company}`,
  read: "Lesen und sagen, was du getan hast",
  here: (thing, company) => `${thing}, von ${company}`,
  named: (company) =>
    `Das betrifft nur einige Stücke, nach ihren Seriennummern. Welche, sagt ${company}, oder fragt dich nach deiner.`,
  linkTo: (host) => `öffnet ${host}`,
  why: {
    title: "Warum du das bekommst",
    "your-item": (company) =>
      `${company} hat die Seriennummer genau deines Stücks genannt. Das erreicht dich mit und ohne Bedingungen. Ob deines unter denen ist, die es bekamen, erfährt ${company} nicht.`,
    "every-item": (company) =>
      `Es geht an jedes Stück dieses Produkts mit Etikett, mit und ohne Bedingungen. Ob deines darunter ist, erfährt ${company} nicht.`,
    agreement: (company) =>
      `Deine Bedingungen mit ${company} erlauben, dir zu sagen, was du zu diesem Ding wissen musst.`,
    board: (company) =>
      `Es steht auf der öffentlichen Tafel dieses Produkts. Deine App hat dort nachgesehen; ${company} weiß nichts von dir.`,
  },
  terms: "Die Bedingungen ansehen",
  settle: {
    ask: "Was hast du getan?",
    done: "Erledigt",
    booked: "Termin vereinbart",
    "not-mine": "Gehört mir nicht mehr",
    stays: (company) =>
      `Es bleibt hier, bis du eines davon sagst. Was du sagst, bleibt bei dir: ${company} erfährt es nicht.`,
    staysHere:
      "Es bleibt hier, bis du eines davon sagst. Was du sagst, bleibt auf diesem Gerät, und niemand erfährt es.",
    owner: "Ob das erledigt ist, sagt, wem dieses Ding gehört.",
    read: "Gelesen",
    said: {
      open: "",
      done: "Du hast gesagt: erledigt",
      booked: "Du hast gesagt: Termin vereinbart",
      "not-mine": "Du hast gesagt: gehört dir nicht mehr",
    },
    noted: {
      done: "Erledigt. Es steht weiter unter „Hinweise“.",
      booked: "Gut. Es steht weiter unter „Hinweise“.",
      "not-mine": "Weggelegt. Es steht weiter unter „Hinweise“.",
      open: "Es ist wieder offen",
    },
    again: "Wieder öffnen",
  },
  withdrawn: {
    title: "Zurückgezogen",
    text: (company, when) => `${company} hat das ${when} zurückgezogen:`,
  },
  earlier: (n) => plural(n, { one: "1 Hinweis, erledigt", other: `${number(n)} Hinweise, erledigt` }),
  arrived: (company) => `${company} hat einen Hinweis zu diesem Ding`,

  board: {
    title: "Die öffentliche Tafel dieses Produkts",
    lead: (n) =>
      plural(n, {
        one: "Der Hersteller hat einen Hinweis für alle ausgehängt, die eines haben.",
        other: `Der Hersteller hat ${number(n)} Hinweise für alle ausgehängt, die eines haben.`,
      }),
    withdrawn: (n) => plural(n, { one: "1 zurückgezogener Hinweis", other: `${number(n)} zurückgezogene Hinweise` }),
  },

  issues: {
    title: "Bekannte Fehler",
    lead: (company) => `Was nach dem, was ${company} weiß, nicht stimmt, und was dagegen geschieht.`,
    statuses: {
      investigating: "Sie sehen es sich an",
      "fix-planned": "Eine Lösung ist geplant",
      fixed: "Behoben",
      "wont-fix": "Sie ändern das nicht",
    },
    fixedIn: (what) => `Behoben in ${what}`,
    updated: (when) => `Zuletzt: ${when}`,
    meToo: "Ich auch",
    counted: "Du bist mitgezählt",
    countOut: "Mich nicht mehr zählen",
    meTooHint: (company) => `Zählt dich mit und sagt sonst nichts über dich. ${company} sieht eine Zahl, ab fünf.`,
    others: (n) => plural(n, { one: "1 Mensch ist mitgezählt", other: `${number(n)} Menschen sind mitgezählt` }),
    more: (n) => plural(n, { one: "und noch 1 Mensch", other: `und noch ${number(n)} Menschen` }),
    few: "Wie viele es sind, steht ab fünf hier.",
    inNote: {
      known: (company) => `${company} kennt das`,
      changed: "Du hast es gesagt, sie haben es geändert",
      planned: "Du hast es gesagt, sie ändern es",
      declined: "Du hast es gesagt, sie haben entschieden",
    },
    arrived: (company) => `Von ${company} gibt es Neues zu einem bekannten Fehler`,
  },

  unverified: "Nicht bewiesen, dass sie es sind",
  unverifiedText: (company, domain) =>
    `Wer das eingerichtet hat, hat noch nicht bewiesen, dass ${domain} dazugehört. Bis dahin geht nichts, was du schreibst, an ${company}.`,

  receipts: {
    on: (company) => `${company} sieht, wann du die Antworten hier liest. Deine Bedingungen erlauben es.`,
    off: (company) => `${company} erfährt nicht, wann du die Antworten liest.`,
  },
};
