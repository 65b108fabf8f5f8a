// Tiny hand-made images of every format, each planted with words that must not survive cleaning.
// Written without the code under test: the bytes are spelled out from the formats' own documents.

/** Words planted in metadata, thumbnails, gaps and tails. All share one stem, so one search finds any. */
export const STEM = "SECRET";
const GPS = "SECRETGPS 52.5200N 13.4050E";

export type Part = string | number | Uint8Array | readonly Part[];

const octets = (part: Part): readonly number[] =>
  typeof part === "string"
    ? Array.from(part, (letter) => letter.charCodeAt(0))
    : typeof part === "number"
      ? [part]
      : part instanceof Uint8Array
        ? [...part]
        : part.flatMap(octets);

/** Text as Latin-1, numbers as single bytes, lists one after the other. */
export const bytes = (...parts: readonly Part[]): Uint8Array<ArrayBuffer> => Uint8Array.from(octets(parts));

export const text = (data: Uint8Array): string => Array.from(data, (byte) => String.fromCharCode(byte)).join("");

export const be = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
export const le = (value: number, size: number): number[] => be(value, size).reverse();

/** A TIFF structure with a camera name before the orientation, a GPS position and a maker note after it. */
export function tiff(orientation: number, order: "II" | "MM" = "II"): Uint8Array {
  const n = order === "II" ? le : be;
  const entry = (tag: number, type: number, count: number, value: Part) =>
    bytes(n(tag, 2), n(type, 2), n(count, 4), value);
  const data = 8 + 2 + 4 * 12 + 4;
  const camera = bytes("SECRETCAMERA\0");
  return bytes(
    order,
    n(42, 2),
    n(8, 4),
    n(4, 2),
    entry(0x010f, 2, camera.length, n(data, 4)),
    entry(0x0112, 3, 1, [...n(orientation, 2), 0, 0]),
    entry(0x8825, 4, 1, n(data + camera.length, 4)),
    entry(0x927c, 7, 4, n(data, 4)),
    n(0, 4),
    camera,
    GPS,
    "SECRETMAKERNOTE",
  );
}

/** The EXIF that may stay: big-endian, one entry, tag 0112, SHORT, count 1. */
export const minimalTiff = (orientation: number) =>
  bytes("MM\0*", be(8, 4), 0, 1, 1, 0x12, 0, 3, be(1, 4), 0, orientation, 0, 0, be(0, 4));

export const XMP = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETXMP</x:xmpmeta>";

// JPEG

export const segment = (marker: number, ...body: readonly Part[]) => {
  const data = bytes(...body);
  return bytes(0xff, marker, be(data.length + 2, 2), data);
};
export const SOI = [0xff, 0xd8];
export const EOI = [0xff, 0xd9];
const JFIF_HEAD = bytes("JFIF\0", 1, 2, 0, 0, 72, 0, 72);
export const JFIF = segment(0xe0, JFIF_HEAD, 0, 0);
export const ICC = segment(0xe2, "ICC_PROFILE\0", 1, 1, "colours");
export const ADOBE = segment(0xee, "Adobe", 0, 100, 0, 0, 0, 0, 1);
export const DQT = segment(0xdb, 0, new Uint8Array(64).fill(3));
export const DHT = segment(0xc4, 0, new Uint8Array(16), 1, 2, 3);
export const DRI = segment(0xdd, 0, 4);
export const frame = (marker: number, width: number, height: number) =>
  segment(marker, 8, be(height, 2), be(width, 2), 1, 1, 0x11, 0);
/** A scan with a stuffed FF, two restart markers and a fill byte before one of them. */
export const SCAN = bytes(segment(0xda, 1, 1, 0, 0, 63, 0), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 5, 0xff, 0xff, 0xd1, 6);
export const SECOND_SCAN = bytes(segment(0xda, 1, 1, 0, 1, 63, 0), 9, 8, 0xff, 0, 7);
export const MOTION = bytes("\0\0\0\x18ftypmp42SECRETMOTION");

