// Words of what companies tell unasked: notices, the product's public board, and known issues.

import { number, plural } from "../format.ts";

export const notices = {
  kinds: { safety: "Safety notice", recall: "Recall", service: "A message about your thing" },
  title: "Notices",
  from: (company: string) => `from ${company}`,
  read: "Read it and say what you did",
  here: (thing: string, company: string) => `${thing}, from ${company}`,
  named: (company: string) =>
    `It concerns some items only, by their serial numbers. ${company} says which, or asks you for yours.`,
  linkTo: (host: string) => `opens ${host}`,
  why: {
    title: "Why you got this",
    "your-item": (company: string) =>
      `${company} named the serial number of your very item. It reaches you with or without terms. ${company} isn't told whether yours is among those that got it.`,
    "every-item": (company: string) =>
      `It goes to every labelled item of this product, with or without terms. ${company} isn't told whether yours is among them.`,
    agreement: (company: string) => `Your terms with ${company} let it tell you what this thing needs you to know.`,
    board: (company: string) =>
      `It stands at the public board of this product. Your app looked there; ${company} knows nothing of you.`,
  },
  terms: "See the terms",
  settle: {
    ask: "What did you do?",
    done: "Done",
    booked: "Booked",
    "not-mine": "Not mine any more",
    stays: (company: string) =>
      `It stays here until you say one of these. What you say stays with you: ${company} doesn't learn it.`,
    staysHere: "It stays here until you say one of these. What you say is kept on this device and goes to nobody.",
    owner: "The owner of this thing says when it is settled.",
    read: "I've read it",
    said: {
      open: "",
      done: "You said: done",
      booked: "You said: booked",
      "not-mine": "You said: not yours any more",
    },
    noted: {
      done: "Settled. It stays under “Notices”.",
      booked: "Good. It stays under “Notices”.",
      "not-mine": "Put away. It stays under “Notices”.",
      open: "It is open again",
    },
    again: "Open it again",
  },
  withdrawn: {
    title: "Withdrawn",
    text: (company: string, when: string) => `${company} took this back ${when}:`,
  },
  earlier: (n: number) => plural(n, { one: "1 notice, settled", other: `${number(n)} notices, settled` }),
  arrived: (company: string) => `${company} has a notice about this thing`,

  board: {
    title: "The public board of this product",
    lead: (n: number) =>
      plural(n, {
        one: "Its maker has posted a notice for everyone who has one.",
        other: `Its maker has posted ${number(n)} notices for everyone who has one.`,
      }),
    withdrawn: (n: number) => plural(n, { one: "1 withdrawn notice", other: `${number(n)} withdrawn notices` }),
  },

  issues: {
    title: "Known issues",
    lead: (company: string) => `What ${company} knows is wrong, and what it does about it.`,
    statuses: {
      investigating: "They are looking into it",
      "fix-planned": "A fix is planned",
      fixed: "Fixed",
      "wont-fix": "They won't change this",
    },
    fixedIn: (what: string) => `Fixed in ${what}`,
    updated: (when: string) => `Last word: ${when}`,
    meToo: "Me too",
    counted: "You are counted",
    countOut: "Take me out again",
    meTooHint: (company: string) =>
      `Counts you, and says nothing else about you. ${company} sees a number, from five up.`,
    others: (n: number) => plural(n, { one: "1 person counted in", other: `${number(n)} people counted in` }),
    more: (n: number) => plural(n, { one: "and 1 more person", other: `and ${number(n)} more people` }),
    few: "The number of people shows from five up.",
    inNote: {
      known: (company: string) => `${company} knows this one`,
      changed: "You said, they changed",
      planned: "You said, they're changing it",
      declined: "You said, they decided",
    },
    arrived: (company: string) => `${company} has news of a known issue`,
  },

  unverified: "Not proven to be them",
  unverifiedText: (company: string, domain: string) =>
    `Whoever set this up has not proven yet that ${domain} is theirs. Until then nothing you write goes to ${company}.`,

  receipts: {
    on: (company: string) => `${company} sees when you read its answers here. Your terms permit it.`,
    off: (company: string) => `${company} isn't told when you read its answers.`,
  },
};
