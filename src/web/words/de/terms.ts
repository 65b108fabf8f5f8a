// Die Wörter der Bedingungen: was jede einer Firma erlaubt, wie es um sie steht, wer sie hält und wie sie enden.

import type { EndObligation } from "../../../domain/terms/obligations.ts";
import { all } from "../format.ts";
import type { Words } from "../words.ts";
import { plain } from "./plain-terms.ts";

const DUTIES: { readonly [what in EndObligation["what"]]: string } = {
  "copy-of-what-it-holds": "muss dir auf deine Bitte eine Kopie von allem geben, bevor es gelöscht wird.",
  sharing: "muss aufhören, etwas weiterzugeben.",
  "ai-use": "muss aufhören, die eigene KI mit dem zu trainieren und zu betreiben, was du gegeben hast.",
  publishing: "muss aufhören zu veröffentlichen, was du gegeben hast.",
  "notes-and-threads": "muss die Notizen, Fotos und Nachrichten löschen, die du geschickt hast.",
  "counts-traceable-to-the-owner": "muss jede Zählung löschen, die sich auf dich zurückführen lässt.",
  "reading-traces": "muss löschen, was darüber festgehalten wurde, wann und was du gelesen hast.",
  profile: "muss das Bild löschen, das von dir gemacht wurde.",
  intent: "muss löschen, was du gesucht hast.",
  "contributed-data": "muss löschen, was du gegeben hast.",
};

