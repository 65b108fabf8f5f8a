// Wörter für das Schreiben einer Notiz: was es ist, wer es sieht und was gesagt wird, bevor sie hinausgeht.

import { all, plural } from "../format.ts";
import type { Words } from "../words.ts";

export const write: Words["write"] = {
  title: "Notiz schreiben",
  kind: "Was ist es?",
  text: "Deine Notiz",
  placeholder: {
    problem: "Was passiert, und wann?",
    safety: "Was ist passiert, und kann sich jemand dabei verletzen?",
    question: "Was möchtest du wissen?",
    idea: "Was würde es besser machen?",
    praise: "Was gefällt dir daran?",
    maintenance: "Was wurde gemacht, und womit?",
    workaround: "Was stimmte nicht, und was hat geholfen?",
    diary: "Was möchtest du behalten?",
  },
  danger: "Wenn jetzt jemand in Gefahr ist, ruf zuerst den Notruf an: 112 in Europa.",
  tooLong: (over) => plural(over, { one: "1 Zeichen zu viel", other: `${over} Zeichen zu viel` }),
  empty: "Schreib zuerst ein paar Worte.",
  left: (n) => plural(n, { one: "Noch 1 Zeichen", other: `Noch ${n} Zeichen` }),
  wants: "Was würde es gutmachen?",
  wantsOf: {
    nothing: "Nichts weiter",
    answer: "Eine Antwort",
    repair: "Eine Reparatur",
    refund: "Das Geld zurück",
    change: "Eine Änderung am Produkt",
    copy: "Eine Kopie meiner Daten",
  },
  when: "Wann war es?",
  now: "Nein, gerade eben",
  earlier: "Es war früher",
  audience: {
    legend: "Wer sieht das?",
    me: "Nur ich",
    meHint: "Es bleibt in deinem Notizbuch. Schicken kannst du es später.",
    household: "Nur wir",
    householdHint: "Es bleibt zwischen dir und der Person, der das Ding gehört.",
    company: (company) => company,
    companyHint: (company) => `Es geht an ${company} und an die, die dort damit arbeiten.`,
    noCompany: "Um es zu schicken, sag zuerst, von wem das Ding ist.",
    sayMaker: "Hersteller angeben",
    mayNotSend: "Schreiben kannst du hier. Ob etwas verschickt wird, entscheidet die Person, der das Ding gehört.",
  },
  before: {
    title: "Bevor es hinausgeht",
    to: "Es geht an",
    processors: "In deren Auftrag",
    noProcessors: (company) => `${company} nennt keine andere Firma, die damit umgeht.`,
    unknownProcessors: (company) => `Wer für ${company} damit umgeht, wissen wir ohne Verbindung noch nicht.`,
    manyProcessors: (names) => all(names),
    terms: "Zu diesen Bedingungen",
    proffer: (company) =>
      `Mit ${company} ist noch nichts vereinbart. Mit dem Schicken bietest du zuerst deine üblichen Bedingungen an:`,
    profferAgain: (company) =>
      `Mit ${company} sind keine Bedingungen in Kraft. Mit dem Schicken bietest du noch einmal deine üblichen an:`,
    refused: (company) =>
      `${company} hat deine Bedingungen nicht angenommen. Die Notiz wartet hier, bis es welche gibt. Andere anzubieten liegt bei dir.`,
    open: (company) =>
      `${company} hat auf deine Bedingungen noch nicht geantwortet. Die Notiz wartet auf das Ja. Angeboten hast du:`,
    countered: (company) =>
      `${company} bietet andere Bedingungen an. Die Notiz wartet, bis du dazu Ja oder Nein sagst.`,
    notHere: (company) =>
      `${company} ist noch nicht hier. Die Notiz und deine Bedingungen warten, bis die Firma kommt und Ja sagt.`,
    waitsForOwner:
      "Es sind keine Bedingungen in Kraft. Die Notiz wartet, bis die Person, der das Ding gehört, welche vereinbart hat.",
    otherTerms: "Die Bedingungen ansehen",
    serial: "Die Seriennummer mitschicken",
    serialHint: (serial) => `${serial}. Damit wissen sie vielleicht, wer es gekauft hat.`,
  },
  personal: {
    title: "Soll das mit?",
    text: (company) => `${company} kann dir hier antworten, ohne zu wissen, wer du bist. In deiner Notiz steht:`,
    kinds: { email: "eine E-Mail-Adresse", phone: "eine Telefonnummer", address: "eine Anschrift" },
    show: "Zeig es mir",
    aloud: (kinds) => `In deiner Notiz steht wohl ${all(kinds)}.`,
  },
  keep: "Notiz behalten",
  send: (company) => `An ${company} schicken`,
  discardDraft: "Verwerfen",
  discarded: "Der Entwurf ist weg",
  draftFound: "Das hast du schon einmal angefangen.",
  copy: {
    text: "Bitte gebt mir eine Kopie von allem, was ihr hierzu von mir habt, auch in einer Form, die Programme lesen können.",
    draftFound: "Diese Notiz hast du schon einmal angefangen. Beende oder verwirf sie zuerst, dann bitte um die Kopie.",
  },
  kept: "Aufgehoben",
  waits: (company) => `Zuerst gehen deine Bedingungen an ${company}; die Notiz folgt dem Ja`,
  onItsWay: (company) => `Unterwegs an ${company}`,
  offline: "Auf diesem Gerät aufgehoben; geht hinaus, sobald du online bist",
  failed:
    "Dieses Gerät konnte es nicht aufheben. Deine Worte stehen noch hier: kopiere sie und versuch es noch einmal.",
  readOnly: "Hier kannst du lesen, aber nicht schreiben.",
};
