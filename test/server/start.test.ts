// `npm start` as its users meet it: the real process, started, stopped and killed. Runs on a tiny Worker of its own,
// so that what is proven here is the process and not the product.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildWorker } from "../../self-host/build.ts";
import { isFresh } from "../../self-host/build-state.ts";
import { namespacesAfter } from "../../self-host/workerd-config.ts";
import { onDisk } from "../support/server/on-disk.ts";
import {
  NODE,
  run,
  type ServerOptions,
  START,
  startRefused,
  startServer,
  TestServer,
} from "../support/server/server.ts";

const FIXTURE = join(import.meta.dirname, "../support/server/fixture/wrangler.toml");
const A_KEY = "a-key-of-more-than-thirty-two-characters";
const B_KEY = "another-key-of-over-thirty-two-characters";

const scratch = mkdtempSync(join(tmpdir(), "pico-twins-test-"));
const build = join(scratch, "build");
const running: TestServer[] = [];

beforeAll(() => buildWorker(FIXTURE, build));
afterEach(async () => {
  for (const server of running.splice(0).reverse()) await server.discard();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function started(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer({ build, ...options });
  running.push(server);
  return server;
}

const text = async (url: string): Promise<string> => await (await fetch(url)).text();
const json = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const isAlive = (pid: number): boolean =>
  execFileSync("ps", ["-axo", "pid=,stat="], { encoding: "utf8" })
    .split("\n")
    .some((line) => new RegExp(`^\\s*${pid}\\s+[^Z]`).test(line));

describe("the first start", () => {
  test("shows the operator's key once, then one line with the address; later starts show the address alone", async () => {
    const server = await started();
    const key = readFileSync(join(server.dataDir, "operator.key"), "utf8").trim();
    expect(server.printed).toBe(`Operator key, shown this once: ${key}\nPico Twins is ready at ${server.url}\n`);
    expect(key.length).toBeGreaterThanOrEqual(32);
    await server.restart();
    expect(server.printed).toBe(`Pico Twins is ready at ${server.url}\n`);
    const { code, stderr } = await server.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("makes two different keys that only this user can read, and the Worker is given both", async () => {
    const server = await started();
    const vars = await json<Record<string, string>>(`${server.url}/vars`);
    const rootKey = readFileSync(join(server.dataDir, "root.key"), "utf8").trim();
    expect(vars).toMatchObject({ OPERATOR_KEY: server.operatorKey, ROOT_KEY: rootKey });
    expect(server.operatorKey).not.toBe(rootKey);
    expect(modeOf(join(server.dataDir, "operator.key"))).toBe("600");
    expect(modeOf(join(server.dataDir, "root.key"))).toBe("600");
    expect(modeOf(server.dataDir)).toBe("700");
    await server.restart();
    expect(await json(`${server.url}/vars`)).toEqual(vars);
  });

  test("neither shows nor stores keys that the environment gives, and no command line holds them", async () => {
    const server = await started({ env: { OPERATOR_KEY: A_KEY, ROOT_KEY: B_KEY } });
    expect(server.printed).toBe(`Pico Twins is ready at ${server.url}\n`);
    expect(await json(`${server.url}/vars`)).toMatchObject({
      OPERATOR_KEY: A_KEY,
      ROOT_KEY: B_KEY,
    });
    expect(onDisk(server.dataDir, [A_KEY, B_KEY])).toEqual([]);
    const command = execFileSync("ps", ["-ww", "-o", "command=", "-p", String(server.workerdPid)], {
      encoding: "utf8",
    });
    expect(command).toContain("workerd serve");
    expect(command).not.toMatch(new RegExp(`${A_KEY}|${B_KEY}`));
  });

  test("takes wrangler.toml's variables, lets the environment override them, and names itself in links", async () => {
    const server = await started({
      env: { LIMIT_ANONYMOUS: "7", TRUSTED_PROXY: "10.0.0.0/8, ::1" },
    });
    const vars = {
      LIMIT_ANONYMOUS: "7",
      TRUSTED_PROXY: "10.0.0.0/8, ::1",
      ALLOW_LOOPBACK_WEBHOOKS: "",
    };
    expect(await json(`${server.url}/vars`)).toMatchObject({ ...vars, PUBLIC_URL: server.url });
    const other = await started({ env: { PUBLIC_URL: "https://twins.example/" } });
    expect(await json(`${other.url}/vars`)).toMatchObject({
      LIMIT_ANONYMOUS: "30",
      PUBLIC_URL: "https://twins.example",
    });
  });
});

describe("an environment that can't be right", () => {
  test.each<[name: string, value: string, other?: Record<string, string>]>([
    ["PORT", "80a"],
    ["PORT", "65536"],
    ["HOST", "not a host"],
    ["PUBLIC_URL", "twins.example"],
    ["PUBLIC_URL", "https://twins.example/path"],
    ["PUBLIC_URL", "ftp://twins.example"],
    ["OPERATOR_KEY", "short"],
    ["ROOT_KEY", "x".repeat(31)],
    ["OPERATOR_KEY", A_KEY, { ROOT_KEY: A_KEY }],
    ["TRUSTED_PROXY", "10.0.0.0/33"],
    ["ALLOW_LOOPBACK_WEBHOOKS", "yes"],
    ["DOMAIN_PROOF_ORIGIN", "lamo.example"],
    ["RELAY_TIME_SCALE", "0"],
    ["RELAY_TIME_SCALE", "fast"],
    ["LIMIT_ANONYMOUS", "-1"],
    ["LIMIT_FAILED_CLAIMS", "1.5"],
    ["LIMIT_CHANNEL_WRITES", "many"],
    ["LIMIT_INBOUND", " "],
  ])("%s=%s is refused by name before anything is made", async (name, value, other = {}) => {
    const dataDir = join(scratch, "never-made");
    const { code, stdout, stderr } = await startRefused(dataDir, {
      build,
      env: { ...other, [name]: value },
    });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(new RegExp(`^Pico Twins can't start:\n  ${name} must .+\n$`));
    if (name.endsWith("KEY")) expect(stderr).not.toContain(value);
    expect(existsSync(dataDir)).toBe(false);
  });

  test("every wrong variable is named at once", async () => {
    const { stderr } = await startRefused(join(scratch, "never-made"), {
      build,
      env: { PORT: "x", LIMIT_INBOUND: "y" },
    });
    expect(stderr).toMatch(/ {2}PORT must .+\n {2}LIMIT_INBOUND must .+\n$/);
  });

  test("a data directory made with one ROOT_KEY opens with no other, and not without it", async () => {
    const server = await started({ env: { ROOT_KEY: A_KEY } });
    await server.stop();
    const wrong = await startRefused(server.dataDir, { build, env: { ROOT_KEY: B_KEY } });
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toContain("ROOT_KEY is not the key");
    const without = await startRefused(server.dataDir, { build });
    expect(without).toMatchObject({ code: 1, stdout: "" });
    expect(without.stderr).toContain("give the same ROOT_KEY again");
    await server.restart();
  });

  test("data without its root key is refused: a new key would make all of it unreadable", async () => {
    const server = await started();
    await fetch(`${server.url}/put?id=1`, { method: "POST" });
    await server.stop();
    for (const file of ["root.key", "root.sha256"]) rmSync(join(server.dataDir, file), { force: true });
    const refused = await startRefused(server.dataDir, { build });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("holds data but not its root.key");
  });

  test("the stored root key is refused as the operator's key", async () => {
    const server = await started();
    await server.stop();
    const OPERATOR_KEY = readFileSync(join(server.dataDir, "root.key"), "utf8").trim();
    const { code, stderr } = await startRefused(server.dataDir, { build, env: { OPERATOR_KEY } });
    expect(code).toBe(1);
    expect(stderr).toContain("must not be the same");
    expect(stderr).not.toContain(OPERATOR_KEY);
  });

  test("a port that is in use is named", async () => {
    const server = await started();
    const { port } = new URL(server.url);
    const { code, stdout, stderr } = await startRefused(join(scratch, "port"), {
      build,
      env: { PORT: port },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is in use`);
  });
});

describe("an end", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "by %s lets requests under way finish, and exits with 0",
    async (signal) => {
      const server = await started();
      const response = await fetch(`${server.url}/slowly-put?id=1&ms=300`);
      process.kill(server.pid, signal); // the answer has begun; its work has not ended
      expect(await response.text()).toBe("begun kept");
      expect((await server.ended).code).toBe(0);
      expect(existsSync(join(server.dataDir, "server.json"))).toBe(false);
      await server.restart();
      expect(await json(`${server.url}/ids`)).toEqual([1]);
    },
  );

  test("doesn't wait for open sockets longer than for the slowest request", async () => {
    const server = await started();
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/live`);
    await once(socket, "open");
    const began = performance.now();
    const closed = once(socket, "close");
    expect((await server.stop()).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
    await closed;
  });

  test("of workerd alone ends the whole with an error", async () => {
    const server = await started();
    process.kill(server.workerdPid, "SIGKILL");
    const { code, stderr } = await server.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("workerd ended unexpectedly (SIGKILL)");
    await server.restart();
  });

  test("of an npm that is killed ends the server it started within half a second of work", async () => {
    const folder = mkdtempSync(join(scratch, "npm-"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { start: `"${NODE}" "${START}"` } }));
    const dataDir = join(folder, "data");
    const env = {
      PATH: process.env["PATH"] ?? "",
      PORT: "0",
      DATA_DIR: dataDir,
      PICO_TWINS_BUILD: build,
    };
    const npm = run("npm", ["start", "--silent"], env, folder);
    const origin = await npm.ready;
    expect(await text(`${origin}/put?id=5`)).toBe("kept");
    const began = performance.now();
    npm.child.kill("SIGKILL");
    await npm.exit; // every process that held npm's output is gone: the shell, the server, workerd
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(existsSync(join(dataDir, "server.json"))).toBe(false);
    const server = await started({ dataDir });
    expect(await json(`${server.url}/ids`)).toEqual([5]);
  });
});

describe("kill -9", () => {
  test("loses nothing that was acknowledged", async () => {
    const server = await started();
    const kept: number[] = [];
    for (let round = 0; round < 3; round++) {
      // Killed in the middle of writing: only what was answered counts.
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; i < 200; i++) {
          const id = round * 10_000 + writer * 1_000 + i;
          try {
            if ((await text(`${server.url}/put?id=${id}`)) !== "kept") return;
          } catch {
            return;
          }
          if (kept.push(id) % 100 === 0) await server.kill9();
        }
      });
      await Promise.all(writers);
      await server.restart();
      const found = new Set(await json<number[]>(`${server.url}/ids`));
      expect(kept.filter((id) => !found.has(id))).toEqual([]);
    }
    expect(kept.length).toBeGreaterThanOrEqual(300);
  });

  test("of the supervisor alone leaves a workerd that the next start ends before it serves", async () => {
    const server = await started();
    await text(`${server.url}/put?id=7`);
    const orphan = server.workerdPid;
    process.kill(server.pid, "SIGKILL");
    await once(server.child, "exit");
    expect(isAlive(orphan)).toBe(true);
    expect(await json(`${server.url}/ids`)).toEqual([7]); // the orphan still serves, on the very port
    await server.start();
    expect(isAlive(orphan)).toBe(false);
    expect(server.workerdPid).not.toBe(orphan);
    expect(await json(`${server.url}/ids`)).toEqual([7]);
  });

  test("never makes the next start end a process that merely has the noted number", async () => {
    const server = await started();
    await server.kill9();
    const bystander = run("sleep", ["60"], {});
    const pid = bystander.child.pid ?? 0;
    const noted = { supervisor: pid, workerd: pid, stopping: false };
    writeFileSync(join(server.dataDir, "server.json"), JSON.stringify(noted));
    await server.restart();
    expect(isAlive(pid)).toBe(true);
    bystander.child.kill();
    await bystander.exit;
  });
});

describe("one data directory", () => {
  test("serves one server: a second start is refused and the first goes on", async () => {
    const server = await started();
    const { code, stdout, stderr } = await startRefused(server.dataDir, { build });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`another Pico Twins (process ${server.pid}) is running on`);
    expect(await text(`${server.url}/put?id=1`)).toBe("kept");
  });

  test("passes to a server that is started while the last one is still ending", async () => {
    const server = await started();
    const response = await fetch(`${server.url}/slowly-put?id=2&ms=400`);
    process.kill(server.pid, "SIGTERM");
    const successor = await started({ dataDir: server.dataDir });
    expect(await response.text()).toBe("begun kept");
    expect(await json(`${successor.url}/ids`)).toEqual([2]);
  });

  test("that can't be made is named", async () => {
    const file = join(scratch, "a-file");
    writeFileSync(file, "");
    const { code, stderr } = await startRefused(join(file, "data"), { build });
    expect(code).toBe(1);
    expect(stderr).toContain(`DATA_DIR ${file}/data can't be used`);
  });

  test("a data directory where no folder can be made is refused, not tried for ever", async () => {
    const { code, stderr } = await startRefused("/proc/none", { build });
    expect(code).toBe(1);
    expect(stderr).toContain("DATA_DIR /proc/none can't be used");
  });
});

describe("the network", () => {
  let hook: Server;
  let hookPort: number;
  beforeAll(async () => {
    hook = createServer((_request, response) => response.end("delivered")).listen(0, "127.0.0.1");
    await once(hook, "listening");
    hookPort = (hook.address() as AddressInfo).port;
  });
  afterAll(() => hook.close());

  test("of this machine is out of the Worker's reach", async () => {
    const server = await started();
    for (const host of ["127.0.0.1", "localhost"]) {
      expect(await text(`${server.url}/call?url=http://${host}:${hookPort}/`)).toBe("the network refused");
    }
  });

  test("of this machine is reached in development, with ALLOW_LOOPBACK_WEBHOOKS=1", async () => {
    const server = await started({ env: { ALLOW_LOOPBACK_WEBHOOKS: "1" } });
    for (const host of ["127.0.0.1", "localhost"]) {
      expect(await text(`${server.url}/call?url=http://${host}:${hookPort}/`)).toBe("delivered");
    }
    expect(await text(`${server.url}/call?url=${server.url}/health`)).toContain("ok");
  });

  test("tells the Worker the peer's address, which no header can change", async () => {
    const headers = { "x-forwarded-for": "203.0.113.9", "cf-connecting-ip": "203.0.113.8" };
    const seenBy = async (server: TestServer) =>
      (await (await fetch(`${server.url}/client`, { headers })).json()) as {
        cf: unknown;
        headers: unknown;
      };
    const four = await seenBy(await started());
    expect(four.cf).toEqual({ clientIp: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
    expect(four.headers).toMatchObject(headers);
    const six = await seenBy(await started({ env: { HOST: "::1" } }));
    expect(six.cf).toEqual({ clientIp: expect.stringMatching(/^\[::1\]:\d+$/) });
  });
});

test("a build is taken for fresh until one of its sources, or what it was configured by, changes", async () => {
  const root = mkdtempSync(join(scratch, "sources-"));
  cpSync(dirname(FIXTURE), root, { recursive: true });
  const directory = join(root, "dist");
  expect(isFresh(directory, root)).toBe(false);
  for (const name of ["worker.js", "wrangler.toml"]) {
    await buildWorker(join(root, "wrangler.toml"), directory);
    expect(isFresh(directory, root)).toBe(true);
    const source = readFileSync(join(root, name), "utf8");
    writeFileSync(join(root, name), `${source}\n`);
    expect(isFresh(directory, root)).toBe(false);
  }
});

test("a renamed class of objects keeps its data, a deleted one is gone", () => {
  const migrations = [
    { new_sqlite_classes: ["Twin", "Draft"] },
    { renamed_classes: [{ from: "Twin", to: "Item" }], new_sqlite_classes: ["Maker"] },
    { renamed_classes: [{ from: "Item", to: "Thing" }], deleted_classes: ["Draft"] },
  ];
  expect(namespacesAfter(migrations).toSorted((a, b) => a.className.localeCompare(b.className))).toEqual([
    { className: "Maker", uniqueKey: "Maker" },
    { className: "Thing", uniqueKey: "Twin" },
  ]);
});
