// Worte aller Seiten des Schreibtischs: was eine Notiz ist, wo ein Vorgang steht, wer was darf.

import { number, plural } from "../../format.ts";
import type { DeskWords } from "../words.ts";

export const common: DeskWords["common"] = {
  name: "Schreibtisch",
  title: "Der Schreibtisch des Herstellers",
  more: "Mehr zeigen",
  none: "Keine",
  edit: "Ändern",
  remove: "Entfernen",
  create: "Anlegen",
  optional: "wenn du magst",
  readOnly: "Du kannst hier lesen. Zum Schreiben braucht es die Rolle „Support“.",
  adminOnly: "Dafür braucht es die Rolle „Verwaltung“.",
  failures: {
    gone: "Es ist nicht mehr hier. Es wurde zurückgenommen, oder keine Bedingungen erlauben es noch.",
    forbidden: "Deine Rolle erlaubt das nicht. Frag jemanden, der euer Team verwaltet.",
    refused: "So lässt sich das nicht machen.",
    told: "Was der Server dazu sagt, auf Englisch:",
  },
  roles: { admin: "Verwaltung", agent: "Support", reader: "Lesend" },
  kinds: {
    problem: "Problem",
    safety: "Sicherheit",
    question: "Frage",
    idea: "Idee",
    praise: "Lob",
    maintenance: "Pflege",
    workaround: "Kniff",
    diary: "Tagebuch",
  },
  wants: {
    nothing: "Wünscht nichts",
    answer: "Wünscht eine Antwort",
    repair: "Wünscht eine Reparatur",
    refund: "Wünscht das Geld zurück",
    change: "Wünscht eine Änderung",
    copy: "Wünscht eine Kopie der eigenen Daten",
  },
  states: { open: "Offen", answered: "Beantwortet", closed: "Geschlossen" },
  verdicts: { addressed: "Erledigt", "not-addressed": "Nicht erledigt" },
  outcomes: {
    answered: "Beantwortet",
    fixed: "Behoben",
    changed: "Geändert",
    declined: "Abgelehnt",
    forwarded: "Weitergegeben",
  },
  types: {
    advice: "Rat",
    reassurance: "Beruhigung",
    question: "Eine Frage",
    fix: "Eine Lösung",
    recall: "Ein Rückruf",
    other: "Sonstiges",
  },
  issueStatus: {
    investigating: "Wird untersucht",
    "fix-planned": "Lösung geplant",
    fixed: "Behoben",
    "wont-fix": "Wird nicht behoben",
  },
  threads: (n) => plural(n, { one: "1 Vorgang", other: `${number(n)} Vorgänge` }),
};