/** A progressive 40x30 JPEG with everything a camera and an editor add. */
export const jpeg = (orientation = 1) =>
  bytes(
    SOI,
    segment(0xe0, JFIF_HEAD, 1, 4, "SECRETTHUMB!"),
    segment(0xe0, "JFXX\0", 0x10, "SECRETTHUMB"),
    segment(0xe1, "Exif\0\0", tiff(orientation)),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", XMP),
    segment(0xe2, "MPF\0SECRETSECONDPICTURE"),
    ICC,
    segment(0xed, "Photoshop 3.0\x008BIM SECRETIPTC"),
    segment(0xee, "Adobe", 0, 100, 0, 0, 0, 0, 1, "SECRETTAIL"),
    segment(0xef, "SECRETAPP15"),
    segment(0xfe, "SECRETCOMMENT"),
    DQT,
    0xff,
    0xff,
    frame(0xc2, 40, 30),
    DHT,
    DRI,
    SCAN,
    segment(0xfe, "SECRETBETWEENSCANS"),
    DHT,
    SECOND_SCAN,
    EOI,
    MOTION,
  );

// PNG

function crc(data: Uint8Array): number {
  let value = -1;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (0xedb88320 & -(value & 1));
  }
  return ~value >>> 0;
}
export const pngChunk = (type: string, ...body: readonly Part[]) => {
  const data = bytes(...body);
  return bytes(be(data.length, 4), type, data, be(crc(bytes(type, data)), 4));
};
export const PNG_HEAD = bytes(0x89, "PNG\r\n\x1a\n");
export const ihdr = (width: number, height: number) => pngChunk("IHDR", be(width, 4), be(height, 4), 8, 3, 0, 0, 0);
export const IEND = pngChunk("IEND");
/** Every chunk that stays, in an order the standard allows. */
export const PNG_KEPT = [
  pngChunk("cICP", 1, 13, 0, 1),
  pngChunk("iCCP", "sRGB\0\0colours"),
  pngChunk("gAMA", be(45455, 4)),
  pngChunk("cHRM", new Uint8Array(32)),
  pngChunk("sRGB", 0),
  pngChunk("sBIT", 8, 8, 8),
  pngChunk("PLTE", 1, 2, 3, 4, 5, 6),
  pngChunk("tRNS", 0, 255),
  pngChunk("bKGD", 1),
  pngChunk("pHYs", be(2835, 4), be(2835, 4), 1),
  pngChunk("acTL", be(2, 4), be(0, 4)),
  pngChunk("fcTL", new Uint8Array(26)),
  pngChunk("IDAT", "first pixels"),
  pngChunk("IDAT", "more pixels"),
  pngChunk("fcTL", new Uint8Array(26)),
  pngChunk("fdAT", be(2, 4), "moving pixels"),
];

/** An animated 20x10 PNG with text of every kind, EXIF, a time and a tail. */
export const png = (orientation = 1) =>
  bytes(
    PNG_HEAD,
    ihdr(20, 10),
    pngChunk("tEXt", "Author\0SECRETTEXT"),
    ...PNG_KEPT.slice(0, 13),
    pngChunk("zTXt", "Raw profile type exif\0\0SECRETZTXT"),
    ...PNG_KEPT.slice(13),
    pngChunk("eXIf", tiff(orientation, "MM")),
    pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", XMP),
    pngChunk("tIME", 7, 0xea, 1, 1, 0, 0, 0),
    pngChunk("gAMA", "SECRETTOOLONG"),
    pngChunk("prVt", "SECRETPRIVATE"),
    IEND,
    "SECRETTAIL",
  );

// WebP

export const riffChunk = (type: string, ...body: readonly Part[]) => {
  const data = bytes(...body);
  return bytes(type, le(data.length, 4), data, data.length % 2 ? 0 : []);
};
export const riff = (...chunks: readonly Part[]) => riffChunk("RIFF", "WEBP", ...chunks);
export const vp8 = (width: number, height: number) =>
  riffChunk("VP8 ", 0x10, 2, 0, 0x9d, 1, 0x2a, le(width, 2), le(height, 2), "lossy pixels!");
