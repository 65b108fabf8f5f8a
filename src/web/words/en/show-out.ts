// Words of showing a thing's history to a buyer. A person shows to a buyer, and sends to a company; neither has another word here.

import { number, plural } from "../format.ts";

const entries = (n: number): string => plural(n, { one: "1 entry", other: `${number(n)} entries` });

export const showOut = {
  title: "Show to a buyer",
  lead: "A link to this thing's history. The buyer's own browser checks that nobody changed it.",
  ownerOnly: "Only the owner shows this thing to a buyer.",
  empty:
    "You choose entry by entry what a buyer can read, and how long. What you leave out is seen to be left out. You can cut a link off at any time.",
  make: "Make a link",
  another: "Make another link",
  go: "Make the link",
  alert: "While this stands, nobody new can be shown its history.",

  choose: {
    title: "What can they read?",
    all: "Tick all",
    none: "Tick none",
    count: (shown: number, of: number) => `${number(shown)} of ${entries(of)} can be read`,
    /** Of the entries that the twin wrote. */
    counted: (n: number) =>
      plural(n, {
        one: "Counted in: the entry that it began with. It always shows.",
        other: `Counted in: the ${number(n)} entries that it began with and changed hands with. They always show.`,
      }),
    nothing: "Nobody has written anything in this history yet. A buyer sees when it began and how many owners it had.",
    always:
      "Always there: that there is an entry, what kind it is, its days, and whether it is from an owner, a company (by name) or somebody an owner let write; what they are called goes with the words. What you leave out says so.",
    later: "What you add later waits until you show it here. What the company adds later shows at once.",
    detail: (what: string) => `Left out, for it seems to hold ${what}. Tick it if you mean to show that.`,
    held: (what: string) => `Seems to hold ${what}. They will read that.`,
    kinds: { email: "an email address", phone: "a phone number", address: "an address" },
    erased: "Its words were erased",
    photos: (n: number) => plural(n, { one: "1 photo", other: `${number(n)} photos` }),
    noWords: "No words",
  },
  lasts: "How long does the link work?",
  days: (n: number) => plural(n, { one: "1 day", other: `${number(n)} days` }),
  label: "A name for it",
  labelHint: "For you alone: the advert, or who asked.",
  look: "See what the buyer sees",
  waits: (n: number) =>
    `${entries(n)} on this device ${plural(n, { one: "hasn't", other: "haven't" })} gone in yet. Wait for a connection if a buyer should see ${plural(n, { one: "it", other: "them" })}.`,
  waitsForNet: "Making a link takes a connection.",

  preview: {
    title: "What the buyer sees",
    first:
      "At the top stands what their browser found out by itself: whether anything was changed, left out or erased.",
    sees: "They also see",
    /** Of the thing. */
    facts: (owners: number) => [
      "its name, model and maker, and whether the maker confirmed it",
      plural(owners, {
        one: "that you are the first owner in this history",
        other: `that you are owner number ${number(owners)} in this history`,
      }),
      "recalls and safety notices that are open, and the warranty as its maker stated it",
      "whether it is this very item, once they scan its label",
    ],
    never: "They never see",
    nevers: [
      "your notes, unless you put them in the history",
      "what you and the company wrote to each other, your terms and your papers",
      "its serial number, your other things, or who you are",
    ],
    hidden: "The seller doesn't show these words",
    by: {
      owner: (n: number) => `By owner ${number(n)}`,
      channel: (name: string) => `By someone the owner calls ${name}, unconfirmed`,
      someone: "By someone the owner let in",
      maker: (company: string) => `By ${company}, signed`,
    },
  },

  made: {
    title: "Your link is ready",
    text: "Whoever has it can look until it ends or you cut it off. It is shown only now.",
    code: "The link as a code to scan",
    link: "The link",
    copy: "Copy the link",
    pass: "Pass it on…",
    /** What stands beside the link in whatever it is passed on with. */
    says: (thing: string) => `The history of ${thing}`,
  },

  links: {
    title: "Your links",
    none: "No link yet",
    of: (when: string) => `Link of ${when}`,
    states: { open: "Works" },
    until: (when: string) => `until ${when}`,
    ended: (when: string) => `Ended ${when}`,
    cut: (when: string) => `Cut off ${when}`,
    never: "Not opened yet",
    openings: (n: number, last: string) =>
      plural(n, {
        one: `Opened once, last looked at ${last}`,
        other: `Opened ${number(n)} times, last looked at ${last}`,
      }),
    shows: (shown: number, of: number) => `Shows ${number(shown)} of ${entries(of)}`,
    since: (n: number) =>
      plural(n, {
        one: "1 entry came since, and its words aren't shown.",
        other: `${number(n)} entries came since, and their words aren't shown.`,
      }),
    addSince: "Also show what came since",
    change: "Change what it shows",
    changeTitle: "What this link shows",
    changed: "The link shows what you ticked",
    save: "Show what is ticked",
    cutOff: "Cut off",
    cutTitle: "Cut this link off?",
    cutText: "From that moment it opens nothing. What somebody saw, printed or saved, they have.",
    cutYes: "Cut it off",
    cutDone: "The link is cut off",
    ends: "Links that have ended",
    more: "Show older links",
  },

  answer: {
    title: "Do you hold this history?",
    open: "Type a buyer's six digits",
    text: "A buyer can ask, on the page you showed them, whether it is you who holds its history. Their page then shows six digits, for ten minutes. Type them, and their page says that somebody who holds it answered. Who has the thing, it doesn't show.",
    warn: "Type them while the buyer stands before you and watches: only that shows them that it is you. Whoever reads you digits over the phone may be passing on somebody else's.",
    digits: "The six digits",
    missing: "That takes six digits.",
    wrong:
      "Those aren't the digits that were asked for, or the ten minutes are over. Let them be read out once more, or let the buyer ask again.",
    go: "Say yes",
    done: "The buyer's page now says that somebody who holds this history answered",
    arrived: "A buyer asks whether you hold this history",
    notice: "Type the six digits they read out to you.",
    there: "To the six digits",
    later: "Not now",
  },
};
