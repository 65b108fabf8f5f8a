// The owner's app as the real server gives it to a browser: one page for every path, files that come compressed and stay, and nothing else of the disk.

import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APP_PATHS } from "../../src/api/app-paths.ts";
import { DESK_PATHS } from "../../src/api/desk-paths.ts";
import { claim, freshGtin, join as joinMaker } from "../support/people.ts";
import { type Product, startProduct } from "../support/server/product.ts";

const WEB = join(import.meta.dirname, "../../dist/web");
const SHELL_POLICY = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' blob: data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "media-src": "'self' blob:",
  "manifest-src": "'self'",
  "worker-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

let product: Product;
/** A script, and a label of nobody. */
let script: string;
const LABEL = `/01/${freshGtin()}/21/unknown-1`;

beforeAll(async () => {
  product = await startProduct(1);
  const compressed = readdirSync(join(WEB, "assets")).find((name) => name.endsWith(".js.br"))!;
  script = `/assets/${compressed.slice(0, -".br".length)}`;
});
afterAll(() => product?.end());

type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** A request whose path and headers go out as they are given: no library tidies them up. */
async function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  const { hostname, port } = new URL(product.server.url);
  const sent = request({ hostname, port, path, method, headers, agent: false }).end();
  const [answer] = (await once(sent, "response")) as [import("node:http").IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
}

const policyOf = ({ headers }: Got): Record<string, string> =>
  Object.fromEntries(
    String(headers["content-security-policy"])
      .split("; ")
      .map((rule) => [rule.slice(0, rule.indexOf(" ")), rule.slice(rule.indexOf(" ") + 1)]),
  );
const filled = (path: string): string =>
  path
    .replace(":gtin", freshGtin())
    .replace(":serial", "unknown-1")
    .replaceAll(/:\w+/g, () => crypto.randomUUID());

