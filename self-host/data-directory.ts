// One data directory, one server. The lock is the operating system's, so it ends with its holder however that dies;
// the process ids beside it are for people and tools to read, and never decide anything.
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { err, ok, type Result } from "../src/domain/result.ts";

/** How long a new server waits for one that is just ending: longer than that takes, short for a person. */
const HANDOVER_MS = 1_500;
const STOPPING_MS = 5_000;
const RETRY_MS = 25;
const SQLITE_BUSY = 5;

/** What `server.json` holds while a server runs. */
export type Running = {
  readonly supervisor: number;
  readonly workerd: number | null;
  readonly stopping: boolean;
};

export type DataDirectory = {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Where workerd keeps its objects; apart from the keys, which it must not be able to serve. */
  readonly objects: string;
  /** Notes who runs, for people, tests and the next start. */
  note(running: Omit<Running, "supervisor">): void;
  release(): void;
};

const runningFile = (directory: string): string => join(directory, "server.json");

/** Who runs on a data directory, as far as it was noted. */
export function readRunning(directory: string): Running | null {
  const file = runningFile(directory);
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Running) : null;
  } catch {
    return null;
  }
}

/** Makes a folder and those above it. Node's own way to do that never ends where a file system takes no folders, as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** SQLite's exclusive lock: the one lock that Node can take which the system itself takes back. */
function lock(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path);
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

/** Takes a data directory for this process, making it at the first start; refuses one that another server holds. */
export async function claimDataDirectory(wanted: string): Promise<Result<DataDirectory, string>> {
  let path: string;
  let held: DatabaseSync | null;
  try {
    makeFolder(resolve(wanted, "objects"));
    path = realpathSync(wanted);
    const began = Date.now();
    while ((held = lock(join(path, "lock"))) === null) {
      const running = readRunning(path);
      if (Date.now() - began > (running?.stopping ? STOPPING_MS : HANDOVER_MS)) {
        const holder = running === null ? "" : ` (process ${running.supervisor})`;
        return err(`another Pico Twins${holder} is running on ${path}: stop it first, or set DATA_DIR to another`);
      }
      await sleep(RETRY_MS);
    }
  } catch (error) {
    return err(`DATA_DIR ${wanted} can't be used: ${(error as Error).message}`);
  }
  const database = held;
  return ok({
    path,
    objects: join(path, "objects"),
    note(running) {
      const file = runningFile(path);
      const noted: Running = { supervisor: process.pid, ...running };
      try {
        writeFileSync(`${file}.new`, `${JSON.stringify(noted)}\n`);
        renameSync(`${file}.new`, file);
      } catch {
        // A full disk, or a directory somebody removed: no reason to stop serving, or to fail to stop.
      }
    },
    release() {
      rmSync(runningFile(path), { force: true });
      database.close();
    },
  });
}
