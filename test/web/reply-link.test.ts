// A reply link from both sides, each in a browser of its own: an owner lends one note to somebody at a company that isn't here, who sees
// the terms first, signs with a key of their browser's own, reads and answers.

import sharp from "sharp";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { join, write, type TestOwner } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { giveThing } from "../support/web/owner.ts";

const WORDS = "The burrs seize up after five minutes.";
const OPTIONS = { bypassCSP: true, locale: "en-GB" } as const;

let server: TestServer;
let browser: Browser;
let browsers: Browsers;
let api: Client;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  browsers = new Browsers(browser);
});
afterEach(() => browsers.closeAll());
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** Somebody who owns a thing of a company that nobody here knows, and wrote a note about it. */
async function owner(more: Record<string, unknown> = {}): Promise<TestOwner & { note: string; company: string }> {
  const company = `c${crypto.randomUUID().slice(0, 8)}.example`;
  const made = await api.post("/v1/twins", { product: { name: "Grinder", maker: company } });
  expect(made.status).toBe(201);
  const note = await write(api, made.body, WORDS, more);
  return { ...made.body, note: note.id, company };
}

async function phoneOf(owner: TestOwner): Promise<Page> {
  const page = await browsers.device(server.url, OPTIONS);
  await giveThing(page, api, owner);
  return page;
}

const linksPath = ({ twin, note }: { twin: string; note: string }): string =>
  `/v1/twins/${twin}/notes/${note}/reply-links`;

/** A link as the owner's app makes it. */
async function lend(whose: TestOwner & { note: string }, more: Record<string, unknown> = {}) {
  const { status, body } = await api.post(linksPath(whose), { company: "Grindwell", ...more }, whose.token);
  expect(status).toBe(201);
  return body as { id: string; url: string };
}

async function accept(page: Page, name = "Ida Berg"): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Accept and read the note" }).click();
  await page.getByText(WORDS).waitFor();
}

/** The first link's view, as its owner reads it. */
const linkOf = async (whose: TestOwner & { note: string }): Promise<any> =>
  (await api.get(linksPath(whose), whose.token)).body.items[0];

