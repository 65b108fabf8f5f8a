// The kinds of files that the built pages are made of: how each is announced, and whether a compressed copy pays.

type FileType = { readonly type: string; readonly compressible: boolean };

const text = (type: string): FileType => ({ type: `${type}; charset=utf-8`, compressible: true });
const plain = (type: string, compressible = false): FileType => ({ type, compressible });

const FILE_TYPES: ReadonlyMap<string, FileType> = new Map([
  ["html", text("text/html")],
  ["js", text("text/javascript")],
  ["css", text("text/css")],
  ["txt", text("text/plain")],
  ["json", plain("application/json", true)],
  ["webmanifest", plain("application/manifest+json", true)],
  ["svg", plain("image/svg+xml", true)],
  ["wasm", plain("application/wasm", true)],
  ["png", plain("image/png")],
  ["jpg", plain("image/jpeg")],
  ["webp", plain("image/webp")],
  ["ico", plain("image/x-icon")],
  ["woff2", plain("font/woff2")],
]);

/** What the ending of a file's name says; undefined for one that is not served. */
export const fileTypeOf = (name: string): FileType | undefined => FILE_TYPES.get(/\.([^./]+)$/.exec(name)?.[1] ?? "");

/** The compressed copies that may stand beside a file, best first: what HTTP calls the coding, and what their names end in. */
export const CODINGS = [
  { coding: "br", ending: ".br" },
  { coding: "gzip", ending: ".gz" },
] as const;
