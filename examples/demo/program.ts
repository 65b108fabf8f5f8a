// The other processes of the demo: started, listened to by the line, and stopped as a service manager would.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Awaited } from "./awaited.ts";

const PROJECT = dirname(dirname(import.meta.dirname));

/** `at` by performance.now(). */
export type Line = { readonly text: string; readonly at: number };

export class Program {
  readonly lines = new Awaited<Line>();
  readonly #name: string;
  readonly #child: ChildProcess;
  /** Its exit code, once it has ended; null where a signal ended it. */
  readonly exit: Promise<number | null>;

  /** Runs a TypeScript file of the project with nothing of this process's environment but PATH. */
  constructor(name: string, file: string, env: Readonly<Record<string, string>>) {
    this.#name = name;
    this.#child = spawn(process.execPath, [join(PROJECT, file)], {
      cwd: PROJECT,
      // The server watches for the end of an npm that started it; here that is this process, however it ends.
      env: { PATH: process.env["PATH"] ?? "", npm_lifecycle_event: "demo", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream! }).on("line", (text) => this.lines.came({ text, at: performance.now() }));
    }
    this.exit = once(this.#child, "close").then(([code]) => {
      this.lines.end(`${name} ended with ${code}:\n${this.lines.all.map(({ text }) => text).join("\n")}`);
      return code as number | null;
    });
    this.exit.catch((error: Error) => this.lines.end(`${name} can't run: ${error.message}`));
  }

  /** The next line that starts and ends like this. */
  line(start: string, end = ""): Promise<Line> {
    return this.lines.next(
      `${this.#name} to print ${start}…${end}`,
      ({ text }) => text.startsWith(start) && text.endsWith(end),
    );
  }

  /** The address in the line that a program prints when it is ready. */
  async address(): Promise<string> {
    const { text } = await this.lines.next(`${this.#name} to be ready`, (line) => line.text.includes(" at http:"));
    return text.slice(text.indexOf("http:"));
  }

  /** SIGTERM, and its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    return this.exit;
  }
}

/** Stops programs, those first that were started last. Gives their exit codes. */
export async function stopAll(programs: Program[]): Promise<(number | null)[]> {
  const codes: (number | null)[] = [];
  for (const program of programs.splice(0).reverse()) codes.push(await program.stop());
  return codes;
}
