// Wörter der ersten Seite, der Suche, der Einstellungen und dessen, was das hier ist.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";

export const home: Words["home"] = {
  mine: {
    title: "Meine Dinge",
    lead: (things, unread) =>
      `${plural(things, { one: "Ein Ding", other: `${number(things)} Dinge` })}, ${unread === 0 ? "nichts Neues" : `${number(unread)} neu für dich`}.`,
    list: "Meine Dinge, das Neueste zuerst",
    add: "Hinzufügen",
    search: "Suchen",
    settings: "Einstellungen",
    notes: (n, when) => `${plural(n, { one: "1 Notiz", other: `${number(n)} Notizen` })}, zuletzt ${when}`,
    none: "Noch nichts geschrieben",
    noneYours: "Noch keine Notiz von dir",
    nobody: "Keine Firma genannt",
    countered: (company) => `${company} bietet andere Bedingungen an`,
    closed: "Lässt sich hier nicht mehr öffnen",
    erased: "Gelöscht",
    handed: "Übergeben",
    unread: (n) => plural(n, { one: "1 neu", other: `${number(n)} neu` }),
  },
  queue: {
    offline: "Keine Verbindung.",
    waits: (n) =>
      plural(n, {
        one: "Eines, was du getan hast, wartet auf eine Verbindung.",
        other: `${number(n)} Dinge, die du getan hast, warten auf eine Verbindung.`,
      }),
    going: (n) => plural(n, { one: "Eines geht gerade hinaus.", other: `${number(n)} gehen gerade hinaus.` }),
    refused: (n) =>
      plural(n, {
        one: "Eines wurde nicht angenommen. Öffne die Notiz, um zu sehen, warum.",
        other: `${number(n)} wurden nicht angenommen. Öffne die Notizen, um zu sehen, warum.`,
      }),
  },
  card: {
    title: "Nur dieses Gerät öffnet deine Dinge",
    text: "Geht es verloren, ist auch der Zugang weg. Schreib 12 Wörter auf eine Karte, und sie öffnen alles überall. Es dauert zwei Minuten.",
    go: "Meine Karte machen",
  },
  install: {
    title: "Leg es auf deinen Startbildschirm",
    text: "Dann öffnet es sich wie eine App, geht ohne Verbindung und kann dir eine Antwort melden.",
    go: "Installieren",
    byHand: "Auf iPhone oder iPad: Tippe im Browser auf „Teilen“, dann auf „Zum Home-Bildschirm“.",
    done: "Es ist auf diesem Gerät installiert.",
    none: "Dieser Browser bietet das Installieren gerade nicht an. Hier geht auch so alles.",
  },
  front: {
    title: "Was dir gehört, hat etwas zu sagen",
    lead: "Du lebst Jahre mit einem Ding. Was du dabei lernst, wüsste sein Hersteller gern und erfährt es nie. Hier schreibst du es in Sekunden auf, sagst, wer es haben darf und wofür, und bekommst eine Antwort.",
    scan: "Etikett scannen",
    scanLabel: "Halte das Etikett oder den Strichcode vor die Kamera",
    type: "Etikett eintippen",
    add: "Irgendetwas hinzufügen",
    open: "Ich habe eine Karte mit 12 Wörtern",
    drawing:
      "Ein Wasserkocher, daneben sein Zwilling aus Punkten, und ein Faden, der vom Zwilling zu einer Notiz führt und als Antwort zurückkommt.",
    how: "Der Weg eines Wortes",
    steps: [
      {
        title: "Dir fällt etwas auf",
        text: "Ein Fehler, eine Idee, ein Lob. Du schreibst es auf, wenn du willst mit Foto. Es gehört dir allein.",
      },
      {
        title: "Du sendest es zu deinen Bedingungen",
        text: "Du sagst, was die Firma damit tun darf. Sie unterschreibt das oder nicht. Bis dahin geht nichts hinaus.",
      },
      {
        title: "Es erreicht, wer etwas tun kann",
        text: "In ihren eigenen Systemen, mit den Bedingungen dabei. Du siehst, dass es ankam, oder warum noch nicht.",
      },
      {
        title: "Sie antworten, wo du geschrieben hast",
        text: "Und du sagst, ob es geholfen hat. Du kannst ein Wort zurücknehmen, alles Gesendete ansehen und alles löschen.",
      },
    ],
    none: "Kein Konto. Keine E-Mail. Keine Cookies. Eine Karte mit 12 Wörtern öffnet alles.",
    makers: {
      title: "Du stellst Dinge her",
      text: "Höre lange nach dem Verkauf von denen, die benutzen, was du gemacht hast. Lies und beantworte ihre Notizen an einem Schreibtisch im Browser oder in deinen eigenen Systemen, jede mit ihren Bedingungen. Vielleicht warten schon welche auf dich.",
      link: "Mit deiner Firma mitmachen",
      desk: "Zum Schreibtisch",
    },
    engineers: {
      title: "Du baust Software",
      text: "Eine HTTP-API für Besitzer, Firmen und Programme. Diese App benutzt nichts anderes.",
      docs: "Zur Dokumentation",
      openapi: "openapi.json",
    },
    honest:
      "Was diese Fassung ist: Was du hier aufbewahrst, kannst du lesen und wer diesen Server betreibt. Eine Notiz so zu versiegeln, dass nur ihre Firma sie öffnen kann, ist noch nicht dabei.",
  },
  search: {
    title: "Suchen",
    label: "Wörter in deinen Notizen",
    hint: "Durchsucht alles auf diesem Gerät, auch ohne Verbindung.",
    kind: "Art",
    state: "Stand",
    thing: "Ding",
    every: "Alle",
    results: "Gefundene Notizen",
    count: (n) => plural(n, { one: "1 Notiz", other: `${number(n)} Notizen` }),
    found: (n) =>
      n === 0 ? "Keine Notiz gefunden" : plural(n, { one: "1 Notiz gefunden", other: `${number(n)} Notizen gefunden` }),
    none: "Keine Notiz ist so",
    noneText: "Weniger Wörter finden mehr. Was du gelöscht oder zurückgenommen hast, ist auch hier weg.",
    clear: "Suche leeren",
    more: "Mehr zeigen",
    empty: "Noch nichts zu suchen",
    emptyText: "Sobald du eine Notiz schreibst, findest du sie hier mit jedem ihrer Wörter wieder.",
    answer: (company) => `${company}:`,
  },
  settings: {
    title: "Einstellungen",
    language: "Sprache",
    languages: { en: "English", de: "Deutsch" },
    told: "Bescheid bekommen",
    toldText:
      "Eine Nachricht ohne Inhalt, wenn eine Antwort kommt: „Du hast eine Antwort.“ Aus, bis du es willst, für jedes Ding einzeln.",
    toldDenied:
      "Dieser Browser lässt die App keine Nachrichten schicken. Erlaube es in den Einstellungen des Browsers für diese Seite.",
    toldUnsupported:
      "In diesem Browser kannst du bei geschlossener App keinen Bescheid bekommen. Auf iPhone und iPad geht es, sobald die App auf dem Home-Bildschirm liegt.",
    toldNone: "Sobald du ein Ding hast, kannst du dir hier von seinen Antworten Bescheid geben lassen.",
    toldOff: (thing) => `Zu ${thing} bekommst du keinen Bescheid mehr.`,
    toldOn: (thing) => `Zu ${thing} bekommst du jetzt Bescheid.`,
    keys: "Deine Schlüssel",
    card: "Meine Karte mit 12 Wörtern",
    cardNone: "Entsteht mit deinem ersten Ding",
    cardNotConfirmed: "Noch nicht auf Papier",
    cardConfirmed: "Auf Papier",
    devices: "Geräte",
    devicesHint: "Eines hinzufügen, eines aussperren",
    terms: "Meine Bedingungen",
    termsHint: "Was Firmen dürfen, wenn du nichts anderes sagst",
    open: "Mit 12 Wörtern öffnen",
    openHint: "Dinge von einem anderen Gerät",
    device: "Auf diesem Gerät",
    keeps: (things, notes) =>
      `${plural(things, { one: "1 Ding", other: `${number(things)} Dinge` })} und ${plural(notes, { one: "1 Notiz", other: `${number(notes)} Notizen` })}`,
    things: "Aufbewahrt",
    space: "Belegter Platz",
    waits: "Wartet aufs Hinausgehen",
    lasting: "Bleibt, bis du es löschst",
    lastingYes: "Ja",
    lastingNo: "Wird der Platz knapp, kann der Browser es löschen",
    lastingAsk: "Den Browser bitten, es zu behalten",
    forget: "Alles auf diesem Gerät vergessen",
    forgetHint: "Deine Dinge bleiben auf dem Server und auf deinen anderen Geräten",
    help: "Hilfe",
    about: "Was das hier ist",
    aboutHint: "Wer was lesen kann und was deine Bedingungen hält",
    version: (version) => `Version ${version}`,
    megabytes: (n) => `${n} MB`,
  },
  about: {
    title: "Was das hier ist",
    lead: "Ein Platz für das, was du über deine Dinge weißt, ihren Herstellern gesagt zu deinen Bedingungen.",
    code: {
      title: "Wofür die Software sorgt",
      items: [
        "Nichts, was du schreibst, geht hinaus, wenn du es nicht sendest und wenn nicht in diesem Augenblick Bedingungen mit der Firma gelten.",
        "Eine Firma erreicht die Gespräche, die du ihr gesendet hast, und sonst nichts.",
        "Was du zurücknimmst, wird ab dann zurückgehalten, und die Firma wird aufgefordert zu löschen, was sie hatte.",
        "Deine privaten Worte bleiben bei deiner Zeit als Besitzer. Zieht ein Ding weiter, ziehen sie nicht mit.",
        "Der Server bewahrt deinen Schlüsselbund versiegelt auf. Ohne deine 12 Wörter öffnet ihn niemand, und niemand kann sie zurücksetzen.",
      ],
    },
    signature: {
      title: "Was nur die Unterschrift hält",
      items: [
        "Was in der Firma geschieht, sobald Worte dort sind: dass niemand zählt, Profile macht oder weitergibt, was deine Bedingungen nicht erlauben.",
        "Dass dort wirklich gelöscht ist, was du zurückgenommen hast, und dass es vergisst, wer es gelesen hat.",
        "Keine Software kann das von außen beweisen. Was du hast, ist derselbe unterschriebene Beleg, den die Firma hat; jeder kann ihn ohne uns prüfen.",
      ],
    },
    read: {
      title: "Wer was lesen kann",
      items: [
        ["Deine privaten Notizen", "Du, die Geräte und Menschen, die du hereinlässt, und wer diesen Server betreibt."],
        [
          "Was du gesendet hast",
          "Sie alle, dazu die Firma mit den Dienstleistern, die sie genannt hat, zu deinen Bedingungen. Künftige Besitzer, wo du es so gewählt hast.",
        ],
        [
          "Eine Notiz, die du über einen Antwortlink verliehen hast",
          "Wer ihn geöffnet und deine Bedingungen angenommen hat, bis du ihn sperrst. Wer das ist, hat niemand geprüft.",
        ],
        ["Deinen Schlüsselbund", "Du allein. Der Server bewahrt ihn als Bytes auf, die er nicht lesen kann."],
        ["Deine Papiere", "Du und wer diesen Server betreibt. Nie eine Firma."],
        [
          "Dass du ein Etikett angesehen hast",
          "Keine Firma. Die Seite des Etiketts ist für alle gleich, und der Besuch wird hier nicht festgehalten.",
        ],
      ],
    },
    none: {
      title: "Was es nicht gibt",
      text: "Kein Konto, keine E-Mail-Adresse, kein Cookie, kein Tracking, keinen anderen Server. Nichts hier wird von woanders geladen.",
    },
    limits: {
      title: "Wo diese Fassung endet",
      text: "Notizen sind noch nicht so versiegelt, dass nur ihre Firma sie öffnen kann. Der Rechtstext der Verträge ist hier nicht geladen; was beide Seiten unterschreiben, ist der Name des Vertrags und seine Bedeutung für Maschinen.",
    },
    links: {
      title: "Weiterlesen",
      docs: "Wie es geht, für Technik und Firmen",
      openapi: "Die API als OpenAPI",
      roster: "Die Liste der Verträge",
    },
  },
};
