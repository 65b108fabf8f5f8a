// `npm run demo` as somebody meets it who has just cloned this: what it prints, how it ends, and what it leaves behind.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "pico-twins-demo-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function start(): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, ["examples/demo/demo.ts"], {
    cwd: PROJECT,
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: scratch },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr })) };
}

/** The transcript without its line breaks, so that a sentence is found wherever it was wrapped. */
const flat = (text: string): string => text.replaceAll(/[\s┃]+/g, " ");

describe("the demo", () => {
  let demo: Ended;
  let said: string;
  beforeAll(async () => {
    demo = await start().ended;
    said = flat(demo.stdout);
  });

  test("plays all three stories to their end, and everything it says was so", () => {
    expect(demo.stderr).toBe("");
    expect(demo.code).toBe(0);
    for (const title of ["The moccasins", "The car", "The bathroom scale", "The records", "The car is sold"])
      expect(demo.stdout).toContain(`\n━━ ${title} ━`);
    expect(said).toMatch(/All of it was so: \d{3} expectations held in [\d.]+ s\. Everything is stopped\. $/);
  });

  test("tells of soles that wore away, and of the advice that came back live", () => {
    expect(said).toContain("Lamo's policy accepts SD-BASE-DP at once.");
    expect(said).toContain("SAM → LAMO praise · under SD-BASE-DP");
    expect(said).toContain("The soles have worn away, but not the souls.");
    expect(said).toContain(
      "lamo.example › note.sent, SD-BASE-DP, Lamo moccasins, problem, wants answer: The soles are through",
    );
    expect(said).toContain("LAMO → SAM advice · proposes “answered” They can. Ask a cobbler");
    expect(said).toMatch(/Live on Sam's screen \d+ ms after the note got there\./);
  });

  test("sells the car: a history that was checked, four words, and nothing of what its owner wrote", () => {
    expect(said).toContain("Head and 4 signatures are right, computed here.");
    expect(said).toMatch(/3\. [\d-]+ other, by the owner\. \(withheld\)/);
    expect(said).toMatch(/4\. [\d-]+ repairing, by camry\.example\. Recall 26-14/);
    expect(said).toMatch(/Both compare four words: [a-z]+ [a-z]+ [a-z]+ [a-z]+\./);
    expect(said).toContain("twin.transferred, SD-BASE-DP, 2020 Camry XLE Hybrid");
    expect(said).toContain(
      "Femi begins with a record of 5 entries, no note of anybody's and no agreement with anybody.",
    );
  });

  test("has the safety note wait for a person's decision, and four notes arrive, two of them answered", () => {
    expect(said).toContain("It waits: no words cross before there is an agreement.");
    expect(said).toContain("Camry Motors leaves that to a person.");
    expect(said).toMatch(
      /MEI AT CAMRY MOTORS → ADA accepts SD-BASE-DP .* What waited goes out\. [\d.]+ s Delivered to Camry Motors \d+ ms after the agreement, signature verified/,
    );
    expect(said).toMatch(/camry\.example › picture photo_\w+: image\/png, \d+ bytes/);
    expect(said).toContain(
      "Ada's notes about the car: safety answered, idea delivered, problem closed, praise delivered.",
    );
  });

  test("keeps the weight private, and has a person mend what the canned answer missed", () => {
    expect(said).toContain("Libra's policy counters with SD-BASE:");
    expect(said).toContain("NOOR → NOBODY diary · private");
    const order = [
      "Thank you for choosing Libra!",
      "Noor's verdict: not addressed.",
      "INES OKAFOR AT LIBRA → NOOR fix · proposes “changed”",
      "Noor's verdict: addressed.",
    ];
    const places = order.map((words) => said.indexOf(words));
    expect(places).toEqual(places.filter((place) => place >= 0).toSorted((a, b) => a - b));
    expect(said).toContain("Nothing Libra ever got holds the private one: neither its words nor its id.");
  });

  test("ends with equal digests of both copies of each agreement", () => {
    const pairs = [
      ...demo.stdout.matchAll(/owner ([0-9a-f]{64})\n\s+maker ([0-9a-f]{64})\n\s+Equal, and equal to both ETags\./g),
    ];
    expect(pairs).toHaveLength(3);
    for (const [, owner, maker] of pairs) expect(maker).toBe(owner);
  });

  test("keeps to 80 columns, and to plain text where nobody watches", () => {
    for (const line of demo.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(demo.stdout).not.toContain("\u001b");
  });

  test("leaves nothing behind", () => {
    expect(readdirSync(scratch)).toEqual([]);
  });
});

test("a demo that is interrupted stops what it started, leaves nothing behind, and says so", async () => {
  const { child, ended } = start();
  let server: string | undefined;
  let said = "";
  child.stdout!.on("data", (text: string) => {
    said += text;
    server ??= /(http:\/\/[\d.]+:\d+)\D/.exec(said)?.[1];
    if (!child.killed && said.includes("claims")) child.kill("SIGTERM");
  });
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toContain("Interrupted.");
  await expect(fetch(`${server}/health`)).rejects.toThrow();
  expect(readdirSync(scratch)).toEqual([]);
});

test("a demo of which something is not so says what, and fails", async () => {
  const { child, ended } = start();
  let said = "";
  let isDone = false;
  child.stdout!.on("data", (text: string) => {
    said += text;
    if (isDone || !flat(said).includes("claims the car")) return;
    isDone = true;
    const processes = execFileSync("ps", ["-axo", "ppid=,pid=,args="], { encoding: "utf8" });
    const servers = [...processes.matchAll(new RegExp(`^ *${child.pid} +(\\d+) .*maker-server`, "gm"))];
    // The last is the car's maker's; an earlier story's may be about to end by itself.
    process.kill(Math.max(...servers.map(([, pid]) => Number(pid))));
  });
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toContain("It was not so: Camry Motors's server ended");
  expect(stdout).not.toContain("All of it was so");
  expect(readdirSync(scratch)).toEqual([]);
});
