// Words of the labels page.

import { number, plural } from "../../format.ts";

export const labels = {
  title: "Labels",
  lead: "Each item gets one: the QR code on the outside, the code inside the packaging. Whoever has the inner code can claim the item as its first owner.",
  gtin: "GTIN",
  gtinHint: "8, 12, 13 or 14 digits. It becomes yours with the first label.",
  model: "Model",
  modelHint: "What owners see when they scan it.",
  which: "Serial numbers",
  make: "Make new ones",
  makeHint: "16 characters by chance: nobody can guess one from another.",
  given: "Use ours",
  givenHint: "One a line, up to 20 characters each.",
  count: "How many",
  serials: "Your serial numbers",
  countFault: (most: number) => `A whole number from 1 to ${number(most)}.`,
  serialsFault: "Write at least one serial number.",
  form: "For",
  sheet: "A sheet to print",
  sheetHint: (most: number) => `Up to ${number(most)} labels, drawn on this page.`,
  csv: "The factory, as CSV",
  ndjson: "The factory, as NDJSON",
  fileHint: "Any number, as a file.",
  submit: "Make the labels",
  done: (n: number) => plural(n, { one: "1 label", other: `${number(n)} labels` }),
  saved: "The file is on its way to your downloads.",
  print: "Print",
  again: "Make others",
  qr: (serial: string) => `QR code of serial number ${serial}`,
  outside: "Outside",
  inside: "Inside the packaging",
  secret:
    "Keep this as you keep money: nothing of it is stored here, and whoever reads an inner code before its buyer can claim the item.",
  sheetLabel: "The labels",
};
