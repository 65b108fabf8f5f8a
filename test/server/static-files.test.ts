// The worker beside the product that reads the built pages' folder: what it asks the disk for, and what never.

import { expect, test } from "vitest";
import staticFiles from "../../self-host/static-files.ts";

/** What is asked of the disk, which has every file, by a request for `path`. */
async function asks(path: string, init: RequestInit = {}): Promise<{ asked: string[]; status: number }> {
  const asked: string[] = [];
  const DISK = {
    async fetch(url: string) {
      asked.push(url.slice("http://disk".length));
      return new Response("content");
    },
  };
  // As a plain object, so that the path stays what it is.
  const request = { method: "GET", headers: new Headers(), ...init, url: `http://pages${path}` } as Request;
  const { status } = await staticFiles.fetch(request, { DISK });
  return { asked, status };
}

test("a plain path of a known kind is looked up as it is, or as the copy in the coding that the client takes", async () => {
  expect(await asks("/assets/main-A1_b-2.js")).toEqual({ asked: ["/assets/main-A1_b-2.js"], status: 200 });
  const headers = new Headers({ "Accept-Encoding": "gzip" });
  expect((await asks("/a/b/c.css", { headers })).asked).toEqual(["/a/b/c.css.gz"]);
  expect((await asks("/icons/192.png", { headers })).asked).toEqual(["/icons/192.png"]);
  expect((await asks("/%2e%2e/../assets/.%2E/main.js")).asked).toEqual(["/main.js"]);
});

test.each([
  "/",
  "/assets",
  "/assets/",
  "/.hidden.js",
  "/assets/.hidden.js",
  "/a/.b/c.js",
  "/assets/..%2f..%2fsecret.json",
  "/assets/..%5csecret.json",
  "/assets/%00.js",
  "/assets/a%00.js",
  "/assets//main.js",
  "/assets/main.js/",
  "/assets/ma in.js",
  "/assets/main.js.br",
  "/assets/main.js.map",
  "/assets/main.ts",
  "/C:/main.js",
  "/assets/é.js",
])("the disk is never asked for %s", async (path) => {
  expect(await asks(path)).toEqual({ asked: [], status: 404 });
});

test("nothing is ever written", async () => {
  for (const method of ["PUT", "POST", "DELETE", "PATCH", "OPTIONS"])
    expect([method, await asks("/assets/main.js", { method })]).toEqual([method, { asked: [], status: 405 }]);
});
