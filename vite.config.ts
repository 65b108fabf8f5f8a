// How the pages are built: the owner's app, the maker's desk and the page that shows a history to a buyer, into hashed files, and beside
// them the owner's service worker, which knows the files of the owner's app by name and none of the others' own.

import { resolve } from "node:path";
import { build, defineConfig, type Plugin, type Rolldown } from "vite";

const ROOT = resolve(import.meta.dirname, "src/web");
const WORKER = "sw.js";
const TARGET = ["chrome120", "safari17.4", "firefox121"];
/** What stands in the worker's source where its list of files goes. */
const FILES = "__FILES__";
const OWNERS = { page: resolve(ROOT, "index.html"), begins: resolve(ROOT, "main.tsx") };
/** Those who have no owner's app, and load little of it. */
const OTHERS = [
  { page: resolve(ROOT, "desk.html"), begins: resolve(ROOT, "desk/main.tsx") },
  { page: resolve(ROOT, "show.html"), begins: resolve(ROOT, "show/main.tsx") },
];

/** Everything that `of` leads to from `start`, and `start` itself. */
function reached(start: string, of: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start]);
  for (const id of found) for (const next of of(id)) found.add(next);
  return found;
}

type Graph = Parameters<Extract<Rolldown.CodeSplittingGroup["name"], (...rest: never[]) => unknown>>[1];

/**
 * What the owner's first page needs comes as one file, and as a second what the other pages use of it: on a slow line twenty small ones
 * wait for each other. Nothing of the others' own is in either.
 */
function fileOf(id: string, graph: Graph): "app" | "base" | null {
  const of = (from: string): readonly string[] => graph.getModuleInfo(from)?.importedIds ?? [];
  const ever = (from: string): readonly string[] => [
    ...of(from),
    ...(graph.getModuleInfo(from)?.dynamicallyImportedIds ?? []),
  ];
  if (!reached(OWNERS.begins, of).has(id)) return null;
  return OTHERS.some(({ begins }) => reached(begins, ever).has(id)) ? "base" : "app";
}

/** The built files that no page of the owner's needs. */
function ofTheOthersOnly(bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const needs = (name: string): readonly string[] => {
    const file = bundle[name];
    if (file?.type !== "chunk") return [];
    const { importedCss = [], importedAssets = [] } = file.viteMetadata ?? {};
    return [...file.imports, ...file.dynamicImports, ...importedCss, ...importedAssets];
  };
  const from = (module: string): ReadonlySet<string> => {
    const first = Object.values(bundle).find((file) => file.type === "chunk" && file.moduleIds.includes(module));
    if (!first) throw new Error(`nothing that was built begins with ${module}`);
    return reached(first.fileName, needs);
  };
  const owners = from(OWNERS.begins);
  return new Set(OTHERS.flatMap(({ begins }) => [...from(begins)]).filter((name) => !owners.has(name)));
}

/**
 * Builds the service worker and writes the names of all that was built into it, so that a new build is a new worker. It is one classic
 * script of its own: not every browser lets a worker import.
 */
const serviceWorker = (): Plugin => ({
  name: "pico-twins:service-worker",
  apply: "build",
  generateBundle: {
    order: "post",
    async handler(_options, bundle) {
      const built = await build({
        configFile: false,
        logLevel: "warn",
        root: ROOT,
        publicDir: false,
        build: {
          write: false,
          target: TARGET,
          modulePreload: false,
          rollupOptions: { input: resolve(ROOT, "worker/sw.ts"), output: { format: "iife", entryFileNames: WORKER } },
        },
      });
      const [worker] = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
      if (worker?.type !== "chunk") throw new Error("the service worker is not one script");
      const others = ofTheOthersOnly(bundle);
      const files = Object.keys(bundle).filter(
        (name) => name.startsWith("assets/") && !name.endsWith(".map") && !others.has(name),
      );
      const source = worker.code.replace(
        FILES,
        files
          .toSorted()
          .map((name) => `/${name}`)
          .join(" "),
      );
      this.emitFile({ type: "asset", fileName: WORKER, source });
    },
  },
});

export default defineConfig({
  root: ROOT,
  publicDir: resolve(ROOT, "public"),
  base: "/",
  appType: "spa",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [serviceWorker()],
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    target: TARGET,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: [OWNERS.page, ...OTHERS.map(({ page }) => page)],
      output: {
        codeSplitting: {
          groups: [
            { debugName: "base", name: (id, graph) => (fileOf(id, graph) === "base" ? "base" : null), priority: 2 },
            { debugName: "app", name: (id, graph) => (fileOf(id, graph) === "app" ? "app" : null), priority: 1 },
          ],
        },
      },
    },
  },
});
