// Builds the pages with Vite into the folder that Cloudflare uploads and workerd serves, with a compressed copy beside
// each file that gains by one. The folder is swapped as a whole: nobody finds half a build in it.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";
import { isWebFresh, sourceHashes, WEB_SOURCES_FILE } from "./build-state.ts";
import { CODINGS, fileTypeOf } from "./file-types.ts";

/** Cloudflare compresses by itself; what begins with a dot is ours. */
const NOT_UPLOADED = [...CODINGS.map(({ ending }) => `*${ending}`), WEB_SOURCES_FILE];

const COMPRESS: Readonly<Record<(typeof CODINGS)[number]["coding"], (content: Buffer) => Buffer>> = {
  br: (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (content) => gzipSync(content, { level: 9 }),
};

/** Notes what a build reads: its configuration, its modules, and its whole root, for what comes in without being a module. */
const noteSources = (root: string, noted: Set<string>): Plugin => ({
  name: "pico-twins:sources",
  configResolved(config) {
    const inside = readdirSync(config.root, { recursive: true, encoding: "utf8" });
    for (const name of [".", ...inside]) noted.add(join(config.root, name));
    for (const path of config.configFileDependencies) noted.add(path);
    noted.add(join(root, "package-lock.json"));
  },
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const [path = ""] = id.split("?");
      if (isAbsolute(path) && !path.includes("/node_modules/")) noted.add(path);
    }
  },
});

/** Vite makes another build under another NODE_ENV, whatever its mode: a shell's or a test runner's must not decide what is served. */
async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
}

function compressFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const fileType = fileTypeOf(entry.name);
    if (fileType === undefined) throw new Error(`the pages have ${entry.name}, which npm start can't serve`);
    if (!fileType.compressible) continue;
    const content = readFileSync(path);
    for (const { coding, ending } of CODINGS) {
      const compressed = COMPRESS[coding](content);
      if (compressed.length < content.length) writeFileSync(`${path}${ending}`, compressed);
    }
  }
}

/** Whether it could be renamed; `expected`: the error that says it couldn't because of what is, or isn't, there. */
function renamed(from: string, to: string, expected: "ENOENT" | "ENOTEMPTY"): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== expected) throw error;
    return false;
  }
}

/** Puts `fresh` in the place of `folder`, however many builds do so at the same time: the last one stays. */
function swap(fresh: string, folder: string): void {
  const old = `${fresh}.old`;
  while (!renamed(fresh, folder, "ENOTEMPTY")) {
    rmSync(old, { recursive: true, force: true });
    renamed(folder, old, "ENOENT");
  }
  rmSync(old, { recursive: true, force: true });
}

async function buildIfStale(root: string, folder: string): Promise<void> {
  if (isWebFresh(folder, root)) return;
  const began = Date.now();
  const noted = new Set<string>();
  const fresh = `${folder}.${randomUUID()}`;
  try {
    await asProduction(() =>
      build({
        configFile: join(root, "vite.config.ts"),
        logLevel: "warn",
        plugins: [noteSources(root, noted)],
        worker: { plugins: () => [noteSources(root, noted)] },
        build: { outDir: fresh, emptyOutDir: true },
      }),
    );
    compressFiles(fresh);
    writeFileSync(join(fresh, WEB_SOURCES_FILE), JSON.stringify(sourceHashes(root, [...noted], began)));
    writeFileSync(join(fresh, ".assetsignore"), `${NOT_UPLOADED.join("\n")}\n`);
    swap(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Builds the pages under `root` into `folder`, unless what is there is what that would give. Throws when it can't be built. */
export function buildWeb(root: string, folder: string): Promise<void> {
  // One at a time in a process, which has one NODE_ENV; the next mostly finds it done.
  const mine = last.then(() => buildIfStale(root, folder));
  last = mine.catch(() => {});
  return mine;
}
