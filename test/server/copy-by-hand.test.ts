// The page that says how to check one's own copy, done as it says by a person with OpenSSL, on a copy that a real server gave.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as pathOf } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agree, claim, join, write } from "../support/people.ts";
import { startProduct } from "../support/server/product.ts";

const PAGE = pathOf(import.meta.dirname, "../../docs/verify-your-copy.md");

let folder: string;
/** A copy, and the key that its company holds. */
let copy: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(pathOf(tmpdir(), "copy-"));
  const { api, server, end } = await startProduct(1);
  const owner = await claim(api, await join(api, server.operatorKey));
  const agreement = await agree(api, owner);
  await write(api, owner, "It hums.");
  const headers = { Authorization: `Bearer ${owner.token}` };
  copy = await (await fetch(`${server.url}/v1/twins/${owner.twin}/export`, { headers })).text();
  const { body } = await api.get(`/v1/twins/${owner.twin}/agreements/${agreement.id}/record`, owner.token);
  key = body.proffer.body.first.id;
  await end();
});
afterAll(() => rm(folder, { recursive: true }));

async function byHand(text: string): Promise<string> {
  const steps = [...(await readFile(PAGE, "utf8")).matchAll(/```sh\n(.*?)```/gs)].map(([, step]) => step!);
  await writeFile(pathOf(folder, "twin.ndjson"), text);
  const shell = promisify(execFile)("bash", ["-euo", "pipefail", "-c", steps.join("\n")], { cwd: folder });
  return shell.then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

describe("the steps of docs/verify-your-copy.md", () => {
  test("find a copy as it was sealed, and by whose key", async () => {
    const out = await byHand(copy);
    expect(out).toContain("Signature Verified Successfully");
    expect(out).toContain(`sealed with       ${key}\nan agreement's    ${key}\n`);
    expect(out).toMatch(/digest, computed {2}([0-9a-f]{64})\ndigest, as sealed \1\n/);
  });

  test.each([
    ["a letter", (text: string) => text.replace("It hums.", "It hams.")],
    ["a line", (text: string) => text.replace(/\{"type":"note".*\n/, "")],
    ["the seal's own digest", (text: string) => text.replace(/"sha256":"./, '"sha256":"g')],
  ])("find %s that was changed", async (_, change) => {
    const changed = change(copy);
    expect(changed).not.toBe(copy);
    const out = await byHand(changed);
    expect(out).not.toMatch(/digest, computed {2}([0-9a-f]{64})\ndigest, as sealed \1\n/);
  });

  test.each([
    ["a letter", (text: string) => text.replace("It hums.", "It hams.")],
    ["a line", (text: string) => text.replace(/\{"type":"note".*\n/, "")],
  ])("find no signature under what was changed: %s", async (_, change) => {
    expect(await byHand(change(copy))).not.toContain("Verified Successfully");
  });
});
