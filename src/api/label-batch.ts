// Labels, made as they are read: a batch of any size takes the memory of a few. Nothing is stored for an unsold item.

import { csvLine } from "../domain/csv.ts";
import { encodeCrockford, grouped } from "../domain/crockford.ts";
import { digitalLink } from "../domain/gtin.ts";
import type { Domain } from "../domain/ids.ts";
import { bytesOf } from "../platform/crypto.ts";
import { randomBytes } from "../platform/random.ts";
import type { Root } from "../platform/root.ts";

/** 80 random bits: 16 characters, so that nobody can walk from one serial to the next. */
const SERIAL_BYTES = 10;
const AT_ONCE = 250;

/** `url` goes on the outside; `code` goes inside the packaging and opens the claim. */
export type Label = { readonly url: string; readonly gtin: string; readonly serial: string; readonly code: string };

export type Batch = {
  readonly maker: Domain;
  readonly gtin: string;
  readonly origin: string;
  /** The serials as given, or how many to make. */
  readonly serials: readonly string[] | number;
  /** The same key makes the same serials. */
  readonly idempotencyKey: string | null;
};

export const sizeOf = ({ serials }: Batch): number => (typeof serials === "number" ? serials : serials.length);

async function serialAt(root: Root, { maker, serials, idempotencyKey }: Batch, n: number): Promise<string> {
  if (typeof serials !== "number") return serials[n]!;
  return idempotencyKey === null ? encodeCrockford(randomBytes(SERIAL_BYTES)) : root.repeatedSerial(maker, idempotencyKey, n);
}

async function labelAt(root: Root, batch: Batch, n: number): Promise<Label> {
  const serial = await serialAt(root, batch, n);
  const code = grouped(await root.claimCode(batch.gtin, serial));
  return { url: digitalLink(batch.origin, batch.gtin, serial), gtin: batch.gtin, serial, code };
}

/** The labels from the n-th on, `AT_ONCE` of them at most. */
export const labelsFrom = (root: Root, batch: Batch, n: number): Promise<Label[]> =>
  Promise.all(Array.from({ length: Math.min(AT_ONCE, sizeOf(batch) - n) }, (_, i) => labelAt(root, batch, n + i)));

export const CSV_HEAD = csvLine(["url", "gtin", "serial", "code"]);
export const csvOf = ({ url, gtin, serial, code }: Label): string => csvLine([url, gtin, serial, code]);
export const ndjsonOf = (label: Label): string => `${JSON.stringify(label)}\n`;

/** The batch as text, a piece whenever the reader asks for one. */
export function labelStream(root: Root, batch: Batch, head: string, lineOf: (label: Label) => string): ReadableStream<Uint8Array> {
  let n = 0;
  return new ReadableStream({
    async pull(controller) {
      const labels = await labelsFrom(root, batch, n);
      const before = n === 0 ? head : "";
      n += labels.length;
      controller.enqueue(bytesOf(before + labels.map(lineOf).join("")));
      if (n >= sizeOf(batch)) controller.close();
    },
  });
}
