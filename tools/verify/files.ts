// What is read from files: a bundle, and DID documents from elsewhere. Only the outer form is judged here; the record has its own rules.

import * as z from "zod";
import { isCheckpoint, isLabelHash } from "../../src/domain/record/form.ts";
import { BUNDLE_SCHEMA, type Bundle } from "../../src/domain/record/bundle.ts";
import type { DidDocument } from "../../src/domain/record/company-keys.ts";
import type { Domain } from "../../src/domain/ids.ts";
import { domain } from "../../src/domain/product.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { companyOfDid } from "../../src/domain/terms/did.ts";

const didDocument = z.object({
  id: z.string(),
  verificationMethod: z.array(z.object({ id: z.string(), publicKeyMultibase: z.string() })),
});

const product = z.object({
  name: z.string(),
  model: z.string().nullable(),
  gtin: z.string().nullable(),
  maker: z.object({ id: z.string() }).nullable(),
  proof: z.enum(["label", "none"]),
});

const bundle = z.object({
  schema: z.literal(BUNDLE_SCHEMA, { error: `is not ${BUNDLE_SCHEMA}` }),
  savedAt: z.iso.datetime({ offset: true }),
  history: z.looseObject({
    product,
    label: z.custom(isLabelHash, "has not the form of a label's hash").nullable(),
    checkpoint: z.custom(isCheckpoint, "has not the form of a checkpoint"),
    entries: z.array(z.unknown()),
    counts: z.array(z.unknown()),
  }),
  keys: z.record(domain, didDocument),
  photos: z.record(z.string(), z.string()),
});

function parsed<T>(text: string, shape: z.ZodType<T>): Result<T, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err("this is not JSON");
  }
  const read = shape.safeParse(value);
  if (read.success) return ok(read.data);
  const { path, message } = read.error.issues[0]!;
  return err(`this is not what was expected: ${path.join(".") || "it"}: ${message}`);
}

/** The bundle in a file's text; the error says why it is none. */
export const readBundle = (text: string): Result<Bundle, string> => parsed(text, bundle) as Result<Bundle, string>;

/** A company's DID document in a file's text, and whose it says it is. */
export function readDidDocument(
  text: string,
): Result<{ readonly company: Domain; readonly document: DidDocument }, string> {
  const document = parsed(text, didDocument);
  if (!document.ok) return document;
  const company = companyOfDid(document.value.id);
  return company === null
    ? err("this is no company's DID document: its id is not did:web:HOST:v1:makers:DOMAIN")
    : ok({ company, document: document.value });
}
