// `npm run pictures`: the pictures in the README, taken from the real app at the real server. Its people are those of the demo.

import { join as joinPath } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { camry } from "../../examples/demo/stories/camry.ts";
import { moccasins } from "../../examples/demo/stories/moccasins.ts";
import { scale } from "../../examples/demo/stories/scale.ts";
import type { Story } from "../../examples/demo/story.ts";
import { Client } from "../../test/support/client.ts";
import { startServer } from "../../test/support/server/server.ts";
import { launchBrowser } from "../../test/support/web/browser.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const CODE = "Code from inside the packaging";

type Label = { readonly path: string; readonly code: string };

/** Makes the story's company join, under its policy, with a key to answer with, and a label of its product. */
async function join(
  api: Client,
  operatorKey: string,
  { maker, product }: Story,
): Promise<{ key: string; label: Label }> {
  const { body } = await api.post("/v1/makers", { domain: maker.domain, name: maker.name }, operatorKey);
  const { key } = body as { key: string };
  await api.put(`/v1/makers/${maker.domain}/policy`, { rules: maker.policy }, key);
  const made = await api.post(`/v1/makers/${maker.domain}/labels`, { ...product, count: 1 }, key);
  const { url, code } = made.body.labels[0] as { url: string; code: string };
  return { key, label: { path: new URL(url).pathname, code } };
}

async function claim(page: Page, origin: string, { path, code }: Label): Promise<string> {
  await page.goto(origin + path);
  await page.getByLabel(CODE).fill(code);
  await page.getByRole("button", { name: "It's mine" }).click();
  await page.waitForURL(/\/write$/);
  return new URL(page.url()).pathname.split("/")[2]!;
}

async function write(page: Page, origin: string, twin: string, text: string, to: string | null): Promise<void> {
  await page.goto(`${origin}/t/${twin}/write`);
  await page.getByRole("textbox", { name: "Your note" }).fill(text);
  if (to !== null) await page.getByRole("radio", { name: to, exact: true }).check();
  await page.getByRole("button", { name: to === null ? "Keep this note" : `Send to ${to}` }).click();
  await page.waitForURL(new RegExp(`/t/${twin}$`));
}

/** Writes a picture small enough for a repository: 256 colours, two pixels a point. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  const picture = await page.screenshot({ animations: "disabled", caret: "hide" });
  await sharp(picture)
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(joinPath(import.meta.dirname, `${name}.png`));
  process.stdout.write(`${name}.png\n`);
}

async function device(browser: Browser, scheme: "light" | "dark" = "light"): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({
    viewport: PHONE,
    deviceScaleFactor: 2,
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  return [context, await context.newPage()];
}

/** The newest note of a twin with words of the company under it, by the name its page gives it. */
async function openNote(page: Page, origin: string, twin: string, text: string): Promise<void> {
  await page.goto(`${origin}/t/${twin}`);
  await page.getByText(text.slice(0, 30)).first().click();
  await page.waitForURL(/\/n\//);
}

const server = await startServer({ env: { LIMIT_ANONYMOUS: "0" } });
const browser = await launchBrowser();
try {
  const api = new Client(fetch, server.url);
  const origin = server.url;
  const [shoes, weight, car] = [
    await join(api, server.operatorKey, moccasins),
    await join(api, server.operatorKey, scale),
    await join(api, server.operatorKey, camry),
  ];
  const [context, page] = await device(browser);

  await page.goto(origin);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "welcome");
  await page.goto(origin + shoes.label.path);
  await page.getByLabel(CODE).waitFor();
  await take(page, "label");

  const twin = await claim(page, origin, shoes.label);
  const [praise, problem] = moccasins.notes as unknown as [
    { text: string },
    { text: string; canned: { text: string } },
  ];
  await write(page, origin, twin, praise.text, null);
  await page.goto(`${origin}/t/${twin}/write`);
  await page.getByRole("textbox", { name: "Your note" }).fill(problem.text);
  await page.getByRole("radio", { name: "Lamo", exact: true }).check();
  await page.getByRole("radio", { name: "An answer" }).check();
  await page.getByRole("radio", { name: "Lamo", exact: true }).scrollIntoViewIfNeeded();
  await take(page, "write");
  await page.getByRole("button", { name: "Send to Lamo" }).click();
  await page.waitForURL(new RegExp(`/t/${twin}$`));
  await openNote(page, origin, twin, problem.text);
  await page.getByText("Lamo has it").first().waitFor();
  const feed = await api.get("/v1/makers/lamo.example/events?limit=200", shoes.key);
  const note = feed.body.items.findLast(({ type }: { type: string }) => type === "note.sent").data.note.id as string;
  await api.post(
    `/v1/makers/lamo.example/threads/${twin}/${note}/messages`,
    { text: problem.canned.text, type: "advice", outcome: "answered", author: { name: "Ida" } },
    shoes.key,
  );
  await page.getByText("This addressed it").first().waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "answer");
  await page.emulateMedia({ colorScheme: "light" });

  const scales = await claim(page, origin, weight.label);
  await write(page, origin, scales, scale.notes[0]!.text, null);
  await write(page, origin, scales, scale.notes[1]!.text, "Libra");
  await page.goto(`${origin}/t/${scales}/terms`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("button").first().waitFor();
  await take(page, "counter");

  const cars = await claim(page, origin, car.label);
  for (const { text } of camry.notes) await write(page, origin, cars, text, "Camry Motors");
  await page.goto(`${origin}/t/${twin}`);
  await page.getByText("says this is answered").first().waitFor();
  await take(page, "thing");
  await page.goto(`${origin}/t/${twin}/life`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "life");
  await page.setViewportSize(DESK);
  await page.goto(origin);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "home-desk");
  await context.close();
} finally {
  await browser.close();
  await server.discard();
}
