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
type Label = { readonly url: string; readonly gtin: string; readonly serial: string; readonly code: string };

export type Batch = {
  readonly maker: Domain;
  readonly gtin: string;
  readonly origin: string;
  /** The serials as given, or how many to make. */
  readonly serials: readonly string[] | number;
  /** The same key makes the same serials. */
  readonly idempotencyKey: string | null;
};

const sizeOf = ({ serials }: Batch): number => (typeof serials === "number" ? serials : serials.length);

async function serialAt(root: Root, { maker, serials, idempotencyKey }: Batch, n: number): Promise<string> {
  if (typeof serials !== "number") return serials[n]!;
  return idempotencyKey === null
    ? encodeCrockford(randomBytes(SERIAL_BYTES))
    : root.repeatedSerial(maker, idempotencyKey, n);
}

async function labelAt(root: Root, batch: Batch, n: number): Promise<Label> {
  const serial = await serialAt(root, batch, n);
  const code = grouped(await root.claimCode(batch.gtin, serial));
  return { url: digitalLink(batch.origin, batch.gtin, serial), gtin: batch.gtin, serial, code };
}

/** The labels from the n-th on, `AT_ONCE` of them at most. */
const labelsFrom = (root: Root, batch: Batch, n: number): Promise<Label[]> =>
  Promise.all(Array.from({ length: Math.min(AT_ONCE, sizeOf(batch) - n) }, (_, i) => labelAt(root, batch, n + i)));

/** How a batch is written: what stands before, between and after its labels. */
export type LabelForm = {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  readonly lineOf: (label: Label) => string;
};

/** Each media type in which labels can be had, the first where nothing is asked for. */
export const LABEL_FORMS = {
  "application/json": { head: '{"labels":[', between: ",", tail: "]}", lineOf: (label) => JSON.stringify(label) },
  "text/csv": {
    head: csvLine(["url", "gtin", "serial", "code"]),
    between: "",
    tail: "",
    lineOf: ({ url, gtin, serial, code }) => csvLine([url, gtin, serial, code]),
  },
  "application/x-ndjson": { head: "", between: "", tail: "", lineOf: (label) => `${JSON.stringify(label)}\n` },
} as const satisfies Record<string, LabelForm>;

/** The batch as text, a piece whenever the reader asks for one. */
export function labelStream(
  root: Root,
  batch: Batch,
  { head, between, tail, lineOf }: LabelForm,
): ReadableStream<Uint8Array> {
  const size = sizeOf(batch);
  let n = 0;
  return new ReadableStream({
    async pull(controller) {
      const labels = await labelsFrom(root, batch, n);
      const before = n === 0 ? head : between;
      n += labels.length;
      controller.enqueue(bytesOf(before + labels.map(lineOf).join(between) + (n >= size ? tail : "")));
      if (n >= size) controller.close();
    },
  });
}