export const vp8l = (width: number, height: number) =>
  riffChunk("VP8L", 0x2f, le(width - 1 + (height - 1) * 2 ** 14, 4), "lossless pixels");
export const vp8x = (flags: number, width: number, height: number) =>
  riffChunk("VP8X", flags, 0, 0, 0, le(width - 1, 3), le(height - 1, 3));
export const ICCP = riffChunk("ICCP", "colours");
export const ALPH = riffChunk("ALPH", "alpha");

/** An extended 33x21 WebP with a profile, alpha, EXIF, XMP, an unknown chunk and a tail. */
export const webp = (orientation = 1) =>
  bytes(
    riff(
      vp8x(0x3c, 33, 21),
      ICCP,
      riffChunk("SECR", "SECRETUNKNOWN"),
      ALPH,
      vp8(33, 21),
      riffChunk("EXIF", tiff(orientation)),
      riffChunk("XMP ", XMP),
    ),
    "SECRETTAIL",
  );

const anmf = (...chunks: readonly Part[]) => riffChunk("ANMF", new Uint8Array(16), ...chunks);
export const FRAMES = [anmf(ALPH, vp8(9, 7)), anmf(vp8l(9, 7))];
export const ANIM = riffChunk("ANIM", 0, 0, 0, 0, 0, 0);
export const animatedWebp = () =>
  riff(
    vp8x(0x0e, 9, 7),
    ANIM,
    anmf(ALPH, riffChunk("SECR", "SECRETINFRAME"), vp8(9, 7)),
    FRAMES[1] as Uint8Array,
    riffChunk("EXIF", tiff(1)),
    riffChunk("XMP ", XMP),
  );

// AVIF

export const box = (type: string, ...body: readonly Part[]) => {
  const data = bytes(...body);
  return bytes(be(data.length + 8, 4), type, data);
};
export const full = (type: string, version: number, flags: number, ...body: readonly Part[]) =>
  box(type, version, be(flags, 3), ...body);

export type AvifItem = {
  id: number;
  type: string;
  data: string;
  /** Property indexes; 0x80 is added for an essential one. */
  properties?: readonly number[];
  inIdat?: boolean;
  hidden?: boolean;
};

export const ALPHA_URN = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0";
/** Properties 1..9 of `avif`: sizes of picture, tile and thumbnail, codec, colours, orientation, alpha, a description. */
export const PROPERTIES = [
  full("ispe", 0, 0, be(64, 4), be(48, 4)),
  full("ispe", 0, 0, be(32, 4), be(48, 4)),
  full("ispe", 0, 0, be(16, 4), be(12, 4)),
  box("av1C", 0x81, 0, 0x0c, 0),
  box("colr", "nclx", 0, 1, 0, 13, 0, 6, 0x80),
  box("irot", 1),
  box("imir", 0),
  full("auxC", 0, 0, ALPHA_URN),
  full("udes", 0, 0, "en\0SECRETDESCRIPTION\0\0\0"),
];

/** A grid of two tiles with alpha, and around it all that phones and editors add. */
export const AVIF_ITEMS: readonly AvifItem[] = [
  { id: 7, type: "grid", data: "\0\0\0\x01\0\x40\0\x30", properties: [1, 5, 0x86, 0x87, 9], inIdat: true },
  { id: 8, type: "av01", data: "pixels of the left tile", properties: [2, 0x84], hidden: true },
  { id: 9, type: "av01", data: "pixels of the right tile", properties: [2, 0x84], hidden: true },
  { id: 10, type: "av01", data: "pixels of the alpha", properties: [1, 0x84, 0x86, 0x87, 8] },
  { id: 2, type: "Exif", data: `\0\0\0\0${text(tiff(6))}` },
  { id: 3, type: "mime", data: XMP },
  { id: 4, type: "av01", data: "SECRETTHUMB", properties: [3, 0x84] },
];
export const AVIF_REFERENCES: readonly [string, number, readonly number[]][] = [
  ["cdsc", 2, [7]],
  ["cdsc", 3, [7]],
  ["thmb", 4, [7]],
  ["dimg", 7, [8, 9]],
  ["auxl", 10, [7]],
  ["prem", 7, [10]],
];

