// A supervisor that was killed leaves its workerd behind, still holding port and data. This finds and ends that one,
// known by its own command line and never by a remembered process id, which may be somebody else's by now.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { objectsArgument } from "./workerd-process.ts";

const DRAIN_MS = 1_000;
const POLL_MS = 10;

type Process = { readonly pid: number; readonly command: string };

/** Every process's command line, arguments divided by a space. Empty for one that ended and waits for its parent. */
function commandLines(): Process[] {
  if (!existsSync("/proc/self/cmdline")) {
    const listing = execFileSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8" });
    return listing.split("\n").map((line) => {
      const [pid = "", ...command] = line.trim().split(" ");
      return { pid: Number(pid), command: command.join(" ") };
    });
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return {
          pid: Number(name),
          command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " "),
        };
      } catch {
        return { pid: Number(name), command: "" }; // it ended while we looked
      }
    });
}

const orphans = (objects: string): number[] =>
  commandLines()
    .filter(({ command }) => /\bworkerd serve --experimental /.test(command))
    .filter(({ command }) => `${command} `.includes(` ${objectsArgument(objects)} `))
    .map(({ pid }) => pid);

function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends every workerd that still serves `objects`; the caller holds the data directory's lock. */
export async function endOrphans(objects: string): Promise<void> {
  const began = Date.now();
  let found = orphans(objects);
  for (const pid of found) signal(pid, "SIGTERM");
  while (found.length > 0) {
    await sleep(POLL_MS);
    found = orphans(objects);
    if (Date.now() - began > DRAIN_MS) for (const pid of found) signal(pid, "SIGKILL");
  }
}
