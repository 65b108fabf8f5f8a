// Wörter rund ums Finden: für die, die etwas gefunden haben, und für die, denen es gehört.

import type { Words } from "../words.ts";

export const found: Words["found"] = {
  page: {
    title: "Gefunden?",
    lead: (thing) =>
      `Schön, dass du nachsiehst. Sag, wo ${thing === null ? "es" : `das Ding („${thing}“)`} ist, und vielleicht findet es nach Hause.`,
    private:
      "Hier erfährt niemand, wem es gehört, und auch nicht, ob es jemandem gehört. Was du schreibst, kommt nur an, wenn das dort eingeschaltet ist.",
    what: "Was hast du gefunden, und wo ist es jetzt?",
    whatHint: "Schreib es so, wie du es einem Freund sagen würdest.",
    whatMissing: "Schreib zuerst ein paar Worte.",
    contact: "Wie bist du zu erreichen?",
    contactHint:
      "Eine Telefonnummer oder eine Adresse, wenn du magst. Nur wem das Ding gehört, liest sie. Bleibt das Feld leer, kommen allein deine Worte an.",
    go: "Bescheid geben",
    offline: {
      title: "Keine Verbindung",
      text: "Deine Worte sind noch da. Versuch es noch einmal, wenn du wieder online bist.",
    },
    done: "Danke",
    doneText:
      "Deine Worte sind unterwegs. Wer davon hören will, hat sie gleich. Mehr erfährst du hier nicht, damit niemand herausfinden kann, wem was gehört.",
    owner: "Gehört es dir?",
    toLabel: "Zur Seite des Etiketts",
  },
  notice: {
    title: "Jemand sagt, es gefunden zu haben",
    when: "Gemeldet",
    reach: "So erreichst du sie oder ihn",
    unnamed: "Wie man sie oder ihn erreicht, steht nicht dabei.",
    careful: "Niemand hat geprüft, wer das geschrieben hat. Trefft euch dort, wo andere Leute sind.",
    done: "Erledigt",
    arrived: "Jemand sagt, es gefunden zu haben.",
  },
  setting: {
    title: "Wenn es jemand findet",
    label: "Sag mir, wenn es jemand als gefunden meldet",
    hint: "Wer sein Etikett scannt, kann dir dann schreiben.",
    text: "Über dich erfährt man dabei nichts: nicht deinen Namen, nicht, dass es jemandem gehört, und auch nicht, ob das hier eingeschaltet ist. Du bekommst höchstens 20 Nachrichten am Tag.",
    on: "Du erfährst, wenn es jemand findet",
    off: "Wer es findet, kann dir jetzt nicht schreiben",
  },
};
