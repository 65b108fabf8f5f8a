// Wörter der Antwortlinks: für die, denen das Ding gehört, und für die Person bei der Firma, die von alldem noch nie gehört hat.

import { ROSTER, type RosterCode } from "../../../domain/terms/roster.ts";
import { plural } from "../format.ts";
import type { Words } from "../words.ts";

function sides(code: RosterCode) {
  const { permits, obliges } = ROSTER[code];
  const uses = [
    ["analytics", "es zusammen mit dem zählen, was andere schreiben", "es zählen oder darin nach Mustern suchen"],
    ["tracking", "sehen, wann Ihre Antworten gelesen werden", "verfolgen, ob und wann Ihre Antworten gelesen werden"],
    ["profiling", "zusammenführen, was Sie von diesem Menschen wissen", "sich von diesem Menschen ein Bild machen"],
  ] as const;
  const passes = permits.includes("anonymised-third-party-sharing");
  return {
    may: [
      "diese eine Notiz mit ihren Fotos lesen, und was darunter geschrieben wird",
      "darauf antworten",
      ...uses.filter(([use]) => permits.includes(use)).map(([, may]) => may),
      ...(passes ? ["etwas weitergeben, sobald nichts mehr darin auf diesen Menschen hinweist"] : []),
    ],
    must: [
      "es nur für das verwenden, was hier vereinbart ist",
      ...(obliges.includes("data-portability") ? ["auf Wunsch eine Kopie dessen geben, was Sie haben"] : []),
      "die Notiz, ihre Fotos und das darunter Geschriebene löschen, wenn diese Bedingungen enden",
    ],
    mayNot: [
      ...uses.filter(([use]) => !permits.includes(use)).map(([, , not]) => not),
      passes ? "es unverändert weitergeben" : "es aus Ihrer Firma hinaus weitergeben",
      "damit KI trainieren oder betreiben, werben oder es veröffentlichen",
    ],
  };
}

