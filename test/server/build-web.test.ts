// How the pages are built: what makes a build stale, that it is swapped as a whole, and what workerd is told of it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isFresh, isWebFresh, readManifest } from "../../self-host/build-state.ts";
import { buildWeb } from "../../self-host/build-web.ts";
import { buildWorker } from "../../self-host/build.ts";
import { renderWorkerdConfig, type WorkerConfig } from "../../self-host/workerd-config.ts";
import { NODE } from "../support/server/server.ts";

const FIXTURE = join(import.meta.dirname, "../support/server/fixture");
const BUILD_WEB = join(import.meta.dirname, "../../self-host/build-web.ts");
const ASSETS = `
[assets]
directory = "dist/web"
binding = "ASSETS"
run_worker_first = true
`;

let root: string;
let web: string;
const put = (path: string, content: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const files = (): string[] =>
  readdirSync(web, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(web.length + 1))
    .toSorted();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pico-twins-web-"));
  web = join(root, "dist/web");
  cpSync(FIXTURE, root, { recursive: true });
  put("package.json", '{ "type": "module" }');
  put("package-lock.json", "{}");
  put("vite.config.js", "export const target = 'es2022';\n");
  put(
    "vite.config.ts",
    `import { target } from "./vite.config.js";
export default { root: "${root}/web", logLevel: "silent", build: { target } };\n`,
  );
  put("web/index.html", '<!doctype html><html data-origin=""><script type="module" src="/main.ts"></script></html>');
  put(
    "web/main.ts",
    `import { shared } from "../words.ts";
import "./main.css";
document.title = shared;
new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });\n`,
  );
  put("web/worker.ts", 'import { worked } from "../worked.ts";\npostMessage(worked);\n');
  put("worked.ts", "export const worked = 0;\n");
  put("web/main.css", '@import "./colours.css";\nbody { margin: 0 }\n');
  put("web/colours.css", "body { color: red }\n");
  put("web/public/mark.svg", `<svg xmlns="http://www.w3.org/2000/svg">${"<g/>".repeat(50)}</svg>`);
  put("words.ts", `export const shared = ${JSON.stringify("a word. ".repeat(50))} + (process.env.NODE_ENV ?? "");\n`);
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the built pages", () => {
  test.each([
    ["a module outside their folder", "words.ts", "export const shared = 1;\n"],
    ["what a worker of theirs imports", "worked.ts", "export const worked = 1;\n"],
    ["a stylesheet that another imports", "web/colours.css", "body { color: blue }\n"],
    ["a new file beside the others", "web/public/new.svg", "<svg/>"],
    ["how they are built", "vite.config.ts", "export default {};\n"],
    ["what that is made of", "vite.config.js", "export const target = 'es2023';\n"],
    ["the packages", "package-lock.json", '{ "new": true }'],
  ])("are taken for fresh until %s changes", async (_, path, content) => {
    await buildWorker(join(root, "wrangler.toml"), join(root, "dist/server"));
    expect(readManifest(join(root, "dist/server")).web).toBe(null);
    put("wrangler.toml", readFileSync(join(FIXTURE, "wrangler.toml"), "utf8").replace("[vars]", `${ASSETS}\n[vars]`));
    expect(isFresh(join(root, "dist/server"), root)).toBe(false);
    await buildWorker(join(root, "wrangler.toml"), join(root, "dist/server"));
    expect([isWebFresh(web, root), isFresh(join(root, "dist/server"), root)]).toEqual([true, true]);
    put(path, content);
    expect([isWebFresh(web, root), isFresh(join(root, "dist/server"), root)]).toEqual([false, false]);
  });

  test("are production's, whoever builds them", async () => {
    const before = process.env["NODE_ENV"];
    await buildWeb(root, web);
    expect(process.env["NODE_ENV"]).toBe(before);
    const script = files().find((name) => name.endsWith(".js"))!;
    expect(readFileSync(join(web, script), "utf8")).toContain("production");
  });

  test("have a compressed copy beside each file that gains by one, none of which is uploaded", async () => {
    await buildWeb(root, web);
    const found = files();
    const script = found.find((name) => name.endsWith(".js"))!;
    for (const name of [script, "mark.svg"])
      expect(found).toEqual(expect.arrayContaining([name, `${name}.br`, `${name}.gz`]));
    expect(found.filter((name) => /\.css\./.test(name))).toEqual([]);
    expect(readFileSync(join(web, ".assetsignore"), "utf8").trim().split("\n")).toEqual([
      "*.br",
      "*.gz",
      ".sources.json",
    ]);
  });

  test("stay what they were when building fails, and nothing is left lying about", async () => {
    await buildWeb(root, web);
    const before = files();
    put("web/main.ts", 'import "./none.ts";\n');
    await expect(buildWeb(root, web)).rejects.toThrow("none.ts");
    expect(files()).toEqual(before);
    put("web/main.ts", "");
    put("web/public/odd.thing", "");
    await expect(buildWeb(root, web)).rejects.toThrow("odd.thing");
    expect(files()).toEqual(before);
    expect(readdirSync(join(root, "dist"))).toEqual(["web"]);
  });

  test("are those of one build, however many processes build them at once", async () => {
    await buildWeb(root, web);
    put("web/main.ts", "document.title = 'another';\n");
    const program = `import { buildWeb } from "${BUILD_WEB}"; await buildWeb("${root}", "${web}");`;
    const builders = [1, 2, 3].map(() => spawn(NODE, ["--input-type=module", "-e", program], { stdio: "inherit" }));
    expect(await Promise.all(builders.map(async (builder) => (await once(builder, "exit"))[0]))).toEqual([0, 0, 0]);
    const page = readFileSync(join(web, "index.html"), "utf8");
    const [, script] = /src="\/(assets\/[^"]+)"/.exec(page)!;
    expect(existsSync(join(web, script!))).toBe(true);
    expect(files().filter((name) => name.endsWith(".js"))).toEqual([script]);
    expect(readdirSync(join(root, "dist"))).toEqual(["web"]);
  });

  test("must all be asked for through the Worker, as npm start has it", async () => {
    put("wrangler.toml", `${readFileSync(join(FIXTURE, "wrangler.toml"), "utf8")}\n[assets]\ndirectory = "dist/web"\n`);
    await expect(buildWorker(join(root, "wrangler.toml"), join(root, "dist/server"))).rejects.toThrow(
      "run_worker_first",
    );
  });
});

describe("workerd's configuration", () => {
  const config: WorkerConfig = {
    compatibilityDate: "2026-10-23",
    compatibilityFlags: [],
    bindings: [],
    namespaces: [],
    vars: {},
    staticFiles: { binding: "FILES", module: "files.js" },
  };

  test("lets the pages' folder be read, and by the static files' worker alone", () => {
    const rendered = renderWorkerdConfig(config, "worker.js");
    expect(rendered.match(/name = "web", disk = \(writable = false\)/g)?.length).toBe(2);
    expect(rendered.match(/service = "web"/g)?.length).toBe(1);
    const [, product, staticFiles] = rendered.split(/^const (?:worker|staticFiles) /m);
    expect(product).toContain('(name = "FILES", service = "static-files")');
    expect(staticFiles).toContain('embed "files.js"');
    expect(staticFiles).toContain('(name = "DISK", service = "web")');
    expect(staticFiles).not.toContain("OPERATOR_KEY");
  });

  test("has nothing of them where there are none", () => {
    expect(renderWorkerdConfig({ ...config, staticFiles: null }, "worker.js")).not.toMatch(/web|static/i);
  });
});