export const terms: Words["terms"] = {
  title: (company) => `Bedingungen mit ${company}`,
  titleAlone: "Bedingungen",
  plain,

  noCompany: {
    title: "Noch ist niemand da, mit dem du etwas vereinbaren kannst",
    text: "Sag, wer dieses Ding gemacht hat. Bis dahin bleibt alles bei dir, was du schreibst.",
    action: "Sagen, wer es gemacht hat",
  },
  notYours: "Die Bedingungen dieses Dings sieht nur, wem es gehört.",
  readOnly: "Die Bedingungen setzt, wem dieses Ding gehört. Du kannst sie lesen.",

  states: {
    none: {
      mark: "Noch keine Bedingungen",
      text: (company) =>
        `Nichts, was du schreibst, geht an ${company}. Biete deine Bedingungen an; die Antwort ist ja, nein, oder andere Bedingungen.`,
    },
    absent: {
      mark: "Angeboten, es wartet",
      text: (company) =>
        `${company} ist noch nicht hier. Dein Angebot wartet, und was du schickst, auch. Von der Ankunft an sind 14 Tage Zeit für eine Antwort.`,
    },
    proffered: {
      mark: "Angeboten, noch keine Antwort",
      text: (company) =>
        `${company} hat dein Angebot. Bis zu einem Ja geht nichts dorthin, was du schreibst. Schweigen ist nie ein Ja.`,
    },
    held: {
      mark: "Ein Mensch dort entscheidet",
      text: (company) =>
        `Bei ${company} entscheidet darüber ein Mensch. Bis zu einem Ja geht nichts dorthin, was du schreibst. Schweigen ist nie ein Ja.`,
    },
    countered: {
      mark: "Andere Bedingungen angeboten",
      text: (company) =>
        `${company} nimmt nicht, was du angeboten hast, und bietet einmal dies stattdessen an. Du sagst ja oder nein.`,
    },
    accepted: { mark: "In Kraft", text: () => "Ihr habt beide diese Bedingungen unterschrieben." },
    refused: {
      mark: "Abgelehnt",
      text: (company) =>
        `${company} hat nein gesagt. Nichts, was du schreibst, geht dorthin. Du kannst jederzeit andere Bedingungen anbieten.`,
    },
    declined: {
      mark: "Du hast nein gesagt",
      text: (company) =>
        `${company} hat andere Bedingungen angeboten, und du hast nein gesagt. Nichts, was du schreibst, geht dorthin. Du kannst jederzeit andere anbieten.`,
    },
    rescinded: {
      mark: "Du hast dein Angebot zurückgenommen",
      text: (company) => `Nichts, was du schreibst, geht an ${company}. Du kannst jederzeit wieder etwas anbieten.`,
    },
    lapsed: {
      mark: "Keine Antwort in der Zeit",
      text: (company) =>
        `Die Zeit ist ohne Antwort verstrichen, also gibt es keine Bedingungen. Nichts, was du schreibst, geht an ${company}.`,
    },
    terminated: {
      mark: "Beendet",
      text: (company) => `Diese Bedingungen sind beendet. Keine Worte gehen an ${company}, und keine kommen von dort.`,
    },
    expired: {
      mark: "Abgelaufen",
      text: (company) => `Diese Bedingungen sind abgelaufen. Nichts, was du schreibst, geht an ${company}.`,
    },
    superseded: { mark: "Durch neuere ersetzt", text: () => "Neuere Bedingungen sind an ihre Stelle getreten." },
    suspended: {
      mark: "Ausgesetzt",
      text: (company) =>
        `${company} ist rechtlich nicht mehr dieselbe Firma, also geht nichts dorthin. Es braucht ein neues Angebot von dir.`,
    },
    transferred: { mark: "Mit dem Besitz beendet", text: () => "Das Ding gehört jetzt jemand anderem." },
    invalid: {
      mark: "Unterschriften stimmen nicht",
      text: (company) =>
        `Die Unterschriften passen nicht zu diesem Protokoll. Nichts, was du schreibst, geht an ${company}. Lade das Protokoll herunter und heb es auf.`,
    },
  },
  since: (when) => `seit ${when}`,
  until: (when) => `Eine Antwort steht bis ${when} aus. Danach gibt es keine Bedingungen.`,
  endedBy: {
    first: (when) => `Du hast sie beendet, ${when}.`,
    second: (company, when) => `${company} hat sie beendet, ${when}.`,
  },
  theirReason: (company) => `${company} schreibt:`,
  beside: {
    text: (company) =>
      `${company} hat dein neues Angebot. Bis zu einem Ja bleiben die Bedingungen weiter unten in Kraft.`,
    held: (company) =>
      `Bei ${company} entscheidet ein Mensch über dein neues Angebot. Bis zu einem Ja bleiben die Bedingungen weiter unten in Kraft.`,
    countered: (company) =>
      `${company} nimmt dein neues Angebot nicht und bietet einmal dies stattdessen an. Bis du ja sagst, bleiben die Bedingungen weiter unten in Kraft.`,
    until: (when) => `Eine Antwort steht bis ${when} aus. Danach ist dein neues Angebot vorbei.`,
    refused: (company) =>
      `${company} hat nein zu deinem neuen Angebot gesagt. Die Bedingungen weiter unten bleiben in Kraft.`,
    lapsed: (company) =>
      `${company} hat auf dein neues Angebot nicht rechtzeitig geantwortet. Die Bedingungen weiter unten bleiben in Kraft.`,
  },
  queued: {
    mark: "Noch nicht hinausgegangen",
    text: "Dein Angebot wartet auf diesem Gerät und geht hinaus, sobald du wieder online bist.",
    drop: "Verwerfen",
  },
  queueRefused: "Dein Angebot wurde nicht angenommen:",

  meaning: {
    now: (company) => `Was ${company} damit darf`,
    offered: (company) => `Was ${company} nach deinem Angebot dürfte`,
    may: "Erlaubt",
    must: "Verpflichtet",
    mayNot: "Nicht erlaubt",
    actions: {
      "relay-note": { yes: "lesen, was du schickst, und darauf antworten", no: "irgendetwas von dir bekommen" },
      "service-message": {
        yes: "dir von sich aus sagen, was du zu diesem Ding wissen musst",
        no: "dir von sich aus schreiben",
      },
      "safety-notice": { yes: "dich vor Gefahren warnen oder es zurückrufen, wie auch ohne Bedingungen", no: "" },
      analytics: { yes: "es zusammen mit dem zählen, was andere schicken", no: "es zählen oder Muster darin suchen" },
      "read-receipt": {
        yes: "sehen, wann du die Antworten liest",
        no: "verfolgen, ob und wann du die Antworten liest",
      },
      profiling: {
        yes: "alles von dir Bekannte zu einem Bild von dir zusammensetzen",
        no: "sich ein Bild von dir machen",
      },
      "anonymised-third-party-sharing": {
        yes: "etwas weitergeben, wenn nichts darin mehr auf dich hinweist",
        no: "es weitergeben, auch nicht ohne deinen Namen",
      },
      "third-party-sharing": { yes: "", no: "es so weitergeben, wie es ist" },
      "receive-copy": { yes: "dir eine Kopie von allem zu geben, wenn du darum bittest", no: "" },
      marketing: { yes: "", no: "dir Werbung schicken" },
      "company-ai": { yes: "", no: "die eigene KI damit trainieren oder betreiben" },
      publish: { yes: "", no: "es veröffentlichen" },
    },
  },

  copy: {
    action: "Um eine Kopie bitten",
    must: (company) => `Zu diesen Bedingungen muss ${company} dir eine Kopie von allem geben, was dort von dir liegt.`,
    may: (company) =>
      `Zu diesen Bedingungen muss ${company} dir keine Kopie von dem geben, was dort von dir liegt. Bitten darfst du darum.`,
  },

  held: {
    title: "Wer dafür sorgt",
    code: {
      title: "Diese Software",
      lead: "macht es unmöglich:",
      gate: (company) =>
        `Nichts geht hinaus, wenn du es nicht schickst und wenn nicht in diesem Augenblick Bedingungen mit ${company} in Kraft sind.`,
      withheld: (company) =>
        `Was du zurücknimmst oder was die Bedingungen nicht mehr erlauben, wird zurückgehalten: ${company} bekommt ein Signal ohne Worte.`,
      reach: (company) =>
        `Menschen und Programme von ${company} erreichen hier die Gespräche, die du geschickt hast, und sonst nichts.`,
      receipts: (company) => `${company} erfährt nicht, ob oder wann du die Antworten liest.`,
      marketing: () => "Werbung gibt es hier nicht.",
      safety: "Eine Warnung oder ein Rückruf zu deinem Ding mit Etikett erreicht dich auch ohne Bedingungen.",
      analytics: (company) => `Hier kommt nichts, was du schickst, in die Zählungen von ${company}.`,
      profiling: (company) => `Hier werden deine Dinge für ${company} nicht miteinander verknüpft.`,
    },
    signature: {
      title: (company) => `Nur die Unterschrift von ${company}`,
      lead: (company) =>
        `Sobald deine Worte auf den Rechnern von ${company} sind, erreicht sie keine Software von dir mehr. Dafür ist unterschrieben: Dort`,
      leadWould: (company) =>
        `Sobald deine Worte auf den Rechnern von ${company} sind, erreicht sie keine Software von dir mehr. Unterschrieben würde: Dort`,
      analytics: "wird nichts davon gezählt,",
      counted: "wird es nur zusammen mit dem gezählt, was andere schicken,",
      profiling: "entsteht kein Bild von dir,",
      passing: "wird nichts weitergegeben,",
      anonymised: "wird nur weitergegeben, was nicht mehr auf dich hinweist,",
      ai: "wird keine KI damit trainiert,",
      copy: "bekommst du auf deine Bitte eine Kopie,",
      end: "und am Ende wird gelöscht, was gelöscht werden muss.",
      proof: "Das Protokoll weiter unten ist dein Beweis dafür.",
    },
    processors: (company, names) => `Für ${company} arbeiten und ebenso gebunden sind: ${all(names)}.`,
    noProcessors: (company) => `${company} hat keine andere Firma genannt, die mit deinen Worten umgeht.`,
    operator: "Wer diesen Server betreibt, kann lesen, was darauf liegt.",
  },

  contract: {
    title: "Der Vertrag",
    code: "Vereinbarung",
    roster: "Aus dem Verzeichnis von Customer Commons",
    notLoaded:
      "Vertragstext nicht geladen. Was ihr beide unterschreibt, ist das Kürzel der Vereinbarung und ihre Bedeutung für Maschinen, festgehalten durch diese Prüfsumme:",
    basis: "Es ist ein Vertrag, keine Einwilligung. Niemand hat ihn zertifiziert.",
  },

  ladder: {
    legend: "Wie weit darf es gehen?",
    hint: "Jede Stufe nach unten erlaubt mehr.",
    company: "Die Firma",
    rungs: {
      read: { label: "Nur lesen und antworten", hint: "Was du schickst, wird gelesen und beantwortet. Mehr nicht." },
      count: {
        label: "Darf auch zählen",
        hint: "Deine Notizen werden zusammen mit denen anderer gezählt, damit sichtbar wird, was wie oft schiefgeht.",
      },
      follow: { label: "Darf auch sehen, was ich mit den Antworten mache", hint: "Also ob und wann du sie liest." },
      picture: {
        label: "Darf sich auch ein Bild von mir machen",
        hint: "Aus dem, was durch alle deine Dinge bekannt ist.",
      },
      pass: {
        label: "Darf auch anonymisiert weitergeben",
        hint: "Nur, was nicht mehr auf dich hinweist. Sonst nie etwas.",
      },
    },
    copy: "Ich bekomme eine Kopie, wenn ich darum bitte",
    copyHint: "Von allem, was von dir dort liegt, lesbar für Maschinen.",
    without: "Ich nähme dasselbe auch ohne die Kopie",
    withoutHint: "Wird daneben angeboten, falls das erste nicht angenommen wird.",
    reads: "In einfachen Worten",
    codes: (preferred, alternate) => (alternate === null ? preferred : `${preferred}, sonst ${alternate}`),
    takes: (company) => `${company} sagt, dass diese Bedingungen sofort angenommen werden.`,
    takesOther: (company) =>
      `${company} sagt nicht, dass diese angenommen werden. Die Antwort kann ein Nein oder ein anderes Angebot sein.`,
    takesAlternate: (company) => `${company} sagt, dass das zweite angenommen wird, ohne die Kopie.`,
    notHere: (company) => `${company} ist noch nicht hier. Das Angebot wartet.`,
  },

  offer: {
    title: "Deine Bedingungen",
    make: (company) => `${company} anbieten`,
    change: "Bedingungen ändern",
    changeOffer: "Mein Angebot ändern",
    changeTitle: "Andere Bedingungen anbieten",
    changeText: "Die jetzigen bleiben in Kraft, bis es ein Ja zu diesen gibt.",
    replaceText: "Das nimmt dein Angebot zurück und macht ein neues.",
    same: "Diese Bedingungen sind jetzt in Kraft.",
    back: "Mein Angebot zurücknehmen",
    takenBack: "Du hast dein Angebot zurückgenommen",
    defaults: "Das sind deine üblichen Bedingungen.",
    usual: "Für alle Dinge ändern",
  },

  counter: {
    more: (company) => `${company} möchte mehr, als du angeboten hast.`,
    less: (company) => `${company} möchte weniger, als du angeboten hast.`,
    both: (company) => `${company} möchte an einer Stelle mehr und an einer anderen weniger.`,
    added: "Käme dazu",
    taken: "Fiele weg",
    kept: "Bliebe",
    yes: "Diese Bedingungen annehmen",
    no: "Nein sagen",
    until: (when) => `Bis ${when}. Wenn du nichts sagst, ist es ein Nein.`,
    confirmed: "Du hast ihre Bedingungen angenommen",
    declined: "Du hast nein gesagt",
    uses: {
      "service-delivery": (company) => `${company} darf lesen und beantworten, was du schickst.`,
      "data-portability": (company) => `${company} muss dir eine Kopie geben, wenn du darum bittest.`,
      analytics: (company) => `${company} darf es zusammen mit dem zählen, was andere schicken.`,
      tracking: (company) => `${company} darf sehen, wann du die Antworten liest.`,
      profiling: (company) => `${company} darf sich ein Bild von dir machen.`,
      "anonymised-third-party-sharing": (company) => `${company} darf weitergeben, was nicht mehr auf dich hinweist.`,
      "intent-casting": (company) => `${company} darf auf das, was du suchst, mit einem Angebot antworten.`,
      "ai-training-and-operation": (company) => `${company} darf damit die eigene KI trainieren und betreiben.`,
      "public-good": (company) => `${company} darf es zum Nutzen aller veröffentlichen.`,
    },
  },

  end: {
    action: "Diese Bedingungen beenden",
    title: (company) => `Die Bedingungen mit ${company} beenden?`,
    does: "Was das bewirkt",
    doesLines: (company) => [
      `Von diesem Augenblick an gehen keine Worte an ${company}, und keine kommen von dort.`,
      "Was du geschickt hast und noch nicht angekommen ist, wird zurückgerufen.",
      "Deine Notizen und die Antworten bleiben hier bei dir.",
    ],
    gifts: "Was du darüber hinaus gegeben hast, endet mit ihnen.",
    cannot: "Was es nicht ungeschehen macht",
    cannotLine: (company) =>
      `Was bei ${company} gelesen wurde, ist gelesen. Löschen muss es ${company}; das unterschriebene Protokoll sagt es.`,
    must: (company) => `Was ${company} dann tun muss`,
    duty: ({ what }, company) => `${company} ${DUTIES[what]}`,
    again: "Du kannst jederzeit wieder Bedingungen anbieten.",
    yes: "Jetzt beenden",
    done: "Die Bedingungen sind beendet",
  },

  record: {
    title: "Das Protokoll, auf beiden Seiten",
    code: "Prüfcode",
    read: (company) => `Lies ihn ${company} vor: Dort muss dasselbe stehen.`,
    spoken: (code) => `Prüfcode: ${code}`,
    inStep: (company) => `Auf der Seite von ${company} liegt genau diese Fassung.`,
    notInStep: (company) =>
      `${company} hat diese Fassung noch nicht bestätigt. Es wird weiter gefragt, bis es so weit ist.`,
    waits: (company) => `${company} ist noch nicht hier, also hast nur du es.`,
    verified: "Auf diesem Gerät geprüft: Das Protokoll ergibt diesen Code.",
    wrong: "Das Protokoll, das kam, ergibt diesen Code nicht. Verlass dich nicht darauf; lade es später noch einmal.",
    offline: "Für das Protokoll selbst braucht es eine Verbindung.",
    download: "Protokoll herunterladen",
    saved: "Das Protokoll ist geprüft und gespeichert",
    file: (code) => `protokoll-${code}.json`,
    history: "Was geschehen ist",
    events: {
      proffered: (code, alternates) =>
        alternates.length === 0
          ? `Du hast ${code} angeboten.`
          : `Du hast ${code} angeboten, und sonst ${alternates.join(", ")}.`,
      accepted: (company, code) => `${company} hat ja zu ${code} gesagt.`,
      refused: (company) => `${company} hat nein gesagt.`,
      countered: (company, code) => `${company} hat stattdessen ${code} angeboten.`,
      confirmed: (code) => `Du hast ja zu ${code} gesagt.`,
      declined: "Du hast nein zu ihrem Angebot gesagt.",
      terminated: {
        first: "Du hast die Bedingungen beendet.",
        second: (company) => `${company} hat die Bedingungen beendet.`,
      },
      superseded: "Neuere Bedingungen sind an ihre Stelle getreten.",
      expired: "Sie sind abgelaufen.",
      transferred: "Das Ding ging an jemand anderen.",
      rescinded: "Du hast das Angebot zurückgenommen.",
    },
    byPolicy: "nach festen Regeln",
    byHuman: "durch einen Menschen",
    signed: { first: "von dir unterschrieben", second: (company) => `von ${company} unterschrieben` },
    acked: "und bestätigt",
    notAcked: "noch nicht bestätigt",
    duties: (company) => `${company} muss jetzt:`,
  },

  gifts: {
    title: "Gaben neben den Bedingungen",
    lead: (company) =>
      `Nur wenn du magst. Jede erlaubt ${company}, was du geschickt hast und die Gespräche darunter für einen weiteren Zweck zu verwenden. Lässt du sie, ändert sich nichts.`,
    needTerms: "Sie kommen zu Bedingungen hinzu, die in Kraft sind.",
    give: "Das geben",
    stop: "Das nicht mehr geben",
    stopTitle: "Das nicht mehr geben?",
    names: {
      "PDC-AI": "Für die KI der Firma",
      "PDC-GOOD": "Für alle",
      "PDC-INTENT": "Um ein Angebot zu bekommen",
    },
  },

  others: { title: "Andere Angebote und Bedingungen" },

  defaults: {
    title: "Deine üblichen Bedingungen",
    lead: "Was du einer Firma anbietest, wenn du ihr zum ersten Mal etwas schickst. Du legst sie einmal fest; für jedes einzelne Ding kannst du andere anbieten.",
    note: "Bedingungen, die in Kraft sind, und Angebote, die schon gemacht sind, bleiben, wie sie sind.",
    save: "Als übliche Bedingungen behalten",
    unchanged: "Das sind deine üblichen Bedingungen.",
    saved: "Das sind jetzt deine üblichen Bedingungen",
    others: "Wo andere Bedingungen in Kraft sind",
    othersNone: "Wo Bedingungen in Kraft sind, sind es diese.",
    othersEmpty: "Noch sind mit keiner Firma Bedingungen in Kraft.",
  },
};