export const replies: Words["replies"] = {
  own: {
    title: "Antworten über einen Link",
    absent: (company) =>
      `${company} ist noch nicht hier. Du kannst jemandem dort einen Link zu dieser Notiz schicken. Zuerst sind deine Bedingungen zu sehen, deine Worte erst nach einem Ja.`,
    nobody:
      "Niemand hier macht dieses Ding. Du kannst jemandem, der es wissen könnte, einen Link zu dieser Notiz schicken. Zuerst sind deine Bedingungen zu sehen, deine Worte erst nach einem Ja.",
    make: "Antwortlink machen",
    another: "Noch einen Link machen",
    sheet: "Ein Link zu dieser einen Notiz",
    does: [
      "Wer ihn öffnet, sieht zuerst deine Bedingungen und kein Wort von dir.",
      "Nach einem Ja, mit Namen und Firma, sind diese Notiz und ihre Fotos zu lesen und zu beantworten. Sonst nichts von dir.",
      "Wer es ist, können wir nicht prüfen. Die Firma ist als nicht bewiesen gekennzeichnet.",
    ],
    company: "Für welche Firma ist er?",
    companyHint: "Das steht da, wenn der Link geöffnet wird, und lässt sich dort berichtigen.",
    companyMissing: "Nenne die Firma, damit klar ist, wer gemeint ist.",
    terms: "Anzunehmen ist",
    otherTerms: "Andere Bedingungen für diesen Link",
    lasts: "Wie lange gilt er?",
    days: (n) => plural(n, { one: "1 Tag", other: `${n} Tage` }),
    go: "Link machen",
    madeTitle: "Dein Link ist fertig",
    made: "Schick ihn, wie du magst: per E-Mail, über ein Formular, als Brief. Er wird nur jetzt gezeigt. Wer ihn hat, kann ihn benutzen, bis du ihn sperrst.",
    link: "Der Link",
    copy: "Link kopieren",
    share: "Weiterschicken…",
    shareText: (thing, company) => `Eine Notiz über ${thing} für ${company}, zu meinen Bedingungen`,
    list: "Links zu dieser Notiz",
    states: {
      offered: "Noch keine Antwort",
      accepted: "Angenommen",
      refused: "Abgelehnt",
      revoked: "Gesperrt",
      terminated: "Die Bedingungen sind zu Ende",
      expired: "Abgelaufen",
      joined: "An die Firma mitgegangen",
      retracted: "Mit der Notiz zurückgenommen",
    },
    for: (company) => `Für ${company}`,
    someone: "Für jemanden",
    until: (when) => `gilt bis ${when}`,
    by: (name, company) => `${name}, ${company}`,
    unverified: (company) => `Nicht bewiesen, dass es ${company} ist`,
    byLink: "Über deinen Link, nicht bewiesen, wer es ist",
    unverifiedText: (company) =>
      `Diese Person sagt, sie sei von ${company}. Deine Bedingungen hat sie mit einem Schlüssel ihres Browsers unterschrieben; wer sie ist, hat niemand geprüft.`,
    agreed: "Was unterschrieben wurde",
    off: "Sperren",
    offTitle: "Diesen Link sperren?",
    offOpen: "Von da an öffnet er nichts mehr. Gelesen hat darüber noch niemand etwas.",
    offAccepted: (name) =>
      `Von da an kann ${name} hier nichts mehr lesen und nichts beantworten, und die Bedingungen enden. Was gelesen ist, ist gelesen; dass es gelöscht werden muss, ist unterschrieben.`,
    offYes: "Sperren",
    offDone: "Der Link ist gesperrt",
    waitsForNet: "Einen Link zu machen braucht eine Verbindung.",
    joined: (company) => `${company} ist jetzt hier. Was über diesen Link gesagt wurde, ist mitgegangen.`,
  },

  page: {
    title: (product) => `Eine Notiz über ${product}`,
    noProduct: "ein Produkt",
    asks: (company) =>
      company === null
        ? "Jemand, dem es gehört, hat sie geschrieben und hätte gern eine Antwort."
        : `Jemand, dem es gehört, hat sie für ${company} geschrieben und hätte gern eine Antwort.`,
    first:
      "Zuvor stehen Bedingungen. Lesen Sie sie, und sagen Sie ja oder nein. Bis dahin sehen Sie nichts von dem, was geschrieben wurde.",
    terms: "Die Bedingungen",
    which: "Eines von beiden wäre recht",
    may: "Sie dürfen",
    must: "Sie müssen",
    mayNot: "Sie dürfen nicht",
    sides,
    label: (code) =>
      ROSTER[code].obliges.includes("data-portability") ? "Mit Kopie auf Wunsch" : "Ohne Kopie auf Wunsch",
    contract:
      "Das ist ein Vertrag zwischen Ihrer Firma und diesem Menschen. Unterschrieben werden sein Kürzel und seine Bedeutung für Maschinen; der rechtliche Text des Vertrags ist hier nicht geladen.",
    code: (code) => `Vertrag ${code}, aus der Liste von Customer Commons`,
    who: "Wer sind Sie?",
    name: "Ihr Name",
    nameHint: "So steht er unter Ihrer Antwort.",
    nameMissing: "Schreiben Sie Ihren Namen.",
    company: "Ihre Firma",
    companyHint: "Der volle Name, wie in einem Vertrag. Dabei steht, dass ihn niemand geprüft hat.",
    companyMissing: "Schreiben Sie den Namen der Firma.",
    signs:
      "Ihr Ja oder Nein wird mit einem Schlüssel unterschrieben, der in diesem Browser entsteht und in ihm bleibt. Beide Seiten behalten denselben Nachweis.",
    accept: "Annehmen und lesen",
    refuse: "Ablehnen",
    refuseTitle: "Diese Bedingungen ablehnen?",
    refuseText: "Der Link ist damit verbraucht, und das Nein wird ausgerichtet. Die Notiz sieht niemand.",
    refuseYes: "Ja, ablehnen",
    until: (when) => `Der Link gilt bis ${when}.`,

    kinds: {
      problem: "Ein Problem",
      safety: "Zur Sicherheit",
      question: "Eine Frage",
      idea: "Eine Idee",
      praise: "Lob",
      maintenance: "Pflege",
      workaround: "Ein Behelf",
      diary: "Eine Beobachtung",
    },
    wants: {
      nothing: null,
      answer: "Gewünscht ist eine Antwort",
      repair: "Gewünscht ist eine Reparatur",
      refund: "Gewünscht ist das Geld zurück",
      change: "Gewünscht ist eine Änderung am Produkt",
      copy: "Gewünscht ist eine Kopie der eigenen Daten",
    },
    happened: (when) => `Passiert am ${when}`,
    serial: (serial) => `Seriennummer ${serial}`,
    owner: "Wem es gehört",
    conversation: "Was seither gesagt wurde",
    accepted: (name, company, when) => `Angenommen von ${name}, ${company}, ${when}`,
    agreed: "Was Sie vereinbart haben",
    check: (code) => `Prüfcode des Nachweises: ${code}`,
    record: "Nachweis speichern",
    recordFile: (code) => `nachweis-${code}.json`,

    answer: "Ihre Antwort",
    answerMissing: "Schreiben Sie zuerst ein paar Worte.",
    tooLong: (over) => plural(over, { one: "1 Zeichen zu viel", other: `${over} Zeichen zu viel` }),
    as: "Was ist es?",
    types: {
      advice: "Rat",
      reassurance: "Entwarnung",
      question: "Eine Rückfrage",
      fix: "Eine Lösung",
      recall: "Ein Rückruf",
      other: "Etwas anderes",
    },
    outcome: "Was haben Sie getan?",
    outcomes: {
      none: "Noch nichts zu berichten",
      answered: "Die Frage beantwortet",
      fixed: "Es behoben",
      changed: "Etwas geändert",
      declined: "Es wird nicht gemacht",
      forwarded: "In der Firma weitergegeben",
    },
    outcomeHint: "Dann wird gefragt, ob das so ist.",
    send: "Antwort schicken",
    sent: "Ihre Antwort ist angekommen",
    closed: {
      addressed: "Auf der anderen Seite heißt es: das hat geholfen.",
      itself: "Es hat sich von selbst geschlossen, weil niemand widersprochen hat.",
    },
    notAddressed: "Auf der anderen Seite heißt es: das hat nicht geholfen.",
    asked: "Auf der anderen Seite wird gefragt, ob das geholfen hat.",
    more: "Noch etwas schreiben",
    again: "Mit demselben Link können Sie wiederkommen und lesen, was darauf gesagt wird.",
    better: {
      title: (company) => `Vielleicht warten noch mehr Menschen auf ${company}`,
      text: "Mit einem Arbeitsplatz hier liest und beantwortet Ihr Team alle, jede Notiz zu den Bedingungen, unter denen sie steht.",
      link: "Wie es für Firmen geht",
    },

    ends: {
      partial: {
        title: "Dieser Link ist nicht ganz",
        text: "Der letzte Teil fehlt. Öffnen Sie ihn noch einmal von dort, wo er herkam, oder kopieren Sie ihn ganz.",
      },
      unknown: {
        title: "Dieser Link öffnet nichts",
        text: "Vielleicht fehlt ein Buchstabe, oder wohin er führte, wurde gelöscht. Bitten Sie, wer ihn geschickt hat, um einen anderen.",
      },
      refused: {
        title: "Sie haben abgelehnt",
        text: "Das wurde ausgerichtet. Die Notiz hat niemand gelesen, und dieser Link öffnet nichts mehr.",
      },
      revoked: {
        title: "Dieser Link wurde gesperrt",
        text: "Wer ihn gemacht hat, hat ihn gesperrt. Hier gibt es nichts mehr zu lesen und nichts zu beantworten.",
      },
      terminated: {
        title: "Die Bedingungen sind zu Ende",
        text: "Hier gibt es nichts mehr zu lesen und nichts zu beantworten.",
      },
      expired: {
        title: "Dieser Link ist abgelaufen",
        text: "Bitten Sie, wer ihn geschickt hat, um einen anderen, wenn es noch etwas zu sagen gibt.",
      },
      retracted: {
        title: "Die Notiz wurde zurückgenommen",
        text: "Wer sie schrieb, hat sie zurückgenommen. Zu beantworten gibt es nichts mehr.",
      },
      joined: {
        title: "Dieses Gespräch ist jetzt am Arbeitsplatz der Firma",
        text: "Die Firma ist seither dazugekommen. Die Notiz und alles, was hier gesagt wurde, wird dort gelesen und beantwortet.",
      },
    },
    duty: "Was Sie von der Notiz, ihren Fotos und dem darunter Geschriebenen haben, muss gelöscht werden: das haben Sie unterschrieben.",
    toDesk: "Zum Arbeitsplatz",
    changed:
      "Was zum Unterschreiben kam, sind nicht die Bedingungen, die Sie gesehen haben. Nichts wurde unterschrieben. Öffnen Sie den Link noch einmal.",
    noKeys:
      "Dieser Browser kann nicht unterschreiben (er kennt keine Ed25519-Schlüssel). Öffnen Sie den Link in einem neueren.",
    runBy: (host) => `Diese Seite ist auf ${host}. Sie braucht kein Konto und lädt nichts von anderswo.`,
  },
};
