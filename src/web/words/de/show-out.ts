// Wörter für das Zeigen der Geschichte eines Dings. Einer Firma wird etwas geschickt, Interessierten wird etwas gezeigt.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";

const entries = (n: number): string => plural(n, { one: "1 Eintrag", other: `${number(n)} Einträgen` });

export const showOut: Words["showOut"] = {
  title: "Interessierten zeigen",
  lead: "Ein Link zur Geschichte dieses Dings. Dass niemand sie geändert hat, prüft dort der Browser selbst.",
  ownerOnly: "Nur wem dieses Ding gehört, kann es Interessierten zeigen.",
  empty:
    "Du wählst Eintrag für Eintrag, was zu lesen ist, und wie lange. Dass du etwas weglässt, ist zu sehen. Sperren kannst du einen Link jederzeit.",
  make: "Einen Link machen",
  another: "Noch einen Link machen",
  go: "Den Link machen",
  alert: "Solange das steht, kannst du seine Geschichte niemandem neu zeigen.",

  choose: {
    title: "Was ist zu lesen?",
    all: "Alle anhaken",
    none: "Keinen anhaken",
    count: (shown, of) => `${number(shown)} von ${entries(of)} zu lesen`,
    counted: (n) =>
      plural(n, {
        one: "Mitgezählt ist der Eintrag, mit dem sie begann. Er ist immer zu sehen.",
        other: `Mitgezählt sind die ${number(n)} Einträge, mit denen sie begann und den Besitzer wechselte. Sie sind immer zu sehen.`,
      }),
    nothing:
      "In dieser Geschichte hat noch niemand etwas geschrieben. Zu sehen ist, wann sie begann und wie viele Besitzer es hatte.",
    always:
      "Immer zu sehen: dass es einen Eintrag gibt, welcher Art er ist, seine Tage, und ob er von einem Besitzer, von einer Firma (mit Namen) oder von jemandem ist, den ein Besitzer schreiben ließ; wie der heißt, gehört zu den Worten. Was du weglässt, steht als weggelassen da.",
    later:
      "Was du später hinzufügst, wartet, bis du es hier zeigst. Was die Firma später hinzufügt, ist sofort zu sehen.",
    detail: (what) => `Weggelassen, denn darin steht wohl ${what}. Hake es an, wenn du das zeigen willst.`,
    held: (what) => `Darin steht wohl ${what}. Das ist dann zu lesen.`,
    kinds: { email: "eine E-Mail-Adresse", phone: "eine Telefonnummer", address: "eine Anschrift" },
    erased: "Die Worte wurden gelöscht",
    photos: (n) => plural(n, { one: "1 Foto", other: `${number(n)} Fotos` }),
    noWords: "Keine Worte",
  },
  lasts: "Wie lange gilt der Link?",
  days: (n) => plural(n, { one: "1 Tag", other: `${number(n)} Tage` }),
  label: "Ein Name dafür",
  labelHint: "Nur für dich: die Anzeige, oder wer gefragt hat.",
  look: "Ansehen, was zu sehen ist",
  waits: (n) =>
    plural(n, {
      one: "1 Eintrag auf diesem Gerät ist noch nicht drin. Warte auf eine Verbindung, wenn er zu sehen sein soll.",
      other: `${number(n)} Einträge auf diesem Gerät sind noch nicht drin. Warte auf eine Verbindung, wenn sie zu sehen sein sollen.`,
    }),
  waitsForNet: "Einen Link zu machen braucht eine Verbindung.",

  preview: {
    title: "Was zu sehen ist",
    first:
      "Ganz oben steht, was der Browser dort selbst herausgefunden hat: ob etwas geändert, weggelassen oder gelöscht wurde.",
    sees: "Außerdem zu sehen",
    facts: (owners) => [
      "Name, Modell und Hersteller, und ob der Hersteller es bestätigt hat",
      plural(owners, {
        one: "dass du der erste Besitzer in dieser Geschichte bist",
        other: `dass du der ${number(owners)}. Besitzer in dieser Geschichte bist`,
      }),
      "offene Rückrufe und Sicherheitshinweise, und die Garantie, wie der Hersteller sie nennt",
      "ob es genau dieses Stück ist, sobald dort das Etikett gescannt wird",
    ],
    never: "Nie zu sehen",
    nevers: [
      "deine Notizen, außer denen, die du in die Geschichte getan hast",
      "was du und die Firma einander geschrieben habt, deine Bedingungen und deine Papiere",
      "die Seriennummer, deine anderen Dinge, und wer du bist",
    ],
    hidden: "Diese Worte werden nicht gezeigt",
    by: {
      owner: (n) => `Vom ${number(n)}. Besitzer`,
      channel: (name) => `Von jemandem, den der Besitzer ${name} nennt, unbestätigt`,
      someone: "Von jemandem, den der Besitzer eingelassen hat",
      maker: (company) => `Von ${company}, unterschrieben`,
    },
  },

  made: {
    title: "Dein Link ist fertig",
    text: "Wer ihn hat, kann hineinsehen, bis er endet oder du ihn sperrst. Gezeigt wird er nur jetzt.",
    code: "Der Link als Code zum Scannen",
    link: "Der Link",
    copy: "Link kopieren",
    pass: "Weitergeben…",
    says: (thing) => `Die Geschichte von ${thing}`,
  },

  links: {
    title: "Deine Links",
    none: "Noch kein Link",
    of: (when) => `Link vom ${when}`,
    states: { open: "Gilt" },
    until: (when) => `bis ${when}`,
    ended: (when) => `Geendet am ${when}`,
    cut: (when) => `Gesperrt am ${when}`,
    never: "Noch nicht geöffnet",
    openings: (n, last) =>
      plural(n, {
        one: `Einmal geöffnet, zuletzt angesehen ${last}`,
        other: `${number(n)}-mal geöffnet, zuletzt angesehen ${last}`,
      }),
    shows: (shown, of) => `Zeigt ${number(shown)} von ${entries(of)}`,
    since: (n) =>
      plural(n, {
        one: "Seither kam 1 Eintrag dazu; seine Worte sind nicht zu sehen.",
        other: `Seither kamen ${number(n)} Einträge dazu; ihre Worte sind nicht zu sehen.`,
      }),
    addSince: "Auch zeigen, was dazukam",
    change: "Ändern, was er zeigt",
    changeTitle: "Was dieser Link zeigt",
    changed: "Der Link zeigt, was du angehakt hast",
    save: "Zeigen, was angehakt ist",
    cutOff: "Sperren",
    cutTitle: "Diesen Link sperren?",
    cutText: "Von da an öffnet er nichts mehr. Was gesehen, gedruckt oder gespeichert wurde, bleibt es.",
    cutYes: "Sperren",
    cutDone: "Der Link ist gesperrt",
    ends: "Links, die geendet haben",
    more: "Ältere Links zeigen",
  },

  answer: {
    title: "Verwaltest du diese Geschichte?",
    open: "Sechs Ziffern eintippen",
    text: "Wem du die Geschichte gezeigt hast, der kann auf der Seite fragen, ob du sie verwaltest. Dort stehen dann zehn Minuten lang sechs Ziffern. Tipp sie ein, dann sagt die Seite dort, dass jemand geantwortet hat, der sie verwaltet. Wer das Ding hat, zeigt das nicht.",
    warn: "Tipp sie ein, während dein Gegenüber vor dir steht und zusieht: Nur das zeigt, dass du es bist. Wer dir am Telefon Ziffern vorliest, gibt vielleicht die von jemand anderem weiter.",
    digits: "Die sechs Ziffern",
    missing: "Dazu braucht es sechs Ziffern.",
    wrong:
      "Nach diesen Ziffern wurde nicht gefragt, oder die zehn Minuten sind um. Lass sie dir noch einmal vorlesen, oder lass noch einmal fragen.",
    go: "Ja sagen",
    done: "Dort steht jetzt, dass jemand geantwortet hat, der diese Geschichte verwaltet",
    arrived: "Jemand fragt, ob du diese Geschichte verwaltest",
    notice: "Tipp die sechs Ziffern ein, die dir vorgelesen werden.",
    there: "Zu den sechs Ziffern",
    later: "Nicht jetzt",
  },
};
