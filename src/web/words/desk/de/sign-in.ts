// Worte beim Anmelden.

import type { DeskWords } from "../words.ts";

export const signIn: DeskWords["signIn"] = {
  title: "An deinem Schreibtisch anmelden",
  lead: "Hier liest eine Firma, was man ihr geschickt hat, und antwortet, innerhalb der Bedingungen.",
  key: "Dein Schlüssel",
  keyHint: "Die Domain deiner Firma, „~“ und 43 Zeichen. Wer euer Team verwaltet, macht ihn dir.",
  notAKey: "Das ist kein Schlüssel. Er beginnt mit der Domain deiner Firma und enthält „~“.",
  refused: "Dieser Schlüssel öffnet keinen Schreibtisch. Vielleicht wurde er widerrufen.",
  go: "Anmelden",
  cutOff:
    "Dein Schlüssel gilt nicht mehr: Er wurde widerrufen oder abgemeldet, oder du hast dich auf einem anderen Gerät angemeldet. Melde dich neu an.",
  link: {
    title: (company) => `Am Schreibtisch von ${company} anmelden`,
    lead: "Jemand aus deinem Team hat diesen Link für dich gemacht. Er gilt einmal und legt einen eigenen Schlüssel in diesen Browser.",
    go: "Hier anmelden",
    refused:
      "Dieser Link geht nicht. Er wurde schon benutzt, ist abgelaufen oder nicht vollständig. Bitte um einen neuen.",
    other: "Mit einem Schlüssel anmelden",
  },
  join: "Deine Firma ist noch nicht hier?",
  joinGo: "Jetzt mitmachen",
  kept: "Der Schlüssel bleibt in diesem Browser, bis du dich abmeldest.",
};
