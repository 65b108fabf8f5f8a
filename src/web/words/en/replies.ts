// Words of reply links: the owner who makes one, and the company's person who opens it. The second never heard of any of this.

import { ROSTER, type RosterCode } from "../../../domain/terms/roster.ts";
import { plural } from "../format.ts";

/** What the terms let the company's person do, to that person. */
function sides(code: RosterCode) {
  const { permits, obliges } = ROSTER[code];
  const uses = [
    ["analytics", "count it together with what other owners write", "count it, or look for patterns in it"],
    ["tracking", "see when your answers are read", "follow whether and when your answers are read"],
    ["profiling", "put together what you know of this person", "form a picture of this person"],
  ] as const;
  const passes = permits.includes("anonymised-third-party-sharing");
  return {
    may: [
      "read this one note and its photos, and what is written under it",
      "answer it",
      ...uses.filter(([use]) => permits.includes(use)).map(([, may]) => may),
      ...(passes ? ["pass something on, once everything that points to this person is out of it"] : []),
    ],
    must: [
      "use it for nothing but what is agreed here",
      ...(obliges.includes("data-portability") ? ["give a copy of what you hold when you are asked"] : []),
      "delete the note, its photos and what was written under it when these terms end",
    ],
    mayNot: [
      ...uses.filter(([use]) => !permits.includes(use)).map(([, , not]) => not),
      passes ? "pass it on as it is" : "pass it on outside your company",
      "train or run AI on it, advertise, or publish it",
    ],
  };
}

