// What a finished build is, and whether it is still that of the sources. Reads only: build.ts writes.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The project's own folder. */
export const PROJECT = dirname(import.meta.dirname);
/** Where the project's Worker is built to. */
export const WORKER_BUILD = join(PROJECT, "dist", "server");

export const BUNDLE_FILE = "worker.js";
export const CONFIG_FILE = "workerd.capnp";
export const MANIFEST_FILE = "build.json";

/** `vars` are wrangler.toml's defaults, `sources` the hashes of every file that went in. */
export type Manifest = {
  readonly vars: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
};

/** How the build is made is part of what it is made of. */
const MAKERS = ["build.ts", "workerd-config.ts"].map((name) => join(import.meta.dirname, name));

const hash = (path: string): string =>
  existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("base64url") : "";

/** The hash of each file that a build is made of, by path from `root`; of one that is not on disk, an empty text. */
export function sourceHashes(root: string, inputs: readonly string[]): Record<string, string> {
  const paths = [...inputs, ...MAKERS.map((path) => relative(root, path))];
  return Object.fromEntries(paths.map((path) => [path, hash(join(root, path))]));
}

/** The manifest of a build. Throws if there is none. */
export const readManifest = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, MANIFEST_FILE), "utf8")) as Manifest;

/** Whether the build in `directory` is what building the sources under `root` would give. */
export function isFresh(directory: string, root: string): boolean {
  if (![BUNDLE_FILE, CONFIG_FILE, MANIFEST_FILE].every((name) => existsSync(join(directory, name)))) return false;
  return Object.entries(readManifest(directory).sources).every(([path, was]) => hash(join(root, path)) === was);
}
