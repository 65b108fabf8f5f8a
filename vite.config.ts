// How the pages are built: the owner's app into hashed files, and beside them its service worker, which knows all of them by name.

import { resolve } from "node:path";
import { build, defineConfig, type Plugin } from "vite";

const ROOT = resolve(import.meta.dirname, "src/web");
const WORKER = "sw.js";
const TARGET = ["chrome120", "safari17.4", "firefox121"];
/** What stands in the worker's source where its list of files goes. */
const FILES = "__FILES__";

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
      const files = Object.keys(bundle).filter((name) => name.startsWith("assets/") && !name.endsWith(".map"));
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
      input: resolve(ROOT, "index.html"),
      // What the first page needs comes as one file: on a slow line twenty small ones wait for each other.
      output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] } },
    },
  },
});
