// Wörter der Seite eines Etiketts und des Hinzufügens.

import type { Words } from "../words.ts";

export const arrive: Words["arrive"] = {
  label: {
    unknown: "Dieses Ding",
    by: (maker) => `von ${maker}`,
    labelled: "Ein Ding mit Etikett",
    lead: (maker) =>
      `Gehört es dir? Dann kann es einen Zwilling haben: einen Platz für das, was dir auffällt, während du mit ihm lebst. Was du auswählst, geht zu deinen Bedingungen an ${maker ?? "die Firma, die es gemacht hat"}, und die Antwort kommt hierher zurück.`,
    number: "Nummer",
    serial: "Seriennummer",
    right: (host) => `Diese Seite ist auf ${host}. So steht es auf dem Etikett.`,
    wrong: {
      title: "Das ist nicht die Adresse auf dem Etikett",
      text: (here, right) => `Du bist auf ${here}. Das Etikett führt zu ${right}. Gib hier keinen Code ein.`,
      go: (right) => `Auf ${right} öffnen`,
    },
    invalid: {
      title: "Das ist kein ganzes Etikett",
      text: "Eine Nummer in der Adresse fehlt oder ist vertippt. Scanne das Etikett noch einmal oder gib seine Adresse so ein, wie sie gedruckt ist.",
    },
    offline:
      "Gerade gibt es keine Verbindung: Nachsehen, was das ist, und Beanspruchen geht erst, wenn du wieder online bist.",
    found: "Gefunden? Bescheid geben",
    mine: { title: "Das hast du schon", text: "Es ist bereits auf diesem Gerät.", go: "Öffnen" },
  },
  claim: {
    title: "Mach es zu deinem",
    code: "Code aus der Verpackung",
    hint: "16 Buchstaben und Ziffern. Groß oder klein, Leerzeichen und Striche sind egal.",
    ready: "Der Code kam mit dem, was du gescannt hast. Ein Tippen, und es gehört dir.",
    go: "Es ist meins",
    scan: "Code scannen",
    scanLabel: "Halte die Karte aus der Verpackung vor die Kamera",
    scanOther: "Das ist nicht der Code dieses Dings. Er steht auf der Karte in der Verpackung.",
    short: (have) =>
      have === 0 ? "Gib zuerst den Code ein." : `Ein Code hat 16 Buchstaben und Ziffern; das hier sind ${have}.`,
    letters: "Darin ist ein Zeichen, das in Codes nicht vorkommt. Sieh noch einmal hin.",
    offline: {
      title: "Keine Verbindung",
      text: "Dein Code bleibt hier und ist nicht verbraucht. Versuch es noch einmal, wenn du wieder online bist.",
    },
    kept: "Das hast du schon einmal begonnen. Dein Code ist noch da.",
    working: "Wird zu deinem",
    done: "Es gehört dir.",
  },
  without: {
    title: "Kein Code?",
    text: "Du kannst es auch ohne hinzufügen. Es geht alles genauso; nur der Beweis fehlt, dass du es in der Hand hast.",
    go: "Ohne Code hinzufügen",
    used: "Gebraucht gekauft oder geschenkt bekommen? Bitte die Person, der es gehörte, es dir hier zu übergeben: Dann kommt die Geschichte des Dings mit.",
    handed: "Ich habe einen Übergabecode",
  },
  elsewhere: {
    title: "Hier fragen wir nicht nach dem Code",
    text: "Es sieht so aus, als hätte dich ein Link hergebracht, von einer anderen Seite oder aus einer Nachricht, und nicht das Etikett. Codes gehören nur dorthin, wohin das Etikett selbst führt, damit sich niemand daran gewöhnt, sie auf zugeschickten Seiten einzugeben.",
    steps: (host) => [
      "Nimm das Ding zur Hand und richte die Kamera deines Telefons auf sein Etikett.",
      `Sieh dir die Adresse an, die sich öffnet: Sie beginnt mit ${host}/01/.`,
      "Gib dann den Code aus der Verpackung ein.",
    ],
    scan: "Etikett hier scannen",
    scanLabel: "Halte das Etikett am Ding vor die Kamera",
    scanOther: "Das ist das Etikett von etwas anderem.",
  },
  what: {
    title: "Was ist ein Zwilling?",
    text: [
      "Eine Seite für ein einziges Ding: deins. Du schreibst auf, was gut ist, was kaputtging, was du ändern würdest. Es bleibt bei dir, bis du es sendest.",
      "Du sagst, was die Firma mit dem tun darf, was du sendest. Sie unterschreibt das oder nicht, und ihr habt beide denselben Beleg.",
      "Kein Konto, keine E-Mail, keine Cookies. Der Schlüssel entsteht auf diesem Gerät. Was hier liegt, kannst du lesen und wer diesen Server betreibt.",
    ],
    more: "Mehr darüber",
  },
  add: {
    title: "Etwas hinzufügen",
    lead: "Alles, was dir gehört, von jeder Firma.",
    scan: "Etikett oder Strichcode scannen",
    scanLabel: "Halte einen Strichcode oder ein Etikett vor die Kamera",
    scanOther: "Das ist weder der Strichcode eines Produkts noch ein Etikett von uns.",
    how: "Was hast du davon?",
    ways: { name: "Einen Namen", barcode: "Einen Strichcode", label: "Ein Etikett" },
    name: "Was ist es?",
    nameHint: "So, wie du es nennst, zum Beispiel „Kaffeemühle“.",
    nameMissing: "Gib ihm einen Namen.",
    company: "Website der Firma",
    companyHint: "Zum Beispiel lamo.com. Ohne sie bleiben deine Notizen bei dir; du kannst sie später nennen.",
    companyWrong: "Das ist noch keine Website. Schreib sie wie lamo.com, damit klar ist, welche Firma du meinst.",
    joined: (name) => `${name} ist hier und kann dir antworten.`,
    waits: (name) => `${name} ist noch nicht hier. Deine Notizen warten darauf.`,
    model: "Modell",
    modelHint: "Falls du es weißt.",
    serial: "Seriennummer",
    barcode: "Die Nummer unter dem Strichcode",
    barcodeHint: "8, 12, 13 oder 14 Ziffern.",
    barcodeLetters: "Nur Ziffern: die Nummer unter den Strichen.",
    barcodeLength: (have) => `Ein Strichcode hat 8, 12, 13 oder 14 Ziffern; das hier sind ${have}.`,
    barcodeCheck: "Eine der Ziffern stimmt nicht: Sie passen nicht zusammen. Sieh noch einmal hin.",
    lookUp: "Nachsehen",
    looking: "Wird nachgesehen",
    found: (name, maker) => `Das ist ${name} von ${maker}.`,
    unknown:
      "Niemand hat uns gesagt, wofür diese Nummer steht. Sag, was es ist, und es wird mit seiner Nummer hinzugefügt.",
    notNow:
      "Zum Nachsehen fehlt die Verbindung. Sag, was es ist, und es wird mit seiner Nummer hinzugefügt, sobald du online bist.",
    label: "Die Adresse auf dem Etikett",
    labelHint: (host) => `Sie beginnt mit ${host}/01/.`,
    labelWrong: "Das ist nicht die Adresse eines Etiketts. Darin kommen /01/ und eine Nummer vor.",
    openLabel: "Öffnen",
    go: "Hinzufügen",
    offline:
      "Zum Hinzufügen braucht es einmal eine Verbindung. Was du geschrieben hast, bleibt hier; versuch es noch einmal, wenn du online bist.",
    done: (name) => `${name} ist hinzugefügt.`,
  },
};
