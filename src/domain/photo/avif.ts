// AVIF still images (AV1 Image File Format 1.1): writes a new file of the primary picture, its tiles and its alpha.
// Only what is named here is written, so an Exif or XMP item, a thumbnail, a `uuid` box or a gap in `mdat` cannot pass.

import { err, ok } from "../result.ts";
import { box, boxesIn, fullBox } from "./box.ts";
import { type Association, type ItemTables, readItemTables } from "./heif-items.ts";
import { big, bigOctets, joined, name, nameOctets, type Octets } from "./octets.ts";
import type { Cleaned } from "./picture.ts";

const KEPT_BRANDS = ["avif", "mif1", "miaf", "MA1A", "MA1B"];
const PICTURE_ITEMS = ["av01", "grid"];
const PICTURE_REFERENCES = ["dimg", "auxl", "prem"];
const ALPHA = ["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0", "urn:mpeg:hevc:2015:auxid:1\0"];
const PICTURE_PROPERTIES = new Set(
  // The codec's, the size and channels, colour and light, crop and orientation, alpha, layers.
  [
    "av1C",
    "ispe",
    "pixi",
    "colr",
    "clli",
    "mdcv",
    "cclv",
    "amve",
    "pasp",
    "clap",
    "irot",
    "imir",
    "auxC",
    "a1op",
    "a1lx",
    "lsel",
  ],
);

const BROKEN = "The AVIF is broken or cut short: its tables do not describe a whole picture; send the whole file.";

const u16 = (value: number): Octets => bigOctets(value, 2);
const u32 = (value: number): Octets => bigOctets(value, 4);

const propertiesOf = (tables: ItemTables, id: number, type: string): Uint8Array[] =>
  (tables.associations.get(id) ?? [])
    .map(({ index }) => tables.properties[index - 1])
    .filter((property) => property?.type === type)
    .map((property) => (property as { body: Uint8Array }).body);

const isAlpha = (tables: ItemTables, id: number): boolean =>
  propertiesOf(tables, id, "auxC").some((body) => ALPHA.some((urn) => name(body, 4, urn.length) === urn));

/** The items that are the picture: the primary one, its tiles, and the alpha of either with its tiles. */
function pictureItems(tables: ItemTables): number[] {
  const tilesOf = (ids: ReadonlySet<number>): number[] =>
    tables.references.filter(({ type, from }) => type === "dimg" && ids.has(from)).flatMap(({ to }) => to);
  const colour = new Set([tables.primary, ...tilesOf(new Set([tables.primary]))]);
  const alpha = tables.references
    .filter(({ type, from, to }) => type === "auxl" && to.some((id) => colour.has(id)) && isAlpha(tables, from))
    .map(({ from }) => from);
  return [...new Set([...colour, ...alpha, ...tilesOf(new Set(alpha))])];
}

/** The kept items' bytes, each extent list once (equal tiles share theirs), and where each item's begin and how many they are. */
function gather(bytes: Uint8Array, tables: ItemTables, ids: readonly number[]) {
  const payload: Uint8Array[] = [];
  const spans = new Map<string, { start: number; length: number }>();
  const placed: { start: number; length: number }[] = [];
  let start = 0;
  for (const id of ids) {
    const place = tables.places.get(id);
    if (!place || place.source === "elsewhere") return undefined;
    const source = place.source === "idat" ? tables.idat : bytes;
    const key = place.source + place.extents.map(({ offset, length }) => `${offset}+${length}`).join();
    let span = spans.get(key);
    if (!span) {
      const parts = place.extents.map(({ offset, length }) => source.subarray(offset, offset + length));
      if (place.extents.some(({ offset, length }) => length === 0 || offset + length > source.length)) return undefined;
      span = { start, length: parts.reduce((total, part) => total + part.length, 0) };
      start += span.length;
      // Overlapping extents could make a large file of a small one.
      if (span.length === 0 || start > bytes.length) return undefined;
      spans.set(key, span);
      for (const part of parts) payload.push(part);
    }
    placed.push(span);
  }
  return { payload, placed };
}

/** The `iprp` box for the kept items, or the name of a property they cannot do without and this file does not know. */
function propertyBox(tables: ItemTables, ids: readonly number[]): Octets | { unknown: string } {
  const renumbered = new Map<number, number>();
  const lists: Association[][] = [];
  for (const id of ids) {
    const list: Association[] = [];
    for (const { index, essential } of tables.associations.get(id) ?? []) {
      const property = tables.properties[index - 1];
      if (property && PICTURE_PROPERTIES.has(property.type)) {
        if (!renumbered.has(index)) renumbered.set(index, renumbered.size + 1);
        list.push({ index: renumbered.get(index) as number, essential });
      } else if (property && essential) return { unknown: property.type };
    }
    lists.push(list);
  }
  const wide = renumbered.size > 0x7f;
  const written = ({ index, essential }: Association): number[] =>
    wide ? [(index >> 8) | (essential ? 0x80 : 0), index & 0xff] : [index | (essential ? 0x80 : 0)];
  const kept = [...renumbered.keys()].map(
    (index) => tables.properties[index - 1] as { type: string; body: Uint8Array },
  );
  const entries = lists.flatMap((list, i) => [u16(i + 1), Uint8Array.from([list.length, ...list.flatMap(written)])]);
  return box("iprp", [
    box(
      "ipco",
      kept.map(({ type, body }) => box(type, [body])),
    ),
    fullBox("ipma", 0, wide ? 1 : 0, [u32(lists.length), ...entries]),
  ]);
}

