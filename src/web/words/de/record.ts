// Wörter der Geschichte eines Dings: was mit ihm gemacht wurde und mit ihm an die nächste Person geht.

import { number, plural } from "../format.ts";
import type { Words } from "../words.ts";
import { dispositions, entryKinds, made } from "./entry-kinds.ts";

const entries = (n: number): string => plural(n, { one: "1 Eintrag", other: `${number(n)} Einträge` });

export const record: Words["record"] = {
  name: "Geschichte",
  travels: "Sie geht mit dem Ding, wenn es den Besitzer wechselt.",
  notesStay: "Deine Notizen nicht.",
  lead: (n, since) => `${entries(n)} seit dem ${since}`,
  show: "Interessierten zeigen",
  arrived: "In seiner Geschichte steht etwas Neues",
  add: "Eintrag hinzufügen",
  list: "Was damit gemacht wurde",
  loading: "Holt die Geschichte…",
  begun: "Noch hat niemand etwas hineingeschrieben",
  begunText: (thing) =>
    `Eine Reparatur, ein neues Teil, eine Prüfung: Schreib auf, was mit „${thing}“ gemacht wurde, mit dem Tag. Wer es später hat, kann sehen, dass seither niemand etwas daran geändert hat.`,
  offline: "Du bist offline. Das ist der letzte Stand, den dieses Gerät kennt.",
  offlineNever: "Dieses Gerät hat die Geschichte noch nicht gesehen. Dafür braucht es einmal eine Verbindung.",
  notYours: "Die Geschichte dieses Dings kann nur öffnen, wem es gehört.",

  started: {
    label: "Begonnen mit dem Code aus der Verpackung",
    none: "Von dir oder wem es zuvor gehörte begonnen; der Hersteller hat dieses Stück nicht bestätigt",
  },
  counts: {
    stated: (who, n, when) => `${who} gibt an, bis zum ${when} ${entries(n)} gemacht zu haben.`,
    found: "So viele stehen hier.",
    short: (n) => `${plural(n, { one: "1 davon fehlt", other: `${number(n)} davon fehlen` })} hier.`,
    ask: (who) =>
      `Wem du sie zeigst, der liest „Verlass dich nicht darauf“. Bitte ${who}, den Eintrag hinzuzufügen oder die Zählung zu berichtigen.`,
    letIn: {
      byYou: "Jemand, den du eingelassen hast,",
      byOwner: "Jemand, den der Besitzer eingelassen hat,",
      byEarlier: (n) => `Jemand, den der ${number(n)}. Besitzer eingelassen hat,`,
      stated: (who, n, when) => `${who} gibt an: ${entries(n)} bis zum ${when}.`,
      warns: "Als das angegeben wurde, stand mehr hier. Wem sie gezeigt wird, der liest „Verlass dich nicht darauf“.",
    },
  },

  own: {
    title: "Was du hier eingetragen hast",
    entries: (n, name) =>
      n === 0
        ? `Unter „${name}“, deinem Namen hier, steht nichts.`
        : `${entries(n)} unter „${name}“, deinem Namen hier:`,
    state: "Angeben, wie viel du hier eingetragen hast",
    stateAll: "Angeben, wie viel hier eingetragen wurde",
    anew: "Eine andere Zahl angeben",
    why: "Wer das Ding kaufen will, sieht deine Zahl neben dem, was da ist. Sind weniger Einträge da, steht dort „Verlass dich nicht darauf“.",
    together: (mine, others) =>
      `${entries(mine)} unter deinem Namen und ${number(others)} unter einem anderen oder ohne Worte: Die Zahl gilt für alle, die der Besitzer eingelassen hat.`,
    number: (when) => (when === null ? "Wie viele Einträge" : `Wie viele Einträge bis zum ${when}`),
    here: (n) =>
      plural(n, { one: "Für dich gezählt: 1 steht hier.", other: `Für dich gezählt: ${number(n)} stehen hier.` }),
    noNumber: "Schreib eine Zahl.",
    days: { when: "Bis zu welchem Tag", now: "Bis heute", earlier: "Nur bis zu einem früheren Tag" },
    more: (here) =>
      `Bis zu diesem Tag ${here === 0 ? "steht keiner" : plural(here, { one: "steht nur 1", other: `stehen nur ${number(here)}` })} hier. Trag zuerst ein, was fehlt; dann kannst du mehr angeben.`,
    fewer: "Das sind weniger, als hier stehen: Fehlt einmal einer, fällt es vielleicht nicht auf.",
    worth:
      "Unterschrieben ist die Zahl mit dem Schlüssel des Besitzers: Sie zeigt Versehen, keinen Betrug durch den Besitzer. Solange du eingelassen bist, kannst du sie ersetzen; zurücknehmen kannst du sie nicht.",
    go: "Diese Zahl angeben",
    done: "Deine Zahl ist angegeben",
    stated: (n, when) => `Du hast angegeben: ${entries(n)} bis zum ${when}.`,
    since: (n) =>
      plural(n, {
        one: "Hier steht 1 mehr, als du angegeben hast.",
        other: `Hier stehen ${number(n)} mehr, als du angegeben hast.`,
      }),
    short: "Als du das angegeben hast, stand mehr hier. Vor einem Kauf liest man „Verlass dich nicht darauf“.",
  },

  kinds: entryKinds,
  made,
  dispositions,
  by: {
    you: "Von dir",
    owner: (n) => `Vom ${number(n)}. Besitzer`,
    channel: (name) => `Von ${name}, wie du es nennst`,
    channelNow: (name) => `Von ${name}, wie der Besitzer es nennt`,
    channelOf: (name) => `Von ${name}, vom Besitzer so genannt`,
    someone: "Von jemandem, den der Besitzer eingelassen hat",
    maker: (company) => `Von ${company}`,
    unconfirmed: "Wer das ist, hat niemand bestätigt",
    signed: "Vom Hersteller unterschrieben",
  },
  owners: (n) => `${number(n)}. Besitzer`,
  recorded: (when) => `eingetragen am ${when}`,
  warranty: (when) => `Die Garantie des Herstellers gilt bis ${when}.`,
  note: "Aus einer Notiz",
  corrects: (kind, when) => `Berichtigt: ${kind}, ${when}`,
  disputes: (kind, when) => `Zu: ${kind}, ${when}`,
  corrected: (when) => `Berichtigt am ${when}`,
  disputed: (when) => `Bestritten am ${when}`,
  erased: "Die Worte wurden gelöscht. Dass es einen Eintrag gab und wann, bleibt.",
  waits: "Kommt hinein, sobald du online bist",
  goesIn: "Kommt gerade hinein",
  refused: (why) => `Nicht angenommen: ${why}`,

  more: (kind, when) => `Was du tun kannst mit: ${kind}, ${when}`,
  actions: {
    title: "Dieser Eintrag",
    fixed: "Ein Eintrag wird nie geändert, damit man ihm trauen kann. Was du tun kannst:",
    correct: "Berichtigen",
    correctDoes: "Fügt einen Eintrag hinzu, der sagt, was stimmt. Der erste bleibt, mit einem Hinweis.",
    dispute: "Sagen, dass es nicht stimmt",
    disputeDoes: "Stellt dein Wort dagegen. Beides bleibt für alle, die das lesen.",
    erase: "Die Worte löschen",
    eraseDoes: "Worte und Fotos sind für immer weg. Der Tag und die Art bleiben.",
    makers: (company) =>
      `Das hat ${company} geschrieben, darum bleiben die Worte. Wenn du die Geschichte zeigst, kannst du sie weglassen.`,
    earlier:
      "Das hat ein anderer Besitzer geschrieben, darum bleiben die Worte. Wenn du die Geschichte zeigst, kannst du sie weglassen.",
  },

  form: {
    title: "Zur Geschichte hinzufügen",
    correcting: "Einen Eintrag berichtigen",
    disputing: "Sagen, dass es nicht stimmt",
    about: (kind, when) => `${kind}, ${when}`,
    kind: "Was wurde gemacht?",
    kinds: {
      repairing: "Repariert, gewartet",
      inspecting: "Geprüft",
      replacing: "Teil ersetzt",
      installing: "Teil eingebaut",
      removing: "Teil ausgebaut",
      retail_selling: "Gekauft",
      decommissioning: "Außer Betrieb",
      other: "Anderes",
    },
    text: "Was geschehen ist",
    placeholder: {
      repairing: "Was wurde gemacht, und mit welchen Teilen?",
      inspecting: "Was wurde angesehen, und was kam heraus?",
      replacing: "Welches Teil, und wodurch?",
      installing: "Welches Teil?",
      removing: "Welches Teil, und warum?",
      retail_selling: "Aus einem Laden, neu oder gebraucht?",
      decommissioning: "Warum?",
      other: "Was soll der nächste Besitzer wissen?",
      disputed: "Was stimmt daran nicht, soweit du weißt?",
    },
    right: "Was stimmt",
    wrong: "Dein Wort dazu",
    empty: "Schreib erst ein paar Worte.",
    when: "An welchem Tag",
    today: "Es war heute",
    earlier: "Es war ein anderer Tag",
    future: "Dieser Tag kommt erst noch.",
    noDay: "Wähl einen Tag, oder sag, dass es heute war.",
    state: "Wie steht es jetzt darum?",
    stateHint: "Nur, wenn sich das geändert hat.",
    unsaid: "Nichts zu sagen",
    who: "Das kann lesen, wer dieses Ding nach dir hat, und wem du es vor einem Verkauf zeigst. Der Tag, an dem du es einträgst, steht dabei.",
    whoChannel: (thing) =>
      `Das kann lesen, wer „${thing}“ später hat. Es steht unter dem Namen, den dir der Besitzer gegeben hat, und der Tag, an dem du es einträgst, steht dabei.`,
    personal: "Das können Interessierte und spätere Besitzer lesen. Darin steht wohl:",
    go: "In die Geschichte eintragen",
    added: "Es kommt in die Geschichte",
    kept: "Auf diesem Gerät aufgehoben; kommt hinein, sobald du online bist",
    isIn: "Es steht jetzt in der Geschichte",
    failed:
      "Dieses Gerät konnte es nicht aufheben. Deine Worte stehen noch hier: Kopier sie, und versuch es noch einmal.",
  },

  erase: {
    title: "Diese Worte löschen?",
    does: [
      "Die Worte und Fotos dieses Eintrags werden überschrieben. Niemand kann sie mehr lesen, weder auf diesem Server noch über einen Link.",
      "Dass es einen Eintrag gab, bleibt: seine Art, seine Tage, und ob er von einem Besitzer, einer Firma oder jemandem ist, den ein Besitzer schreiben ließ. Wem du die Geschichte zeigst, sieht, dass die Worte gelöscht wurden.",
    ],
    cant: "Wer sie schon gelesen oder gespeichert hat, hat sie weiterhin.",
    note: "Deine Notiz bleibt, wo sie ist: in deinem Notizbuch.",
    go: "Die Worte löschen",
    done: "Die Worte sind gelöscht",
  },

  ofNote: {
    put: "In die Geschichte",
    putTitle: "Diese Notiz in die Geschichte?",
    putText:
      "Ihre Worte und Fotos gehen dann mit dem Ding an die nächste Person, und du kannst sie vor einem Verkauf zeigen. Was mit der Firma gesprochen wurde, bleibt bei dir.",
    putErase: "Dort kannst du die Worte wieder löschen. Dass es einen Eintrag gab, bleibt.",
    putDone: "Sie kommt in die Geschichte",
    isIn: "Sie steht jetzt in der Geschichte",
    check: "Auch in die Geschichte",
    checkHint: "Sie geht dann mit dem Ding an die nächste Person. Deine anderen Notizen nicht.",
    inIt: "In der Geschichte",
    waits: "Auf dem Weg in die Geschichte",
    edits:
      "Die Geschichte bekommt eine Berichtigung mit den neuen Worten. Die ersten bleiben dort zu lesen, bis du sie löschst.",
    retracts: "Auch ihre Worte in der Geschichte werden gelöscht. Dass es einen Eintrag gab, bleibt.",
    personal: "Das können Interessierte und spätere Besitzer lesen. In deiner Notiz steht:",
  },

  ofLife: "Diese Zeichnung ist nur für dich. Was mit dem Ding an die nächste Person geht, ist seine Geschichte.",
  toHistory: "Zu seiner Geschichte",

  repairer: {
    add: "Eine Werkstatt eintragen lassen",
    title: "Eine Werkstatt",
    text: "Sie kann die Geschichte lesen und etwas eintragen. Von deinen Notizen sieht sie keine, und nichts von dem, was du der Firma geschrieben hast.",
    name: "Wer es ist",
    nameHint: "Der Name steht bei dem, was sie einträgt, als dein Wort: Geprüft hat ihn niemand.",
    until: "Wie lange",
    spans: { day: "Einen Tag", week: "Eine Woche", month: "30 Tage" },
    go: "Die Einladung machen",
    here: "Du wurdest eingelassen, um etwas in die Geschichte dieses Dings einzutragen.",
  },
};
