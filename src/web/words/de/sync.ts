// Wörter für das, was hier liegt und hinausgeht, und für Benachrichtigungen. Der Service Worker hat nur diese.

import type { sync as english } from "../en/sync.ts";

export const sync: typeof english = {
  notice: {
    answer: "Eine Antwort ist da",
    terms: "Es gibt Neues zu deinen Bedingungen",
    recovery: "Jemand benutzt den Wiederherstellungscode",
    papers: "Eine Garantie läuft bald ab",
    notice: "Ein Hinweis zu einem deiner Dinge",
    record: "In einer Geschichte steht etwas Neues",
    challenge: "Jemand fragt, ob du es gerade hast",
    found: "Jemand hat etwas von dir gefunden",
    any: "Es gibt etwas Neues",
  },
  deviceName: { browser: "Browser", on: (browser, system) => `${browser} auf ${system}` },
};
