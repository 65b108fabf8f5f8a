// `npm start`: one workerd that serves the built product, and this process that looks after it. Everything is checked
// before anything starts; whatever is killed, the next start finds its way. Prints the address when it is ready.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isFresh, PROJECT, readManifest, WORKER_BUILD } from "./build-state.ts";
import { claimDataDirectory, type DataDirectory } from "./data-directory.ts";
import { given, readSettings, type Settings } from "./environment.ts";
import { loadKeys } from "./keys.ts";
import { watchNpmParent } from "./npm-parent.ts";
import { endOrphans } from "./orphan.ts";
import { health, listen, originOf, serve } from "./workerd-process.ts";

/** How long requests under way may take to end. An open WebSocket never does; what was acknowledged is on disk. */
const DRAIN_MS = 2_000;

const LAST_WORDS_MS = 500;

let directory: DataDirectory | undefined;
let workerd: ChildProcess | undefined;
let stopping = false;

function fail(...reasons: readonly string[]): never {
  process.stderr.write(`Pico Twins can't start:\n${reasons.map((reason) => `  ${reason}\n`).join("")}`);
  end(1);
}

function end(code: number): never {
  directory?.release();
  process.exit(code);
}

/** Asks workerd to finish what it is doing; the second time, and after the drain, it is not asked. */
function stop(): void {
  if (workerd === undefined) end(0);
  if (stopping) {
    workerd.kill("SIGKILL");
    return;
  }
  stopping = true;
  workerd.kill("SIGTERM");
  directory?.note({ workerd: workerd.pid ?? null, stopping });
  setTimeout(() => workerd?.kill("SIGKILL"), DRAIN_MS);
}

function ended(code: number | null, signal: NodeJS.Signals | null): void {
  // A terminal's Ctrl-C reaches workerd by itself, maybe before us.
  if (stopping || signal === "SIGINT" || signal === "SIGHUP") end(0);
  process.stderr.write(`Pico Twins stopped: workerd ended unexpectedly (${signal ?? `exit code ${code}`}).\n`);
  end(1);
}

/** The build to serve. The bundler runs in a process of its own: its 100 MB are not needed afterwards. */
async function currentBuild({ build }: Settings): Promise<string> {
  if (build !== null) return build;
  if (isFresh(WORKER_BUILD, PROJECT)) return WORKER_BUILD;
  const builder = spawn(process.execPath, [join(import.meta.dirname, "build.ts")], {
    stdio: ["ignore", process.stderr, process.stderr],
  });
  const [code] = (await once(builder, "exit")) as [number | null];
  if (code !== 0) fail("it could not be built; the reason is above");
  return WORKER_BUILD;
}

// Whatever ends this process, a bug included, leaves no workerd behind; only SIGKILL does, and the next start sees to it.
process.once("exit", () => workerd?.kill("SIGKILL"));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
watchNpmParent(stop);

const settings = readSettings(process.env);
if (!settings.ok) fail(...settings.error.map(({ path, message }) => `${path} ${message}`));
const { host, port, publicUrl, dataDirectory } = settings.value;

const build = await currentBuild(settings.value);
const manifest = readManifest(build);

const claimed = await claimDataDirectory(dataDirectory);
if (!claimed.ok) fail(claimed.error);
directory = claimed.value;
directory.note({ workerd: null, stopping });
await endOrphans(directory.objects);

const listener = await listen(host, port);
if (!listener.ok) fail(listener.error);
const origin = originOf(host, listener.value);
// From here to `serve` nothing may wait: in another turn this process would take connections meant for workerd.
const keys = loadKeys(directory.path, settings.value);
if (!keys.ok) fail(keys.error);
const { operatorKey, rootKey, operatorKeyIsNew } = keys.value;
const { PUBLIC_URL, ...vars } = manifest.vars;
workerd = serve(listener.value, {
  build,
  objects: directory.objects,
  web: manifest.web === null ? null : join(build, manifest.web),
  bindings: {
    ...Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, given(process.env, name) ?? value])),
    PUBLIC_URL: publicUrl ?? (PUBLIC_URL || origin),
    OPERATOR_KEY: operatorKey,
    ROOT_KEY: rootKey,
  },
});
workerd.once("error", ({ message }) => fail(`workerd can't run: ${message}`));
workerd.once("exit", ended);
directory.note({ workerd: workerd.pid ?? null, stopping });
if (operatorKeyIsNew) process.stdout.write(`Operator key, shown this once: ${operatorKey}\n`);

const status = await health(origin);
// A connection that breaks is mostly a workerd that just died, whose own end says why.
if (status === null) await sleep(LAST_WORDS_MS);
if (!stopping && status !== 200) fail(`GET /health answered ${status ?? "nothing"} instead of 200`);
if (!stopping) process.stdout.write(`Pico Twins is ready at ${origin}\n`);
