// Words of a thing's papers.

import { number, plural } from "../format.ts";

const days = (n: number): string => plural(n, { one: `${number(n)} day`, other: `${number(n)} days` });
const weeks = (n: number): string => plural(n, { one: `${number(n)} week`, other: `${number(n)} weeks` });
const months = (n: number): string => plural(n, { one: `${number(n)} month`, other: `${number(n)} months` });

export const papers = {
  title: "Papers",
  ownerOnly: "Only the owner sees the papers of this thing.",
  privacy: "Only you and whoever runs this server can see this. Nothing of it ever goes to the company.",
  empty: "Photograph the receipt, note when the warranty ends, and be reminded in time.",
  offline: "Papers need a connection to be saved. What you type is kept on this device until then.",
  lastSeen: "What you see is what this device saw last.",
  neverSeen: "This device hasn't seen these papers yet. You can begin; it comes together when you're back online.",

  warranty: {
    title: "Warranty",
    until: "Ends on",
    untilHint: "The last day it covers.",
    remind: "Remind me",
    remindOn: "on the last day",
    remindBefore: (n: number) => `${days(n)} before`,
    remindHint: "Where you are told of news, on that morning.",
    tellMe: "Choose where you are told",
    running: (when: string, left: string) => `Under warranty until ${when}, ${left} more`,
    soon: (within: string) => `Warranty ends in ${within}`,
    today: "Warranty ends today",
    tomorrow: "Warranty ends tomorrow",
    over: (when: string) => `Warranty ended on ${when}`,
    /** How long it still runs; `within` as the end of "ends in". */
    left: { days, weeks, months },
    within: { days, weeks, months },
  },

  files: {
    title: "Receipts and papers",
    adding: "Add a paper",
    kinds: { receipt: "Receipt", manual: "Manual", warranty: "Warranty card", other: "Something else" },
    add: { receipt: "Add a receipt", manual: "Manual pages", warranty: "Warranty card", other: "Something else" },
    label: "What it is",
    nth: (kind: string, n: number) => `${kind} ${number(n)}`,
    remove: (name: string) => `Take out ${name}`,
    unsaved: "not saved yet",
    shrinking: "Making it smaller",
    heic: "This browser can't read pictures of this camera format (HEIC). Take the photo as JPEG.",
    unreadable: "That file is no picture this browser can read.",
    notNow: "Photos can't be made ready without a connection yet. Try again when you're back online.",
    most: (n: number) => `At most ${number(n)} papers.`,
  },

  bought: {
    title: "Where it comes from",
    on: "Bought on",
    at: "Bought at",
    atHint: "A shop, a market, a friend",
    price: "Price",
    priceHint: "With its currency, as you'd write it",
  },
  serial: {
    title: "Serial number",
    proven: "From its label, and proven by the code in its packaging",
    label: "Serial number",
    typed: "As you typed it. It proves nothing, but it is what a repair shop asks for.",
    fromAdding: (serial: string) => `When you added it you typed ${serial}.`,
  },
  manual: {
    title: "Manual",
    label: "Link to the manual",
    hint: "Begins with https://",
    open: "Open the manual",
    wrong: "Write a whole web address, beginning with https://",
  },
  remarks: { title: "Remarks", label: "Anything else", hint: "The colour's number, the size, who repaired it" },

  save: "Save the papers",
  saving: (done: number, of: number) => `Saving paper ${number(done)} of ${number(of)}`,
  saved: "Papers saved",
  unsaved: "Not saved yet",
  savedOn: "Saved",
  undo: "Undo",

  conflict: {
    title: "Changed on another device; here is both",
    text: "Choose for each what stays. Everything else was put together already.",
    here: (value: string) => `Here: ${value}`,
    there: (value: string) => `There: ${value}`,
    nothing: "nothing",
    merged: "Put together with what another device wrote",
    save: "Save what I chose",
  },
};
