// Words of a thing's history: what was done to it, which goes with it to its next owner.

import { number, plural } from "../format.ts";
import { dispositions, entryKinds, made } from "./entry-kinds.ts";

const entries = (n: number): string => plural(n, { one: "1 entry", other: `${number(n)} entries` });

export const record = {
  name: "History",
  travels: "This goes with it when it changes hands.",
  notesStay: "Your notes don't.",
  lead: (n: number, since: string) => `${entries(n)} since ${since}`,
  show: "Show to a buyer",
  arrived: "Something new is in its history",
  add: "Add an entry",
  list: "What was done to it",
  loading: "Fetching the history…",
  begun: "Nobody has written in it yet",
  begunText: (thing: string) =>
    `A repair, a new part, a check: add what was done to ${thing}, with the day. Whoever has it next can see that nobody changed it since.`,
  offline: "You're offline. This is what this device saw last.",
  offlineNever: "This device hasn't seen the history yet. It takes a connection once.",
  notYours: "The history of this thing is its owner's to open.",

  /** How much of it stands on whose word. */
  started: {
    label: "Begun with the code from its packaging",
    none: "Begun by its owner; the maker hasn't confirmed this item",
  },
  counts: {
    stated: (who: string, n: number, when: string) => `${who} states that it made ${entries(n)} up to ${when}.`,
    found: "As many are here.",
    short: (n: number) => `${plural(n, { one: "1 of them is", other: `${number(n)} of them are` })} missing here.`,
    ask: (who: string) => `A buyer reads “Do not rely on this”. Ask ${who} to add the entry or correct its count.`,
    /** By somebody who was let in to add to it: which of them, a statement doesn't say. */
    letIn: {
      byYou: "Somebody you let in",
      byOwner: "Somebody the owner let in",
      byEarlier: (n: number) => `Somebody owner ${number(n)} let in`,
      stated: (who: string, n: number, when: string) => `${who} states: ${entries(n)} up to ${when}.`,
      warns: "More were here when that was stated. A buyer reads “Do not rely on this”.",
    },
  },

  /** To somebody who was let in to add to it: what they recorded, and their word on how much there must be. */
  own: {
    title: "What you recorded here",
    entries: (n: number, name: string) =>
      n === 0
        ? `Nothing stands under ${name}, the name you have here.`
        : `${entries(n)} under ${name}, the name you have here:`,
    state: "State how many you recorded here",
    stateAll: "State how many were recorded here",
    anew: "State another number",
    why: "A later buyer sees your number beside what is there. If fewer entries are there, they read “Do not rely on this”.",
    together: (mine: number, others: number) =>
      `${entries(mine)} under your name, and ${number(others)} under another or without words: the number is for all of you whom the owner let in.`,
    number: (when: string | null) => (when === null ? "How many entries" : `How many entries up to ${when}`),
    here: (n: number) =>
      plural(n, { one: "Counted for you: 1 is here.", other: `Counted for you: ${number(n)} are here.` }),
    noNumber: "Write a number.",
    days: { when: "Up to which day", now: "Up to today", earlier: "Only up to an earlier day" },
    more: (here: number) =>
      `${here === 0 ? "None is" : plural(here, { one: "Only 1 is", other: `Only ${number(here)} are` })} here up to that day. Put in what is missing first; then you can state more.`,
    fewer: "That is fewer than are here: one that goes missing may not show.",
    worth:
      "It is signed with the owner's key, so it tells of slips, not of fraud by the owner. You can replace it while you are let in; it can't be taken back.",
    go: "State this number",
    done: "Your number is stated",
    stated: (n: number, when: string) => `You stated: ${entries(n)} up to ${when}.`,
    since: (n: number) =>
      plural(n, { one: "1 more is here than you stated.", other: `${number(n)} more are here than you stated.` }),
    short: "More were here when you stated it. A buyer reads “Do not rely on this”.",
  },

  kinds: entryKinds,
  made,
  dispositions,
  by: {
    you: "By you",
    owner: (n: number) => `By owner ${number(n)}`,
    /** Of somebody the owner let in: nobody but the owner says who it is. */
    channel: (name: string) => `By ${name}, as you call them`,
    channelNow: (name: string) => `By ${name}, as the owner calls them`,
    channelOf: (name: string) => `By ${name}, as the owner then called them`,
    someone: "By somebody the owner let in",
    maker: (company: string) => `By ${company}`,
    unconfirmed: "Nobody has confirmed who that is",
    signed: "Signed by the maker",
  },
  owners: (n: number) => `Owner ${number(n)}`,
  recorded: (when: string) => `recorded ${when}`,
  warranty: (when: string) => `The maker's warranty runs until ${when}.`,
  note: "From a note",
  corrects: (kind: string, when: string) => `Corrects: ${kind}, ${when}`,
  disputes: (kind: string, when: string) => `About: ${kind}, ${when}`,
  corrected: (when: string) => `Corrected on ${when}`,
  disputed: (when: string) => `Disputed on ${when}`,
  erased: "The words were erased. That there was an entry, and when, stays.",
  waits: "Goes in when you're online",
  goesIn: "Going in now",
  refused: (why: string) => `Not taken: ${why}`,

  more: (kind: string, when: string) => `What you can do with: ${kind}, ${when}`,
  actions: {
    title: "This entry",
    fixed: "An entry is never changed, so that a buyer can trust it. What you can do:",
    correct: "Correct it",
    correctDoes: "Adds an entry that says what is right. The first one stays, with a mark.",
    dispute: "Say that it isn't so",
    disputeDoes: "Adds your word against it. Both stay for everyone who reads this.",
    erase: "Erase its words",
    eraseDoes: "Words and photos are gone for good. The day and the kind stay.",
    makers: (company: string) =>
      `${company} wrote this, so its words stay. You can leave them out when you show the history.`,
    earlier: "Another owner wrote this, so its words stay. You can leave them out when you show the history.",
  },

  form: {
    title: "Add to the history",
    correcting: "Correct an entry",
    disputing: "Say that it isn't so",
    about: (kind: string, when: string) => `${kind}, ${when}`,
    kind: "What was done?",
    kinds: {
      repairing: "Repaired, serviced",
      inspecting: "Checked",
      replacing: "Part replaced",
      installing: "Part built in",
      removing: "Part removed",
      retail_selling: "Bought",
      decommissioning: "Out of use",
      other: "Other",
    },
    text: "What happened",
    placeholder: {
      repairing: "What was done, and with which parts?",
      inspecting: "What was looked at, and what was found?",
      replacing: "Which part, and by what?",
      installing: "Which part?",
      removing: "Which part, and why?",
      retail_selling: "From a shop, new or used?",
      decommissioning: "Why?",
      other: "What should its next owner know?",
      disputed: "What is wrong about it, as you know it?",
    },
    right: "What is right",
    wrong: "Your word on it",
    empty: "Write a few words first.",
    when: "On which day",
    today: "It was today",
    earlier: "It was another day",
    future: "That day is still to come.",
    noDay: "Choose a day, or say that it was today.",
    state: "How is it now?",
    stateHint: "Only if that changed.",
    unsaid: "Nothing to say",
    who: "Anyone who has this thing after you can read this, and buyers you show it to. The day you write it is recorded, too.",
    whoChannel: (thing: string) =>
      `Anyone who has ${thing} later can read this. It stands under the name its owner gave you, and the day you write it is recorded, too.`,
    personal: "Buyers and later owners can read this. It seems to hold:",
    go: "Put it in the history",
    added: "It goes into the history",
    kept: "Kept on this device; goes in when you're online",
    isIn: "It is in the history now",
    failed: "This device couldn't keep it. Your words are still here: copy them, then try again.",
  },

  erase: {
    title: "Erase these words?",
    does: [
      "The words and photos of this entry are overwritten. Nobody can read them again, on this server or through any link.",
      "That there was an entry stays: its kind, its days, and whether it is from an owner, a company or somebody an owner let write. A buyer sees that its words were erased.",
    ],
    cant: "Whoever has read or saved them already still has them.",
    note: "Your note stays where it is, in your notebook.",
    go: "Erase the words",
    done: "The words are erased",
  },

  /** At a note. */
  ofNote: {
    put: "Put it in the history",
    putTitle: "Put this note in the history?",
    putText:
      "Its words and photos then go with the thing to its next owner, and you can show them to a buyer. What was said with the company stays with you.",
    putErase: "You can erase the words there again. That there was an entry stays.",
    putDone: "It goes into the history",
    isIn: "It is in the history now",
    check: "Put it in the history, too",
    checkHint: "It then goes with the thing to its next owner. Your other notes don't.",
    inIt: "In the history",
    waits: "On its way into the history",
    edits:
      "The history gets a correction with the new words. The first ones stay readable there unless you erase them.",
    retracts: "Its words in the history are erased, too. That there was an entry stays.",
    personal: "Buyers and later owners can read this. Your note says:",
  },

  /** In what an owner sees of a thing's life: the two are not one. */
  ofLife: "This drawing is yours alone. What goes with it to its next owner is its history.",
  toHistory: "To its history",

  repairer: {
    add: "Let a repairer add to the history",
    title: "A repairer",
    text: "They can read the history and add to it. They see none of your notes and nothing you wrote to the company.",
    name: "Who they are",
    nameHint: "It stands with what they add, as your word for them: nobody has checked it.",
    until: "For how long",
    spans: { day: "A day", week: "A week", month: "30 days" },
    go: "Make the invitation",
    here: "You were let in to add to this thing's history.",
  },
};
