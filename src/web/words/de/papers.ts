// Die Wörter der Papiere eines Dings.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";

const days = (n: number): string => plural(n, { one: `${number(n)} Tag`, other: `${number(n)} Tage` });
const inDays = (n: number): string => plural(n, { one: `${number(n)} Tag`, other: `${number(n)} Tagen` });
const weeks = (n: number): string => plural(n, { one: `${number(n)} Woche`, other: `${number(n)} Wochen` });
const months = (n: number): string => plural(n, { one: `${number(n)} Monat`, other: `${number(n)} Monate` });
const inMonths = (n: number): string => plural(n, { one: `${number(n)} Monat`, other: `${number(n)} Monaten` });

export const papers: Words["papers"] = {
  title: "Papiere",
  ownerOnly: "Die Papiere dieses Dings sieht nur, wem es gehört.",
  privacy: "Das seht nur du und wer diesen Server betreibt. Nichts davon geht je an die Firma.",
  empty: "Fotografiere den Beleg, schreib auf, wann die Garantie endet, und lass dich rechtzeitig erinnern.",
  offline: "Zum Speichern brauchen Papiere eine Verbindung. Bis dahin bleibt auf diesem Gerät, was du schreibst.",
  lastSeen: "Du siehst, was dieses Gerät zuletzt gesehen hat.",
  neverSeen:
    "Dieses Gerät hat diese Papiere noch nicht gesehen. Du kannst anfangen; es kommt zusammen, wenn du wieder online bist.",

  warranty: {
    title: "Garantie",
    until: "Endet am",
    untilHint: "Der letzte Tag, für den sie gilt.",
    remind: "Erinnere mich",
    remindOn: "am letzten Tag",
    remindBefore: (n) => `${days(n)} vorher`,
    remindHint: "Dort, wo du Bescheid bekommst, am Morgen dieses Tages.",
    tellMe: "Wählen, wo du Bescheid bekommst",
    running: (when, left) => `Garantie bis ${when}, noch ${left}`,
    soon: (within) => `Die Garantie endet in ${within}`,
    today: "Die Garantie endet heute",
    tomorrow: "Die Garantie endet morgen",
    over: (when) => `Die Garantie endete am ${when}`,
    left: { days, weeks, months },
    within: { days: inDays, weeks, months: inMonths },
  },

  files: {
    title: "Belege und Papiere",
    adding: "Papier hinzufügen",
    kinds: { receipt: "Beleg", manual: "Anleitung", warranty: "Garantiekarte", other: "Etwas anderes" },
    add: {
      receipt: "Beleg hinzufügen",
      manual: "Seiten der Anleitung",
      warranty: "Garantiekarte",
      other: "Etwas anderes",
    },
    label: "Was es ist",
    nth: (kind, n) => `${kind} ${number(n)}`,
    remove: (name) => `${name} herausnehmen`,
    unsaved: "noch nicht gespeichert",
    shrinking: "Wird verkleinert",
    heic: "Dieser Browser kann Bilder in diesem Format der Kamera (HEIC) nicht lesen. Nimm das Foto als JPEG auf.",
    unreadable: "Diese Datei ist kein Bild, das dieser Browser lesen kann.",
    notNow: "Ohne Verbindung lassen sich hier noch keine Fotos vorbereiten. Versuch es, wenn du wieder online bist.",
    most: (n) => `Höchstens ${number(n)} Papiere.`,
  },

  bought: {
    title: "Woher es kommt",
    on: "Gekauft am",
    at: "Gekauft bei",
    atHint: "Ein Laden, ein Markt, ein Freund",
    price: "Preis",
    priceHint: "Mit der Währung, wie du ihn schreibst",
  },
  serial: {
    title: "Seriennummer",
    proven: "Vom Etikett, und bewiesen durch den Code in der Verpackung",
    label: "Seriennummer",
    typed: "Wie du sie geschrieben hast. Sie beweist nichts, aber eine Werkstatt fragt danach.",
    fromAdding: (serial) => `Beim Hinzufügen hast du ${serial} geschrieben.`,
  },
  manual: {
    title: "Anleitung",
    label: "Link zur Anleitung",
    hint: "Beginnt mit https://",
    open: "Anleitung öffnen",
    wrong: "Schreib eine ganze Internetadresse, die mit https:// beginnt",
  },
  remarks: {
    title: "Bemerkungen",
    label: "Was sonst noch",
    hint: "Die Nummer der Farbe, die Größe, wer es repariert hat",
  },

  save: "Papiere speichern",
  saving: (done, of) => `Papier ${number(done)} von ${number(of)} wird gespeichert`,
  saved: "Papiere gespeichert",
  unsaved: "Noch nicht gespeichert",
  savedOn: "Gespeichert",
  undo: "Verwerfen",

  conflict: {
    title: "Auf einem anderen Gerät geändert; hier ist beides",
    text: "Wähle jeweils, was bleibt. Alles andere ist schon zusammengefügt.",
    here: (value) => `Hier: ${value}`,
    there: (value) => `Dort: ${value}`,
    nothing: "nichts",
    merged: "Zusammengefügt mit dem, was ein anderes Gerät geschrieben hat",
    save: "Speichern, was ich gewählt habe",
  },
};
