// The real server process, started and ended by tests and benchmarks as a person would. Waits for events, never for a
// while; never touches a process it did not start.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunning } from "../../../self-host/data-directory.ts";

const PROJECT = join(import.meta.dirname, "../../..");
export const NODE = join(PROJECT, "node_modules/.bin/node");
export const START = join(PROJECT, "self-host/start.ts");

/** No limit of any rate, for tests of something else. */
export const UNLIMITED = {
  LIMIT_ANONYMOUS: "0",
  LIMIT_FAILED_CLAIMS: "0",
  LIMIT_CHANNEL_WRITES: "0",
  LIMIT_INBOUND: "0",
} as const;

export type ServerOptions = {
  /** Beside PORT=0 and DATA_DIR; nothing but PATH is taken over from this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A temporary one is made if absent, and removed by `discard`. */
  readonly dataDir?: string;
  /** A folder made by `buildWorker`, to serve another Worker than the project's own. */
  readonly build?: string;
};

export type Exit = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

type Run = {
  readonly child: ChildProcess;
  /** The address, once the ready line was printed; rejects with all that was printed if the process ends instead. */
  readonly ready: Promise<string>;
  /** Once the process **and the workerd it started** are gone: both hold the same pipe. */
  readonly exit: Promise<Exit>;
};

/** Starts a program that prints the ready line, and listens to it. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = PROJECT,
): Run {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  ready.catch(() => {}); // who waits for the exit alone has no use for this one
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    const origin = /^Pico Twins is ready at (http\S+)$/m.exec(stdout)?.[1];
    if (origin !== undefined) resolve(origin);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.once("error", reject);
  const exit = once(child, "close").then(([code]): Exit => {
    reject(new Error(`the server ended with ${code}:\n${stdout}${stderr}`));
    return { code: code as number | null, stdout, stderr };
  });
  return { child, ready, exit };
}

const runStart = (dataDir: string, port: string, { env, build }: ServerOptions): Run =>
  run(NODE, [START], {
    PATH: process.env["PATH"] ?? "",
    // With this set the server ends when the test runner dies, however that happens.
    npm_lifecycle_event: "test",
    ...(build === undefined ? {} : { PICO_TWINS_BUILD: build }),
    PORT: port,
    DATA_DIR: dataDir,
    ...env,
  });

/** One start that is expected to be refused: what it printed and the code it ended with. */
export async function startRefused(dataDir: string, options: ServerOptions = {}): Promise<Exit> {
  const { child, ready, exit } = runStart(dataDir, "0", options);
  ready.then(
    () => child.kill(), // accepted after all: its code 0 says so
    () => {},
  );
  return await exit;
}

const temporaryDirectory = (): string => join(mkdtempSync(join(tmpdir(), "pico-twins-")), "data");

/** A running server; it keeps its address and its data over `restart`. */
export class TestServer {
  readonly dataDir: string;
  url = "";
  operatorKey = "";
  /** All that this start printed on its standard output until it was ready. */
  printed = "";
  readonly #options: ServerOptions;
  #run: Run | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.dataDir = options.dataDir ?? temporaryDirectory();
  }

  get child(): ChildProcess {
    if (this.#run === undefined) throw new Error("the server was never started");
    return this.#run.child;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get workerdPid(): number {
    return readRunning(this.dataDir)?.workerd ?? 0;
  }

  /** Resolves when the process and its workerd have ended, by whatever cause. */
  get ended(): Promise<Exit> {
    if (this.#run === undefined) throw new Error("the server was never started");
    return this.#run.exit;
  }

  async start(): Promise<this> {
    const port = this.url === "" ? "0" : new URL(this.url).port;
    const begun = runStart(this.dataDir, port, this.#options);
    this.#run = begun;
    let printed = "";
    begun.child.stdout?.on("data", (text: string) => {
      printed += text;
    });
    this.url = await begun.ready;
    this.printed = printed;
    const file = join(this.dataDir, "operator.key");
    this.operatorKey =
      this.#options.env?.["OPERATOR_KEY"] ?? (existsSync(file) ? readFileSync(file, "utf8").trim() : "");
    return this;
  }

  /** SIGTERM, as a service manager stops it. */
  async stop(): Promise<Exit> {
    this.child.kill("SIGTERM");
    return await this.ended;
  }

  /** The power goes: SIGKILL to the supervisor and to workerd. */
  async kill9(): Promise<void> {
    const { workerdPid } = this;
    this.child.kill("SIGKILL");
    if (workerdPid !== 0) process.kill(workerdPid, "SIGKILL");
    await this.ended;
  }

  /** Starts again on the same data and the same port, stopping first if it still runs. */
  async restart(): Promise<this> {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) await this.stop();
    return await this.start();
  }

  /** Stops it and removes the temporary data. */
  async discard(): Promise<void> {
    await this.stop();
    if (this.#options.dataDir === undefined) rmSync(join(this.dataDir, ".."), { recursive: true, force: true });
  }
}

/** Starts the real server on a free port and waits until it is ready. */
export const startServer = (options: ServerOptions = {}): Promise<TestServer> => new TestServer(options).start();
