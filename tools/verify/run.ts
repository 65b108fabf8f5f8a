// One run of the offline verifier: from its arguments to what it prints and how it ends. Reads files; prints and ends nothing itself.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Domain } from "../../src/domain/ids.ts";
import { keysIn, type DidDocument } from "../../src/domain/record/company-keys.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { publicKeyOfDidKey } from "../../src/domain/terms/did.ts";
import { isNothing, signedBy } from "./companies.ts";
import { readBundle, readDidDocument } from "./files.ts";
import { compared, readLabel } from "./label.ts";
import { photosOf } from "./photos.ts";
import { plain } from "./plain.ts";
import { report } from "./report.ts";

export type Outcome = { readonly code: 0 | 1 | 2; readonly out: string; readonly error: string };

const USAGE = `npm run verify -- FILE [--did FILE]… [--record ITEM] [--twin DID] [--label LABEL]

FILE           what the page saved: a record, its checkpoint and the keys it came with
--did FILE     a company's DID document that you got from elsewhere, to be used in place of the one in the file
--record ITEM  the 16 characters that the record must be of: those after "twin_" in the link you were given
--twin DID     the key of the twin that the page showed you, did:key:z…: it must be the one that signed this file's head
--label LABEL  what the label on the thing says, to be compared with what was signed: its address,
               https://HOST/01/GTIN/21/SERIAL, or its serial alone, which is taken to be of the GTIN in the file
--help         says this

It ends with 0 when the record is unaltered (and the key its twin's, and the label its item's), 1 when it is not to be relied on or the key
or the label is another's, 2 when the file cannot be read, the label cannot be compared (the salt is not in it, or no label
is tied to the record), or a company of --did signed nothing in it.
`;
const HINT = "npm run verify -- --help says how it is used.\n";

type Arguments = {
  readonly file: string;
  readonly dids: readonly string[];
  readonly record: string | undefined;
  readonly twin: string | undefined;
  readonly label: string | undefined;
};

/** Null when it is only to be said how it is used. */
function read(args: readonly string[]): Result<Arguments | null, string> {
  try {
    const options = {
      did: { type: "string", multiple: true },
      record: { type: "string" },
      twin: { type: "string" },
      label: { type: "string" },
      help: { type: "boolean", short: "h" },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (values.help) return ok(null);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return err("Name one file.");
    const { did: dids = [], record, twin, label } = values;
    if (twin !== undefined && publicKeyOfDidKey(twin) === null)
      return err(`${twin} is not a twin's key, like did:key:z…`);
    return ok({ file, dids, record, twin, label });
  } catch (error) {
    return err((error as Error).message);
  }
}

function parsedFile<T>(file: string, parse: (text: string) => Result<T, string>): Result<T, string> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return err(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = parse(text);
  return parsed.ok ? parsed : err(`${file}: ${parsed.error}`);
}

/** The documents that were given from elsewhere, by company. */
function documentsIn(files: readonly string[]): Result<Readonly<Record<Domain, DidDocument>>, string> {
  const documents: Record<Domain, DidDocument> = {};
  for (const file of files) {
    const read = parsedFile(file, readDidDocument);
    if (!read.ok) return read;
    documents[read.value.company] = read.value.document;
  }
  return ok(documents);
}

/** @param now milliseconds */
export async function verify(args: readonly string[], now: number): Promise<Outcome> {
  const refused = (reason: string): Outcome => ({ code: 2, out: "", error: `${plain(reason)}\n${HINT}` });
  const asked = read(args);
  if (!asked.ok) return refused(asked.error);
  if (asked.value === null) return { code: 0, out: USAGE, error: "" };
  const { file, dids, record, twin, label } = asked.value;
  const found = parsedFile(file, readBundle);
  if (!found.ok) return refused(found.error);
  const bundle = found.value;
  const given = documentsIn(dids);
  if (!given.ok) return refused(given.error);
  const named = label === undefined ? ok(null) : readLabel(label, bundle);
  if (!named.ok) return refused(named.error);

  // What a file says is never of this moment: its age is told, and judged by whoever reads it. A time to come is a fault all the same.
  const at = Date.parse(bundle.history.checkpoint.at);
  const context = { now: Math.min(at, now), ...(record === undefined ? {} : { record }) };
  const findings = await verifyHistory(bundle.history, keysIn({ ...bundle.keys, ...given.value }), context);
  const photos = photosOf(bundle, findings.bodies);
  const vouched = Object.keys(given.value).map((company) => signedBy(company, bundle, findings));
  const fromFile = Object.keys(bundle.keys).filter((company) => !Object.hasOwn(given.value, company));
  const item = named.value === null ? null : compared(named.value.label, bundle, findings);
  const assumed = named.value?.assumed === true ? named.value.label.gtin : null;
  const isTwins = twin === undefined ? null : findings.present?.twin === twin;
  const out = `${report({ bundle, findings, photos, vouched, fromFile, isTwins, item, assumed, now }).join("\n")}\n`;
  const isWrong = findings.verdict === "do-not-rely" || photos.altered > 0 || isTwins === false || item === "other";
  const isIdle = item === "unable" || item === "none" || vouched.some(isNothing);
  return { code: isWrong ? 1 : isIdle ? 2 : 0, out, error: "" };
}
