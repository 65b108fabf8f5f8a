// Words of the known issues.

import { number, plural } from "../../format.ts";

export const issues = {
  title: "Known issues",
  lead: "What you know is wrong, and what you do about it. Owners of the product read it and can count themselves in. Whoever's note you link to one is told each time it changes.",
  add: "New known issue",
  one: "Known issue",
  empty: "No known issues yet",
  emptyText:
    "When a second note says the same, make one and link both. You then answer everyone at once, each time it moves.",
  product: "Product",
  productHint: "Its GTIN, from the barcode. Without one it concerns all of your products.",
  productFault: "This is no GTIN: 8, 12, 13 or 14 digits, the last a check digit.",
  everyProduct: "All products",
  name: "What is wrong",
  nameHint: "As an owner would say it: “The lid leaks when hot”.",
  status: "Where it stands",
  fixedIn: "Fixed in",
  fixedInHint: "Words an owner finds again: a version, a batch, a date.",
  text: "What owners are told",
  textHint: "What it is, what they can do meanwhile, when you will say more.",
  change: "Say how it stands now",
  look: "See what owners will read",
  back: "Change the words",
  now: "What owners read now",
  previewOf: (product: string | null): string =>
    product === null
      ? "Every owner of one of your products can read this."
      : "Every owner of this product can read this.",
  previewTold:
    "Owners of linked threads are told in their thread, while their terms let you answer. Nobody is told twice of the same change.",
  unchanged: "Nothing is different yet.",
  publish: "Publish it",
  send: "Tell them",
  published: "Published",
  sent: "Saved. The owners of linked threads are being told.",
  linked: "Linked threads",
  linkedFew: "fewer than 5, or not counted under their terms",
  linkedNumber: (n: number) => plural(n, { one: "1 linked thread", other: `${number(n)} linked threads` }),
  meToo: "Counted themselves in",
  meTooFew: "fewer than 5",
  meTooNumber: (n: number) => `${number(n)} × me too`,
  fewHint: "Both numbers show from 5 up: of linked threads, and of owners who counted themselves in.",
  changed: "Last changed",
  threads: "Their threads",
  threadsLead: "What you linked. Each of these owners reads the status under their note.",
  noThreads: "No thread is linked yet",
  noThreadsText: "Open a thread in the inbox and press i, or choose “Known issue”.",
  group: {
    investigating: "Being looked into",
    "fix-planned": "A fix is planned",
    fixed: "Fixed",
    "wont-fix": "Won't be fixed",
  },
};
