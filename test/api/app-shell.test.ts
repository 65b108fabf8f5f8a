// The app's page where its files are not the built ones: an address that would break out of it, and no files at all.

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { app } from "../../src/api/app.ts";
import { shell } from "../../src/api/app-shell.ts";

const withFiles = (status: number, text: string): Env => ({
  ...env,
  ASSETS: { fetch: async () => new Response(text, { status }) } as unknown as Fetcher,
});

test("an address is named as text, whatever it holds", async () => {
  const page = await shell(
    withFiles(200, '<html lang="en" data-origin="">'),
    `https://a"><script>&$&.example`,
    "elsewhere",
  );
  expect(page?.body).toBe(
    '<html data-came="elsewhere" lang="en" data-origin="https://a&quot;&gt;&lt;script&gt;&amp;$&amp;.example">',
  );
});

test("a server whose pages are not built says so, and what to do", async () => {
  const answer = await app.request("/", {}, withFiles(404, ""));
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([503, "application/problem+json"]);
  expect(await answer.text()).toContain("npm run build");
  expect((await app.request("/health", {}, withFiles(404, ""))).status).toBe(200);
});

test("the desk with a slash behind it is the desk", async () => {
  const answer = await app.request("/desk/", {}, env);
  expect([answer.status, answer.headers.get("Location")]).toEqual([308, "/desk"]);
});
