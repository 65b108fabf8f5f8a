// Worte der Vorlagen.

import type { DeskWords } from "../words.ts";

export const replies: DeskWords["replies"] = {
  title: "Vorlagen",
  lead: "Womit du eine Antwort oft beginnst. Jede muss vor dem Abschicken geändert werden: Wer fragt, bekommt eigene Worte.",
  add: "Neue Vorlage",
  change: "Vorlage ändern",
  name: "Titel",
  text: "Text",
  textHint: "Was jedes Mal anders ist, kommt in [eckige Klammern]. Solange eine davon übrig ist, geht nichts hinaus.",
  save: "Speichern",
  saved: "Gespeichert",
  removed: "Entfernt",
  removeTitle: "Diese Vorlage entfernen?",
  empty: "Noch keine Vorlagen",
  emptyText: "Schreib eine für die Frage, die jede Woche kommt.",
  list: "Vorlagen",
};