function referenceBox(tables: ItemTables, numbers: ReadonlyMap<number, number>): Octets[] {
  const kept = tables.references.filter(
    ({ type, from, to }) => PICTURE_REFERENCES.includes(type) && numbers.has(from) && to.every((id) => numbers.has(id)),
  );
  const numbered = (id: number): Octets => u16(numbers.get(id) as number);
  const entries = kept.map(({ type, from, to }) => box(type, [numbered(from), u16(to.length), ...to.map(numbered)]));
  return entries.length === 0 ? [] : [fullBox("iref", 0, 0, entries)];
}

/** The size as displayed: `ispe` of the primary item, its sides swapped by an `irot` of a quarter turn. */
function displayedSize(tables: ItemTables): { width: number; height: number } | undefined {
  const [ispe] = propertiesOf(tables, tables.primary, "ispe");
  if (!ispe || ispe.length < 12) return undefined;
  const [width, height] = [big(ispe, 4, 4), big(ispe, 8, 4)];
  if (width === 0 || height === 0) return undefined;
  const quarterTurned = propertiesOf(tables, tables.primary, "irot").some((irot) => (big(irot, 0, 1) & 1) === 1);
  return quarterTurned ? { width: height, height: width } : { width, height };
}

function cleanTables(bytes: Uint8Array, brands: readonly string[], tables: ItemTables): Cleaned {
  const ids = pictureItems(tables);
  const items = ids.map((id) => tables.items.get(id));
  const odd = items.find((item) => item && (item.encrypted || !PICTURE_ITEMS.includes(item.type)));
  if (odd) return err(`The AVIF's picture is of the kind ${odd.type}; send plain AV1, or AV1 tiles, unencrypted.`);
  if (items.includes(undefined)) return err(BROKEN);
  const size = displayedSize(tables);
  const gathered = gather(bytes, tables, ids);
  if (!size || !gathered) return err(BROKEN);
  const properties = propertyBox(tables, ids);
  if ("unknown" in properties) {
    return err(`The AVIF needs the property ${properties.unknown}, which viewers do not know; send it without.`);
  }

  // Items are numbered anew from 1, so two bytes always do.
  const numbers = new Map(ids.map((id, i) => [id, i + 1]));
  const entries = items.map((item, i) =>
    fullBox("infe", 2, item?.hidden ? 1 : 0, [u16(i + 1), u16(0), nameOctets(`${item?.type}\0`)]),
  );
  const references = referenceBox(tables, numbers);
  const meta = (dataStart: number): Octets => {
    const places = gathered.placed.map(({ start, length }, i) =>
      joined([u16(i + 1), u16(0), u16(1), u32(dataStart + start), u32(length)]),
    );
    return fullBox("meta", 0, 0, [
      fullBox("hdlr", 0, 0, [u32(0), nameOctets("pict"), new Uint8Array(13)]),
      fullBox("pitm", 0, 0, [u16(1)]),
      // Offsets and lengths of four bytes each.
      fullBox("iloc", 0, 0, [u16(0x4400), u16(ids.length), ...places]),
      fullBox("iinf", 0, 0, [u16(entries.length), ...entries]),
      ...references,
      properties,
    ]);
  };
  const kept = KEPT_BRANDS.filter((brand) => brands.includes(brand));
  const ftyp = box("ftyp", [nameOctets("avif"), u32(0), ...kept.map(nameOctets)]);
  const dataStart = ftyp.length + meta(0).length + 8;
  return ok({ bytes: joined([ftyp, meta(dataStart), box("mdat", gathered.payload)]), ...size });
}

/** Cleans a file that begins with an `ftyp` box. EXIF orientation means nothing in AVIF; `irot` and `imir` do, and stay. */
export function cleanAvif(bytes: Uint8Array): Cleaned {
  // What follows the last whole box is a tail, and not kept.
  const { boxes } = boxesIn(bytes);
  const ftyp = boxes[0]?.type === "ftyp" ? boxes[0].body : new Uint8Array();
  const brands = Array.from({ length: Math.floor(ftyp.length / 4) }, (_, i) => (i === 1 ? "" : name(ftyp, i * 4)));
  if (brands.includes("avis")) {
    return err("The AVIF is an image sequence; send a still AVIF, or an animation as WebP or PNG.");
  }
  if (!brands.includes("avif")) {
    return err(
      "The file is a HEIC image, a video or broken, not an AVIF image; send the photo as JPEG, PNG, WebP or AVIF.",
    );
  }
  const meta = boxes.find(({ type }) => type === "meta");
  const tables = meta ? readItemTables(meta.body) : undefined;
  return tables ? cleanTables(bytes, brands, tables) : err(BROKEN);
}
