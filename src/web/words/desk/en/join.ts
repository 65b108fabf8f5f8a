// Words of a company's joining.

import { number } from "../../format.ts";

export const join = {
  title: "Let your company join",
  lead: "Owners of what you make write down what living with it is like. Read it, answer it, under terms that they set.",
  here: {
    title: "Your company here",
    lead: "Who waits for you, and how owners see that you are who you say.",
  },
  domain: "Your company's domain",
  domainHint: "As in your web address, such as example.com. You prove afterwards that it is yours.",
  domainWrong: "A domain alone, such as example.com.",
  domainSpelled: (domain: string) => `As a domain it is written ${domain}.`,
  name: "Your company's name",
  nameWrong: "A name as people know it, of at most 200 characters.",
  expected: "How many notes do you expect, over the years?",
  expectedHint: "A guess will do. It decides how much room your desk gets, and can't be changed later.",
  expectedNotes: { "1": "Up to 10,000", "8": "Up to 100,000", "64": "More than that" },
  go: "Join",
  exists: "This company is here already. Sign in with a key, or ask an admin of your team for a link.",
  key: {
    title: "Keep this key",
    text: "It is the company's first admin key, and shown only now. It is in this browser too, until you sign out.",
    copy: "Copy the key",
    inbound: "The secret your systems sign with",
    inboundText: "For your own programs, when they send answers by webhook. Also shown only now.",
    copyInbound: "Copy the secret",
  },
  proof: {
    title: "Prove your domain",
    text: "Until you do, owners see your company as unverified, nothing they offered reaches you, and labels and notices have to wait. Put this file on your website:",
    at: "At this address",
    file: "With this in it",
    copy: "Copy the file",
    save: "Save the file",
    check: "Check it now",
    done: "Your domain is proven.",
    operator: "Or ask whoever runs this server to vouch for you.",
    missing:
      "Not proven yet. The file must stand at this very address, over https and without a redirect, as it is shown here.",
    admin: "Sign in with an admin key to prove the domain: the file names the key that asks.",
  },
  waiting: {
    title: "Owners who wait for you",
    text: (from: number, to: number) =>
      from === 0
        ? `Fewer than ${number(to + 1)} owners wait for your company.`
        : `Between ${number(from)} and ${number(to)} owners wait for your company.`,
  },
  next: {
    title: "Then",
    terms: "Say which terms you accept",
    inbox: "To the inbox",
  },
};
