// Words of the notices, as the company that sends them reads them.

import { number, plural } from "../../format.ts";

type NoticeKind = "safety" | "recall" | "service";

export const notices = {
  title: "Notices",
  lead: "What owners of your things need to know, whatever their terms: dangers and recalls. And what the thing's service needs said, where terms allow it. There is no kind for offers.",
  kinds: { safety: "Safety notice", recall: "Recall", service: "Service message" },
  add: "New notice",
  empty: "No notices",
  emptyText: "A safety notice or a recall reaches every owner of a labelled item, with or without terms.",
  list: "Notices, newest first",
  one: "Notice",
  newTitle: "A new notice",
  adminOnly: "Announcing takes the role of an admin.",
  kind: "What it is",
  kindHints: {
    safety: "Something can hurt somebody, and owners can do something about it.",
    recall: "The thing has to come back, be mended or be thrown away.",
    service: "What the thing's service needs said: a part that runs out, an end of support.",
  },
  gtin: "Product",
  gtinHint: "Its GTIN, from the barcode. It must be one of yours: an item of it has your label.",
  gtinHintService: "Leave it out to mean every product.",
  gtinFault: "This is no GTIN: 8, 12, 13 or 14 digits, the last a check digit.",
  items: "Which items",
  everyItem: "Every item",
  named: "Some, by serial number",
  serials: "Serial numbers",
  serialsHint: "One a line. Up to 10,000.",
  serialCount: (n: number) => plural(n, { one: "1 serial number", other: `${number(n)} serial numbers` }),
  serialsNone: "Name at least one serial number, or mean every item.",
  serialsMany: "At most 10,000 serial numbers.",
  serialFault: (line: number, text: string) => `Line ${number(line)} is no serial number: ${text}`,
  name: "Title",
  nameHint: "What is wrong, in a few words: it is what shows on a phone.",
  text: "Text",
  textHint: "What can happen, what to do now, and what you will do. Plain words: it may be read in a hurry.",
  url: "A page of yours about it",
  urlHint: "Begins with https://",
  urlFault: "Must be an address that begins with https://",
  preview: "As an owner will see it",
  previewEmpty: "Write a title and a text to see it here.",
  look: "Go on: whom it reaches",
  back: "Change the words",
  confirm: {
    title: "Read it once more",
    whom: "Whom it reaches",
    everyItem: (gtin: string) =>
      `Every owner of a labelled item of ${gtin} who has claimed it, and everyone who claims one later. With or without terms.`,
    named: (gtin: string, n: number) =>
      `Owners of ${plural(n, { one: "the 1 item", other: `the ${number(n)} items` })} of ${gtin} you named, now or once they claim it. With or without terms. It does not tell you whether any one item is claimed.`,
    board: "It also stands on the product's public board, where anyone who scans the label can read it.",
    service: "Owners whose terms in force let you send service messages, and nobody else.",
    serviceOf: (gtin: string) => `Only those with an item of ${gtin}.`,
    forGood: "It can be withdrawn with a reason, and then shows as withdrawn. It can't be taken back.",
    send: (kind: NoticeKind) =>
      ({ safety: "Announce this safety notice", recall: "Announce this recall", service: "Send this service message" })[
        kind
      ],
  },
  announced: "It goes out now",
  product: "Product",
  everyProduct: "Every product",
  which: "Items",
  at: "Announced",
  reach: "How far it came",
  band: (from: number, to: number) => `${number(from)} to ${number(to)}`,
  goesTo: (owners: string) => `It goes to about ${owners} owners`,
  told: (delivered: string, targeted: string) => `Told: ${delivered} of ${targeted} owners`,
  wentTo: (owners: string) => `Gone out to about ${owners} owners`,
  toldAll: (owners: string) => `Told: about ${owners} owners`,
  withdrawalGoesTo: (owners: string) => `The withdrawal goes to about ${owners} owners`,
  withdrawalWentTo: (owners: string) => `The withdrawal has gone out to about ${owners} owners`,
  withdrawalTold: (delivered: string, targeted: string) =>
    `Told that it is withdrawn: ${delivered} of ${targeted} owners`,
  withdrawalToldAll: (owners: string) => `Told that it is withdrawn: about ${owners} owners`,
  finished: "It has gone out",
  underWay: "Under way",
  bands:
    "Numbers of owners come in bands of 20, and a little off, so that nobody can find out whether one item is claimed.",
  bandsService: "Numbers of owners come in bands of 20.",
  later:
    "It is not said before a minute has passed that it has gone out. Items that are out of reach, or are claimed later, are told as they come.",
  owners: "What owners read",
  board: "The product's public board",
  withdrawn: "Withdrawn",
  withdraw: "Withdraw it",
  withdrawTitle: "Withdraw this notice?",
  withdrawText:
    "Whoever got it reads that it does not stand any more, and why. It stays on the board, marked. This can't be undone.",
  reason: "Why",
  reasonHint: "Owners read it as you write it.",
  withdrew: "Withdrawn. Owners are being told.",
};