export type AvifShape = {
  brands?: string;
  primary?: number;
  items?: readonly AvifItem[];
  references?: readonly [string, number, readonly number[]][];
  properties?: readonly Uint8Array[];
  /** Every item lies in an extent of three bytes and one of the rest, or with `shredded` in extents of one byte. */
  shredded?: boolean;
};

export function avif(shape: AvifShape = {}): Uint8Array<ArrayBuffer> {
  const { brands = "avif\0\0\0\0avifmif1miafSECR", primary = 7 } = shape;
  const { items = AVIF_ITEMS, references = AVIF_REFERENCES, properties = PROPERTIES } = shape;
  const extents = (length: number): Part[] =>
    shape.shredded
      ? Array.from({ length }, (_, i) => [be(i, 4), be(1, 4)])
      : [be(0, 4), be(3, 4), be(3, 4), be(length - 3, 4)];
  const gap = "SECRETGAP";
  const ftyp = box("ftyp", brands);
  const uuid = box("uuid", "0123456789abcdef", "SECRETUUID");
  const idat = bytes(
    gap,
    items.filter(({ inIdat }) => inIdat).map(({ data }) => data),
  );
  const meta = (dataStart: number) => {
    let inFile = dataStart + gap.length;
    let inIdat = gap.length;
    const places = items.map(({ id, data, inIdat: idatItem }) => {
      const at = idatItem ? inIdat : inFile;
      if (idatItem) inIdat += data.length;
      else inFile += data.length + gap.length;
      const count = shape.shredded ? data.length : 2;
      return bytes(be(id, 2), 0, idatItem ? 1 : 0, 0, 0, be(at, 4), be(count, 2), extents(data.length));
    });
    const infos = items.map(({ id, type, hidden }) =>
      full(
        "infe",
        2,
        hidden ? 1 : 0,
        be(id, 2),
        be(0, 2),
        type,
        "SECRETNAME\0",
        type === "mime" ? "application/rdf+xml\0" : "",
      ),
    );
    const associated = items.filter((item) => item.properties);
    return full(
      "meta",
      0,
      0,
      full("hdlr", 0, 0, be(0, 4), "pict", new Uint8Array(12), "SECRETHANDLER\0"),
      full("pitm", 0, 0, be(primary, 2)),
      full("iloc", 1, 0, 0x44, 0x40, be(items.length, 2), places),
      full("iinf", 0, 0, be(items.length, 2), infos),
      full(
        "iref",
        0,
        0,
        references.map(([type, from, to]) =>
          box(
            type,
            be(from, 2),
            be(to.length, 2),
            to.map((id) => be(id, 2)),
          ),
        ),
      ),
      box(
        "iprp",
        box("ipco", properties),
        full(
          "ipma",
          0,
          0,
          be(associated.length, 4),
          associated.map((item) => [be(item.id, 2), item.properties?.length ?? 0, item.properties ?? []]),
        ),
      ),
      box("idat", idat),
      // A group of two items, by their four-byte numbers.
      box("grpl", full("altr", 0, 0, be(1, 4), be(2, 4), "SECRETGR")),
    );
  };
  const dataStart = ftyp.length + uuid.length + meta(0).length + 8;
  const payload = items.filter(({ inIdat }) => !inIdat).flatMap(({ data }) => [gap, data]);
  return bytes(
    ftyp,
    uuid,
    meta(dataStart),
    box("mdat", payload, gap),
    box("free", "SECRETFREE"),
    box("mpvd", MOTION),
    "SECRETTAIL",
  );
}
