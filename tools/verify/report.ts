// What the offline verifier prints: the verdict, what it rests on, the entries, and what none of this can prove.

import type { Bundle } from "../../src/domain/record/bundle.ts";
import type { Author, Body, ShownEntry } from "../../src/domain/record/entry.ts";
import type { CountFinding, Findings } from "../../src/domain/record/verify.ts";
import { formed } from "../../src/domain/record/examine.ts";
import { isSound } from "../../src/domain/record/faults.ts";
import { isNothing, type Signed } from "./companies.ts";
import type { Compared } from "./label.ts";
import type { Photos } from "./photos.ts";
import { plain } from "./plain.ts";

export type Reported = {
  readonly bundle: Bundle;
  readonly findings: Findings;
  readonly photos: Photos;
  /** Of each company whose keys were given: what they vouch for. */
  readonly vouched: readonly Signed[];
  /** Companies whose keys nobody gave but the file itself. */
  readonly fromFile: readonly string[];
  /** Whether the present twin's key is the one that was given; null when none was. */
  readonly isTwins: boolean | null;
  /** What came of a label that was given; null when none was. */
  readonly item: Compared | null;
  /** The file's GTIN, where of the label only its serial was given; else null. */
  readonly assumed: string | null;
  /** Milliseconds. */
  readonly now: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const longDay = (day: string): string =>
  new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });

export function report(reported: Reported): string[] {
  const { bundle, findings } = reported;
  const { faults } = findings;
  return [
    verdict(reported),
    ...compared(reported),
    ...vouched(reported),
    ...anchored(reported),
    `Record ${plain(bundle.history.checkpoint.record)}`,
    named(bundle),
    ...(faults.length === 0 ? [] : ["", "What is wrong", ...indented(faults.map(({ detail }) => plain(detail)))]),
    "",
    isSound(findings.faults) ? "What this rests on" : "What the file says of itself: do not rely on it",
    ...indented([...(isSound(findings.faults) ? grounds(reported) : claims(reported)), ...beside(reported)]),
    "",
    "The entries, by the day they were recorded",
    ...indented(bundle.history.entries.flatMap((entry, at) => lines(entry, findings.bodies[at] ?? null))),
    "",
    "What this cannot tell",
    ...indented([
      "Nothing proves what nobody recorded.",
      "A server and a seller who make a record anew together are caught only by a count signed by its maker.",
      "What the thing is called: nobody signed its name and its maker, and whoever gave you the file could have put in others. Its GTIN is proven by its label alone.",
      "Whether an entry without words was erased, or only left out of this file: nobody signed that either.",
      reported.item === "same"
        ? "Whether the label is where its maker put it: labels can be copied."
        : findings.item === null && isSound(faults)
          ? "Whether the record is of the thing in your hand: its owner started it, and no label is tied to it."
          : "Whether the record is of the thing in your hand: compare its label, with --label or on the page that the link opens.",
    ]),
  ];
}

function verdict({ findings, photos, isTwins, item }: Reported): string {
  const { since, withheld, erased } = findings;
  if (isTwins === false && isSound(findings.faults))
    return "DO NOT RELY ON THIS FILE: the twin that signed it has not the key that you gave.";
  if (item === "other" && isSound(findings.faults))
    return "DO NOT RELY ON THIS RECORD FOR YOUR THING: your label is not its item's.";
  if (findings.verdict === "do-not-rely") return "DO NOT RELY ON THIS RECORD.";
  if (photos.altered > 0) return "DO NOT RELY ON THIS FILE: a photo in it is not the one that was recorded.";
  const unread = [
    ...(withheld > 0 ? [`${withheld} withheld`] : []),
    ...(erased > 0 ? [`${erased} said to be erased`] : []),
  ];
  return `UNALTERED since ${longDay(since!)}.${unread.length === 0 ? "" : ` Not here are the words of ${unread.join(" and ")}.`}`;
}

/** Of a label that was given. Where the record is not sound, what it names is nobody's word. */
function compared({ findings, item, assumed }: Reported): string[] {
  if (item === null) return [];
  if (!isSound(findings.faults)) return ["Your label was not compared: what this record names is nobody's word."];
  return {
    same:
      assumed === null
        ? ["Your label is its item's: the twin signed its GTIN and its serial, as a hash."]
        : [`Your serial is its item's, if your label also says GTIN ${assumed}: the twin signed both, as a hash.`],
    other: [],
    none: ["Your label could not be compared: its owner started this record, and no label is tied to it."],
    unable: ["Your label could not be compared: the salt is not in this file. The page that the link opens can."],
  }[item];
}

/** Of companies whose keys were given. Where the record is not sound, its faults say what they make of it. */
const vouched = ({ findings, vouched }: Reported): string[] =>
  !isSound(findings.faults)
    ? []
    : vouched.map((signed) => {
        const company = plain(signed.company);
        return isNothing(signed)
          ? `The key of ${company} that you gave proves nothing: ${company} signed nothing here.`
          : `${signings(signed)} by ${company}: signed with the key that you gave.`;
      });

const signings = ({ entries, counts }: Signed): string =>
  [
    ...(entries === 0 ? [] : [count(entries, "entry", "entries")]),
    ...(counts === 0 ? [] : [count(counts, "count")]),
  ].join(" and ");