const namedIn = (page: Got): string[] =>
  [...page.body.toString().matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(([, path]) => path!);

describe("the desk's page", () => {
  test("is the same at every path of the desk, under the app's own policy, and is another than the app's", async () => {
    const answers = await Promise.all(DESK_PATHS.map((path) => get(filled(path))));
    expect(answers.map(({ status }) => status)).toEqual(DESK_PATHS.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
    expect(answers[0]!.body.toString()).not.toBe((await get("/")).body.toString());
    for (const answer of answers) {
      expect(policyOf(answer)).toEqual(SHELL_POLICY);
      expect(answer.headers).toMatchObject({ "cache-control": "no-cache", "referrer-policy": "no-referrer" });
    }
    expect(answers[0]!.body.toString().match(/<script(?![^>]* src=)| style=| on\w+=|javascript:/i)).toBe(null);
    for (const path of namedIn(answers[0]!)) expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  test("stands at every path that the desk's own router knows; at others it says, as a page, that nothing is there", async () => {
    const router = readFileSync(join(import.meta.dirname, "../../src/web/desk/app.tsx"), "utf8");
    const routed = [...router.matchAll(/<Route path="([^"]+)"/g)].map(([, path]) => path);
    expect(routed.toSorted()).toEqual([...DESK_PATHS].toSorted());
    for (const path of ["/desk/none", "/desk/t", "/desk.html", "/desks"])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    const asked = await get("/desk/none", { Accept: "text/html" });
    expect([asked.status, asked.body.toString()]).toEqual([404, (await get("/desk")).body.toString()]);
  });

  test("is none of the owner's service worker's business: it keeps the app's files and no file that only the desk has", async () => {
    const worker = (await get("/sw.js")).body.toString();
    const assets = (page: Got): string[] => namedIn(page).filter((path) => path.startsWith("/assets/"));
    const [owners, desks] = [assets(await get("/")), assets(await get("/desk"))];
    // The desk begins with them; what else it names, the owner's app has for some page of its own.
    const deskOnly = desks.filter((path) => path.startsWith("/assets/desk-"));
    expect(deskOnly.map((path) => path.split(".").at(-1)).toSorted()).toEqual(["css", "js"]);
    expect(owners.filter((path) => !worker.includes(path))).toEqual([]);
    expect(deskOnly.filter((path) => worker.includes(path))).toEqual([]);
    expect(/["`/ ]desk(?![\w])/.test(worker)).toBe(false);
  });
});

describe("the page that shows a history to a buyer", () => {
  test("is the same for every link, under the app's own policy, told to no search engine, and none of the service worker's business", async () => {
    const links = ["/s/share_0123456789abcdefghjkmnpqrs", "/s/anything"];
    const answers = await Promise.all(links.map((path) => get(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [page] = answers as [Got];
    expect(answers[1]!.body.toString()).toBe(page.body.toString());
    expect(policyOf(page)).toEqual(SHELL_POLICY);
    expect(page.headers).toMatchObject({
      "cache-control": "no-cache",
      "permissions-policy": "camera=(self), geolocation=(), microphone=()",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
    });
    expect(page.headers["set-cookie"]).toBe(undefined);
    expect(page.body.toString().match(/<script(?![^>]* src=)| style=| on\w+=|javascript:/i)).toBe(null);
    const worker = (await get("/sw.js")).body.toString();
    const own = namedIn(page).filter((path) => path.startsWith("/assets/show-"));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((path) => worker.includes(path))).toEqual([]);
    for (const path of namedIn(page)) expect([path, (await get(path)).status]).toEqual([path, 200]);
    for (const path of ["/s", "/s/", "/s/a/b", "/show.html"])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });
});

describe("the app's page", () => {
  test("is the same at every path of the app, and may do no more than reach its own origin", async () => {
    const answers = await Promise.all(APP_PATHS.map((path) => get(filled(path))));
    expect(answers.map(({ status }) => status)).toEqual(APP_PATHS.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
    for (const answer of answers) {
      expect(policyOf(answer)).toEqual(SHELL_POLICY);
      expect(answer.headers).toMatchObject({
        "content-type": "text/html; charset=UTF-8",
        "cache-control": "no-cache",
        "permissions-policy": "camera=(self), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
      expect(answer.headers["set-cookie"]).toBe(undefined);
    }
  });

  test("stands at every path that the app's own router knows, and at no other", async () => {
    const router = readFileSync(join(import.meta.dirname, "../../src/web/app.tsx"), "utf8");
    const routed = [...router.matchAll(/<Route path="([^"]+)"/g)].map(([, path]) => path);
    expect(routed.toSorted()).toEqual([...APP_PATHS].toSorted());
    for (const path of ["/none", "/t", "/t/", "/add/", "/help", "/index.html", "/01", `${LABEL}/more`])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  test("has no script of its own, loads from its own origin only, and all that it names is there", async () => {
    const page = (await get("/")).body.toString();
    expect(page.match(/<script(?![^>]* src=)| style=| on\w+=|javascript:/i)).toBe(null);
    const named = [...page.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(3);
    const manifest = JSON.parse((await get("/manifest.webmanifest")).body.toString()) as { icons: { src: string }[] };
    expect(manifest.icons.length).toBeGreaterThan(0);
    for (const path of [...named, ...manifest.icons.map(({ src }) => src)])
      expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  test("says the same of an unknown, an unclaimed and a claimed item, byte for byte", async () => {
    const { api, server } = product;
    const maker = await joinMaker(api, server.operatorKey);
    const gtin = freshGtin();
    const { labels } = (
      await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Kettle", count: 1 }, maker.key)
    ).body;
    const owner = await claim(api, maker, gtin);
    const twin = await api.get(`/v1/twins/${owner.twin}`, owner.token);
    const paths = [new URL(labels[0].url).pathname, `/01/${gtin}/21/${twin.body.product.serial}`, LABEL];
    const answers = await Promise.all(paths.map((path) => get(path)));
    // The link to an item's linkset names the item that was asked for, and the date is the day's.
    const told = answers.map(({ status, headers, body }) => [
      status,
      { ...headers, link: null, date: null },
      body.toString(),
    ]);
    expect(told[0]![0]).toBe(200);
    expect(told).toEqual([told[0], told[0], told[0]]);
  });

  test("names the server's own address, so that a copy elsewhere can be told from it", async () => {
    expect((await get("/")).body.toString()).toMatch(
      new RegExp(`<html[^>]* data-origin="${product.server.url.replaceAll(".", "\\.")}"`),
    );
  });

  test("knows at a label whether another site's link led there, and nowhere else", async () => {
    const came = async (path: string, site?: string): Promise<boolean> =>
      / data-came="elsewhere"/.test((await get(path, site ? { "Sec-Fetch-Site": site } : {})).body.toString());
    for (const path of [LABEL, `/01/${freshGtin()}`]) {
      for (const site of ["cross-site", "same-site"])
        expect([path, site, await came(path, site)]).toEqual([path, site, true]);
      for (const site of ["same-origin", "none", undefined])
        expect([path, site, await came(path, site)]).toEqual([path, site, false]);
      expect((await get(path)).headers.vary).toContain("Sec-Fetch-Site");
    }
    expect(await came("/", "cross-site")).toBe(false);
  });

  test("isn't sent again to a browser that has it", async () => {
    const { headers } = await get(LABEL);
    const again = await get(LABEL, { "If-None-Match": String(headers.etag) });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    const elsewhere = await get(LABEL, { "If-None-Match": String(headers.etag), "Sec-Fetch-Site": "cross-site" });
    expect(elsewhere.status).toBe(200);
    expect(elsewhere.headers.etag).not.toBe(headers.etag);
  });

  test("is refused where a label can't be one", async () => {
    for (const path of [
      `/01/${"1".repeat(13)}x/21/1`,
      "/01/09521234543210/21/1",
      `/01/${freshGtin()}/21/${"a".repeat(21)}`,
    ])
      expect([path, (await get(path)).headers["content-type"]]).toEqual([path, "application/problem+json"]);
  });
});

describe("a built file", () => {
  test("comes in the best coding that the client takes, and each coding has its own tag", async () => {
    const plain = await get(script);
    const expected: [accept: string, coding: string | undefined, decode: (bytes: Buffer) => Buffer][] = [
      ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
      ["BR", "br", brotliDecompressSync],
      ["gzip", "gzip", gunzipSync],
      ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
      ["br; q=0.000", undefined, (bytes) => bytes],
      ["identity", undefined, (bytes) => bytes],
      ["", undefined, (bytes) => bytes],
    ];
    const tags = new Map<string | undefined, unknown>();
    for (const [accept, coding, decode] of expected) {
      const { status, headers, body } = await get(script, { "Accept-Encoding": accept });
      expect([accept, status, headers["content-encoding"]]).toEqual([accept, 200, coding]);
      expect([accept, decode(body).equals(plain.body)]).toEqual([accept, true]);
      expect([accept, headers["content-length"]]).toEqual([accept, String(body.length)]);
      expect(headers.vary).toContain("Accept-Encoding");
      tags.set(coding, headers.etag);
    }
    expect(new Set(tags.values()).size).toBe(3);
    expect(plain.body.equals(readFileSync(join(WEB, script)))).toBe(true);
  });

  test("is kept for ever where its name is its content's, and asked for each time where it isn't", async () => {
    expect((await get(script)).headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "text/javascript; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
    expect((await get("/sw.js")).headers).toMatchObject({
      "cache-control": "no-cache",
      "content-type": "text/javascript; charset=utf-8",
      "service-worker-allowed": "/",
    });
    expect((await get("/manifest.webmanifest")).headers).toMatchObject({
      "cache-control": "no-cache",
      "content-type": "application/manifest+json",
    });
    expect(policyOf(await get("/sw.js"))).toEqual(SHELL_POLICY);
    const missing = await get("/assets/none-12345678.js");
    expect([missing.status, missing.headers["cache-control"]]).toEqual([404, "no-store"]);
  });

  test("isn't sent again to a browser that has it, and HEAD tells what GET would", async () => {
    const coded = { "Accept-Encoding": "br" };
    const whole = await get(script, coded);
    const again = await get(script, { ...coded, "If-None-Match": `"other", ${whole.headers.etag}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers["cache-control"]).toContain("immutable");
    for (const [path, { headers }] of [
      [script, whole],
      ["/", await get("/", coded)],
    ] as const) {
      const { status, headers: told, body } = await get(path, coded, "HEAD");
      const { date: _, "content-length": length, ...same } = headers;
      expect([path, status, body.length]).toEqual([path, 200, 0]);
      expect(told).toMatchObject(same);
      if (path === script) expect(told["content-length"]).toBe(length);
    }
    expect((await get(script, {}, "POST")).status).toBe(405);
  });

  test("is reached by its plain path only: none leads out of the folder, to a list of it, or to what is hidden there", async () => {
    const secret = /"sources"|Workerd|root\.key|<html|"type":"file"/;
    const paths = [
      "/assets",
      "/assets/",
      "/icons/",
      "/.sources.json",
      "/.assetsignore",
      "/assets/.sources.json",
      "/assets/../index.html",
      "/assets/../.sources.json",
      "/assets/../../server/build.json",
      "/assets/../../../wrangler.toml",
      "/assets/%2e%2e/index.html",
      "/assets/%2e%2e/%2e%2e/server/build.json",
      "/assets/%2e%2e%2f%2e%2e%2fserver%2fbuild.json",
      "/assets/..%2findex.html",
      "/assets/..%5cindex.html",
      "/assets/..\\index.html",
      "/assets/..%252findex.html",
      "/assets//index.html",
      "/assets/%00",
      `${script}%00`,
      `${script}%00.css`,
      `${script}/`,
      `${script}.br`,
      `${script}.gz`,
      script.replace("/assets/", "/assets/./"),
      script.replace("/assets/", "/assets/%2e/"),
      script.replace("/assets/", "/icons/../assets/"),
      "/assets/C:/index.html",
      "/assets//etc/passwd",
      "/icons/..;/index.html",
    ];
    for (const path of paths) {
      const { status, headers, body } = await get(path, { "Accept-Encoding": "br" });
      expect([path, status, headers["content-type"]]).toEqual([path, 404, "application/problem+json"]);
      expect([path, secret.test(body.toString())]).toEqual([path, false]);
    }
  });
});

test("search engines may read the front page and /docs, and no label and no twin", async () => {
  const { status, headers, body } = await get("/robots.txt");
  expect([status, headers["content-type"]]).toEqual([200, "text/plain; charset=UTF-8"]);
  expect(body.toString()).toBe("User-agent: *\nAllow: /$\nAllow: /docs\nDisallow: /\n");
});
