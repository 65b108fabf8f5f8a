// Wörter über die Karte, Geräte und die Menschen und Programme, die ein Ding erreichen.

import { all, number, plural } from "../format.ts";
import type { Words } from "../words.ts";

const things = (n: number): string => plural(n, { one: "1 Ding", other: `${number(n)} Dinge` });

export const keys: Words["keys"] = {
  lastUsed: (when) => `zuletzt benutzt ${when}`,
  neverUsed: "noch nie benutzt",
  inUse: "gerade in Benutzung",
  help: "Mehr dazu",

  card: {
    title: "Deine Karte",
    lead: "Diese 12 Wörter öffnen alles, was du hier aufbewahrst, auf jedem Gerät. Ohne sie und ohne ein Gerät lässt dich niemand mehr ein, auch nicht, wer diesen Server betreibt.",
    none: {
      title: "Noch keine Karte",
      text: "Deine Karte beginnt mit deinem ersten Ding.",
      add: "Ein Ding hinzufügen",
      open: "Ich habe eine Karte",
    },
    notSaved:
      "Dieses Gerät war seit der letzten Änderung nicht online; anderswo öffnen die Wörter deshalb noch nicht alles. Das erledigt sich von selbst.",
    show: "Meine 12 Wörter zeigen",
    alone: "Sieh dich vorher um: Wer sie liest, kann alles öffnen.",
    listTitle: "Schreib sie auf, in dieser Reihenfolge",
    list: "Deine 12 Wörter",
    onPaper: "Auf Papier. Ein Foto davon landet auch anderswo.",
    print: "Die Karte drucken",
    written: "Ich habe sie aufgeschrieben",
    hide: "Die Wörter verbergen",
    confirmTitle: "Zwei davon, zur Sicherheit",
    word: (at) => `Wort Nummer ${at}`,
    wrong: (at) => `Das ist nicht Wort Nummer ${at}. Sieh noch einmal auf deinem Papier nach.`,
    check: "So steht es auf meinem Papier",
    back: "Die Wörter noch einmal zeigen",
    doneTitle: "Deine Karte ist fertig",
    done: "Bewahre sie auf, wo ein Ersatzschlüssel liegt, nicht bei dem Telefon, für das sie ist.",
    since: (day) => `Auf Papier seit ${day}`,
    again: "Die Wörter noch einmal zeigen",
    newTitle: "Eine neue Karte",
    newText:
      "Wenn die alte verloren ist, jemand sie gesehen hat oder ein Gerät sie kannte, das weg ist. Die alten Wörter öffnen dann nichts mehr. Du wählst, welche deiner anderen Geräte damit weiterlaufen.",
    make: "Eine neue Karte machen",
    until: "Die alte Karte gilt, bis du diese bestätigt hast.",
    goingOn: {
      title: "Diese Geräte laufen mit der neuen Karte weiter",
      text: "Nimm den Haken bei einem weg, das du nicht kennst oder nicht mehr hast: Es wird ausgesperrt.",
    },
    changed: {
      title: "Jetzt gilt die neue Karte",
      text: "Die alten Wörter öffnen nichts mehr. Vernichte das alte Papier.",
    },
    later: {
      title: "Die neue Karte wartet auf eine Verbindung",
      text: "Sie wird von selbst fertig, sobald dieses Gerät online ist. Bis dahin gilt die alte: Behalte beide.",
    },
    overtaken: {
      title: "Ein anderes deiner Geräte war schneller",
      text: "Es hat zur selben Zeit eine neue Karte gemacht. Die Wörter, die du eben aufgeschrieben hast, öffnen nichts: Vernichte sie und nimm die andere Karte.",
    },
    paper: {
      name: "Karte für Pico Twins",
      opens: (host) =>
        `Öffnet alles, was ihr Besitzer auf ${host} aufbewahrt: Wer sie hat, kann alles davon lesen, schreiben, senden und Bedingungen ändern.`,
      how: (address) => `Öffne auf einem neuen Gerät ${address} und tippe die Wörter ein, oder scanne diesen Code.`,
      keep: "Bewahre sie auf wie einen Ersatzschlüssel. Tippe die Wörter nirgendwo sonst ein, und nie, weil eine Nachricht danach fragt.",
      found: (address) =>
        `Gefunden? Sie öffnet jemandes private Notizen. Bitte gib sie zurück oder zerreiß sie: ${address}`,
      code: "Der Code der Karte: Er sagt dasselbe wie die Wörter",
    },
  },

  open: {
    title: "Öffne, was dir gehört",
    lead: "Mit deiner Karte ist gleich alles auf diesem Gerät, was du aufbewahrst.",
    words: "Die 12 Wörter deiner Karte",
    hint: "In ihrer Reihenfolge. Die ersten vier Buchstaben von jedem genügen.",
    go: "Öffnen",
    scan: "Den Code der Karte scannen",
    scanLabel: "Halte den Code deiner Karte vor die Kamera, oder den, den dein anderes Gerät zeigt",
    notOurs: "Das ist kein Code einer Karte oder eines anderen Geräts von dir.",
    faults: {
      count: (n) =>
        `Eine Karte hat 12 Wörter; ${plural(n, { one: "hier ist eines", other: `hier sind ${number(n)}` })}.`,
      unknown: (at, word) => `Wort Nummer ${at}, „${word}“, steht auf keiner Karte. Ist es richtig geschrieben?`,
      checksum: "Alle 12 sind Wörter einer Karte, aber nicht zusammen. Eines ist verwechselt, oder die Reihenfolge.",
    },
    scanned: {
      title: "Eine Karte wurde gescannt",
      text: "Mach nur weiter, wenn es deine eigene ist: Was du auf diesem Gerät hinzufügst, lässt sich von da an mit ihr öffnen.",
      go: "Auf diesem Gerät öffnen",
    },
    working: "Wird geöffnet",
    step: (done, of) => `${number(done)} von ${plural(of, { one: "1 Ding", other: `${number(of)} Dingen` })}`,
    opened: (n) =>
      n === 0
        ? "Alles war schon hier."
        : `${things(n)} ${plural(n, { one: "ist", other: "sind" })} jetzt auf diesem Gerät.`,
    openedTitle: "Geöffnet",
    empty: "Auf deiner Karte steht noch kein Ding. Was du hier hinzufügst, kommt von nun an dazu.",
    failed: (n) =>
      `${things(n)} ${plural(n, { one: "ließ", other: "ließen" })} sich gerade nicht öffnen. Dieses Gerät versucht es von selbst wieder.`,
    closed: (n) =>
      `${things(n)} ${plural(n, { one: "öffnet", other: "öffnen" })} sich mit dieser Karte nicht mehr: gelöscht, oder mit einem Wiederherstellungscode übernommen.`,
    toThings: "Zu meinen Dingen",
    nothing: {
      title: "Diese Wörter öffnen hier nichts",
      text: "Es sind Wörter einer Karte, aber keiner, die diese Adresse kennt. Vielleicht gilt die Karte für eine andere Adresse: Sie steht unten auf ihr. Oder sie wurde auf einem Gerät gemacht, das danach nie mehr online war.",
    },
    old: {
      title: "Das ist eine alte Karte",
      text: (day) => `Seit dem ${day} gilt eine neue. Die richtigen Wörter stehen auf ihr.`,
    },
    another: {
      title: "Dieses Gerät gehört zu einer anderen Karte",
      text: "Ein Browser bewahrt die Dinge einer Person auf. Nimm einen anderen Browser oder ein anderes Profil, oder vergiss vorher alles auf diesem Gerät.",
      devices: "Dieses Gerät",
    },
    failedTitle: "Es ließ sich nicht öffnen",
    one: {
      title: "Nur den Wiederherstellungscode eines Dings?",
      label: "Wiederherstellungscode",
      hint: "52 Buchstaben und Ziffern. Er öffnet dieses eine Ding, und jedes andere Gerät wird davon ausgesperrt.",
      go: "Dieses Ding wiederherstellen",
      refused: "Das ist nicht der Wiederherstellungscode eines Dings, oder ein neuerer gilt.",
      wait: (when) =>
        `Jemand hat dieses Ding in den letzten 30 Tagen benutzt. Alle, die es öffnen können, erfahren es jetzt und können widersprechen. Komm nach dem ${when} wieder: Dieses Gerät merkt sich den Code für dich.`,
      waiting: (when) => `Lässt sich nach dem ${when} öffnen`,
      again: "Jetzt öffnen",
      forget: "Diesen Code vergessen",
      done: (name) => `${name} ist wieder deins, auf diesem Gerät.`,
    },
  },

  pair: {
    title: "Ein Gerät hinzufügen",
    lead: "Öffne die Kamera deines anderen Geräts und richte sie auf diesen Code.",
    code: "Der Code für dein anderes Gerät",
    copy: "Link kopieren",
    once: (when) => `Gilt einmal, bis ${when}. Wer ihn fotografiert, hat später nichts davon.`,
    nothing: {
      title: "Noch nichts zu öffnen",
      text: "Füge hier zuerst ein Ding hinzu. Dann können es deine anderen Geräte auch haben.",
    },
    compare: (name) => `Zeigt ${name} diese Ziffern?`,
    digits: "Ziffern zum Vergleichen",
    yes: "Ja, lass es ein",
    no: "Nein",
    giving: (name) => `${name} übernimmt deine Dinge.`,
    done: (name) => `${name} ist eingelassen`,
    doneText: "Es hat jetzt eigene Schlüssel. Du kannst es hier jederzeit aussperren.",
    again: "Einen neuen Code zeigen",
    why: {
      over: "Der Code ist zu alt oder wurde schon benutzt. Zeig einen neuen.",
      refused: "Das andere Gerät hat aufgehört, oder du hast Nein gesagt. Nichts wurde übergeben.",
      strange:
        "Jemand anders hat auf diesen Code geantwortet, oder er wurde unterwegs verändert. Nichts wurde übergeben. Zeig einen neuen, wo ihn sonst niemand sieht.",
      offline: "Die Verbindung ging verloren. Nichts wurde übergeben.",
    },
    guest: {
      title: "Deine Dinge auch hier",
      text: "Mach nur weiter, wenn du das von einem eigenen Gerät gescannt hast, das du gerade in der Hand hast.",
      go: "Weiter",
      wait: "Warten auf das andere Gerät",
      compare: "Sieh auf dein anderes Gerät: Es muss diese Ziffern zeigen. Sag dort Ja.",
      broken: "Das ist nicht der ganze Code. Scanne ihn noch einmal.",
    },
  },

  devices: {
    title: "Meine Geräte",
    lead: "Jedes hat einen eigenen Schlüssel zu jedem deiner Dinge. So kannst du eines aussperren und die anderen lassen.",
    this: "Dieses Gerät",
    others: "Andere Geräte",
    none: "Kein anderes Gerät öffnet deine Dinge.",
    add: "Ein Gerät hinzufügen",
    name: "Wie dieses Gerät heißt",
    rename: "Umbenennen",
    renamed: "Es hat seinen neuen Namen.",
    opens: things,
    inRing: "kennt deine Karte",
    card: "Karte mit 12 Wörtern",
    cardSet: "auf Papier",
    cardNot: "noch nicht auf Papier",
    stranger: "Kam nicht mit deiner Karte",
    strangerText:
      "Es wurde mit einem Wiederherstellungscode, von einem Programm oder von jemand anderem eingelassen. Kennst du es nicht, dann sperre es aus.",
    off: "Aussperren",
    offTitle: (name) => `${name} aussperren?`,
    offText:
      "Von da an öffnet es nichts mehr von dir. Was es vorher gespeichert hat, bleibt darauf, hinter seiner eigenen Sperre.",
    offDone: (name) => `${name} öffnet nichts mehr`,
    offCard:
      "Ging es verloren, oder wurde es gestohlen? Es kannte deine Karte. Mach eine neue, dann nützt ihm die alte nichts.",
    newCard: "Eine neue Karte machen",
    offFailed: (list) => `Bei ${all(list)} ließ es sich nicht aussperren. Versuch es noch einmal.`,
    notAsked: (list) => `Bei ${all(list)} war gerade nicht zu erfahren, wer es öffnet.`,
    wasCutOff: {
      title: "Dieses Gerät wurde ausgesperrt",
      text: "Eines deiner Geräte hat es aus deiner Karte genommen. Mit den 12 Wörtern kannst du hier wieder alles öffnen.",
      open: "Mit meiner Karte öffnen",
    },
    given: (n) =>
      `Zu ${plural(n, { one: "1 Ding", other: `${number(n)} Dingen` })} wurdest du eingeladen: Wer es sonst erreicht, sieht sein Besitzer.`,
    forget: {
      title: "Alles auf diesem Gerät vergessen",
      text: "Für ein Gerät, das verkauft, verschenkt oder geteilt wird. Dinge, Notizen und Schlüssel verschwinden von ihm; was geschrieben wurde, bleibt bei deinen anderen Geräten und deiner Karte.",
      open: "Alles vergessen",
      ask: "Hier alles vergessen?",
      noCard: "Deine Karte ist nicht auf Papier. Öffnet kein anderes Gerät deine Dinge, dann kann es nie mehr jemand.",
      noCardCheck: "Mir ist klar, dass meine Dinge für mich verloren sein können",
      withCard: "Ich habe meine Karte mit 12 Wörtern",
      makeCard: "Erst die Karte machen",
      waiting: (n) =>
        `${plural(n, { one: "Eine Notiz oder Antwort ist", other: `${number(n)} Notizen oder Antworten sind` })} noch nicht hinausgegangen und ginge${n === 1 ? "" : "n"} verloren.`,
      go: "Alles vergessen",
    },
  },

  people: {
    title: "Menschen und Programme",
    lead: "Alle und alles, was dieses Ding erreicht, und was sie jeweils dürfen.",
    list: "Wer es erreicht",
    you: "dieses Gerät",
    expires: (day) => `bis ${day}`,
    may: (rights) => `Darf ${all(rights)}`,
    nothing: "Darf sehen, dass es da ist",
    cardUnmade: "Noch nicht auf Papier, also kommt damit niemand herein",
    rights: {
      owner: "alles, was du darfst",
      readAll: "jede Notiz lesen",
      readOwn: "lesen, was sie oder er selbst schrieb",
      readOwnYours: "lesen, was du schreibst",
      write: "Notizen schreiben",
      send: "sie an die Firma senden",
      answers: "Antworten der Firma lesen",
      reply: "der Firma antworten",
      terms: "die Bedingungen sehen",
      setTerms: "die Bedingungen ändern",
      history: "die Geschichte lesen, die mit dem Ding geht",
      addHistory: "etwas in die Geschichte eintragen, die mit dem Ding geht",
      wholeHistory: "die Geschichte, die mit dem Ding geht, lesen und etwas eintragen",
    },
    off: "Aussperren",
    offTitle: (name) => `${name} aussperren?`,
    offText:
      "Von da an ist es verschlossen. Was geschrieben wurde, bleibt beim Ding; was kopiert wurde, bleibt kopiert.",
    offDone: (name) => `${name} ist ausgesperrt`,
    addPerson: "Jemanden einladen",
    person: {
      title: "Jemand, der damit lebt",
      text: "Zu sehen ist dort nur, was die Person selbst schreibt. Du siehst alles.",
      name: "Ihr Name",
      nameHint: "Damit du sie in dieser Liste erkennst.",
      nameMissing: "Schreib einen Namen, damit du später weißt, wer das ist.",
      send: "Darf an die Firma senden",
      sendHint: "Zu deinen Bedingungen und im Namen dieses Dings. Sonst bleiben die Notizen zwischen euch.",
      go: "Die Einladung machen",
    },
    invite: {
      title: (name) => `Eine Einladung für ${name}`,
      text: "Lass den Code scannen, oder schick den Link auf einem Weg, dem du traust. Er wird nur jetzt gezeigt, und wer ihn hat, kann ihn benutzen, bis du ihn sperrst.",
      code: (name) => `Die Einladung für ${name}`,
      copy: "Link kopieren",
    },
    addProgram: "Einen Helfer oder ein Programm einlassen",
    program: {
      title: "Ein Helfer oder ein Programm",
      text: "Eine Werkstatt, ein Assistent, ein eigenes Skript. Wähle, was es darf und wie lange.",
      name: "Wie es heißt",
      rights: "Es darf",
      noRights: "Wähle mindestens etwas, das es darf.",
      until: "Wie lange",
      spans: { day: "Einen Tag", month: "30 Tage", year: "Ein Jahr", open: "Bis ich es aussperre" },
      go: "Seinen Schlüssel machen",
      key: (name) => `Der Schlüssel für ${name}`,
      keyText: "Er wird nur jetzt gezeigt. Wer ihn hat, darf, was du gewählt hast.",
      copy: "Schlüssel kopieren",
      address: (at) => `Das Ding ist für ihn über die API unter ${at} zu erreichen.`,
    },
    recovery: {
      title: "Jemand benutzt den Wiederherstellungscode dieses Dings",
      text: (when) =>
        `Bist du das, ist nichts zu tun. Wenn nicht, halte es vor dem ${when} auf: Danach gehört das Ding jener Person, und jedes Gerät hier ist ausgesperrt.`,
      object: "Das bin ich nicht, aufhalten",
      stopped: "Es ist aufgehalten. Wer es versucht hat, muss neu beginnen und wieder warten.",
    },
    member: {
      title: "Was du damit darfst",
      text: "Du wurdest zu diesem Ding eingeladen. Sein Besitzer sieht, was du schreibst, und kann dich aussperren.",
      leave: "Verlassen",
      ask: "Dieses Ding verlassen?",
      askText:
        "Du kannst es dann auf keinem deiner Geräte mehr öffnen. Was du geschrieben hast, bleibt beim Besitzer und, wenn es gesendet wurde, bei der Firma. Zurück kommst du nur mit einer neuen Einladung.",
      left: (name) => `Du hast ${name} verlassen`,
    },
  },

  join: {
    title: "Du bist eingeladen",
    looking: "Die Einladung wird angesehen",
    lead: (name) => `Jemand lässt dich zu ${name}.`,
    you: "Du darfst",
    owner: "Der Besitzer sieht, was du schreibst, und kann dich jederzeit aussperren.",
    owners: "Damit gehört es dir so sehr wie der Person, die dich einlädt.",
    go: "Annehmen",
    joined: (name) => `${name} ist unter deinen Dingen`,
    already: (name) => `${name} ist schon auf diesem Gerät.`,
    toIt: "Öffnen",
    none: { title: "Hier ist keine Einladung", text: "Scanne sie noch einmal, oder bitte noch einmal um den Link." },
    closed: {
      title: "Diese Einladung gilt nicht mehr",
      text: "Sie wurde zurückgenommen, oder ihre Zeit ist um. Frag, von wem du sie hast.",
    },
  },
};
