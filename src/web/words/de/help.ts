// Ehrliche Antworten auf das, was zwischen Menschen, Geräten und Schlüsseln schiefgeht.

import type { Words } from "../words.ts";

export const help: Words["help"] = {
  eyebrow: "Hilfe",
  title: "Fragen",
  unknown: "Unter dieser Adresse steht hier keine Antwort. Diese gibt es:",
  others: "Andere Fragen",
  topics: {
    "lost-card": {
      title: "Ich habe meine Karte verloren",
      says: [
        "Öffnet noch eines deiner Geräte deine Dinge, dann mach dort eine neue Karte. Die alten Wörter öffnen von da an nichts mehr, und deine Geräte laufen weiter.",
        "Ohne Karte und ohne Gerät kann niemand öffnen, was du geschrieben hast: Einen zweiten Schlüssel haben wir nicht. Hast du den Wiederherstellungscode eines einzelnen Dings aufgehoben, öffnet er dieses eine.",
        "Ein Ding, das du mit seinem Etikett übernommen hast, bleibt vergeben. Mit dem Code aus der Verpackung lässt es sich kein zweites Mal übernehmen.",
      ],
      links: [
        { href: "/card", label: "Eine neue Karte machen" },
        { href: "/open", label: "Ich habe einen Wiederherstellungscode" },
      ],
    },
    "found-card": {
      title: "Ich habe eine Karte gefunden",
      says: [
        "Sie öffnet jemandes private Notizen und Papiere. Bitte benutze sie nicht. Wer es tut, erscheint bei ihrem Besitzer in der Liste der Geräte.",
        "Weißt du, wem sie gehört, dann gib sie zurück. Wenn nicht, zerreiß sie: Sie verrät nicht, wem sie gehört, und wir wissen es auch nicht.",
        "Ist es deine, und lag sie herum? Mach eine neue, dann öffnet die gefundene nichts mehr.",
      ],
      links: [{ href: "/card", label: "Eine neue Karte machen" }],
    },
    "lost-phone": {
      title: "Mein Telefon ist weg",
      says: [
        "Sperre es auf irgendeinem anderen deiner Geräte unter „Meine Geräte“ aus. Von da an erreicht es nichts mehr. Hast du kein anderes Gerät, öffne deine Dinge mit der Karte in irgendeinem Browser und tu dort dasselbe.",
        "Mach danach eine neue Karte: Das Telefon kannte die alte.",
        "Was das Telefon gespeichert hatte, bleibt darauf, hinter seiner eigenen Sperre. Aus der Ferne löschen können wir es nicht.",
      ],
      links: [
        { href: "/devices", label: "Meine Geräte" },
        { href: "/card", label: "Eine neue Karte machen" },
        { href: "/open", label: "Mit meiner Karte öffnen" },
      ],
    },
    "shared-phone": {
      title: "Mehrere benutzen dieses Telefon",
      says: [
        "Ein Browser bewahrt die Dinge einer Person auf. Wer das Telefon entsperren und diese App öffnen kann, sieht sie: Eine eigene Sperre hat die App nicht.",
        "Für zwei Personen nehmt zwei Profile des Browsers, oder die andere hat ihre Dinge auf einem eigenen Gerät. Zu einem einzelnen Ding kannst du jemanden einladen, unter „Menschen und Programme“: Zu sehen bekommt sie oder er dort nur, was sie oder er selbst schreibt.",
        "Bevor du das Telefon verleihst, verkaufst oder verschenkst, vergiss alles darauf. Halte vorher deine Karte bereit.",
      ],
      links: [{ href: "/devices", label: "Meine Geräte" }],
    },
    "leaving-household": {
      title: "Jemand verlässt den Haushalt",
      says: [
        "Du warst eingeladen und gehst: Wähle „Verlassen“ unter „Menschen und Programme“ des Dings. Von da an ist es dir verschlossen. Was du geschrieben hast, bleibt beim Besitzer und, wenn es gesendet wurde, bei der Firma.",
        "Dir gehört das Ding, und jemand geht: Sperre sie oder ihn an derselben Stelle aus. Das wirkt sofort. Was vorher kopiert wurde, bleibt kopiert.",
        "Dir gehört das Ding, du gehst, und es bleibt: Seine privaten Notizen sind deine. Lösche sie unter „Verwalten“, wenn du sie nicht dalassen willst.",
      ],
      links: [],
    },
    "who-can-read": {
      title: "Wer lesen kann, was ich schreibe",
      says: [
        "Du, auf deinen Geräten. Menschen und Programme, die du eingelassen hast, so weit du es gesagt hast. Wer diesen Server betreibt: Deine Notizen, Fotos und Papiere liegen dort lesbar. Such dir also jemanden, dem du vertraust, oder betreibe ihn selbst.",
        "Eine Firma liest, was du ihr gesendet hast, zu den Bedingungen, die ihr beide unterschrieben habt, und sonst nichts. Vor dem Senden siehst du, wer es für sie verarbeitet.",
        "Was dieser Server nicht lesen kann: die 12 Wörter deiner Karte und die Liste deiner Dinge, die sie öffnen. Sie wird auf deinem Gerät versiegelt.",
      ],
      links: [],
    },
    "what-is-signed": {
      title: "Was unterschrieben wird, und was das wert ist",
      says: [
        "Die Bedingungen. Stimmt eine Firma zu, unterschreiben beide Seiten dasselbe Protokoll: welche Bedingungen, für welches Ding, ab wann. Beide bewahren dieselben Bytes auf, und mit dem Prüfcode könnt ihr sie vergleichen. Auch das Ende wird unterschrieben.",
        "Für dich unterschreibt ein Schlüssel, der zu diesem einen Ding gehört und auf diesem Server liegt; er unterschreibt nur, was eines deiner Geräte verlangt hat. Für die Firma unterschreibt ihr eigener.",
        "Was der Code hält: Ohne geltende Bedingungen geht nichts hinaus, und was sie verbieten, gibt der Server nicht heraus. Was nur die Unterschrift hält: was die Firma mit Worten tut, die sie schon hat. Dann ist das Protokoll dein Beweis.",
        "Notizen und Antworten gehören nicht zu diesem Protokoll.",
      ],
      links: [{ href: "/terms", label: "Meine üblichen Bedingungen" }],
    },
  },
};
