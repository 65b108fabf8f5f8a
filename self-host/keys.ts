// The two secrets of a server: the operator's key and the root key everything derives from. Made once, kept in the
// data directory for this user's eyes only. Never logs one; only start.ts shows the operator's, once.
import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../src/domain/result.ts";
import type { Settings } from "./environment.ts";

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;

export type Keys = {
  readonly operatorKey: string;
  readonly rootKey: string;
  /** Whether the operator's key was made just now, so that nobody has seen it yet. */
  readonly operatorKeyIsNew: boolean;
};

const fingerprint = (key: string): string => createHash("sha256").update(`pico-twins root key\n${key}`).digest("hex");

const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8").trim() : null);

/** Whether any object has been kept here: made under a root key that must come back with it. */
const hasData = (directory: string): boolean =>
  existsSync(join(directory, "objects")) && readdirSync(join(directory, "objects")).length > 0;

/** Writes a small secret file whole or not at all: a crash can't leave half a key behind. */
function keep(path: string, text: string): void {
  const file = openSync(`${path}.new`, "w", OWNER_ONLY);
  writeSync(file, `${text}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

/**
 * The keys this server runs with. A given key overrides the kept one and is not stored; of the root key a hash stays,
 * because data made under one root key is unreadable under any other.
 */
export function loadKeys(directory: string, settings: Settings): Result<Keys, string> {
  const operatorFile = join(directory, "operator.key");
  const rootFile = join(directory, "root.key");
  const fingerprintFile = join(directory, "root.sha256");

  const keptRoot = read(rootFile);
  const madeWith = read(fingerprintFile) ?? (keptRoot === null ? null : fingerprint(keptRoot));
  const madeRoot = settings.rootKey === null && madeWith === null ? randomBytes(KEY_BYTES).toString("base64url") : null;
  if (madeRoot !== null && hasData(directory)) {
    return err(`${directory} holds data but not its root.key: put the key back, or give it as ROOT_KEY`);
  }
  const rootKey = settings.rootKey ?? keptRoot ?? madeRoot;
  if (rootKey === null) {
    return err(`${directory} was made with a ROOT_KEY from the environment: give the same ROOT_KEY again`);
  }
  if (madeWith !== null && fingerprint(rootKey) !== madeWith) {
    const source = settings.rootKey === null ? rootFile : "ROOT_KEY";
    return err(`${source} is not the key that ${directory} was made with: its data can't be read with another`);
  }

  const keptOperator = settings.operatorKey ?? read(operatorFile);
  const operatorKey = keptOperator ?? randomBytes(KEY_BYTES).toString("base64url");
  if (operatorKey === rootKey) return err("OPERATOR_KEY and ROOT_KEY must not be the same");

  if (madeRoot !== null) keep(rootFile, madeRoot);
  if (madeWith === null || !existsSync(fingerprintFile)) keep(fingerprintFile, fingerprint(rootKey));
  if (keptOperator === null) keep(operatorFile, operatorKey);
  return ok({ operatorKey, rootKey, operatorKeyIsNew: keptOperator === null });
}