/** What makes it more than something anybody could have written: nothing that is in the file. */
function anchored({ findings, isTwins, vouched, fromFile }: Reported): string[] {
  if (!isSound(findings.faults))
    return isTwins === null ? [] : ["Your twin's key was not compared: what this record names is nobody's word."];
  if (isTwins === null)
    return [
      vouched.every(isNothing)
        ? "By the keys in this file: whoever gave it to you could have made all of it, the keys too."
        : "All else by the keys in this file: whoever gave it to you could have made that, the keys too.",
      `More is said only by ${fromFile.length === 0 ? "" : "what a company signed, checked with --did, and by "}the twin's key that the page showed you, compared with --twin.`,
    ];
  return isTwins
    ? ["Your key is its twin's: nobody without it could have made this file."]
    : ["A thing that changed hands since has another key: the one that the page shows now."];
}

/** Nobody vouches for it, whatever the record is worth. */
function named({ history: { product } }: Bundle): string {
  const { name, gtin, maker } = product;
  const said = [name, ...(gtin === null ? [] : [`GTIN ${gtin}`]), ...(maker === null ? [] : [`made by ${maker.id}`])];
  return `Named in the file, signed by nobody: ${said.map(plain).join(", ")}`;
}

const size = ({ bundle, findings }: Reported): string =>
  `${count(bundle.history.entries.length, "entry", "entries")} and ${count(findings.owners, "owner")}`;

/** What was checked. */
function grounds(reported: Reported): string[] {
  const { bundle, findings, now } = reported;
  const { checkpoint } = bundle.history;
  return [
    `${size(reported)}, checked against the head that the twin signed.`,
    `The twin signed it at ${checkpoint.at}, ${age(now - Date.parse(checkpoint.at))}. What came after is not in this file.`,
    findings.claim === "label"
      ? "Its owner claimed it with the code from inside the packaging."
      : "Its owner started this record: the maker has not confirmed the item.",
    ...(findings.item === null
      ? []
      : [
          bundle.history.label === null
            ? "The twin signed which label is its item's, as a hash. Its serial could be found by trying, so the salt to compare one with is not in this file."
            : "The twin signed which label is its item's, as a hash, and the one in this file is that one.",
        ]),
  ];
}

/** The same where something is wrong: nothing of it is told as checked. */
function claims(reported: Reported): string[] {
  const { bundle, findings } = reported;
  return [
    `${size(reported)}, with a head said to be of ${plain(bundle.history.checkpoint.at)}.`,
    findings.claim === "label"
      ? "Its owner is said to have claimed it with the code from inside the packaging."
      : "Its owner is said to have started this record.",
  ];
}

/** What does not hang on the entries: counts whose signatures are right, the photos, and where the keys are from. */
function beside({ bundle, findings: { counts }, photos, fromFile }: Reported): string[] {
  return [
    ...(bundle.history.counts.length === 0 ? ["No count came with this file."] : counts.map(counted)),
    ...(photos.named === 0 ? [] : [pictured(photos)]),
    ...(fromFile.length === 0
      ? []
      : [
          `The keys of ${fromFile.map(plain).join(", ")} are from this file itself, so whoever made it could have chosen them.`,
          "Give the company's own with --did FILE.",
        ]),
  ];
}

function age(ms: number): string {
  if (ms < HOUR_MS) return "less than an hour ago";
  return ms < 2 * DAY_MS
    ? `${count(Math.floor(ms / HOUR_MS), "hour")} ago`
    : `${count(Math.floor(ms / DAY_MS), "day")} ago`;
}

const counted = ({ by, stated, asOf, found }: CountFinding): string =>
  `${by.role === "maker" ? plain(by.maker) : "Someone an owner let in, by that owner's key,"} stated ${count(stated, "entry", "entries")} up to ${asOf}; ${found} here.`;

function pictured({ named, missing, altered }: Photos): string {
  const sound = named - missing - altered;
  return `${count(named, "photo")}: ${sound} as recorded, ${missing} not in this file, ${altered} altered.`;
}

const who = (by: Author, body: Body | null): string => {
  if (by.role === "maker") return plain(by.maker);
  if (by.role === "channel") return `someone the owner calls ${plain(body?.author ?? "…")}, unconfirmed`;
  return by.role === "owner" ? "the owner" : "the twin";
};

/** One that has no form is told by its fault; there is nothing of it to print. */
function lines(shown: ShownEntry, body: Body | null): string[] {
  if (formed(shown) === null) return ["?  not an entry"];
  const { seq, recordedOn, occurredOn, kind, by, corrects, disclosure, erased } = shown;
  const happened = occurredOn === recordedOn ? "" : `, said to have happened on ${occurredOn}`;
  const about = corrects === null ? "" : `, of entry ${corrects}`;
  const head = `${seq}  ${recordedOn}  ${kind}${about} by ${who(by, body)}${happened}`;
  if (erased) return [head, "     (said to be erased)"];
  if (disclosure === null) return [head, "     (withheld)"];
  const until = body?.warrantyUntil ?? null;
  const warranty = until === null ? null : `Warranty until ${longDay(until)}, as stated here.`;
  const said = [body?.title, body?.text, body?.disposition, warranty].filter((text) => typeof text === "string");
  return [head, ...said.map((text) => `     ${plain(text)}`)];
}
