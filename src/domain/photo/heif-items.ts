// The tables of a HEIF file's `meta` box (ISO/IEC 23008-12; 14496-12, 8.11): which items there are, where their bytes lie,
// how they refer to each other and which properties they have. Only reads; says undefined to anything broken.

import { type Box, boxesIn, Cursor } from "./box.ts";
import { name } from "./octets.ts";

export type Item = { readonly type: string; readonly hidden: boolean; readonly encrypted: boolean };
/** Offsets count from the file's begin (`file`) or the `idat` box's body (`idat`). */
export type Place = {
  readonly source: "file" | "idat" | "elsewhere";
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
};
export type Reference = { readonly type: string; readonly from: number; readonly to: readonly number[] };
/** `index` counts the properties from 1; 0 is none. */
export type Association = { readonly index: number; readonly essential: boolean };

export type ItemTables = {
  readonly primary: number;
  readonly items: ReadonlyMap<number, Item>;
  readonly places: ReadonlyMap<number, Place>;
  readonly references: readonly Reference[];
  readonly properties: readonly Box[];
  readonly associations: ReadonlyMap<number, readonly Association[]>;
  readonly idat: Uint8Array;
};

const wholeBoxes = (bytes: Uint8Array): Box[] | undefined => {
  const { boxes, whole } = boxesIn(bytes);
  return whole ? boxes : undefined;
};

const bodyOf = (boxes: readonly Box[] | undefined, type: string): Uint8Array | undefined =>
  boxes?.find((candidate) => candidate.type === type)?.body;

function readItems(iinf: Uint8Array): Map<number, Item> | undefined {
  const cursor = new Cursor(iinf);
  cursor.uint(cursor.version().version === 0 ? 2 : 4); // how many; the boxes themselves say it too
  const entries = cursor.short ? undefined : wholeBoxes(cursor.rest());
  if (!entries) return undefined;
  const items = new Map<number, Item>();
  for (const { type, body } of entries) {
    const entry = new Cursor(body);
    const { version, flags } = entry.version();
    if (type !== "infe" || version < 2) continue;
    const id = entry.uint(version === 2 ? 2 : 4);
    const encrypted = entry.uint(2) !== 0;
    const kind = name(entry.rest(), 0);
    if (kind.length < 4 || items.has(id)) return undefined;
    items.set(id, { type: kind, hidden: (flags & 1) === 1, encrypted });
  }
  return items;
}

function readPlaces(iloc: Uint8Array): Map<number, Place> | undefined {
  const cursor = new Cursor(iloc);
  const { version } = cursor.version();
  const sizes = cursor.uint(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15] as const;
  const indexSize = version === 0 ? 0 : sizes & 15;
  if (version > 2 || Math.max(offsetSize, lengthSize, baseSize, indexSize) > 8) return undefined;
  const count = cursor.uint(version < 2 ? 2 : 4);
  const places = new Map<number, Place>();
  for (let i = 0; i < count && !cursor.short; i++) {
    const id = cursor.uint(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : cursor.uint(2) & 15;
    const otherFile = cursor.uint(2) !== 0;
    const base = cursor.uint(baseSize);
    const extentCount = cursor.uint(2);
    // Extents of no bytes would let a small file ask for endless work.
    if (extentCount > 1 && lengthSize === 0) return undefined;
    const extents: { offset: number; length: number }[] = [];
    for (let j = 0; j < extentCount && !cursor.short; j++) {
      cursor.uint(indexSize);
      extents.push({ offset: base + cursor.uint(offsetSize), length: cursor.uint(lengthSize) });
    }
    const source = otherFile || method > 1 ? "elsewhere" : method === 1 ? "idat" : "file";
    if (places.has(id)) return undefined;
    places.set(id, { source, extents });
  }
  return cursor.short ? undefined : places;
}

function readReferences(iref: Uint8Array): Reference[] | undefined {
  const cursor = new Cursor(iref);
  const idSize = cursor.version().version === 0 ? 2 : 4;
  const boxes = cursor.short ? undefined : wholeBoxes(cursor.rest());
  if (!boxes) return undefined;
  const references: Reference[] = [];
  for (const { type, body } of boxes) {
    const entry = new Cursor(body);
    const from = entry.uint(idSize);
    const to = Array.from({ length: entry.uint(2) }, () => entry.uint(idSize));
    if (entry.short) return undefined;
    references.push({ type, from, to });
  }
  return references;
}

function readAssociations(ipma: Uint8Array, into: Map<number, Association[]>): boolean {
  const cursor = new Cursor(ipma);
  const { version, flags } = cursor.version();
  const size = flags & 1 ? 2 : 1;
  const essentialBit = size === 2 ? 0x8000 : 0x80;
  const count = cursor.uint(4);
  for (let i = 0; i < count && !cursor.short; i++) {
    const id = cursor.uint(version === 0 ? 2 : 4);
    const list = Array.from({ length: cursor.uint(1) }, () => {
      const value = cursor.uint(size);
      return { index: value % essentialBit, essential: value >= essentialBit };
    });
    if (into.has(id)) return false;
    into.set(id, list);
  }
  return !cursor.short;
}

/** Reads the body of a `meta` box; undefined if a table that a picture needs is missing or broken. */
export function readItemTables(meta: Uint8Array): ItemTables | undefined {
  const boxes = wholeBoxes(meta.subarray(4));
  const pitm = bodyOf(boxes, "pitm");
  const iinf = bodyOf(boxes, "iinf");
  const iloc = bodyOf(boxes, "iloc");
  const iref = bodyOf(boxes, "iref");
  const iprp = wholeBoxes(bodyOf(boxes, "iprp") ?? new Uint8Array());
  const properties = wholeBoxes(bodyOf(iprp, "ipco") ?? new Uint8Array());
  if (!pitm || !iinf || !iloc || !iprp || !properties) return undefined;

  const items = readItems(iinf);
  const places = readPlaces(iloc);
  const references = iref ? readReferences(iref) : [];
  const associations = new Map<number, Association[]>();
  const associated = iprp.every(({ type, body }) => type !== "ipma" || readAssociations(body, associations));
  const cursor = new Cursor(pitm);
  const primary = cursor.uint(cursor.version().version === 0 ? 2 : 4);
  if (!items || !places || !references || !associated || cursor.short) return undefined;
  return {
    primary,
    items,
    places,
    references,
    properties,
    associations,
    idat: bodyOf(boxes, "idat") ?? new Uint8Array(),
  };
}
