// Makes what `npm start` serves: the bundled Worker, the built pages and workerd's configuration, all from wrangler.toml.
// Run it by itself, or let start.ts run it when the last build is not that of these sources.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build as esbuild } from "esbuild";
import { unstable_readConfig as readConfig } from "wrangler";
import {
  BUNDLE_FILE,
  CONFIG_FILE,
  MANIFEST_FILE,
  PROJECT,
  type Manifest,
  sourceHashes,
  STATIC_FILES_FILE,
  WORKER_BUILD,
} from "./build-state.ts";
import { buildWeb } from "./build-web.ts";
import { namespacesAfter, renderWorkerdConfig, type WorkerConfig } from "./workerd-config.ts";

type WranglerConfig = ReturnType<typeof readConfig>;

/** Bindings that Cloudflare has and a lone workerd has not; better no server than one that fails at the first use. */
const UNSERVED = ["kv_namespaces", "r2_buckets", "d1_databases", "services", "vectorize", "hyperdrive"] as const;

function workerConfig(config: WranglerConfig): WorkerConfig {
  for (const name of UNSERVED) {
    const found = config[name];
    if (Array.isArray(found) ? found.length > 0 : found !== undefined) {
      throw new Error(`wrangler.toml has ${name}, which npm start can't serve`);
    }
  }
  const vars = Object.entries(config.vars).map(([name, value]) => {
    if (typeof value !== "string") throw new Error(`wrangler.toml: the variable ${name} must be text`);
    return [name, value] as const;
  });
  const { assets } = config;
  if (assets && (assets.binding === undefined || assets.run_worker_first !== true)) {
    throw new Error("wrangler.toml: [assets] must have a binding and run_worker_first = true, as npm start has it");
  }
  if (config.compatibility_date === undefined) throw new Error("wrangler.toml has no compatibility_date");
  const bindings: { name: string; class_name: string }[] = config.durable_objects.bindings;
  return {
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    bindings: bindings.map(({ name, class_name }) => ({ name, className: class_name })),
    namespaces: namespacesAfter(config.migrations),
    vars: Object.fromEntries(vars),
    staticFiles: assets?.binding === undefined ? null : { binding: assets.binding, module: STATIC_FILES_FILE },
  };
}

/** Renamed into place, so that a server starting at this moment reads the old file or the new one. */
function put(path: string, content: string | Uint8Array): void {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}

type Bundle = { readonly code: Uint8Array; readonly inputs: readonly string[] };

/** What `wrangler deploy` asks of esbuild, at a twelfth of its time: the two bundles are the same but for a constant. */
async function bundle(root: string, entry: string, define: Readonly<Record<string, string>>): Promise<Bundle> {
  const { outputFiles, metafile } = await esbuild({
    entryPoints: [entry],
    absWorkingDir: root,
    outfile: BUNDLE_FILE,
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    target: "es2024",
    supported: { using: true },
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    loader: { ".txt": "text", ".html": "text", ".sql": "text" },
    define: {
      "process.env.NODE_ENV": '"production"',
      "navigator.userAgent": '"Cloudflare-Workers"',
      ...define,
    },
    keepNames: true,
    logLevel: "silent",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild gave no bundle");
  return { code: output.contents, inputs: Object.keys(metafile.inputs) };
}

/** Builds the Worker that `wranglerToml` describes into `directory`, and its pages where [assets] says. Throws when that can't be done. */
export async function buildWorker(wranglerToml: string, directory: string): Promise<void> {
  const began = Date.now();
  const config = readConfig({ config: wranglerToml });
  if (config.main === undefined) throw new Error("wrangler.toml has no main");
  const worker = workerConfig(config);
  const root = dirname(resolve(wranglerToml));
  const web = config.assets?.directory === undefined ? null : resolve(root, config.assets.directory);
  if (web !== null) await buildWeb(root, web);
  const main = await bundle(root, config.main, config.define);
  const staticFiles = worker.staticFiles && (await bundle(root, join(import.meta.dirname, "static-files.ts"), {}));
  const inputs = [...main.inputs, ...(staticFiles?.inputs ?? []), resolve(wranglerToml)];
  const manifest: Manifest = {
    vars: worker.vars,
    sources: sourceHashes(root, inputs, began),
    web: web === null ? null : relative(resolve(directory), web),
  };
  mkdirSync(directory, { recursive: true });
  put(join(directory, BUNDLE_FILE), main.code);
  if (staticFiles) put(join(directory, STATIC_FILES_FILE), staticFiles.code);
  put(join(directory, CONFIG_FILE), renderWorkerdConfig(worker, BUNDLE_FILE));
  put(join(directory, MANIFEST_FILE), JSON.stringify(manifest));
}

if (import.meta.main) await buildWorker(join(PROJECT, "wrangler.toml"), WORKER_BUILD);
