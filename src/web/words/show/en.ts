// Words of what a buyer is shown, in English. No word here promises more than was proven, and none says that the item is all right.

import type { FaultCode } from "../../../domain/record/faults.ts";
import { common } from "../en/common.ts";
import { dispositions, entryKinds, made } from "../en/entry-kinds.ts";
import { photos } from "../en/photos.ts";
import { scan } from "../en/scan.ts";
import { number, plural, runs } from "../format.ts";

const typed = "as an owner typed it";
/** The number stays with its word, also in a heading. */
const entries = (n: number): string => plural(n, { one: "1\u00a0entry", other: `${number(n)}\u00a0entries` });

export const en = {
  /** What this page needs of the words that other pages show, too. */
  shared: { common, photos, scan },
  eyebrow: "A history shown to you",
  by: (maker: string) => `by ${maker}`,
  foot: (host: string) => `Shown by its owner on ${host}.`,
  stuck: "That language didn't come. Try again when you have a connection.",

  before: {
    title: "The history of a thing, shown to you",
    lead: "Whoever sent you this link shows you what was recorded about one thing: what was repaired, checked, replaced or recalled, when, and by whom.",
    points: [
      "Your own browser checks whether anything in it was changed, moved or left out.",
      "Nothing is counted until you press the button. Then the owner sees that their link was opened, and when it last was looked at; nothing about you.",
    ],
    go: "Look at its history",
    opening: "Fetching its history",
    checking: "Checking every entry",
  },

  ended: {
    partial: {
      title: "This link isn't whole",
      text: "A part of it is missing. Open it once more from where it was sent to you, or scan its code again.",
    },
    unknown: {
      title: "This link opens nothing",
      text: "It isn't one of ours, or it was mistyped. Ask whoever gave it to you for another.",
    },
    old: {
      title: "This browser can't check it",
      text: "It is too old to check signatures, and an unchecked history is worth nothing. Open the link in a current browser.",
    },
    gone: {
      title: "This link has ended",
      text: "It ran out, its owner took it back, or their time with the thing is over. Ask the seller to show you its history again.",
    },
  },

  verdict: {
    unaltered: (since: string) => `Unaltered since ${since}.`,
    withheld: (since: string, n: number) => `Unaltered since ${since}; ${entries(n)} withheld by the owner.`,
    "not-current": "Not current.",
    "do-not-rely": "Do not rely on this.",
    later: (since: string, n: number) => `Unaltered since ${since}; ${entries(n)} not shown by this link.`,
    onlyErased: (since: string, n: number) =>
      `Unaltered since ${since}; ${plural(n, { one: "1 entry is", other: `${number(n)} entries are` })} said to be erased.`,
    why: {
      unaltered: (all: number) =>
        plural(all, {
          one: "The one entry stands as it was written.",
          other: `All ${number(all)} entries stand where and as they were written.`,
        }),
      erased: (all: number) =>
        plural(all, {
          one: "The one entry stands where it was written.",
          other: `All ${number(all)} entries stand where they were written.`,
        }),
      withheld: (shown: number, all: number) =>
        `All ${number(all)} entries stand where they were written. The words of ${number(shown)} are shown to you; of the others you see that they are there, when, and whether by an owner, a company or somebody an owner let write.`,
      "not-current":
        "What came is older than ten minutes, or the clock of this device is wrong. Something may have been added since. Check again before you pay.",
      "do-not-rely": "Something in what came doesn't fit, or speaks against buying it:",
      aged: {
        unanswered:
          "What stands here was checked more than ten minutes ago, and no answer comes that says how things stand now. Something may have been added since. Check again before you pay.",
        moved:
          "Since you opened this page, something was recorded or reported, or what its maker warns of changed. Check again before you pay.",
        gone: "What stands here was checked more than ten minutes ago, and the link has ended since: it ran out, its owner took it back, or their time with the thing is over. Ask the seller to show you its history again before you pay.",
      },
    },
    began: {
      label: (maker: string) => `Claimed with the code from inside its packaging; labels by ${maker}.`,
      none: "Started by an owner; the maker has not confirmed this item.",
    },
    erased: (n: number) =>
      plural(n, {
        one: "The words of 1 entry aren't here: this server says that they were erased for good, and nobody signed that. That the entry is there, when, and whether by an owner, a company or somebody an owner let write, still shows.",
        other: `The words of ${number(n)} entries aren't here: this server says that they were erased for good, and nobody signed that. That the entries are there, when, and whether by an owner, a company or somebody an owner let write, still shows.`,
      }),
    at: (moment: string) => `Checked in this browser on ${moment}.`,
    doubt: {
      other: (verdict: string) => `That isn't this item's label. ${verdict}`,
      unproven: (verdict: string) => `That label isn't proven. ${verdict}`,
    },
    again: "Check again",
    strip: (shown: number, withheld: number, later: number, erased: number, faulty: number) =>
      [
        plural(shown, { one: "1 entry shown", other: `${number(shown)} entries shown` }),
        ...(withheld > 0 ? [`${number(withheld)} withheld`] : []),
        ...(later > 0 ? [`${number(later)} not shown by this link`] : []),
        ...(erased > 0 ? [`${number(erased)} said to be erased`] : []),
        ...(faulty > 0 ? [plural(faulty, { one: "1 doesn't fit", other: `${number(faulty)} don't fit` })] : []),
      ].join(", "),
  },

  faults: {
    malformed: "What came hasn't the form of a history, and can't be checked from there on.",
    "wrong-record": "A part of what came belongs to another item.",
    "out-of-order": "Entries aren't in the order in which they were written.",
    repeated: "The same entry stands here twice.",
    "wrong-kind": "It says something that whoever wrote it may not say.",
    "wrong-opening": "An owner's time begins where none can begin.",
    "wrong-label": "The label that is named isn't the one that this history began with.",
    "wrong-tenure": "It is put into another owner's time than the one it was written in.",
    "day-backwards": "It was recorded on a day before the entry ahead of it.",
    "day-after-checkpoint": "It is said to be recorded later than the whole was signed.",
    "day-ahead": "It is said to have happened after it was recorded.",
    "wrong-head": "Whoever wrote it saw another history than this one.",
    "wrong-reference": "It corrects an entry that isn't there.",
    "wrong-author": "It isn't signed by whom it says it is from.",
    "unknown-key": "The key that signed it isn't known, so it can't be checked.",
    "bad-signature": "Its signature is wrong: it was changed after it was signed.",
    "not-committed": "Its words aren't the words that were recorded.",
    unreadable: "Its words can't be read.",
    "wrong-size": "Entries are missing, or there are too many.",
    "wrong-root": "These aren't the entries that the item's key vouches for.",
    "wrong-claim": "The item is said to be confirmed by its label, and its history says that it isn't.",
    "from-future": "It was signed at a time that hasn't come yet. Look whether this device's clock is right.",
    alert: "Its owner says that it is lost or was stolen.",
    "count-short": "Somebody who worked on it recorded more entries than are here.",
    "makers-count-short": "The maker recorded more entries than are here.",
    "wrong-answer": "The answer is to another question.",
  } satisfies { readonly [code in FaultCode]: string },
  faultAt: (seqs: readonly number[]) =>
    plural(seqs.length, { one: `Entry ${runs(seqs)}`, other: `Entries ${runs(seqs)}` }),

  alert: {
    lost: {
      title: "Its owner says that it is lost.",
      text: "Who offers it to you may have found it, and may not be its owner. Don't pay for it.",
    },
    stolen: {
      title: "Its owner says that it was stolen.",
      text: "Don't pay for it. You can give this page's address to the police.",
    },
  },

  recalls: {
    title: "Open recalls and safety notices",
    ask: "Ask the seller what was done about it.",
    kind: { recall: "Recall", safety: "Safety notice" },
    from: (maker: string) => `from ${maker}`,
    why: {
      "your-item": "It names this very item.",
      "every-item": "It is about every item of this product.",
      "named-items": "It names some items of this product; whether this is one of them isn't known here.",
    },
    link: (host: string) => `More at ${host}`,
  },

  story: {
    title: "What was recorded",
    order: "In the order it was recorded; what corrects or disputes an entry stands under it.",
    owner: (n: number) => `Owner ${number(n)}`,
    ownerNow: (n: number) => `Owner ${number(n)}, the present one`,
    before: "Before its first owner",
    entry: (seq: number) => `Entry ${number(seq)}`,
    recorded: (day: string) => `recorded ${day}`,
    kind: entryKinds,
    made,
    correction: (kind: string, seq: number) => `Correction of entry\u00a0${number(seq)}: ${kind}`,
    dispute: (seq: number) => `The owner disputes entry\u00a0${number(seq)}`,
    disposition: dispositions,
    who: {
      twin: "This record itself",
      owner: (n: number) => `Owner ${number(n)}`,
      channel: (name: string) => `Someone the owner calls “${name}”`,
      unnamed: "Someone the owner let write",
    },
    sure: {
      twin: "signed with the item's key",
      owner: "the owner's word, not confirmed",
      channel: "unconfirmed",
      maker: "signature checked",
      unproven: "not proven",
    },
    withheld: "Withheld by the owner. That it is here shows, and that it wasn't changed.",
    since: {
      afterLink: "Written after this link was made, and not shown by it.",
      thatDay: "Recorded on the day this link was made, and not shown by it.",
    },
    erased: "Its words aren't here: they are said to be erased for good.",
    wordless: "No words were written.",
    warranty: (day: string) => `Warranty until ${day}, as stated here.`,
    badPhoto: (n: number) =>
      plural(n, {
        one: "A picture that came isn't the one that was recorded. It isn't shown.",
        other: `${number(n)} pictures that came aren't those that were recorded. They aren't shown.`,
      }),
  },

  facts: {
    title: "At a glance",
    product: "Product",
    model: "Model",
    gtin: "Number",
    maker: "Maker",
    typed,
    unproven: (maker: string) => `${maker}, ${typed}`,
    owners: "Owners",
    ownerFrom: (n: number, since: string) => `${number(n)}: since ${since}`,
    warranty: "Warranty",
    warrantyText: (until: string, by: string, on: string, unread: boolean) =>
      `Until ${until}, as ${by} stated on ${on}${unread ? "; a later entry by them, whose words you don't see, may say otherwise" : ""}`,
    noWarranty: {
      none: "No maker has stated any here",
      corrected: "The entry that stated one was corrected by its maker since, and no date stands in its place",
      unread: "None can be read here; a maker's entry whose words you don't see may state one",
    },
    counts: "Counts",
    count: (by: string, count: number, asOf: string, found: number) =>
      `${by} recorded ${entries(count)} up to ${asOf}; ${found === 0 ? "none is" : found === 1 ? "1 is" : `${number(found)} are`} here`,
    short: "Entries are missing",
    noCounts: "Nobody who worked on it has said how many entries there should be",
    channel: "Those whom an owner let write",
  },

  item: {
    title: "Is it this very item?",
    text: "This history belongs to one single item. Compare it with the label on the one in front of you.",
    scan: "Scan its label",
    scanLabel: "Hold the label on the thing in front of the camera",
    scanOther: "That isn't a label with a number for one single item.",
    otherForm:
      "That hasn't the form of this item's serial number, which has 16 letters and digits. Look at the label once more.",
    type: "Type it instead",
    field: "The address or the serial number on the label",
    hint: "As it is printed.",
    hintRandom: "As it is printed; capitals and hyphens make no difference.",
    go: "Compare",
    short: "Type what the label says first.",
    same: {
      title: "The label is this item's.",
      text: "What it says is what this history's own key signed. A label can be copied: look whether it sits where the maker put it.",
    },
    elsewhere:
      "The address doesn't lead to this server. Anybody can choose where it leads: only the two numbers in it were compared.",
    unproven: {
      title: "Nothing proves that this is its label.",
      text: "It is said to be, and no signature that holds says so. Don't rely on it.",
    },
    other: {
      title: "That isn't this item's label.",
      typed:
        "Check that you typed it right, and from the label, not the code from inside the packaging; if you did, this history is another item's.",
      scanned: "This history is another item's: nothing in it was recorded about the one you scanned.",
    },
    compared: (serial: string, gtin: string) => `You compared the serial number ${serial} of product ${gtin}.`,
    none: "This thing has no label of its maker here. What it is called, its owner typed and can change. Compare the one in front of you with what was recorded: what the entries say, and a serial number in their pictures.",
  },

  live: {
    title: "Does the seller hold this history?",
    text: "A link can be passed on. Ask for a sign: you get six digits, the seller types them into their app before your eyes, and this history's own key answers your browser.",
    go: "Ask the seller now",
    goAgain: "Ask once more",
    moved: "Since you opened this page, something was recorded or reported, or what its maker warns of changed.",
    say: "Say these digits to the seller",
    spoken: (code: string) => `The digits are ${code.split("").join(" ")}.`,
    where: "They type them in their Pico Twins app: open this thing, then “History”, then “Show to a buyer”.",
    waiting: (until: string) => `Waiting for the answer. The digits hold until ${until}.`,
    yes: {
      title: "Somebody who holds this history answered just now.",
      text: (at: string) =>
        `At ${at} its key answered the question that this browser had just made up. The digits can be passed on: it was the person before you only if you saw them type the digits in, for this very thing. Who has the thing, it doesn't show.`,
    },
    no: {
      title: "The answer doesn't fit.",
      text: "What came isn't signed by this item's key for your question. Don't rely on it.",
    },
    late: { title: "No answer came.", text: "The digits have run out. Ask again while you talk to the seller." },
  },

  keep: {
    title: "Keep what you were shown",
    save: "Save it as a file",
    saving: "Gathering the pictures",
    saved: "Saved",
    how: "The file holds every entry, picture, signature and key as they are now. Whoever has this program's source can check it without us:",
    key: "Note the key at the end somewhere else than the file, or print this page, where it stands too. With it you can tell later that a file holds this history, and not one that somebody made up.",
    print: "Print it",
    link: (until: string) => `The link itself holds until ${until}.`,
    fileName: (name: string, day: string) => `history-${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${day}.json`,
  },

  printed: {
    on: (day: string) => `Printed on ${day}.`,
    text: (until: string) => `Paper can be changed. Scan this to see it as it is now; the link holds until ${until}.`,
    qr: "The link to this history",
    key: "Whether a saved file holds this history, this tells:",
  },

  limits: {
    title: "What this shows, and what it can't",
    lines: [
      "An entry that was left out, changed, moved or given to another key is found out, unless whoever runs this server did it. That it is true is not: it is what somebody said.",
      "If a seller and whoever runs this server made up the whole history together, or cut off its end, only a count signed by its maker would show it.",
      "What nobody recorded isn't here: no fall, no flood and no repair that went unwritten.",
      "Which recalls and safety notices stand, and whether missing words were withheld or erased, this server says, and nobody signed it. Ask the maker about recalls, too.",
    ],
    name: (offered: boolean) =>
      `Which single item it is, its label says, where it has one: that is signed, and you can compare it. What the thing is called, and who made it, nobody signed: this server says it, or, where no maker confirmed the item, its owner typed it${offered ? ", and can't change it while it is offered to you" : " and can change it"}.`,
    keys: (companies: string) => `The key of ${companies} comes from this server, which keeps it for the company.`,
    keysKept: "It is in the file you can save, to be compared.",
  },
};
