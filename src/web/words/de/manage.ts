// Die Wörter der Einstellungen eines Dings: sein Name, Bescheid bekommen, alles mitnehmen, gehen, löschen.

import { plural } from "../format.ts";
import type { Words } from "../words.ts";

export const manage: Words["manage"] = {
  title: "Verwalten",
  missing: {
    title: "Nicht auf diesem Gerät",
    text: "Dieses Ding ist nicht auf diesem Gerät. Öffne deine Dinge mit deiner Karte, oder frag, wer dich eingeladen hat.",
  },
  ended: {
    revoked: "Dieses Ding lässt sich auf diesem Gerät nicht mehr öffnen.",
    erased: "Der Zwilling dieses Dings wurde gelöscht. Es gibt nur noch, was dieses Gerät aufbewahrt.",
    handed: "Dieses Ding wurde übergeben. Hier ist davon nur noch der Name.",
  },

  name: {
    title: "Wie du es nennst",
    label: "Name",
    save: "Umbenennen",
    saved: "Umbenannt",
    empty: "Gib ihm einen Namen.",
  },
  offered: {
    text: "Du hast es jemandem angeboten, und wie es heißt, geht mit. Nimm das Angebot zurück, bevor du das änderst.",
    look: "Zu deinem Angebot",
  },
  company: {
    title: "Wer es gemacht hat",
    label: "Die Internetadresse der Firma",
    hint: "Etwa lamo.example. Deine Angebote und was du schickst warten auf die Firma, die sich als diese erweist.",
    save: "Behalten",
    saved: "Behalten",
    wrong: "Schreib die Adresse einer Website, etwa lamo.example.",
    spelled: (domain) => `Als Domain geschrieben: ${domain}`,
    fixed: (company) => `${company} wurden Bedingungen angeboten, also kann es jetzt keine andere Firma sein.`,
    proven: (company) => `${company} hat es gemacht: Begonnen wurde es mit dem Code aus der Verpackung.`,
  },

  told: {
    title: "Bescheid bekommen",
    label: "Auf diesem Gerät Bescheid geben",
    text: "Wenn eine Antwort kommt, zeigt dieses Gerät:",
    shows: "Du hast eine Antwort",
    nothing:
      "Die Firma, die es an deinen Browser bringt, erfährt kein Wort davon, und auch nicht, um welches Ding es geht.",
    own: "Nur für dieses Ding und dieses Gerät. Mit einem Tippen wieder aus.",
    on: "Du bekommst hier Bescheid",
    off: "Du bekommst keinen Bescheid mehr",
    denied:
      "Diesem Browser wurde gesagt, von hier nichts zu zeigen. Erlaube in seinen Einstellungen Mitteilungen für diese Seite, und versuch es dann noch einmal.",
    unsupported: "Dieser Browser kann von hier keine Mitteilungen zeigen.",
    install:
      "Auf einem iPhone oder iPad lege Pico Twins zuerst auf den Home-Bildschirm (Teilen, dann Zum Home-Bildschirm) und öffne es von dort.",
  },

  take: {
    title: "Alles mitnehmen",
    text: "Eine Datei mit allem: deine Notizen, Fotos, Papiere und die Antworten, wer hereindarf, und jede Vereinbarung mit ihrem unterschriebenen Protokoll. Sie gehört dir und öffnet sich ohne uns.",
    action: "Alles als Datei speichern",
    going: (size) => `${size} bis jetzt`,
    done: (size) => `Gespeichert, ${size}`,
    stop: "Anhalten",
    file: (name) => `${name} – alles.ndjson`,
    kinds: "Jede Zeile ist JSON. Fotos stehen in Teilen als Base64 darin.",
  },

  lost: {
    title: "Wenn du dieses Gerät verlierst",
    text: "Deine zwölf Wörter öffnen es auf jedem anderen.",
    action: "Meine Karte",
    unmade: "Noch öffnet es nichts außer diesem Gerät. Mach deine Karte mit zwölf Wörtern.",
    make: "Meine Karte machen",
  },

  leave: {
    title: "Verlassen",
    text: "Du wurdest zu diesem Ding eingeladen. Wenn du es verlässt, kann dieses Gerät es nicht mehr öffnen. Was du geschrieben hast, bleibt bei ihm.",
    action: "Dieses Ding verlassen",
    sheet: (name) => `${name} verlassen?`,
    yes: "Verlassen",
    done: "Du hast es verlassen",
  },

  remove: {
    title: "Nur von diesem Gerät",
    text: "Das Ding und sein Zwilling bleiben, wie sie sind. Es verschwindet von diesem Gerät, mit allem, was hier davon liegt.",
    action: "Von diesem Gerät entfernen",
    sheet: (name) => `${name} von diesem Gerät entfernen?`,
    unsent: (n) =>
      plural(n, {
        one: "Etwas, das du geschrieben hast, ist noch nicht hinausgegangen. Es geht mit verloren.",
        other: `${n} Dinge, die du geschrieben hast, sind noch nicht hinausgegangen. Sie gehen mit verloren.`,
      }),
    card: "Deine zwölf Wörter öffnen es wieder, hier oder anderswo.",
    noCard:
      "Du hast deine Karte mit zwölf Wörtern noch nicht gemacht. Ohne sie und ohne ein anderes Gerät öffnet dieses Ding nie wieder etwas.",
    yes: "Hier entfernen",
    done: "Von diesem Gerät entfernt",
  },

  erase: {
    title: "Alles löschen",
    text: "Den ganzen Zwilling des Dings, auf jedem Gerät und auf dem Server.",
    action: "Alles löschen",
    sheet: (name) => `Alles von ${name} löschen?`,
    goes: "Was verschwindet",
    goesLines: [
      "Deine Notizen, Fotos, Papiere und die Antworten, für dich und für alle, die du hereingelassen hast.",
      "Jeder Weg hinein: deine Geräte, die Menschen, die du eingeladen hast, und der Weg deiner Karte und des Wiederherstellungscodes zu diesem Ding.",
    ],
    company: (company) => `Was ${company} bekommt und tun muss`,
    companyLines: (company) => [
      `Die Bedingungen mit ${company} enden, von dir unterschrieben. ${company} erfährt, dass du gelöscht hast, ohne ein Wort von dir.`,
      "Gelöscht werden muss dort, was du geschickt hast; das unterschriebene Protokoll nennt es.",
    ],
    stays: "Was bleibt",
    staysLines: (company, labelled) => [
      ...(labelled
        ? [
            "Von seiner Geschichte, dass es Einträge gab, welcher Art und wann, und was der Hersteller schrieb. Deine Worte und Fotos darin verschwinden, und die der Besitzer vor dir.",
          ]
        : []),
      ...(company === null
        ? []
        : [
            `Das unterschriebene Protokoll eurer Bedingungen bei ${company}, ohne ein Wort von dir: Es beweist, was gelöscht werden muss.`,
            `Was bei ${company} gelesen wurde, ist gelesen.`,
          ]),
      "Was du mitgenommen hast, und was andere von Hand festgehalten haben.",
    ],
    offered: {
      accepted: {
        title: "Jemand hat dein Angebot angenommen",
        text: "Diese Person wartet darauf, dass du es freigibst. Löschst du es, bekommt sie nichts: keinen Zwilling und kein Wort seiner Geschichte. Sag es ihr vorher. Übergeben ist etwas anderes: Auch dabei wird gelöscht, was deins ist.",
      },
      open: {
        title: "Du hast es jemandem angeboten",
        text: "Löschst du es, öffnet dein Angebot nichts mehr. Übergeben ist etwas anderes: Auch dabei wird gelöscht, was deins ist.",
      },
      action: "Zu deinem Angebot",
    },
    never:
      "Das lässt sich nicht rückgängig machen. Niemand kann es zurückholen, auch nicht, wer diesen Server betreibt.",
    first: "Nimm zuerst alles mit, falls du es noch einmal brauchst.",
    type: (name) => `Schreib zur Bestätigung seinen Namen: ${name}`,
    label: "Der Name des Dings",
    other: "Das ist noch nicht sein Name.",
    yes: "Alles löschen, für immer",
    done: "Gelöscht",
  },
};