export const replies = {
  /** The owner's side, under a note. */
  own: {
    title: "Answers by a link",
    absent: (company: string) =>
      `${company} isn't here yet. You can send somebody there a link to this note. They see your terms first, and your words only once they have said yes.`,
    nobody:
      "Nobody here makes this thing. You can send somebody who may know a link to this note. They see your terms first, and your words only once they have said yes.",
    make: "Make a reply link",
    another: "Make another link",
    sheet: "A link to this one note",
    does: [
      "Whoever opens it sees your terms first, and no word of yours.",
      "Once they say yes, with a name and a company, they can read this note and its photos, and answer it. Nothing else of yours.",
      "We can't check who they are. Their company is marked as not proven.",
    ],
    company: "Which company is it for?",
    companyHint: "They see it when they open the link, and can correct it.",
    companyMissing: "Name the company, so that they know they are meant.",
    terms: "They have to accept",
    otherTerms: "Other terms for this link",
    lasts: "How long does it last?",
    days: (n: number) => plural(n, { one: "1 day", other: `${n} days` }),
    go: "Make the link",
    madeTitle: "Your link is ready",
    made: "Send it any way you like: an email, their form, a letter. It is shown only now. Whoever has it can use it until you cut it off.",
    link: "The link",
    copy: "Copy the link",
    share: "Send it on…",
    shareText: (thing: string, company: string) => `A note about ${thing} for ${company}, under my terms`,
    list: "Links to this note",
    states: {
      offered: "Not answered yet",
      accepted: "Accepted",
      refused: "They said no",
      revoked: "Cut off",
      terminated: "The terms ended",
      expired: "Ran out",
      joined: "Went along to the company",
      retracted: "Taken back with the note",
    },
    for: (company: string) => `For ${company}`,
    someone: "For somebody",
    until: (when: string) => `works until ${when}`,
    by: (name: string, company: string) => `${name}, ${company}`,
    unverified: (company: string) => `Not proven to be ${company}`,
    byLink: "By your link, not proven who it is",
    unverifiedText: (company: string) =>
      `This person says that they are from ${company}. They signed your terms with a key of their browser; nobody has checked who they are.`,
    agreed: "What they signed",
    off: "Cut off",
    offTitle: "Cut this link off?",
    offOpen: "From that moment it opens nothing. Nobody has read anything through it.",
    offAccepted: (name: string) =>
      `From that moment ${name} can read and answer nothing here, and the terms end. What was read is read; they signed that it must be deleted.`,
    offYes: "Cut it off",
    offDone: "The link is cut off",
    waitsForNet: "Making a link takes a connection.",
    joined: (company: string) => `${company} is here now. What was said by this link went along to it.`,
  },

  /** The page of whoever opens the link. */
  page: {
    title: (product: string) => `A note about ${product}`,
    noProduct: "a product",
    asks: (company: string | null) =>
      company === null
        ? "Somebody who owns it wrote this and would like an answer."
        : `Somebody who owns it wrote this for ${company} and would like an answer.`,
    first: "They set terms first. Read them, and say yes or no. Until then you see nothing of what they wrote.",
    terms: "Their terms",
    which: "They would accept either of these",
    may: "You may",
    must: "You must",
    mayNot: "You may not",
    sides,
    label: (code: RosterCode): string => {
      const { obliges } = ROSTER[code];
      return obliges.includes("data-portability") ? "With a copy on request" : "Without a copy on request";
    },
    contract:
      "It is a contract between your company and this person. What is signed is its code and its meaning for machines; the contract's legal text isn't loaded here.",
    code: (code: string) => `Agreement ${code}, from the roster of Customer Commons`,
    who: "Who are you?",
    name: "Your name",
    nameHint: "As it stands under your answer.",
    nameMissing: "Write your name.",
    company: "Your company",
    companyHint: "Its full name, as in a contract. The owner sees that nobody has checked it.",
    companyMissing: "Write the company's name.",
    signs:
      "Your answer to the terms is signed with a key that is made in this browser and stays in it. The owner and you keep the same record of it.",
    accept: "Accept and read the note",
    refuse: "Refuse",
    refuseTitle: "Refuse these terms?",
    refuseText: "The link is used up by that, and the owner learns that you said no. Nobody sees the note.",
    refuseYes: "Yes, refuse",
    until: (when: string) => `The link works until ${when}.`,

    kinds: {
      problem: "A problem",
      safety: "About safety",
      question: "A question",
      idea: "An idea",
      praise: "Praise",
      maintenance: "Upkeep",
      workaround: "A workaround",
      diary: "An observation",
    },
    wants: {
      nothing: null,
      answer: "They would like an answer",
      repair: "They would like a repair",
      refund: "They would like a refund",
      change: "They would like a change to the product",
      copy: "They would like a copy of their data",
    },
    happened: (when: string) => `It happened ${when}`,
    serial: (serial: string) => `Serial number ${serial}`,
    owner: "The owner",
    conversation: "What was said since",
    accepted: (name: string, company: string, when: string) => `Accepted by ${name}, ${company}, ${when}`,
    agreed: "What you agreed to",
    check: (code: string) => `Check code of the record: ${code}`,
    record: "Save the record",
    recordFile: (code: string) => `record-${code}.json`,

    answer: "Your answer",
    answerMissing: "Write a few words first.",
    tooLong: (over: number) => plural(over, { one: "1 character too many", other: `${over} characters too many` }),
    as: "What is it?",
    types: {
      advice: "Advice",
      reassurance: "Reassurance",
      question: "A question back",
      fix: "A fix",
      recall: "A recall",
      other: "Something else",
    },
    outcome: "What did you do about it?",
    outcomes: {
      none: "Nothing to report yet",
      answered: "Answered the question",
      fixed: "Fixed it",
      changed: "Changed something",
      declined: "Won't do it",
      forwarded: "Passed it on inside the company",
    },
    outcomeHint: "The owner is asked whether it is so.",
    send: "Send the answer",
    sent: "Your answer is with the owner",
    closed: {
      addressed: "The owner says that this addressed it.",
      itself: "It closed by itself, as nobody objected.",
    },
    notAddressed: "The owner says that this didn't address it.",
    asked: "The owner is asked whether this addressed it.",
    more: "Write something more",
    again: "You can come back with the same link and read what the owner says to it.",
    better: {
      title: (company: string) => `More owners may be waiting for ${company}`,
      text: "With a desk here your team reads and answers all of them, each under its owner's terms.",
      link: "How it works for companies",
    },

    ends: {
      partial: {
        title: "This link isn't whole",
        text: "Its last part is missing. Open it once more from where it was sent to you, or copy all of it.",
      },
      unknown: {
        title: "This link opens nothing",
        text: "Perhaps a letter of it is missing, or what it led to was erased. Ask the person who sent it for another.",
      },
      refused: {
        title: "You said no",
        text: "The owner was told. Nobody read the note, and this link opens nothing any more.",
      },
      revoked: { title: "The owner cut this link off", text: "There is nothing to read or to answer here any more." },
      terminated: { title: "The terms have ended", text: "There is nothing to read or to answer here any more." },
      expired: {
        title: "This link has run out",
        text: "Ask the person who sent it for another, if there is more to say.",
      },
      retracted: { title: "The note was taken back", text: "Its owner took it back, so there is nothing to answer." },
      joined: {
        title: "This conversation is at the company's desk now",
        text: "The company has joined since. The note and all that was said here is read and answered there.",
      },
    },
    duty: "What you hold of the note, its photos and what was written under it must be deleted: you signed that.",
    toDesk: "To the desk",
    changed:
      "The terms that came to be signed are not the ones you were shown. Nothing was signed. Open the link again.",
    noKeys: "This browser can't sign (it knows no Ed25519 keys). Open the link in a newer one.",
    runBy: (host: string) => `This page is on ${host}. It asks for no account and loads nothing from elsewhere.`,
  },
};
