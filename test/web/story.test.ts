// The whole of it, as one person lives it: a label is scanned, a note is written, the company's own server answers, and the thread closes.

import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Program } from "../../examples/demo/program.ts";
import { Client } from "../support/client.ts";
import { freshGtin, join } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { launchBrowser, openPage } from "../support/web/browser.ts";

const ANSWER = "They can be resoled. Ask a cobbler for a soft crepe sole.";
const RULES = [{ kind: "problem", words: ["sole"], answer: { text: ANSWER, type: "advice", outcome: "answered" } }];

let server: TestServer;
let browser: Browser;
let company: Program | undefined;
const scratch = mkdtempSync(joinPath(tmpdir(), "pico-twins-story-"));

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: { ALLOW_LOOPBACK_WEBHOOKS: "1" } }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await company?.stop();
  await server?.discard();
  rmSync(scratch, { recursive: true });
});

/** The example of a company's server, joined here under its own terms; answers with the address of one of its labels and its code. */
async function companyWithALabel(): Promise<{ link: string; code: string }> {
  const api = new Client(fetch, server.url);
  const maker = await join(api, server.operatorKey);
  // Its address is known once it runs, and its secret once the address is: the endpoint is made for a port that is free now.
  const { port } = new URL(await freePort());
  const { body } = await api.post(
    `/v1/makers/${maker.domain}/endpoints`,
    { url: `http://127.0.0.1:${port}/webhooks` },
    maker.key,
  );
  const rules = joinPath(scratch, "rules.json");
  writeFileSync(rules, JSON.stringify(RULES));
  company = new Program("the company's server", "examples/maker-server/server.ts", {
    PORT: port,
    TWINS_URL: server.url,
    MAKER: maker.domain,
    WEBHOOK_SECRET: body.secret,
    INBOUND_SECRET: maker.inboundSecret,
    RULES: rules,
  });
  await company.address();
  const made = await api.post(
    `/v1/makers/${maker.domain}/labels`,
    { gtin: freshGtin(), model: "Moccasin", count: 1 },
    maker.key,
  );
  const { url, code } = made.body.labels[0];
  return { link: new URL(url).pathname, code };
}

async function freePort(): Promise<string> {
  const { createServer } = await import("node:net");
  const listener = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  return `http://127.0.0.1:${port}`;
}

it("goes from a scanned label to a closed thread, in three screens to the first note, the example company answering", async () => {
  const { link, code } = await companyWithALabel();
  const { page, complaints, asked, context } = await openPage(browser, server.url + link, {
    viewport: { width: 360, height: 740 },
    locale: "en-GB",
  });
  const screens: string[] = [];
  page.on("framenavigated", (frame) =>
    screens.push(new URL(frame.url()).pathname.replaceAll(/(twin|note)_\w+/g, "$1")),
  );

  await page.getByLabel("Code from inside the packaging").fill(code.toLowerCase());
  await page.getByRole("button", { name: "It's mine" }).click();
  await page.getByRole("heading", { level: 1, name: "Write a note" }).waitFor();
  await page.getByRole("textbox", { name: "Your note" }).fill("The left sole comes off at the toe.");
  await page
    .getByRole("radio", { name: /^Maker / })
    .first()
    .check();
  await page.getByRole("button", { name: /^Send to / }).click();
  // The label, the note, and the thing with the note in it.
  await page.getByRole("heading", { level: 1, name: "Moccasin" }).waitFor();
  expect(screens).toEqual(["/t/twin/write", "/t/twin"]);

  await page.getByText("says this is answered. Is it?").first().waitFor();
  await page.getByText("The left sole comes off at the toe.").first().click();
  await page.getByText(ANSWER).waitFor();
  await page.getByRole("button", { name: "This addressed it" }).click();
  await page.getByText("Closed: it was addressed").first().waitFor();

  expect(complaints).toEqual([]);
  expect(asked.filter((url) => new URL(url).origin !== server.url)).toEqual([]);
  expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)) || url.includes(code))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});
