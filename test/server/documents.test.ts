// The documents name what is there: tables, tests, variables, folders. A sentence that nothing proves any more fails here.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

test("docs/storage.md describes every table there is, and none that isn't", () => {
  const code = files("src")
    .filter((path) => path.endsWith(".ts"))
    .map(read)
    .join("\n");
  const named = (statement: RegExp): string[] => [...code.matchAll(statement)].map((match) => match[1]!);
  // A later version may take a table away, or make it anew.
  const made = Map.groupBy(named(/CREATE (?:VIRTUAL )?TABLE (\w+)/g), (table) => table);
  const dropped = Map.groupBy(named(/DROP TABLE (\w+)/g), (table) => table);
  const inCode = [...made].flatMap(([table, all]) => (all.length > (dropped.get(table)?.length ?? 0) ? [table] : []));
  const described = [...read("docs/storage.md").matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]!);
  expect([...new Set(described)].toSorted()).toEqual(inCode.toSorted());
});

test("every promise names a test or bench that is there, by its file and its title", () => {
  const rows = [...read("docs/promises.md").matchAll(/^\| (?!promise|---)(.+?) \| `([^`]+)`(?:: (.+?))? \|$/gm)];
  expect(rows.length).toBeGreaterThan(30);
  for (const [, promise, path, title] of rows) {
    expect(existsSync(join(root, path!)), `${path} (${promise})`).toBe(true);
    if (title !== undefined) expect(read(path!), `${path}: ${title}`).toContain(title);
  }
});

test("the README's table names every variable the server reads", () => {
  const read_ = [...read("self-host/environment.ts").matchAll(/\b([A-Z]+(?:_[A-Z]+)+|PORT|HOST)\b/g)].map(
    (match) => match[1]!,
  );
  const known = [...read("README.md").matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map((match) => match[1]!);
  const documented = [
    "PORT",
    "HOST",
    "PUBLIC_URL",
    "DATA_DIR",
    "OPERATOR_KEY",
    "ROOT_KEY",
    "TRUSTED_PROXY",
    "LIMIT_ANONYMOUS",
    "LIMIT_FAILED_CLAIMS",
    "LIMIT_CHANNEL_WRITES",
    "LIMIT_INBOUND",
    "ALLOW_LOOPBACK_WEBHOOKS",
    "DOMAIN_PROOF_ORIGIN",
    "RELAY_TIME_SCALE",
  ];
  for (const name of documented) {
    expect(read_, `self-host reads ${name}`).toContain(name);
    expect(known, `README names ${name}`).toContain(name);
  }
});

test("no file of the project names a machine's path, a registry's host or this workplace", () => {
  const strange = /\/work\/|\.\.\/shared|registry\.npmjs|deb\.debian\.org/;
  const ours = ["src", "self-host", "bench", "examples", "docs", "test"]
    .flatMap(files)
    .filter((path) => !path.includes("node_modules"));
  for (const path of [...ours, "README.md", "package.json", "package-lock.json", "wrangler.toml", ".ci/run"]) {
    if (path.endsWith("documents.test.ts")) continue;
    expect(strange.exec(read(path))?.[0], path).toBeUndefined();
  }
});
