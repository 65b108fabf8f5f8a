// The first page with things and without, adding anything of any company, finding every word again, and all of it in German.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { freshGtin, join, type TestMaker } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer } from "../support/server/server.ts";
import { axeFindings, launchBrowser, openPage, type WatchedPage } from "../support/web/browser.ts";
import { keptIn } from "../support/web/kept.ts";

const ON_WRITE = /\/t\/[^/]+\/write$/;
const SCHEMES = ["light", "dark"] as const;

let server: TestServer;
let browser: Browser;
let api: Client;
let maker: TestMaker;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  const env = { LIMIT_ANONYMOUS: "0" };
  [server, browser] = await Promise.all([startServer({ env }), launchBrowser()]);
  api = new Client(fetch, server.url);
  maker = await join(api, server.operatorKey);
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, server.url + path, {
    viewport: { width: 390, height: 844 },
    bypassCSP: true,
    ...options,
  });
  opened.push(watched.context);
  return watched;
}

type Kept = {
  readonly id: string;
  readonly token: string;
  readonly addedAt: string;
  /** What a company says after this is news; null until the device knows all that was said before. */
  readonly since: string | null;
  readonly view: { readonly product: Record<string, string | null> };
};

/** What a device keeps of its things, the first that was added first. */
const kept = async (page: Page): Promise<Kept[]> =>
  (await keptIn<Kept>(page, "thing")).toSorted((a, b) => (a.addedAt < b.addedAt ? -1 : 1));

/** Adds a thing by its name, and answers what the device keeps of it. */
async function add(page: Page, name: string, website?: string): Promise<Kept> {
  await page.goto(`${server.url}/add`);
  await page.getByLabel("What is it?").fill(name);
  if (website !== undefined) await page.getByLabel("The company's website").fill(website);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL(ON_WRITE);
  return (await kept(page)).at(-1)!;
}

const note = async ({ id, token }: Kept, text: string, more: object = {}): Promise<string> => {
  const written = await api.post(`/v1/twins/${id}/notes`, { kind: "problem", text, ...more }, token);
  expect(written.status, JSON.stringify(written.body)).toBe(201);
  return written.body.id;
};

