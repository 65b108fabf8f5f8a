// What the environment says about this server, checked as a whole before anything starts. Never prints a secret.
import { isIP } from "node:net";
import { resolve } from "node:path";
import type { Fault } from "../src/domain/failure.ts";
import { err, ok, type Result } from "../src/domain/result.ts";

/** The shortest key that is accepted from the environment, in characters. */
const MIN_KEY_LENGTH = 32;
const MAX_PORT = 65_535;

/** What a server is started with. `null` means: not given, to be made or derived. */
export type Settings = {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** An origin without a slash at its end. */
  readonly publicUrl: string | null;
  readonly dataDirectory: string;
  readonly operatorKey: string | null;
  readonly rootKey: string | null;
  /** A finished build to serve as it is, instead of the project's own. */
  readonly build: string | null;
};

export type Environment = Readonly<Record<string, string | undefined>>;

type Check = (value: string) => boolean;

const isCount: Check = (value) => /^\d{1,9}$/.test(value);
const isKey: Check = (value) => value.length >= MIN_KEY_LENGTH && /^[\x21-\x7e]+$/.test(value);
const isPort: Check = (value) => /^\d{1,5}$/.test(value) && Number(value) <= MAX_PORT;
const isScale: Check = (value) => /^\d*\.?\d+(e-?\d{1,2})?$/i.test(value) && Number(value) > 0;
const isHost: Check = (value) => isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value);

/** Bare origins only: every page and link is made from the root of the host. */
const isOrigin: Check = (value) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
};

const isNetwork: Check = (value) => {
  const [address = "", bits, ...rest] = value.trim().split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

const CHECKS: Readonly<Record<string, readonly [check: Check, wanted: string]>> = {
  PORT: [isPort, `a whole number from 0 to ${MAX_PORT} (0 picks a free port)`],
  HOST: [isHost, "an IP address or a host name"],
  PUBLIC_URL: [isOrigin, "an http or https address without a path, such as https://twins.example"],
  OPERATOR_KEY: [isKey, `at least ${MIN_KEY_LENGTH} printable ASCII characters without spaces`],
  ROOT_KEY: [isKey, `at least ${MIN_KEY_LENGTH} printable ASCII characters without spaces`],
  TRUSTED_PROXY: [
    (value) => value.split(",").every(isNetwork),
    "IP addresses or ranges such as 10.0.0.0/8, separated by commas",
  ],
  ALLOW_LOOPBACK_WEBHOOKS: [(value) => value === "0" || value === "1", "1 or 0"],
  DOMAIN_PROOF_ORIGIN: [isOrigin, "an http or https address without a path, such as http://127.0.0.1:9999"],
  RELAY_TIME_SCALE: [isScale, "a number above 0"],
  LIMIT_ANONYMOUS: [isCount, "a whole number, 0 for no limit"],
  LIMIT_FAILED_CLAIMS: [isCount, "a whole number, 0 for no limit"],
  LIMIT_CHANNEL_WRITES: [isCount, "a whole number, 0 for no limit"],
  LIMIT_INBOUND: [isCount, "a whole number, 0 for no limit"],
};

const SECRETS: ReadonlySet<string> = new Set(["OPERATOR_KEY", "ROOT_KEY"]);

/** A variable's value; an empty one counts as not given. */
export const given = (environment: Environment, name: string): string | null => environment[name] || null;

/** Reads the settings from the environment, or names every variable that is wrong and what would be right. */
export function readSettings(environment: Environment): Result<Settings, readonly Fault[]> {
  const faults: Fault[] = [];
  for (const [name, [check, wanted]] of Object.entries(CHECKS)) {
    const value = given(environment, name);
    if (value === null || check(value)) continue;
    const found = SECRETS.has(name) ? "the one given is not" : `not ${JSON.stringify(value)}`;
    faults.push({ path: name, message: `must be ${wanted}; ${found}` });
  }
  const operatorKey = given(environment, "OPERATOR_KEY");
  const rootKey = given(environment, "ROOT_KEY");
  if (operatorKey !== null && operatorKey === rootKey) {
    faults.push({ path: "OPERATOR_KEY", message: "must not be the same as ROOT_KEY" });
  }
  if (faults.length > 0) return err(faults);
  const publicUrl = given(environment, "PUBLIC_URL");
  const build = given(environment, "PICO_TWINS_BUILD");
  return ok({
    host: given(environment, "HOST") ?? "127.0.0.1",
    port: Number(given(environment, "PORT") ?? "8787"),
    publicUrl: publicUrl === null ? null : new URL(publicUrl).origin,
    dataDirectory: resolve(given(environment, "DATA_DIR") ?? "data"),
    operatorKey,
    rootKey,
    build: build === null ? null : resolve(build),
  });
}
