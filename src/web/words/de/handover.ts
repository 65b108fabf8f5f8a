// Die Wörter für ein Ding, das in andere Hände kommt, auf beiden Seiten; und für eines, das verloren oder gestohlen ist.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";

const entries = (n: number): string => plural(n, { one: "1 Eintrag", other: `${number(n)} Einträge` });

export const handover: Words["handover"] = {
  manage: {
    title: "Weitergeben",
    text: "Verkauft oder verschenkt? Seine Geschichte geht mit. Was dein ist, bleibt dein.",
    action: "Übergeben",
  },
  title: "Übergeben",
  lead: (name) =>
    `Wenn du ${name} verkaufst oder verschenkst, geht die Geschichte mit, und deine Zeit damit endet. Sieh dir erst an, was das heißt.`,
  notOwner: "Übergeben kann es nur, wem es gehört.",

  goes: {
    title: "Geht mit",
    product: "Was es ist und wer es gemacht hat",
    label: "Dass es mit dem Code aus seiner Verpackung begonnen wurde",
    record: (n) => (n === 0 ? "Seine Geschichte, noch ohne Eintrag" : `Seine Geschichte: ${entries(n)}`),
    photos: (n) => plural(n, { one: "1 Foto in der Geschichte", other: `${number(n)} Fotos in der Geschichte` }),
    notices: "Rückrufe und Sicherheitshinweise, von da an für den neuen Besitzer",
    look: "Die Geschichte ansehen",
    read: "Wer den Code hat, liest vor der Annahme jeden Eintrag, auch die, die du bei einem Link weggelassen hast.",
  },
  stays: {
    title: "Geht nicht mit: wird hier gelöscht, also sichere deine Kopie",
    notes: (n) =>
      plural(n, {
        one: "Deine Notiz und was dazu gesagt wurde",
        other: `Deine ${number(n)} Notizen und was dazu gesagt wurde`,
      }),
    noNotes: "Was du für dich geschrieben hast",
    photos: (n) => plural(n, { one: "Dein Foto", other: `Deine ${number(n)} Fotos` }),
    papers: (n) => plural(n, { one: "1 Papier von dir", other: `${number(n)} Papiere von dir` }),
    agreements: (n) =>
      plural(n, {
        one: "Die Bedingungen, die du vereinbart hast: Sie enden",
        other: `Die ${number(n)} Vereinbarungen, die du getroffen hast: Sie enden`,
      }),
    channels: (n) =>
      plural(n, {
        one: "Der eine Zugang: dieses Gerät",
        other: `Alle ${number(n)} Zugänge: Geräte, Menschen und Programme`,
      }),
    links: (n) =>
      plural(n, {
        one: "1 Link, den du gemacht hast: Er geht zu",
        other: `${number(n)} Links, die du gemacht hast: Sie gehen zu`,
      }),
    name: "Wer du bist, erfährt hier niemand, auch die Firma nicht.",
  },
  cases: {
    title: "Bei der Firma noch offen",
    one: (wants, company, since) => `${wants}, bei ${company} erbeten am ${since}`,
    wants: {
      nothing: "Eine Notiz",
      answer: "Eine Frage",
      repair: "Eine Reparatur",
      refund: "Das Geld zurück",
      change: "Eine Änderung",
      copy: "Eine Kopie der Daten",
    },
    seller:
      "Bring es möglichst vorher zu Ende: Das Gespräch endet, wenn du das Ding übergibst. Die andere Seite erfährt, dass es offen ist, nicht, was geschrieben wurde.",
    buyer:
      "Darum hat gebeten, wem es bisher gehört, und es ist nicht erledigt. Das Gespräch endet mit der Übergabe: Frag danach.",
  },

  copy: {
    title: "Sichere zuerst deine eigene Kopie",
    text: "Eine Datei mit allem aus deiner Zeit damit. Sie ist unterschrieben: Wird später auch nur ein Buchstabe darin geändert, fällt es auf. Wer die Datei hat, kann sie lesen. Nach der Übergabe kann dir das niemand mehr geben, auch nicht, wer diesen Server betreibt.",
    saved: (day) => `Deine Kopie wurde am ${day} gesichert, unterschrieben`,
    unsealed: (day) => `Deine Kopie wurde am ${day} gesichert`,
    action: "Meine Kopie sichern",
    again: "Noch einmal sichern",
    without: "Ich brauche keine Kopie",
    missing: "Sichere zuerst deine Kopie, oder sag, dass du keine brauchst.",
    later: "Was danach dazukam, ist nicht darin.",
  },

  how: {
    title: "Wie wechselt es den Besitzer?",
    steps: "Schritt für Schritt",
    stepsHint:
      "Die andere Seite sieht es sich an und nimmt an, du gibst es frei, sobald du dein Geld hast. Richtig für einen Verkauf.",
    gift: "Als Geschenk",
    giftHint: "Es gehört der anderen Person, sobald sie annimmt. Du tust nichts weiter.",
    giftWarning: {
      title: "Wer den Code zuerst benutzt, dem gehört es",
      text: "Du kannst keine Wörter vergleichen und es danach nicht zurücknehmen. Gerät der Code in falsche Hände, ist das Ding weg.",
      check: "Ich gebe den Code nur der Person, für die es ist",
      missing: "Sag zuerst, dass du das verstanden hast.",
    },
    lasts: "Das Angebot gilt",
    days: (n) => plural(n, { one: "1 Tag", other: `${number(n)} Tage` }),
    parcel: "Ein Paket braucht Zeit. Zurücknehmen kannst du das Angebot jederzeit.",
    go: "Anbieten",
    goGift: "Verschenken",
  },

  offer: {
    waiting: "Wartet auf die andere Seite",
    waitingText: "Noch hat sich nichts bewegt. Es gehört dir, bis du es freigibst.",
    waitingGift: "Es gehört dir, bis jemand den Code benutzt. Von da an gehört es dieser Person.",
    give: "Gib das weiter",
    giveText: "Die Kamera des anderen Telefons darauf richten, den Link öffnen oder den Code eintippen.",
    giftOnly: "Gib es nur der Person, für die es ist. Wer es zuerst benutzt, dem gehört das Ding.",
    qr: "Der Code deines Angebots, für die Kamera",
    code: "Zum Vorlesen",
    where: (host) => `Einzutippen unter ${host}/h.`,
    copyLink: "Link kopieren",
    send: "Link schicken",
    sendText: (name) => `${name}: Sieh dir seine Geschichte an und übernimm es.`,
    elsewhere: {
      title: "Der Code ist auf einem anderen Gerät",
      text: "Er steht nur auf dem Gerät, auf dem du das Angebot gemacht hast. Sieh dort nach, oder nimm es zurück und mach hier ein neues.",
    },
    until: (when) => `Das Angebot gilt bis ${when}.`,
    have: "Jemand, der deinen Code hat, sagt, das Ding ist da",
    haveText: (when) => `Gesagt: ${when}. Dadurch hat sich nichts bewegt: Es gehört dir, bis du es freigibst.`,
    haveAccept: "Als Nächstes nimmt die andere Seite dein Angebot an; dann vergleicht ihr vier Wörter.",
    stale: "Es muss noch einmal angesehen werden",
    staleText:
      "Nach der Annahme hat sich die Geschichte geändert: Etwas kam dazu, wurde gelöscht oder neu gezählt. Die andere Seite bekommt sie gezeigt, wie sie jetzt ist, und nimmt noch einmal an: Niemand übernimmt, was er nicht gesehen hat.",
    next: "Wie es weitergeht",
    steps: [
      "Die andere Seite sieht sich die ganze Geschichte an; ihr eigenes Gerät prüft sie.",
      "Sie nimmt an. Dadurch bewegt sich nichts.",
      "Sie bezahlt dich, oder was ihr sonst vereinbart habt.",
      "Sie liest dir vier Wörter vor. Du tippst sie hier ein, und es gehört ihr.",
    ],
    cancel: "Angebot zurücknehmen",
    cancelSheet: "Angebot zurücknehmen?",
    cancelText:
      "Der Code öffnet dann nichts mehr. Hat schon jemand angenommen, gilt das nicht mehr. Das Ding bleibt dein.",
    cancelled: "Das Angebot ist zurückgenommen. Es bleibt dein.",
    over: {
      title: "Dein letztes Angebot ist abgelaufen",
      text: "Niemand hat es rechtzeitig übernommen. Es gehört dir wie zuvor.",
    },
  },

  release: {
    title: "Jemand hat angenommen",
    text: (when) =>
      `Angenommen: ${when}. Wer es war, siehst du nicht: Das sagen dir die Wörter. Stellt euch nebeneinander oder telefoniert, und lass dir die vier Wörter vorlesen.`,
    label: "Die vier Wörter, die dir vorgelesen werden",
    hint: "In ihrer Reihenfolge. Es sind englische Wörter; die ersten vier Buchstaben von jedem genügen.",
    count: (n) => `Es sind vier Wörter; ${plural(n, { one: "hier ist eines", other: `hier sind ${number(n)}` })}.`,
    unknown: (at, word) => `Wort Nummer ${at}, „${word}“, ist keines von unseren. Lass es dir buchstabieren.`,
    wrong:
      "Das sind nicht die richtigen Wörter. Lass sie dir noch einmal vorlesen. Passen sie wieder nicht, hat jemand anderes angenommen: Nimm das Angebot zurück.",
    voidTitle: "Es muss noch einmal angenommen werden",
    void: "Die Wörter waren zu oft falsch, deshalb gilt die Annahme nicht mehr. Prüf, ob du mit der richtigen Person sprichst: Sie kann noch einmal annehmen.",
    paid: "Gib es erst frei, wenn du hast, was ihr vereinbart habt. Es lässt sich nicht rückgängig machen.",
    go: "Jetzt freigeben",
    changed:
      "Die Geschichte hat sich geändert: Etwas kam dazu, wurde gelöscht oder neu gezählt. Die andere Seite muss sie ansehen und noch einmal annehmen.",
    alert: "Es ist als verloren oder gestohlen gemeldet. Nimm das zuerst zurück.",
  },

  gone: {
    title: "Es ist übergeben",
    lead: (name, day) => `${name} wurde am ${day} übergeben.`,
    giftTitle: "Es lässt sich hier nicht mehr öffnen",
    gift: (name, day) =>
      `Du hast ${name}${day === null ? "" : ` am ${day}`} als Geschenk angeboten. Seitdem hat es sich für dieses Gerät geschlossen, wie immer, wenn ein Geschenk angenommen wird.`,
    giftWhat: "Was geschieht, wenn ein Geschenk angenommen wird",
    giftLines: [
      "Seine Geschichte geht mit.",
      "Alles aus deiner Zeit damit wird hier gelöscht: Notizen, Fotos, Papiere, Gespräche.",
      "Jeder Zugang, den du angelegt hast, schließt sich, und jeder Link auch.",
    ],
    giftUnsure:
      "Wer ein Geschenk annimmt und wann, wird dir nicht gesagt; mehr ist hier also nicht bekannt. Die Person, der du den Code gegeben hast, kann dir sagen, ob sie es hat. Öffnet es sich auf einem anderen deiner Geräte noch, gehört es weiter dir.",
    what: "Was geschehen ist",
    lines: [
      "Seine Geschichte ging mit.",
      "Alles aus deiner Zeit damit ist hier gelöscht: Notizen, Fotos, Papiere, Gespräche.",
      "Jeder Zugang, den du angelegt hast, ist zu, und jeder Link auch.",
    ],
    company: (company) =>
      `Die Bedingungen mit ${company} sind beendet. ${company} erfährt, dass das Ding an diesem Tag den Besitzer gewechselt hat, und nichts über euch beide.`,
    copy: "Dir bleibt die Kopie, die du gesichert hast.",
    home: "Zu meinen Dingen",
    forget: "Von diesem Gerät entfernen",
  },

  alert: {
    title: "Verloren oder gestohlen",
    text: "Wenn du es sagst, kann es niemand übergeben, und niemandem wird seine Geschichte gezeigt, als wäre nichts. Zurücknehmen kannst du es jederzeit.",
    lost: "Ich habe es verloren",
    stolen: "Es wurde gestohlen",
    back: "Ich habe es wieder",
    is: { lost: "Du hast es als verloren gemeldet", stolen: "Du hast es als gestohlen gemeldet" },
    isText: "Solange das gilt, kann es nicht übergeben werden, und wer sich seine Geschichte ansieht, erfährt es.",
    set: { lost: "Als verloren gemeldet", stolen: "Als gestohlen gemeldet" },
    cleared: "Es ist nicht mehr gemeldet",
    mark: { lost: "Verloren", stolen: "Gestohlen" },
    blocks: {
      title: { lost: "Es ist als verloren gemeldet", stolen: "Es ist als gestohlen gemeldet" },
      text: "Solange das gilt, kann es niemand übernehmen. Wenn du es wieder hast, sag das zuerst.",
      action: "Zu dieser Einstellung",
    },
  },

  onThing: {
    offered: "Angeboten",
    accepted: "Jemand hat angenommen: vergleicht die vier Wörter",
    have: "Jemand mit deinem Code sagt, das Ding ist da",
    stale: "Die Geschichte muss noch einmal angesehen werden",
    gift: "Als Geschenk angeboten",
    taken: "Du hast es als Geschenk angeboten",
    released: "Es ist übergeben",
  },

  take: {
    title: "Von jemandem bekommen",
    lead: "Wer dir ein Ding weitergibt, hat dafür einen Link oder einen Code. Du siehst alles, bevor du Ja sagst.",
    code: "Der Code der anderen Person",
    codeHint: "52 Buchstaben und Ziffern in Vierergruppen.",
    short: (have) => `So ein Code hat 52 Buchstaben und Ziffern; dieser hat ${number(have)}.`,
    letters: "Es ist ein Zeichen darin, das es in Codes nicht gibt. Sieh noch einmal nach.",
    go: "Ansehen",
    scan: "Den Code scannen",
    scanLabel: "Halte den Code auf dem anderen Bildschirm vor die Kamera",
    notOurs: "Das ist kein Code eines Dings, das weitergegeben wird.",
    looking: "Was du bekämst, wird geholt",
    refused: {
      title: "Dieser Code öffnet nichts",
      text: "Wenn du ihn getippt hast, reicht ein falsches Zeichen: Vergleich ihn Gruppe für Gruppe. Sonst wurde er zurückgenommen, ist abgelaufen oder schon benutzt: Dann bitte die Person, von der du ihn hast, um einen neuen.",
      other: "Code ändern",
    },
    eyebrow: "Jemand gibt es dir weiter",
    eyebrowGift: "Ein Geschenk für dich",
    until: (when) => `Das Angebot gilt bis ${when}.`,
    by: (company) => `von ${company}`,
    own: {
      title: "Das ist dein eigenes Angebot",
      text: "Von dir selbst kannst du es nicht übernehmen. Die Person, für die es ist, öffnet es auf ihrem Gerät.",
      action: "Zu deinem Angebot",
    },
    record: "Seine Geschichte, auf diesem Gerät geprüft",
    whole: (n) => `Die ganze Geschichte: ${entries(n)}`,
    checking: "Seine Geschichte wird auf diesem Gerät geprüft",
    unable: {
      title: "Seine Geschichte ließ sich hier nicht prüfen",
      text: "Dieser Browser kann keine Unterschriften prüfen, oder der Teil der App, der es tut, kam nicht an. Öffne es noch einmal, oder auf einem neueren Gerät.",
    },
    doubts: {
      record: "Ich weiß, dass auf seine Geschichte kein Verlass ist, und will es trotzdem",
      other: "Ich weiß, dass das Etikett nicht zu diesem Ding gehört, und will es trotzdem",
      unproven: "Ich weiß, dass das Etikett nicht bewiesen ist, und will es trotzdem",
    },
    doubtMissing: "Sag zuerst, dass du es trotzdem willst.",
    stays: "Kommt nicht mit",
    staysLines: [
      "Die privaten Notizen, Papiere und Gespräche aller, die es vorher hatten",
      "Die Bedingungen, die sie mit Firmen vereinbart haben: Du setzt deine eigenen",
      "Wer sie sind, und wen sie hereingelassen haben",
    ],
    yours: "Was du bekommst",
    yoursLines: [
      "Den Zwilling des Dings mit seiner ganzen Geschichte",
      "Einen eigenen Anfang: Keine Firma darf etwas damit tun, bis du es sagst",
    ],
    photos: (n) =>
      plural(n, {
        one: "Das Foto in der Geschichte",
        other: `Die ${number(n)} Fotos in der Geschichte`,
      }),
    acceptGift: "Es gehört dir, sobald du annimmst.",
    acceptText:
      "Mit dem Annehmen gehört es dir noch nicht, und es bindet dich an nichts. Du bekommst vier Wörter; ist alles geregelt, liest du sie der anderen Seite vor, und die gibt es frei.",
    acceptFirst:
      "Nimm an, bevor du bezahlst. Bezahl, wenn ihr beieinander seid; freigegeben wird es, sobald die andere Seite dein Geld hat.",
    accept: "Annehmen",
    acceptGiftGo: "Das Geschenk annehmen",
    have: "Ich habe es in den Händen",
    haveSaid: "Die andere Seite ist erinnert. Dadurch bewegt sich nichts: Freigeben kann nur sie.",
    taken: {
      title: "Jemand hat schon angenommen",
      text: "Wenn du das nicht warst, sag es der Person, von der du den Code hast: Sie kann das Angebot zurücknehmen und dir ein neues machen.",
    },
    changed: {
      title: "Die Geschichte hat sich geändert",
      text: "Etwas kam dazu, wurde gelöscht oder neu gezählt. Sieh sie dir noch einmal an, bevor du annimmst.",
    },
    alert: {
      title: "Es ist als verloren oder gestohlen gemeldet",
      text: "Solange das gilt, lässt es sich nicht übernehmen.",
    },
    finish: "Die Übernahme abschließen",
    unfinished: {
      title: "Dein Ja kam vielleicht nicht an",
      text: "Die Verbindung brach ab, während du annahmst. Nichts ist verloren: Es wird von selbst noch einmal gefragt, und die Antwort ist dieselbe.",
    },
  },

  late: {
    title: "Es war vorbei, bevor dein Ja ankam",
    text: "Das Angebot wurde zurückgenommen oder ist abgelaufen, oder es war ein Geschenk, und jemand war schneller. Es gehört dir nicht. Wenn du schon bezahlt hast, sprich mit der anderen Seite.",
  },

  words: {
    title: "Lies diese Wörter vor",
    lead: "Die andere Seite tippt sie bei sich ein und gibt es frei. Lies sie laut vor, daneben oder am Telefon; schreib sie nicht in eine Nachricht.",
    list: "Deine vier Wörter",
    waiting: "Wartet darauf, dass es freigegeben wird",
    waitingText:
      "Du kannst das hier schließen: Der Schlüssel liegt in diesem Browser, und es öffnet sich hier von selbst, sobald es dir gehört.",
    waitingCard: "Auf deiner Karte steht es auch schon.",
    card: {
      title: "Nur dieser Browser hat den Schlüssel",
      text: "Ein anderer Browser auf diesem Gerät hat ihn nicht, und werden die Daten von diesem gelöscht, ist er weg. Mach dir deine Karte mit 12 Wörtern, bevor du bezahlst: Mit ihr öffnest du das Ding überall.",
      go: "Meine Karte machen",
    },
    moving: {
      title: "Es ist freigegeben",
      text: "Es wird gerade deins. Das dauert einen Moment.",
    },
    again: {
      title: "Bitte sieh es dir noch einmal an",
      text: "Nach deiner Annahme hat sich die Geschichte geändert, oder die Wörter waren zu oft falsch. Deine Annahme gilt nicht mehr; sieh es dir an und nimm noch einmal an.",
      go: "Noch einmal ansehen",
    },
    over: {
      title: "Dieses Angebot ist vorbei",
      text: "Es wurde zurückgenommen, ist abgelaufen, oder alles davon wurde gelöscht. Es gehört dir nicht. Wenn du schon bezahlt hast, sprich mit der anderen Seite.",
      go: "Weglegen",
    },
    opening: "Wird geöffnet",
    giveUp: "Ich will es nicht mehr",
    giveUpSheet: "Weglegen?",
    giveUpText:
      "Dieses Gerät vergisst die vier Wörter und den Schlüssel. Wird es trotzdem freigegeben, kann es niemand öffnen: Sag der anderen Seite, dass sie das Angebot zurücknehmen soll.",
    giveUpGo: "Weglegen",
  },

  yours: {
    title: "Es gehört dir",
    lead: (name) => `${name} beginnt mit dir neu: Nichts davon geht an irgendwen, bis du es sagst.`,
    first: "Gute erste Schritte",
    note: "Schreib deine erste Notiz",
    noteText: "Wie ist es? Was war dabei, was fehlt?",
    terms: (company) => `Setz deine Bedingungen mit ${company}`,
    termsText: "Was mit dem, was du schickst, geschehen darf. Bis dahin: nichts.",
    card: "Mach deine Karte mit 12 Wörtern",
    cardText: "Damit du es nicht mit diesem Gerät verlierst.",
    open: "Öffnen",
  },

  home: {
    title: "Auf dem Weg zu dir",
    waiting: "Wartet darauf, dass es freigegeben wird",
    unfinished: "Dein Ja kam vielleicht nicht an",
    refused: "Dein Ja wurde nicht angenommen",
  },
  add: {
    title: "Bekommst du es von jemandem?",
    text: "Wer es dir weitergibt, hat dafür einen Link oder einen Code.",
    action: "Ich habe einen Code dafür",
  },
};
