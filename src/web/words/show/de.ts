// Worte dessen, was jemandem vor dem Kauf gezeigt wird. Kein Wort verspricht mehr, als bewiesen wurde, und keines sagt, das Ding sei gut.

import { common } from "../de/common.ts";
import { dispositions, entryKinds, made } from "../de/entry-kinds.ts";
import { photos } from "../de/photos.ts";
import { scan } from "../de/scan.ts";
import { number, plural, runs } from "../format.ts";
import type { ShowWords } from "./words.ts";

const typed = "wie ein Besitzer es eingetippt hat";
/** Die Zahl bleibt bei ihrem Wort, auch in einer Überschrift. */
const entries = (n: number): string => plural(n, { one: "1\u00a0Eintrag", other: `${number(n)}\u00a0Einträge` });

export const de: ShowWords = {
  shared: { common, photos, scan },
  eyebrow: "Eine Geschichte, die dir gezeigt wird",
  by: (maker) => `von ${maker}`,
  foot: (host) => `Gezeigt vom Besitzer auf ${host}.`,
  stuck: "Diese Sprache kam nicht an. Versuch es noch einmal, wenn du eine Verbindung hast.",

  before: {
    title: "Die Geschichte eines Dings, dir gezeigt",
    lead: "Wer dir diesen Link geschickt hat, zeigt dir, was über ein bestimmtes Ding festgehalten wurde: was repariert, geprüft, ersetzt oder zurückgerufen wurde, wann und von wem.",
    points: [
      "Dein eigener Browser prüft, ob etwas darin geändert, verschoben oder weggelassen wurde.",
      "Nichts wird gezählt, bis du den Knopf drückst. Dann sieht der Besitzer, dass sein Link geöffnet wurde, und wann er zuletzt angesehen wurde; von dir erfährt er nichts.",
    ],
    go: "Die Geschichte ansehen",
    opening: "Die Geschichte wird geholt",
    checking: "Jeder Eintrag wird geprüft",
  },

  ended: {
    partial: {
      title: "Dieser Link ist nicht ganz",
      text: "Ein Teil davon fehlt. Öffne ihn noch einmal von dort, wo du ihn bekommen hast, oder scanne seinen Code noch einmal.",
    },
    unknown: {
      title: "Dieser Link öffnet nichts",
      text: "Er ist keiner von uns oder wurde vertippt. Frag nach einem anderen.",
    },
    old: {
      title: "Dieser Browser kann sie nicht prüfen",
      text: "Er ist zu alt, um Unterschriften zu prüfen, und eine ungeprüfte Geschichte ist nichts wert. Öffne den Link in einem aktuellen Browser.",
    },
    gone: {
      title: "Dieser Link gilt nicht mehr",
      text: "Er ist abgelaufen, sein Besitzer hat ihn zurückgenommen, oder seine Zeit mit dem Ding ist vorbei. Lass dir die Geschichte noch einmal zeigen.",
    },
  },

  verdict: {
    unaltered: (since) => `Unverändert seit ${since}.`,
    withheld: (since, n) => `Unverändert seit ${since}; ${entries(n)} vom Besitzer zurückgehalten.`,
    "not-current": "Nicht aktuell.",
    "do-not-rely": "Verlass dich nicht darauf.",
    later: (since, n) => `Unverändert seit ${since}; ${entries(n)} von diesem Link nicht gezeigt.`,
    onlyErased: (since, n) =>
      `Unverändert seit ${since}; ${plural(n, { one: "1 Eintrag soll", other: `${number(n)} Einträge sollen` })} gelöscht sein.`,
    why: {
      unaltered: (all) =>
        plural(all, {
          one: "Der eine Eintrag steht da, wie er geschrieben wurde.",
          other: `Alle ${number(all)} Einträge stehen da, wo und wie sie geschrieben wurden.`,
        }),
      erased: (all) =>
        plural(all, {
          one: "Der eine Eintrag steht da, wo er geschrieben wurde.",
          other: `Alle ${number(all)} Einträge stehen da, wo sie geschrieben wurden.`,
        }),
      withheld: (shown, all) =>
        `Alle ${number(all)} Einträge stehen da, wo sie geschrieben wurden. Von ${number(shown)} siehst du die Worte; von den anderen, dass es sie gibt, wann, und ob von einem Besitzer, einer Firma oder jemandem, den ein Besitzer schreiben ließ.`,
      "not-current":
        "Was kam, ist älter als zehn Minuten, oder die Uhr dieses Geräts geht falsch. Seither kann etwas dazugekommen sein. Prüf noch einmal, bevor du zahlst.",
      "do-not-rely": "Etwas in dem, was kam, passt nicht zusammen oder spricht gegen den Kauf:",
      aged: {
        unanswered:
          "Was hier steht, wurde vor mehr als zehn Minuten geprüft, und es kommt keine Antwort, wie es jetzt steht. Seither kann etwas dazugekommen sein. Prüf noch einmal, bevor du zahlst.",
        moved:
          "Seit du diese Seite geöffnet hast, wurde etwas eingetragen oder gemeldet, oder die Warnungen des Herstellers sind andere. Prüf noch einmal, bevor du zahlst.",
        gone: "Was hier steht, wurde vor mehr als zehn Minuten geprüft, und der Link gilt seither nicht mehr: Er ist abgelaufen, sein Besitzer hat ihn zurückgenommen, oder seine Zeit mit dem Ding ist vorbei. Lass dir die Geschichte noch einmal zeigen, bevor du zahlst.",
      },
    },
    began: {
      label: (maker) => `Mit dem Code aus der Verpackung übernommen; Etiketten von ${maker}.`,
      none: "Von einem Besitzer begonnen; der Hersteller hat dieses Ding nicht bestätigt.",
    },
    erased: (n) =>
      plural(n, {
        one: "Die Worte von 1 Eintrag sind nicht hier: Dieser Server sagt, dass sie für immer gelöscht sind, und niemand hat das unterschrieben. Dass es den Eintrag gibt, wann, und ob von einem Besitzer, einer Firma oder jemandem, den ein Besitzer schreiben ließ, ist noch zu sehen.",
        other: `Die Worte von ${number(n)} Einträgen sind nicht hier: Dieser Server sagt, dass sie für immer gelöscht sind, und niemand hat das unterschrieben. Dass es die Einträge gibt, wann, und ob von einem Besitzer, einer Firma oder jemandem, den ein Besitzer schreiben ließ, ist noch zu sehen.`,
      }),
    at: (moment) => `In diesem Browser geprüft am ${moment}.`,
    doubt: {
      other: (verdict) => `Das ist nicht das Etikett dieses Dings. ${verdict}`,
      unproven: (verdict) => `Das Etikett ist nicht bewiesen. ${verdict}`,
    },
    again: "Noch einmal prüfen",
    strip: (shown, withheld, later, erased, faulty) =>
      [
        plural(shown, { one: "1 Eintrag gezeigt", other: `${number(shown)} Einträge gezeigt` }),
        ...(withheld > 0 ? [`${number(withheld)} zurückgehalten`] : []),
        ...(later > 0 ? [`${number(later)} von diesem Link nicht gezeigt`] : []),
        ...(erased > 0
          ? [plural(erased, { one: "1 soll gelöscht sein", other: `${number(erased)} sollen gelöscht sein` })]
          : []),
        ...(faulty > 0 ? [plural(faulty, { one: "1 passt nicht", other: `${number(faulty)} passen nicht` })] : []),
      ].join(", "),
  },

  faults: {
    malformed: "Was kam, hat nicht die Form einer Geschichte; von da an lässt sich nichts prüfen.",
    "wrong-record": "Ein Teil dessen, was kam, gehört zu einem anderen Ding.",
    "out-of-order": "Die Einträge stehen nicht in der Reihenfolge, in der sie geschrieben wurden.",
    repeated: "Derselbe Eintrag steht zweimal da.",
    "wrong-kind": "Er sagt etwas, das sein Verfasser nicht sagen darf.",
    "wrong-opening": "Die Zeit eines Besitzers beginnt, wo keine beginnen kann.",
    "wrong-label": "Das genannte Etikett ist nicht das, mit dem diese Geschichte begann.",
    "wrong-tenure": "Er ist in die Zeit eines anderen Besitzers gesetzt als die, in der er geschrieben wurde.",
    "day-backwards": "Er wurde an einem Tag vor dem Eintrag davor eingetragen.",
    "day-after-checkpoint": "Er soll später eingetragen worden sein, als das Ganze unterschrieben wurde.",
    "day-ahead": "Er soll geschehen sein, nachdem er eingetragen wurde.",
    "wrong-head": "Wer ihn schrieb, sah eine andere Geschichte als diese.",
    "wrong-reference": "Er berichtigt einen Eintrag, den es nicht gibt.",
    "wrong-author": "Er ist nicht von dem unterschrieben, von dem er sein soll.",
    "unknown-key": "Der Schlüssel, der ihn unterschrieb, ist nicht bekannt; er lässt sich nicht prüfen.",
    "bad-signature": "Seine Unterschrift ist falsch: Er wurde geändert, nachdem er unterschrieben war.",
    "not-committed": "Seine Worte sind nicht die, die eingetragen wurden.",
    unreadable: "Seine Worte lassen sich nicht lesen.",
    "wrong-size": "Es fehlen Einträge, oder es sind zu viele.",
    "wrong-root": "Das sind nicht die Einträge, für die der Schlüssel des Dings einsteht.",
    "wrong-claim": "Das Ding soll durch sein Etikett bestätigt sein, und seine Geschichte sagt, dass es das nicht ist.",
    "from-future":
      "Es wurde zu einer Zeit unterschrieben, die noch nicht da ist. Sieh nach, ob die Uhr dieses Geräts richtig geht.",
    alert: "Sein Besitzer sagt, dass es verloren ist oder gestohlen wurde.",
    "count-short": "Jemand, der daran gearbeitet hat, hat mehr eingetragen, als hier steht.",
    "makers-count-short": "Der Hersteller hat mehr eingetragen, als hier steht.",
    "wrong-answer": "Die Antwort gilt einer anderen Frage.",
  },
  faultAt: (seqs) => plural(seqs.length, { one: `Eintrag ${runs(seqs)}`, other: `Einträge ${runs(seqs)}` }),

  alert: {
    lost: {
      title: "Sein Besitzer sagt, dass es verloren ist.",
      text: "Wer es dir anbietet, hat es vielleicht gefunden und ist vielleicht nicht sein Besitzer. Zahl nicht dafür.",
    },
    stolen: {
      title: "Sein Besitzer sagt, dass es gestohlen wurde.",
      text: "Zahl nicht dafür. Du kannst der Polizei die Adresse dieser Seite geben.",
    },
  },

  recalls: {
    title: "Offene Rückrufe und Sicherheitshinweise",
    ask: "Frag, was deswegen getan wurde.",
    kind: { recall: "Rückruf", safety: "Sicherheitshinweis" },
    from: (maker) => `von ${maker}`,
    why: {
      "your-item": "Er nennt genau dieses Ding.",
      "every-item": "Er betrifft jedes Stück dieses Produkts.",
      "named-items": "Er nennt einige Stücke dieses Produkts; ob dieses dazugehört, ist hier nicht bekannt.",
    },
    link: (host) => `Mehr auf ${host}`,
  },

  story: {
    title: "Was festgehalten wurde",
    order:
      "In der Reihenfolge, in der es eingetragen wurde; was einen Eintrag berichtigt oder bestreitet, steht darunter.",
    owner: (n) => `Besitzer ${number(n)}`,
    ownerNow: (n) => `Besitzer ${number(n)}, der jetzige`,
    before: "Vor dem ersten Besitzer",
    entry: (seq) => `Eintrag ${number(seq)}`,
    recorded: (day) => `eingetragen ${day}`,
    kind: entryKinds,
    made,
    correction: (kind, seq) => `Berichtigung von Eintrag\u00a0${number(seq)}: ${kind}`,
    dispute: (seq) => `Der Besitzer bestreitet Eintrag\u00a0${number(seq)}`,
    disposition: dispositions,
    who: {
      twin: "Diese Geschichte selbst",
      owner: (n) => `Besitzer ${number(n)}`,
      channel: (name) => `Jemand, den der Besitzer „${name}“ nennt`,
      unnamed: "Jemand, den der Besitzer schreiben ließ",
    },
    sure: {
      twin: "mit dem Schlüssel des Dings unterschrieben",
      owner: "sagt der Besitzer, nicht bestätigt",
      channel: "nicht bestätigt",
      maker: "Unterschrift geprüft",
      unproven: "nicht bewiesen",
    },
    withheld: "Vom Besitzer zurückgehalten. Dass er hier steht und nicht geändert wurde, ist zu sehen.",
    since: {
      afterLink: "Geschrieben, nachdem dieser Link gemacht war, und von ihm nicht gezeigt.",
      thatDay: "Eingetragen am Tag, an dem dieser Link gemacht wurde, und von ihm nicht gezeigt.",
    },
    erased: "Seine Worte sind nicht hier: Sie sollen für immer gelöscht sein.",
    wordless: "Ohne Worte.",
    warranty: (day) => `Garantie bis ${day}, wie hier angegeben.`,
    badPhoto: (n) =>
      plural(n, {
        one: "Ein Bild, das kam, ist nicht das festgehaltene. Es wird nicht gezeigt.",
        other: `${number(n)} Bilder, die kamen, sind nicht die festgehaltenen. Sie werden nicht gezeigt.`,
      }),
  },

  facts: {
    title: "Auf einen Blick",
    product: "Produkt",
    model: "Modell",
    gtin: "Nummer",
    maker: "Hersteller",
    typed,
    unproven: (maker) => `${maker}, ${typed}`,
    owners: "Besitzer",
    ownerFrom: (n, since) => `${number(n)}: seit ${since}`,
    warranty: "Garantie",
    warrantyText: (until, by, on, unread) =>
      `Bis ${until}, wie ${by} am ${on} angab${unread ? "; ein späterer Eintrag von dort, dessen Worte du nicht siehst, kann etwas anderes sagen" : ""}`,
    noWarranty: {
      none: "Kein Hersteller hat hier eine angegeben",
      corrected:
        "Den Eintrag, der eine angab, hat sein Hersteller seither berichtigt, und kein Datum steht an seiner Stelle",
      unread: "Hier ist keine zu lesen; ein Eintrag eines Herstellers, dessen Worte du nicht siehst, kann eine nennen",
    },
    counts: "Zählungen",
    count: (by, count, asOf, found) =>
      `${by}: ${entries(count)} bis ${asOf}; hier ${found === 1 ? "steht 1" : `stehen ${number(found)}`}`,
    short: "Es fehlen Einträge",
    noCounts: "Niemand, der daran gearbeitet hat, sagt, wie viele Einträge es sein müssen",
    channel: "Die, die ein Besitzer schreiben ließ",
  },

  item: {
    title: "Ist es genau dieses Ding?",
    text: "Diese Geschichte gehört zu einem einzigen Ding. Vergleich sie mit dem Etikett an dem, das vor dir liegt.",
    scan: "Sein Etikett scannen",
    scanLabel: "Halte das Etikett am Ding vor die Kamera",
    scanOther: "Das ist kein Etikett mit einer Nummer für ein einzelnes Ding.",
    otherForm:
      "Das hat nicht die Form der Seriennummer dieses Dings: Die hat 16 Buchstaben und Ziffern. Sieh noch einmal auf dem Etikett nach.",
    type: "Lieber eintippen",
    field: "Die Adresse oder die Seriennummer auf dem Etikett",
    hint: "Wie sie gedruckt ist.",
    hintRandom: "Wie sie gedruckt ist; Großbuchstaben und Bindestriche machen keinen Unterschied.",
    go: "Vergleichen",
    short: "Tipp erst ein, was auf dem Etikett steht.",
    same: {
      title: "Das Etikett gehört zu diesem Ding.",
      text: "Was darauf steht, hat der Schlüssel dieser Geschichte unterschrieben. Ein Etikett lässt sich kopieren: Sieh nach, ob es sitzt, wo der Hersteller es angebracht hat.",
    },
    elsewhere:
      "Die Adresse führt nicht zu diesem Server. Wohin sie führt, kann jeder wählen: Verglichen wurden nur die beiden Nummern darin.",
    unproven: {
      title: "Nichts beweist, dass das sein Etikett ist.",
      text: "Es soll seines sein, und keine gültige Unterschrift sagt es. Verlass dich nicht darauf.",
    },
    other: {
      title: "Das ist nicht das Etikett dieses Dings.",
      typed:
        "Prüf, ob du es richtig getippt hast, und vom Etikett, nicht den Code aus der Verpackung; wenn ja, gehört diese Geschichte zu einem anderen Ding.",
      scanned:
        "Diese Geschichte gehört zu einem anderen Ding: Nichts darin wurde über das festgehalten, das du gescannt hast.",
    },
    compared: (serial, gtin) => `Verglichen hast du die Seriennummer ${serial} des Produkts ${gtin}.`,
    none: "Dieses Ding hat hier kein Etikett seines Herstellers. Wie es heißt, hat sein Besitzer eingetippt und kann es ändern. Vergleich das, das vor dir liegt, mit dem, was festgehalten wurde: was die Einträge sagen und eine Seriennummer auf ihren Bildern.",
  },

  live: {
    title: "Verwaltet der Verkäufer diese Geschichte?",
    text: "Einen Link kann man weitergeben. Bitte um ein Zeichen: Du bekommst sechs Ziffern, der Verkäufer tippt sie vor deinen Augen in seine App, und der Schlüssel dieser Geschichte antwortet deinem Browser.",
    go: "Jetzt um ein Zeichen bitten",
    goAgain: "Noch einmal bitten",
    moved:
      "Seit du diese Seite geöffnet hast, wurde etwas eingetragen oder gemeldet, oder die Warnungen des Herstellers sind andere.",
    say: "Sag dem Verkäufer diese Ziffern",
    spoken: (code) => `Die Ziffern sind ${code.split("").join(" ")}.`,
    where:
      "Er tippt sie in seiner Pico-Twins-App ein: dieses Ding öffnen, dann „Geschichte“, dann „Interessierten zeigen“.",
    waiting: (until) => `Warten auf die Antwort. Die Ziffern gelten bis ${until}.`,
    yes: {
      title: "Jemand, der diese Geschichte verwaltet, hat eben geantwortet.",
      text: (at) =>
        `Um ${at} hat ihr Schlüssel auf die Frage geantwortet, die dieser Browser sich eben ausgedacht hatte. Die Ziffern lassen sich weitersagen: Dein Gegenüber war es nur, wenn du gesehen hast, wie es sie für genau dieses Ding eintippte. Wer das Ding hat, zeigt das nicht.`,
    },
    no: {
      title: "Die Antwort passt nicht.",
      text: "Was kam, ist nicht vom Schlüssel des Dings für deine Frage unterschrieben. Verlass dich nicht darauf.",
    },
    late: {
      title: "Es kam keine Antwort.",
      text: "Die Ziffern sind abgelaufen. Frag noch einmal, während ihr miteinander sprecht.",
    },
  },

  keep: {
    title: "Behalte, was dir gezeigt wurde",
    save: "Als Datei speichern",
    saving: "Die Bilder werden gesammelt",
    saved: "Gespeichert",
    how: "In der Datei steht jeder Eintrag mit Bildern, Unterschriften und Schlüsseln, wie es jetzt ist. Wer den Quelltext dieses Programms hat, kann sie ohne uns prüfen:",
    key: "Notier den Schlüssel am Ende anderswo als bei der Datei, oder druck diese Seite: Dort steht er auch. Mit ihm erkennst du später, ob eine Datei diese Geschichte enthält und keine, die jemand erfunden hat.",
    print: "Drucken",
    link: (until) => `Der Link selbst gilt bis ${until}.`,
    fileName: (name, day) => `Geschichte-${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${day}.json`,
  },

  printed: {
    on: (day) => `Gedruckt am ${day}.`,
    text: (until) =>
      `Papier lässt sich ändern. Scanne dies, um zu sehen, wie es jetzt ist; der Link gilt bis ${until}.`,
    qr: "Der Link zu dieser Geschichte",
    key: "Ob eine gespeicherte Datei diese Geschichte enthält, sagt:",
  },

  limits: {
    title: "Was das zeigt, und was nicht",
    lines: [
      "Ein Eintrag, der weggelassen, geändert, verschoben oder einem anderen Schlüssel zugeschrieben wurde, fällt auf, außer es tat, wer diesen Server betreibt. Dass er wahr ist, nicht: Er ist, was jemand gesagt hat.",
      "Hätten ein Verkäufer und wer diesen Server betreibt die ganze Geschichte zusammen erfunden oder ihr Ende abgeschnitten, fiele es nur durch eine Zählung auf, die der Hersteller unterschrieben hat.",
      "Was niemand festgehalten hat, steht nicht hier: kein Sturz, kein Wasserschaden und keine Reparatur, die nie eingetragen wurde.",
      "Welche Rückrufe und Sicherheitshinweise gelten, und ob fehlende Worte zurückgehalten oder gelöscht wurden, sagt dieser Server, und niemand hat es unterschrieben. Frag nach Rückrufen auch den Hersteller.",
    ],
    name: (offered) =>
      `Welches einzelne Ding es ist, sagt sein Etikett, wo es eins hat: Das ist unterschrieben, und du kannst es vergleichen. Wie das Ding heißt und wer es gemacht hat, hat niemand unterschrieben: Das sagt dieser Server, oder, wo kein Hersteller das Ding bestätigt hat, sein Besitzer hat es eingetippt und kann es ${offered ? "nicht ändern, solange es dir angeboten ist" : "ändern"}.`,
    keys: (companies) => `Der Schlüssel von ${companies} kommt von diesem Server, der ihn für die Firma verwahrt.`,
    keysKept: "Er steht zum Vergleichen in der Datei, die du speichern kannst.",
  },
};
