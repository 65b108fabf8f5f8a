// Honest answers to what goes wrong between people, devices and keys.

import type { Topic } from "../../pages/help/topics.ts";

type Answered = {
  readonly title: string;
  readonly says: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
};

export const help = {
  eyebrow: "Help",
  title: "Questions",
  unknown: "There is no answer here under this address. These are the ones we have:",
  others: "Other questions",
  topics: {
    "lost-card": {
      title: "I have lost my card",
      says: [
        "If a device of yours still opens your things, make a new card there. The old words open nothing from then on, and your devices go on.",
        "Without the card and without a device, nobody can open what you wrote: we have no second key. The recovery code of a single thing, if you kept one, opens that thing.",
        "A thing that you claimed by its label stays claimed. It can't be claimed a second time with the code from its packaging.",
      ],
      links: [
        { href: "/card", label: "Make a new card" },
        { href: "/open", label: "I have a recovery code" },
      ],
    },
    "found-card": {
      title: "I have found a card",
      says: [
        "It opens somebody's private notes and papers. Please don't use it. Whoever does appears in the owner's list of devices.",
        "If you know whose it is, give it back. If you don't, tear it up: it says nothing about its owner, and we can't tell who that is either.",
        "Is it yours, and was it lying about? Make a new one, and the found one opens nothing.",
      ],
      links: [{ href: "/card", label: "Make a new card" }],
    },
    "shared-phone": {
      title: "Several people use this phone",
      says: [
        "One browser keeps one person's things. Whoever can unlock the phone and open this app sees them: the app has no lock of its own.",
        "For two people, use two profiles of the browser, or let the other have their things on a device of their own. To a single thing you can invite somebody under its People and programs: they see only what they write themselves.",
        "Before you lend, sell or give the phone away, forget everything on it. Have your card at hand first.",
      ],
      links: [{ href: "/devices", label: "My devices" }],
    },
    "leaving-household": {
      title: "Somebody leaves the household",
      says: [
        "You were invited and go: choose Leave under the thing's People and programs. It is closed to you from then on. What you wrote stays with its owner, and with the company if it was sent.",
        "You are the owner and somebody goes: cut them off in the same place. It works at once. What they copied before, they keep.",
        "You are the owner and go, and the thing stays: its private notes are yours. Erase them under Manage if you don't want to leave them.",
      ],
      links: [],
    },
    "lost-phone": {
      title: "My phone is gone",
      says: [
        "On any other device of yours, cut it off under My devices. From that moment it reaches nothing. If you have no other device, open your things with your card on any browser, then do the same.",
        "Then make a new card: the phone knew the old one.",
        "What the phone had kept stays on it, behind its own lock. We can't wipe it from afar.",
      ],
      links: [
        { href: "/devices", label: "My devices" },
        { href: "/card", label: "Make a new card" },
        { href: "/open", label: "Open with my card" },
      ],
    },
    "who-can-read": {
      title: "Who can read what I write",
      says: [
        "You, on your devices. People and programs that you let in, as far as you said. Whoever runs this server: your notes, photos and papers lie there readable, so choose somebody you trust, or run it yourself.",
        "A company reads what you sent to it, under the terms you both signed, and nothing else. Before you send, you see who handles it for them.",
        "What this server can't read: the 12 words of your card, and the list of your things that they open. It is sealed on your device.",
      ],
      links: [],
    },
    "what-is-signed": {
      title: "What is signed, and what that is worth",
      says: [
        "The terms. When a company agrees, both sides sign one record: which terms, for which thing, from when. Each keeps the same bytes, and its check code lets you compare them. When it ends, that is signed, too.",
        "Your side is signed by a key that belongs to this one thing and lies on this server; it signs only what a device of yours asked for. The company's side is signed by the company's key.",
        "What code holds: without terms in force nothing goes out, and what they forbid the server doesn't hand over. What only the signature holds: what the company does with words it already has. The record is then your proof.",
        "Notes and answers are no part of that record.",
      ],
      links: [{ href: "/terms", label: "My usual terms" }],
    },
  } satisfies Record<Topic, Answered> as { readonly [topic in Topic]: Answered },
};
