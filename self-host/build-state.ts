// What a finished build is, and whether it is still that of the sources. Reads only: build.ts and build-web.ts write.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The project's own folder. */
export const PROJECT = dirname(import.meta.dirname);
/** Where the project's Worker is built to. */
export const WORKER_BUILD = join(PROJECT, "dist", "server");

export const BUNDLE_FILE = "worker.js";
export const STATIC_FILES_FILE = "static-files.js";
export const CONFIG_FILE = "workerd.capnp";
export const MANIFEST_FILE = "build.json";
/** In the folder of the built pages: the hashes of what they were built from. */
export const WEB_SOURCES_FILE = ".sources.json";

type Hashes = Readonly<Record<string, string>>;

export type Manifest = {
  /** wrangler.toml's defaults. */
  readonly vars: Hashes;
  /** The hashes of every file that went into the Worker. */
  readonly sources: Hashes;
  /** The folder of the built pages, seen from the build's own; null where there are none. */
  readonly web: string | null;
};

/** How the build is made is part of what it is made of. */
const MAKERS = ["build.ts", "build-state.ts", "build-web.ts", "file-types.ts", "workerd-config.ts"].map((name) =>
  join(import.meta.dirname, name),
);

/** Of a folder: the hash of the names in it, so that a new file is noticed. Of what isn't there: an empty text. */
function hash(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return "";
  const content = found.isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" }).toSorted().join("\n")
    : readFileSync(path);
  return createHash("sha256").update(content).digest("base64url");
}

/** Whether it was written after `since`, a whole number of milliseconds of the epoch. */
const isNewer = (path: string, since: number): boolean =>
  Math.floor(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > since;

/** Stands for the hash of what was written while a build read it: no file has it, so the next look builds again. */
const UNCERTAIN = "uncertain";

/** The hash of each file that a build is made of, by path from `root`. `began`: when the build did, in milliseconds of the epoch. */
export function sourceHashes(root: string, inputs: readonly string[], began: number): Hashes {
  const paths = [...inputs.map((path) => resolve(root, path)), ...MAKERS].toSorted();
  return Object.fromEntries(paths.map((path) => [relative(root, path), isNewer(path, began) ? UNCERTAIN : hash(path)]));
}

const areUnchanged = (root: string, sources: Hashes): boolean =>
  Object.entries(sources).every(([path, was]) => hash(join(root, path)) === was);

/** The manifest of a build. Throws if there is none. */
export const readManifest = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, MANIFEST_FILE), "utf8")) as Manifest;

/** Whether the pages in `folder` are what building the sources under `root` would give. */
export function isWebFresh(folder: string, root: string): boolean {
  const sources = join(folder, WEB_SOURCES_FILE);
  return existsSync(sources) && areUnchanged(root, JSON.parse(readFileSync(sources, "utf8")) as Hashes);
}

/** Whether the build in `directory`, its pages included, is what building the sources under `root` would give. */
export function isFresh(directory: string, root: string): boolean {
  if (![BUNDLE_FILE, CONFIG_FILE, MANIFEST_FILE].every((name) => existsSync(join(directory, name)))) return false;
  const { sources, web } = readManifest(directory);
  return areUnchanged(root, sources) && (web === null || isWebFresh(join(directory, web), root));
}
