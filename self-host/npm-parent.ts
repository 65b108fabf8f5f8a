// npm passes on no signal when it is killed, and its shell swallows the others: a server that npm started watches
// for npm's end itself. Does nothing for a server started any other way.
import { readFileSync } from "node:fs";

const POLL_MS = 200;

const proc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // not Linux, or no such process
  }
};

/** The parent of a process; the fields of `stat` follow a name in parentheses that may hold anything. */
const parentOf = (pid: number): string => proc(pid, "stat").split(") ").at(-1)?.split(" ")[1] ?? "";

/** npm runs a script by `sh -c`. A shell that stays between is watched through; any other parent is npm itself. */
const runsScript = (pid: number): boolean => proc(pid, "cmdline").split("\0")[1] === "-c";

/** Calls `vanished` once, within half a second of the end of the npm that started this process. */
export function watchNpmParent(vanished: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const npm = runsScript(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || parentOf(parent) === npm)) return;
    clearInterval(timer);
    vanished();
  }, POLL_MS);
  timer.unref();
}