describe("a reply link", () => {
  it("brings an answer from somebody without an account: terms first, then the note, its photo and the talk", async () => {
    const whose = await owner();
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#a52" } })
      .png()
      .toBuffer();
    const added = await api.call("POST", `/v1/twins/${whose.twin}/photos`, {
      token: whose.token,
      body: new Uint8Array(photo),
      headers: { "Content-Type": "image/png" },
    });
    const { id: pictured } = await write(api, whose, `${WORDS} See how.`, { photos: [added.body.id] });
    const phone = await phoneOf(whose);
    await phone.goto(`${server.url}/t/${whose.twin}/n/${pictured}`);
    await phone.getByRole("button", { name: "Make a reply link" }).click();
    await phone.getByLabel("Which company is it for?").fill("Grindwell");
    await phone.getByText("Grindwell may read and answer what you send").waitFor();
    expect(await axeFindings(phone)).toEqual([]);
    await phone.getByRole("button", { name: "Make the link" }).click();
    const url = await phone.getByLabel("The link").inputValue();
    expect(url).toMatch(new RegExp(`^${server.url}/r#${whose.twin}~[\\w-]{43}$`));
    await phone.getByRole("button", { name: "Done", exact: true }).click();
    await phone.getByText("Not answered yet").waitFor();
    expect(await axeFindings(phone)).toEqual([]);

    const desk = await browsers.device("about:blank", OPTIONS);
    const heard: string[] = [];
    desk.on("response", (response) => {
      if (response.url().includes("/v1/"))
        void response.text().then(
          (text) => heard.push(text),
          () => {},
        );
    });
    await desk.goto(url);
    await desk.getByText("They set terms first").waitFor();
    expect(await desk.evaluate("location.hash")).toBe("");
    await desk.getByText("form a picture of this person").waitFor();
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    expect(heard.join()).not.toContain("burrs");
    expect(await axeFindings(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Accept and read the note" }).click();
    await desk.getByText("Write your name.").waitFor();
    await accept(desk);
    await expect.poll(() => desk.locator("img.picture").evaluate((image: any) => image.naturalWidth)).toBe(40);
    expect(await axeFindings(desk)).toEqual([]);

    await phone.getByText("Ida Berg, Grindwell").waitFor();
    await phone.getByText("Not proven to be Grindwell").waitFor();
    await phone.getByText("What they signed").click();
    await phone.getByText("Checked on this device").waitFor();
    await desk.getByLabel("Your answer").fill("The bearing runs dry. We send you a new one.");
    await desk.getByRole("radio", { name: "A fix" }).check();
    await desk.getByLabel("What did you do about it?").selectOption("fixed");
    await desk.getByRole("button", { name: "Send the answer" }).click();
    await desk.getByText("You can come back with the same link").waitFor();
    await desk.getByText("What you agreed to").click();
    const code = (await desk.getByText("Check code of the record").textContent())!.slice(-10);
    const { checkCode } = (await api.get(`/v1/twins/${whose.twin}/agreements`, whose.token)).body.items[0];
    expect(code).toBe(checkCode);

    await phone.getByText("By your link, not proven who it is").waitFor();
    await phone.getByText("Ida Berg says it is fixed. Is it?").waitFor();
    await phone.getByRole("button", { name: "This addressed it" }).click();
    await phone.getByLabel("Reply to Ida Berg").fill("It runs. Thank you.");
    await phone.getByRole("button", { name: "Send reply" }).click();
    await eventually(
      () => api.get(`/v1/twins/${whose.twin}/notes/${pictured}`, whose.token),
      ({ body }) => body.messages.length === 2,
    );
    await desk.reload();
    await desk.getByText("It runs. Thank you.").waitFor();
    expect(browsers.asked.filter((address) => /~[\w-]{43}/.test(decodeURIComponent(address)))).toEqual([]);
    expect(
      browsers.asked.filter((address) => !/^(blob|about):/.test(address) && !address.startsWith(server.url)),
    ).toEqual([]);
  });

  it("is signed by a key that can't leave the browser, apart from an owner's things, and both sides hold the same bytes", async () => {
    const whose = await owner();
    const { url } = await lend(whose);
    const desk = await browsers.device(url, OPTIONS);
    await accept(desk);
    const held = await desk.evaluate<{ extractable: boolean; did: string; record: string; names: string[] }>(`
      new Promise((resolve) => {
        const opening = indexedDB.open("pico-twins.reply");
        opening.onsuccess = () => {
          const asking = opening.result.transaction("held").objectStore("held").getAll();
          asking.onsuccess = async () => {
            const [{ pair, did, record }] = asking.result;
            const names = (await indexedDB.databases()).map(({ name }) => name);
            resolve({ extractable: pair.privateKey.extractable, did, record, names });
          };
        };
      })`);
    expect(held.extractable).toBe(false);
    const { agreement } = await linkOf(whose);
    const record = await api.get(`/v1/twins/${whose.twin}/agreements/${agreement}/record`, whose.token);
    expect(JSON.stringify(record.body)).toBe(held.record);
    expect(record.body.proffer.body.second).toMatchObject({ id: held.did, legalName: "Grindwell" });
    // What this browser keeps of owners is empty.
    expect(held.names).toContain("pico-twins.reply");
    await desk.goto(server.url);
    await desk.getByRole("heading", { name: "Everything you own has something to say" }).waitFor();
  });

  it("signs nothing but the terms that were shown", async () => {
    const whose = await owner();
    const { url } = await lend(whose, { preferred: "SD-BASE-DP", alternates: [] });
    const desk = await browsers.device("about:blank", OPTIONS);
    await desk.route("**/v1/reply-links/proffer", async (route) => {
      const response = await route.fetch();
      const body: any = await response.json();
      body.proffer.body.preferred.code = "SD-BASE-ATP";
      await route.fulfill({ response, json: body });
    });
    await desk.goto(url);
    await desk.getByLabel("Your name").fill("Ida");
    await desk.getByRole("button", { name: "Accept and read the note" }).click();
    await desk.getByText("Nothing was signed").waitFor();
    await expect.poll(async () => (await linkOf(whose)).state).toBe("offered");
  });

  it("ends at once when its owner cuts it off, and says what must be deleted", async () => {
    const whose = await owner();
    const { url } = await lend(whose);
    const desk = await browsers.device(url, OPTIONS);
    await accept(desk);
    const phone = await phoneOf(whose);
    await phone.goto(`${server.url}/t/${whose.twin}/n/${whose.note}`);
    await phone.getByRole("button", { name: "Cut off" }).click();
    await phone.getByText("From that moment Ida Berg can read and answer nothing here").waitFor();
    await phone.getByRole("button", { name: "Cut it off" }).click();
    await phone.getByText("Cut off", { exact: true }).first().waitFor();
    await phone.getByRole("button", { name: "Make another link" }).waitFor();

    await desk.getByLabel("Your answer").fill("One more thing.");
    await desk.getByRole("button", { name: "Send the answer" }).click();
    await desk.getByRole("heading", { name: "The owner cut this link off" }).waitFor();
    await desk.getByText("must be deleted: you signed that").waitFor();
    await expect.poll(() => desk.getByText(WORDS).count()).toBe(0);
    await desk.reload();
    await desk.getByRole("heading", { name: "The owner cut this link off" }).waitFor();
  });

  it("can be refused, in German too, and then shows its note to nobody", async () => {
    const whose = await owner();
    const { url } = await lend(whose);
    const desk = await browsers.device(url, { ...OPTIONS, locale: "de-DE" });
    await desk.getByLabel("Ihr Name").fill("Hans");
    await desk.getByRole("button", { name: "Ablehnen" }).click();
    await desk.getByRole("button", { name: "Ja, ablehnen" }).click();
    await desk.getByRole("heading", { name: "Sie haben abgelehnt" }).waitFor();
    await desk.reload();
    await desk.getByRole("heading", { name: "Sie haben abgelehnt" }).waitFor();
    await expect.poll(async () => (await linkOf(whose)).state).toBe("refused");
    const phone = await phoneOf(whose);
    await phone.goto(`${server.url}/t/${whose.twin}/n/${whose.note}`);
    await phone.getByText("They said no").waitFor();
  });

  it("says plainly why it opens nothing", async () => {
    const other = await owner();
    const short = await lend(other, { expiresAt: new Date(Date.now() + 8_000).toISOString() });
    const desk = await browsers.device(`${server.url}/r`, OPTIONS);
    await desk.getByRole("heading", { name: "This link isn't whole" }).waitFor();
    const whose = await owner();
    const { url } = await lend(whose);
    await desk.goto("about:blank");
    await desk.goto(`${url.slice(0, -43)}${"A".repeat(43)}`);
    await desk.getByRole("heading", { name: "This link opens nothing" }).waitFor();
    await desk.goto("about:blank");
    await desk.goto(url);
    await desk.getByLabel("Your name").fill("Ida");
    expect((await api.delete(`/v1/twins/${whose.twin}/notes/${whose.note}`, whose.token)).status).toBe(204);
    await desk.getByRole("button", { name: "Accept and read the note" }).click();
    await desk.getByRole("heading", { name: "The note was taken back" }).waitFor();

    await eventually(
      () => linkOf(other),
      ({ ended }) => ended === "expired",
    );
    await desk.goto("about:blank");
    await desk.goto(short.url);
    await desk.getByRole("heading", { name: "This link has run out" }).waitFor();
    expect(await axeFindings(desk)).toEqual([]);
  });

  it("gives its thread to the company once that has joined", async () => {
    const whose = await owner();
    const { url } = await lend(whose);
    const desk = await browsers.device(url, OPTIONS);
    await accept(desk);
    await join(api, server.operatorKey, { "SD-BASE-DP": "accept" }, whose.company);
    const agreed = await api.post(`/v1/twins/${whose.twin}/agreements`, { preferred: "SD-BASE-DP" }, whose.token);
    expect(agreed.status).toBe(201);
    await api.patch(`/v1/twins/${whose.twin}/notes/${whose.note}`, { send: true }, whose.token);
    await eventually(
      () => linkOf(whose),
      ({ ended }) => ended === "joined",
    );
    await desk.reload();
    await desk.getByRole("heading", { name: "This conversation is at the company's desk now" }).waitFor();
    const phone = await phoneOf(whose);
    await phone.goto(`${server.url}/t/${whose.twin}/n/${whose.note}`);
    await phone.getByText("Went along to the company").waitFor();
  });
});

describe("a company that hasn't proven who it is", () => {
  it("is marked wherever its terms are, and nothing goes to it", async () => {
    const domain = `u${crypto.randomUUID().slice(0, 8)}.example`;
    expect((await api.post("/v1/joinings", { domain, name: "Unproven" })).status).toBe(201);
    const made = await api.post("/v1/twins", { product: { name: "Mixer", maker: domain } });
    const phone = await phoneOf(made.body);
    await phone.goto(`${server.url}/t/${made.body.twin}`);
    await phone.locator(".terms-line").getByText("Not proven to be them").waitFor();
    await phone.goto(`${server.url}/t/${made.body.twin}/write`);
    await phone.getByRole("textbox", { name: "Your note" }).fill("It hums.");
    await phone.getByRole("radio", { name: "Unproven", exact: true }).check();
    await phone.locator(".going-out").getByText("Not proven to be them").waitFor();
    await phone.getByRole("button", { name: "Send to Unproven" }).click();
    await phone.getByText("Waits: Unproven isn't here yet").waitFor();
    await phone.goto(`${server.url}/t/${made.body.twin}/terms`);
    await phone.getByText(`Whoever set this up has not proven yet that ${domain} is theirs`).waitFor();
  });
});
