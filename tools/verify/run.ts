// One run of the offline verifier: from its arguments to what it prints and how it ends. Reads files; prints and ends nothing itself.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Label } from "../../src/domain/label-hash.ts";
import type { Bundle } from "../../src/domain/record/bundle.ts";
import { keysIn, type DidDocument } from "../../src/domain/record/company-keys.ts";
import { verifyHistory } from "../../src/domain/record/verify.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { publicKeyOfDidKey } from "../../src/domain/terms/did.ts";
import { readBundle, readDidDocument } from "./files.ts";
import { compared, readLabel } from "./label.ts";
import { photosOf } from "./photos.ts";
import { plain } from "./plain.ts";
import { report } from "./report.ts";

export type Outcome = { readonly code: 0 | 1 | 2; readonly out: string; readonly error: string };

const USAGE = `npm run verify -- FILE [--did FILE]… [--record ITEM] [--twin DID] [--label ADDRESS]

FILE           what the page saved: a record, its checkpoint and the keys it came with
--did FILE     a company's DID document that you got from elsewhere, to be used in place of the one in the file
--record ITEM  the 16 characters that the record must be of: those after "twin_" in the link you were given
--twin DID     the key of the twin that the page showed you, did:key:z…: it must be the one that signed this file's head
--label ADDR.  what the label on the thing says, https://HOST/01/GTIN/21/SERIAL, to be compared with the one that was signed

It ends with 0 when the record is unaltered (and the key its twin's, and the label its item's), 1 when it is not to be relied on or the key
or the label is another's, 2 when the file cannot be read or the label cannot be compared.
`;

type Arguments = {
  readonly file: string;
  readonly dids: readonly string[];
  readonly record: string | undefined;
  readonly twin: string | undefined;
  readonly label: Label | undefined;
};

function read(args: readonly string[]): Result<Arguments, string> {
  try {
    const options = {
      did: { type: "string", multiple: true },
      record: { type: "string" },
      twin: { type: "string" },
      label: { type: "string" },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return err("Name one file.");
    const { did: dids = [], record, twin } = values;
    if (twin !== undefined && publicKeyOfDidKey(twin) === null)
      return err(`${twin} is not a twin's key, like did:key:z…`);
    const label = values.label === undefined ? ok(undefined) : readLabel(values.label);
    return label.ok ? ok({ file, dids, record, twin, label: label.value }) : label;
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

/** The documents by company: those given from elsewhere over those in the bundle. */
function documentsOf(bundle: Bundle, files: readonly string[]): Result<Readonly<Record<string, DidDocument>>, string> {
  const documents: Record<string, DidDocument> = { ...bundle.keys };
  for (const file of files) {
    const read = parsedFile(file, readDidDocument);
    if (!read.ok) return read;
    documents[read.value.company] = read.value.document;
  }
  return ok(documents);
}

/** @param now milliseconds */
export async function verify(args: readonly string[], now: number): Promise<Outcome> {
  const refused = (reason: string): Outcome => ({ code: 2, out: "", error: `${plain(reason)}\n\n${USAGE}` });
  const given = read(args);
  if (!given.ok) return refused(given.error);
  const { file, dids, record, twin, label } = given.value;
  const found = parsedFile(file, readBundle);
  if (!found.ok) return refused(found.error);
  const bundle = found.value;
  const documents = documentsOf(bundle, dids);
  if (!documents.ok) return refused(documents.error);

  // What a file says is never of this moment: its age is told, and judged by whoever reads it. A time to come is a fault all the same.
  const at = Date.parse(bundle.history.checkpoint.at);
  const context = { now: Math.min(at, now), ...(record === undefined ? {} : { record }) };
  const findings = await verifyHistory(bundle.history, keysIn(documents.value), context);
  const photos = photosOf(bundle, findings.bodies);
  const fromFile = Object.keys(bundle.keys).filter((company) => documents.value[company] === bundle.keys[company]);
  const item = label === undefined ? null : compared(label, bundle, findings);
  const isTwins = twin === undefined ? null : findings.present?.twin === twin;
  const out = `${report({ bundle, findings, photos, fromFile, isTwins, item, now }).join("\n")}\n`;
  const isWrong = findings.verdict === "do-not-rely" || photos.altered > 0 || isTwins === false || item === "other";
  return { code: isWrong ? 1 : item === "unable" ? 2 : 0, out, error: "" };
}
