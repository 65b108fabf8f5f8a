// Wörter jeder Seite.

import { after, plural } from "../format.ts";
import type { Words } from "../words.ts";

export const common: Words["common"] = {
  name: "Pico Twins",
  back: "Zurück",
  skip: "Zum Inhalt springen",
  close: "Schließen",
  cancel: "Abbrechen",
  done: "Fertig",
  save: "Speichern",
  saved: "Gespeichert",
  loading: "Lädt",
  again: "Noch einmal versuchen",
  copied: "Kopiert",
  notCopied: "Dieser Browser hat das Kopieren nicht erlaubt",
  home: "Meine Dinge",
  more: "Mehr",
  optional: "freiwillig",
  maker: "den Hersteller",
  unread: (n) => plural(n, { one: `${n} neue`, other: `${n} neue` }),
  offline: "Du bist offline. Was du schreibst, bleibt hier und geht hinaus, sobald du wieder online bist.",
  update: "Neuere Fassung",
  newer: "Eine neuere Fassung dieser App ist da.",
  reload: "Jetzt verwenden",
  stuck: {
    title: "Diese Seite ist noch nicht auf deinem Gerät",
    text: "Sie ließ sich nicht laden. Was du geschrieben hast, ist sicher; versuch es noch einmal, wenn du eine Verbindung hast.",
  },
  lost: {
    title: "Hier ist nichts",
    text: "Die Adresse ist vielleicht vertippt, oder was hier war, gibt es nicht mehr.",
    home: "Zu meinen Dingen",
  },
  broken: {
    title: "Dieser Browser bewahrt nichts für uns auf",
    text: "Pico Twins bewahrt deine Dinge auf deinem Gerät auf. Dieser Browser verbietet es, wie private Fenster es oft tun. Öffne die App in einem gewöhnlichen Fenster.",
  },
  failures: {
    offline: "Keine Verbindung. Versuch es noch einmal, wenn du wieder online bist.",
    busy: (seconds) => `Zu viel auf einmal. Versuch es ${after(seconds)} noch einmal.`,
    cutOff:
      "Dieses Gerät kann das nicht mehr öffnen. Vielleicht wurde es ausgesperrt, oder das Ding wurde gelöscht oder übergeben.",
    forbidden: "Das darfst du hier nicht. Frag, wer dich eingeladen hat.",
    claimRefused:
      "Dieser Code öffnet das Ding nicht. Sieh ihn dir noch einmal an: Er steht auf der Karte in der Verpackung. Wurde er schon benutzt, hat das Ding bereits jemand.",
    tooOld:
      "Es hat hier einen Monat gewartet und kam vielleicht längst an. Sieh erst beim Ding nach; dann schick es noch einmal oder verwirf es.",
    noRoom: "Auf diesem Gerät ist kein Platz mehr dafür. Mach welchen frei und versuch es noch einmal.",
    browserRefused:
      "Dieser Browser konnte es nicht zu Ende bringen. Lade die Seite neu und sieh nach: Vielleicht ist es geschehen. Wenn nicht, versuch es noch einmal.",
    unavailable: "Dem Server geht es gerade nicht gut. Nichts ist verloren; versuch es gleich noch einmal.",
  },
};