describe("the first page without things", () => {
  it.each([390, 1280])(
    "says what this is, and has nothing that axe objects to, at %i px, in light and dark",
    async (width) => {
      for (const colorScheme of SCHEMES) {
        const { page, complaints, asked } = await open("/", { viewport: { width, height: 800 }, colorScheme });
        await page.getByRole("heading", { level: 1, name: "Everything you own has something to say" }).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        expect(complaints).toEqual([]);
        expect(asked.filter((url) => new URL(url).origin !== server.url)).toEqual([]);
      }
    },
  );

  it("leads an owner to adding, a card's holder to opening, a company to the desk, an engineer to the docs, and says who can read", async () => {
    const { page } = await open("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    const links = await page.getByRole("main").getByRole("link").all();
    const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
    expect(hrefs).toEqual(
      expect.arrayContaining([
        "/add",
        "/add?by=label",
        "/open",
        "/desk/join",
        "/desk",
        "/docs#start",
        "/openapi.json",
        "/about",
      ]),
    );
    await page.getByText("what you keep here, you and whoever runs this server can read").waitFor();
  });

  it("fits 320 px with letters twice as large", async () => {
    const { page } = await open("/", { viewport: { width: 320, height: 640 } });
    await page.evaluate("document.documentElement.style.fontSize = '34px'");
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });
});

describe("adding", () => {
  it("by name takes the company out of whatever was pasted, and says whether it is here", async () => {
    const { page } = await open("/add");
    await page.getByLabel("What is it?").fill("Coffee grinder");
    await page.getByLabel("The company's website").fill("https://www.Nobody-Yet.example/shop?x=1");
    await page.getByText("nobody-yet.example isn't here yet. Your notes wait for it.").waitFor();
    await page.getByLabel("The company's website").fill(`https://www.${maker.domain}/`);
    await page.getByText(`Maker ${maker.domain} is here and can answer you.`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(ON_WRITE);
    const [thing] = await kept(page);
    expect(thing!.view.product).toMatchObject({ name: "Coffee grinder", maker: maker.domain, model: null });
  });

  it("by name alone is enough, and a company's name is never guessed into an address", async () => {
    const { page } = await open("/add");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByText("Give it a name.").waitFor();
    await page.getByLabel("What is it?").fill("Bicycle");
    await page.getByLabel("The company's website").fill("LAMO");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByText("That's not a website yet.").waitFor();
    await page.getByLabel("The company's website").fill("");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(ON_WRITE);
    await expect.poll(async () => (await kept(page))[0]!.view.product).toMatchObject({ name: "Bicycle", maker: null });
  });

  it("by barcode finds what its maker says it is", async () => {
    const gtin = freshGtin();
    await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Kettle K2", count: 1 }, maker.key);
    const { page } = await open("/add");
    await page.getByRole("radio", { name: "A barcode" }).check();
    await page.getByLabel("The number under the barcode").fill(`${gtin.slice(1, 7)} ${gtin.slice(7)}`);
    await page.getByRole("button", { name: "Look it up" }).click();
    await page.getByText(`This is Kettle K2, by Maker ${maker.domain}.`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(ON_WRITE);
    await expect
      .poll(async () => (await kept(page))[0]!.view.product)
      .toMatchObject({ name: "Kettle K2", maker: maker.domain, gtin });
  });

  it("by barcode says in plain words which number can't be one, and takes one that nobody knows", async () => {
    const { page } = await open("/add");
    await page.getByRole("radio", { name: "A barcode" }).check();
    const field = page.getByLabel("The number under the barcode");
    const look = page.getByRole("button", { name: "Look it up" });
    const says = [
      ["40063813339", "A barcode has 8, 12, 13 or 14 digits; this has 11."],
      ["400638133393x", "Only digits: the number under the bars."],
      ["4006381333932", "One of the digits isn't right: they don't fit together. Look at them once more."],
    ] as const;
    for (const [typed, why] of says) {
      await field.fill(typed);
      await look.click();
      await page.getByRole("alert").getByText(why).waitFor();
    }
    await field.fill("4006381333931");
    await look.click();
    await page.getByText("Nobody has told us what this number stands for.").waitFor();
    await page.getByLabel("What is it?").fill("Marker");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(ON_WRITE);
    await expect
      .poll(async () => (await kept(page))[0]!.view.product)
      .toMatchObject({ name: "Marker", gtin: "04006381333931", maker: null });
  });

  it("by label leads to the label's page", async () => {
    const path = `/01/${freshGtin()}/21/A1`;
    const { page } = await open("/add?by=label");
    await page.getByLabel("The address on the label").fill(`${new URL(server.url).host}${path}`);
    await page.getByRole("button", { name: "Open it" }).click();
    await page.waitForURL(server.url + path);
    await page.getByLabel("Code from inside the packaging").waitFor();
  });

  it("makes one twin of a tap that had no answer and was repeated, and keeps what was typed", async () => {
    const { page } = await open("/add");
    const keys: (string | undefined)[] = [];
    await page.route("**/v1/twins", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      await (keys.length === 1 ? route.abort() : route.continue());
    });
    await page.getByLabel("What is it?").fill("Lamp");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByText("Adding takes a connection, once.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.waitForURL(ON_WRITE);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
  });
});

describe("the first page with things", () => {
  it("shows each with its company, what is new, and what waits for its owner", async () => {
    const { page, context } = await open("/");
    await add(page, "Bicycle");
    const kettle = await add(page, "Kettle", maker.domain);
    await eventually(
      () => kept(page),
      (things) => things.every(({ since }) => since !== null),
    );
    await api.post(`/v1/twins/${kettle.id}/agreements`, { preferred: "SD-BASE-DP" }, kettle.token);
    const sent = await note(kettle, "It hums at night.", { send: true });
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await api.put(`/v1/twins/${kettle.id}/papers`, { warrantyUntil: until }, kettle.token);
    await page.goto(server.url);
    const row = page.getByRole("list", { name: "My things" }).getByRole("link", { name: "Kettle" });
    await row.getByText(`Maker ${maker.domain}`, { exact: true }).waitFor();
    await row.getByText(/^Warranty ends in [56] days$/).waitFor();
    await row.getByText(`Maker ${maker.domain} decided about your terms`).waitFor();
    await page.getByText("2 things, 1 new for you.").waitFor();

    const reply = { text: "Hold it upright.", outcome: "answered" };
    const said = await api.post(`/v1/makers/${maker.domain}/threads/${kettle.id}/${sent}/messages`, reply, maker.key);
    expect(said.status, JSON.stringify(said.body)).toBe(201);
    await row.getByText(`Maker ${maker.domain} says this is answered. Is it?`).waitFor();
    await row.getByText("2 new").waitFor();
    await page.getByText("2 things, 2 new for you.").waitFor();
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await axeFindings(page)).toEqual([]);
    }
    await context.setOffline(true);
    await page.getByText("No connection.").waitFor();
    await row.getByText("2 new").waitFor();
  });

  it("asks for the card of 12 words until it is on paper", async () => {
    const { page } = await open("/");
    await add(page, "Bicycle");
    await page.goto(server.url);
    await page.getByRole("heading", { name: "Only this device opens your things" }).waitFor();
    await expect.poll(() => page.getByRole("link", { name: "Make my card" }).getAttribute("href")).toBe("/card");
  });
});

describe("the search", () => {
  it("finds every word of every thing, also without a connection, marks it, and keeps it out of the address", async () => {
    const { page, context } = await open("/");
    const kettle = await add(page, "Kettle");
    await note(kettle, "The Mühle is loud in the morning.");
    await note(kettle, "Descaled it with vinegar.", { kind: "maintenance" });
    const bike = await add(page, "Bicycle");
    await note(bike, "Loud brakes in the rain.");
    await page.goto(`${server.url}/search`);
    await page.getByText("3 notes", { exact: true }).waitFor();
    await context.setOffline(true);

    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const count = page.getByRole("main").getByRole("status").filter({ hasText: "found" });
    const words = page.getByLabel("Words in your notes");
    await words.fill("LOUD");
    await page.getByText("2 notes found").waitFor();
    await expect.poll(() => count.count()).toBe(1);
    await words.fill("muhle loud");
    await page.getByText("1 note found").waitFor();
    await expect.poll(() => page.locator("mark").allInnerTexts()).toEqual(["Mühle", "loud"]);
    expect(await axeFindings(page)).toEqual([]);

    // One note each time, and another one.
    const onlyFound = async (text: string): Promise<void> => {
      const rows = page.getByRole("main").getByRole("listitem");
      await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining(text)]);
      await page.getByText("1 note found").waitFor();
    };
    await words.fill("");
    await page.getByLabel("Kind").selectOption("maintenance");
    await onlyFound("Descaled it with vinegar.");
    await page.getByLabel("Kind").selectOption("all");
    await page.getByLabel("Thing").selectOption({ label: "Bicycle" });
    await onlyFound("Loud brakes in the rain.");
    await page.getByLabel("State").selectOption("closed");
    await page.getByText("No note found").waitFor();
    await page.getByRole("button", { name: "Clear the search" }).click();
    await page.getByText("3 notes", { exact: true }).waitFor();
    await expect.poll(() => page.url()).toBe(`${server.url}/search`);
    expect(asked.filter((url) => /loud|muhle/i.test(url))).toEqual([]);
  });

  it("says so where there is nothing to search", async () => {
    const { page } = await open("/search");
    await page.getByRole("heading", { name: "Nothing to search yet" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("settings, and what this is", () => {
  it.each(["/settings", "/about"])(
    "%s has nothing that axe objects to, in light and dark, at any width",
    async (path) => {
      const { page, complaints } = await open(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect(await axeFindings(page)).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(320);
      expect(complaints).toEqual([]);
    },
  );

  it("speaks German when chosen, at once, and still after a reload", async () => {
    const { page } = await open("/settings");
    await page.getByRole("radio", { name: "Deutsch" }).check();
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
    await page.goto(server.url);
    await page.getByRole("heading", { level: 1, name: "Was dir gehört, hat etwas zu sagen" }).waitFor();
    await expect.poll(() => page.evaluate("document.documentElement.lang")).toBe("de");
  });
});

it("a browser on a bare system, whose language is no tag that Intl knows, is spoken to all the same", async () => {
  const { page } = await open("/");
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "languages", { value: ["en-US@posix"] });
  });
  const { id } = await add(page, "A radio");
  await note((await kept(page))[0]!, "It hums.");
  await page.goto(`${server.url}/t/${id}`);
  await page.getByText("It hums.").first().waitFor();
  await page.goto(server.url);
  await page.getByText(/^1 note, last /).waitFor();
});

it("a German browser is spoken to in German: the label, adding, the list, the search", async () => {
  const { page } = await open(`/01/${freshGtin()}/21/A1`, { locale: "de-DE" });
  await page.getByLabel("Code aus der Verpackung").waitFor();
  await page.goto(`${server.url}/add`);
  await page.getByLabel("Was ist es?").fill("Kaffeemühle");
  await page.getByRole("button", { name: "Hinzufügen" }).click();
  await page.waitForURL(ON_WRITE);
  await note((await kept(page))[0]!, "Sie ist morgens sehr laut.");
  await page.goto(server.url);
  await page.getByRole("heading", { level: 1, name: "Meine Dinge" }).waitFor();
  await page.getByText("Ein Ding, nichts Neues.").waitFor();
  await page.getByText(/^1 Notiz, zuletzt /).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Suchen" }).click();
  await page.getByLabel("Wörter in deinen Notizen").fill("MORGENS");
  await page.getByText("1 Notiz gefunden").waitFor();
});
