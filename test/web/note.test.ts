// A note's whole life as its owner sees it, in a real browser from the real server: written, answered, answered back, closed.

import sharp from "sharp";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import type { Draft } from "../../src/web/store/drafts.ts";
import type { TestMaker } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, complaintsOf, launchBrowser, openContext } from "../support/web/browser.ts";
import { keptIn } from "../support/web/kept.ts";
import { claimOnDevice, giveThing, writeNote, type Device } from "../support/web/owner.ts";

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, bypassCSP: true, locale: "en-GB" };

let server: TestServer;
let browser: Browser;
let api: Client;
let lamo: TestMaker;
const devices: Device[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  const domain = "lamo.example";
  const { body } = await api.post("/v1/makers", { domain, name: "LAMO" }, server.operatorKey);
  lamo = { domain, key: body.key, inboundSecret: body.inboundSecret };
  await api.put(`/v1/makers/${domain}/policy`, { rules: { "SD-BASE-DP": "accept" } }, lamo.key);
});
afterEach(async () => {
  for (const { context } of devices.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

type Watched = Device & { readonly complaints: string[]; readonly asked: string[] };

async function owner(options: BrowserContextOptions = {}): Promise<Watched> {
  const device = await claimOnDevice(browser, api, lamo, { ...PHONE, ...options });
  devices.push(device);
  const complaints = complaintsOf(device.page);
  const asked: string[] = [];
  device.page.on("request", (request) => asked.push(request.url()));
  return { ...device, complaints, asked };
}

const notesOf = async ({ twin, token }: Device): Promise<any[]> =>
  (await api.get(`/v1/twins/${twin}/notes`, token)).body.items;
const noteOf = async ({ twin, token }: Device, id: string): Promise<any> =>
  (await api.get(`/v1/twins/${twin}/notes/${id}`, token)).body;
const answer = async ({ twin }: Device, note: string, body: Record<string, unknown>): Promise<void> => {
  const { status } = await api.post(`/v1/makers/${lamo.domain}/threads/${twin}/${note}/messages`, body, lamo.key);
  expect(status).toBe(201);
};

/** Writes a note to LAMO and waits until LAMO has it; answers its id. */
async function sentNote(device: Watched, text: string): Promise<string> {
  await writeNote(device, text, "LAMO");
  await device.page.getByText("LAMO has it").waitFor();
  return (await notesOf(device))[0].id;
}

const open = async ({ page, twin }: Device, note: string): Promise<void> => {
  await page.goto(`${server.url}/t/${twin}/n/${note}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
};

const gallery = (page: Page) => page.locator('input[type="file"][multiple]');
const said = (page: Page) => page.locator('.unseen[role="status"]').first();

/** A camera's picture: twelve million points that compress badly, lying on its side, and telling where it was taken. */
const bigPhoto = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      noise: { type: "gaussian", mean: 128, sigma: 40 },
      background: "#888",
    },
  })
    .withExif({ IFD0: { Make: "Spy Camera" }, IFD3: { GPSLatitude: "52/1 30/1 0/1", GPSLatitudeRef: "N" } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer();
/** Runs in the page: keeps what it sends as photos, which a browser doesn't tell those who watch it. */
const HEAR_PHOTOS = `{
  window.photosSent = [];
  const { fetch } = window;
  window.fetch = (path, init) => {
    if (String(path).endsWith("/photos")) window.photosSent.push(init.body.bytes().then((bytes) => bytes.toBase64()));
    return fetch(path, init);
  };
}`;
const smallPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 90, height: 60, channels: 3, background: "#c84" } })
    .png()
    .toBuffer();

describe("a note and its answer", () => {
  it("goes from a photo of twelve megapixels to a thread that its owner closes", async () => {
    const device = await owner();
    const { page, twin } = device;
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await page.evaluate(HEAR_PHOTOS);

    await gallery(page).setInputFiles({ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: await bigPhoto() });
    // The photo is made ready beside the page, which goes on taking words.
    await page.getByRole("textbox", { name: "Your note" }).fill("It flickers when I switch it on.");
    await page.getByAltText("Photo 1 of 1").waitFor({ timeout: 60_000 });
    expect(workers.filter((url) => url.includes("shrink-worker"))).toHaveLength(1);

    await page.getByRole("radio", { name: "LAMO", exact: true }).check();
    await page.getByRole("radio", { name: "A repair" }).check();
    const before = page.getByRole("region", { name: "Before it goes out" });
    await expect
      .poll(() => before.innerText())
      .toMatch(/LAMO \(lamo\.example\)[^]*no other company[^]*usual terms[^]*may not count it/);
    await expect.poll(() => page.getByRole("checkbox", { name: /serial number/ }).isChecked()).toBe(false);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Send to LAMO" }).click();

    await page.waitForURL(new RegExp(`/t/${twin}$`));
    const entry = page.getByRole("listitem").filter({ hasText: "It flickers" });
    await entry.getByText("LAMO has it").waitFor();
    await page.getByRole("link", { name: /Terms with LAMO.*In force/s }).waitFor();
    await entry.getByAltText("Photo 1 of 1").waitFor();
    expect(await axeFindings(page)).toEqual([]);

    // What left the device is small, upright, and says nothing of the camera.
    const bytes = await page.evaluate<string[]>("Promise.all(window.photosSent)");
    expect(bytes).toHaveLength(1);
    const sent = Buffer.from(bytes[0]!, "base64");
    const left = await sharp(sent).metadata();
    expect(sent.length).toBeLessThanOrEqual(1_900_000);
    expect([left.format, left.width, left.height, left.exif, left.orientation]).toEqual([
      "jpeg",
      1920,
      2560,
      undefined,
      undefined,
    ]);
    const [note] = await notesOf(device);
    expect(note).toMatchObject({ kind: "problem", wants: "repair", sent: true, serial: null, onRecord: false });
    expect(note.photos).toMatchObject([{ width: 1920, height: 2560 }]);

    // The answer comes while the owner reads: it appears and is said, and nothing moves.
    await entry.getByRole("link").click();
    await page.getByRole("button", { name: "Photo 1 of 1: look closer" }).click();
    const viewer = page.getByRole("dialog", { name: "Photo 1 of 1" });
    await viewer.getByAltText("Photo 1 of 1").waitFor();
    await viewer.getByRole("button", { name: "Closer" }).click();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await viewer.waitFor({ state: "hidden" });
    await page.setViewportSize({ width: 390, height: 420 });
    await page.evaluate("scrollTo(0, 40)");
    await answer(device, note.id, {
      text: "It is the dimmer. Which lamp is in it?",
      type: "question",
      author: { name: "Mira Sand" },
    });
    const conversation = page.getByRole("list", { name: "The conversation" });
    await conversation.getByText("It is the dimmer.").waitFor();
    await expect.poll(() => said(page).textContent()).toContain("LAMO answered");
    await expect.poll(() => page.evaluate("scrollY")).toBe(40);
    await page.getByRole("button", { name: "To the new answer" }).click();
    await expect
      .poll(() => conversation.getByRole("listitem").innerText())
      .toMatch(/Mira Sand, LAMO[^]*A question to you/);
    await page.setViewportSize({ width: 390, height: 844 });

    await page.getByRole("textbox", { name: "Reply to LAMO" }).fill("An LED of 4 W.");
    await page.getByRole("button", { name: "Send reply" }).click();
    const reply = conversation.getByRole("listitem").filter({ hasText: "An LED of 4 W." });
    await reply.getByText("LAMO has it").waitFor();
    await expect.poll(() => page.getByRole("textbox", { name: "Reply to LAMO" }).inputValue()).toBe("");

    await answer(device, note.id, { text: "A new dimmer is in the post.", type: "fix", outcome: "fixed" });
    await page.getByText("LAMO says it is fixed. Is it?").waitFor();
    await page.getByText("closes by itself on").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "This addressed it" }).click();
    await page.getByText("Closed: it was addressed").waitFor();
    const closed = await eventually(
      () => noteOf(device, note.id),
      ({ thread }) => thread.state === "closed",
    );
    expect(closed.thread.verdict).toBe("addressed");
    expect(closed.messages.map(({ text }: any) => text)).toContain("An LED of 4 W.");

    expect(device.complaints).toEqual([]);
    expect(device.asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
  });

  it("stays open when its owner says that the answer didn't address it", async () => {
    const device = await owner();
    const { page, twin } = device;
    const id = await sentNote(device, "It hums.");
    await answer(device, id, { text: "Switch it off and on.", type: "advice", outcome: "answered" });
    // On the thing's page it is news until it is read.
    await page.getByText("LAMO says this is answered. Is it?").waitFor();
    await page.getByText("1 new").waitFor();
    await expect.poll(() => said(page).textContent()).toContain("LAMO answered");
    await open(device, id);
    await page.getByRole("button", { name: "This didn't" }).click();
    await page.getByText("Open again: you told LAMO that this didn't address it").waitFor();
    await eventually(
      () => noteOf(device, id),
      ({ thread }) => thread.verdict === "not-addressed",
    );
    await page.goto(`${server.url}/t/${twin}`);
    await page.getByText("Open again: you told LAMO").waitFor();
    await expect.poll(() => page.getByText("1 new").count()).toBe(0);
  });

  it("can be kept to oneself, corrected, sent later and taken back, each said before it is done", async () => {
    const device = await owner();
    const { page } = device;
    await writeNote(device, "The arm sinks.");
    const entry = page.getByRole("listitem").filter({ hasText: "The arm sinks." });
    await entry.getByText("Private").waitFor();
    await eventually(
      () => notesOf(device),
      (notes) => notes.length === 1,
    );
    const [{ id }] = await notesOf(device);
    await open(device, id);

    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("The arm sinks within a minute.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The arm sinks within a minute.").waitFor();
    await page.getByText("1 earlier version").click();
    await page.getByText("The arm sinks.", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Send to LAMO" }).click();
    const sheet = page.getByRole("dialog", { name: "Before it goes out" });
    await sheet.getByText("LAMO may read and answer").waitFor();
    await expect.poll(async () => (await noteOf(device, id)).sent).toBe(false);
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Send to LAMO" }).click();
    await page.getByText("LAMO has it").waitFor();

    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByText("they have read. No software can take that back.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("You took this note back.").waitFor();
    const gone = await eventually(
      () => noteOf(device, id),
      ({ retractedAt }) => retractedAt !== null,
    );
    expect([gone.text, gone.photos]).toEqual([null, []]);
    expect(device.complaints).toEqual([]);
  });
});

describe("before it goes out", () => {
  it("asks whether an address, a number or a mailbox is meant to go along, and keeps nobody from sending it", async () => {
    const device = await owner();
    const { page, twin } = device;
    const area = page.getByRole("textbox", { name: "Your note" });
    await area.fill(
      "Call 0171 1234567 or write to jo@example.org, I live in Hauptstraße 5. Model WMB 71643 cost 1.299,00 €.",
    );
    const warning = page.getByRole("heading", { name: "Is this meant to go along?" });
    await expect.poll(() => warning.count()).toBe(0);
    await page.getByRole("radio", { name: "LAMO", exact: true }).check();
    await warning.waitFor();
    await expect
      .poll(() => page.locator("mark").allInnerTexts())
      .toEqual(["0171 1234567", "jo@example.org", "Hauptstraße 5"]);
    await expect.poll(() => said(page).textContent()).toMatch(/a phone number, an email address,? and an address/);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Show me" }).nth(1).click();
    await expect
      .poll(() =>
        page.evaluate(
          "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)",
        ),
      )
      .toBe("jo@example.org");
    await page.getByRole("radio", { name: "Only me", exact: true }).check();
    await expect.poll(() => warning.count()).toBe(0);
    await page.getByRole("radio", { name: "LAMO", exact: true }).check();
    await page.getByRole("checkbox", { name: "Put it in the history, too" }).check();
    await page.getByRole("button", { name: "Send to LAMO" }).click();
    await page.waitForURL(new RegExp(`/t/${twin}$`));
    const [note] = await eventually(
      () => notesOf(device),
      (notes) => notes.length === 1,
    );
    expect(note).toMatchObject({ sent: true, onRecord: true });
  });

  it("tells of a company that isn't here yet that note and terms wait for it", async () => {
    const device = await owner();
    const { page } = device;
    await page.goto(`${server.url}/`);
    const made = await api.post("/v1/twins", { product: { name: "Red kettle", maker: "absent.example" } });
    await giveThing(page, api, made.body);
    await page.goto(`${server.url}/t/${made.body.twin}`);
    await page.getByRole("heading", { name: "Nothing written yet" }).waitFor();
    await page.getByRole("link", { name: /No terms yet/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Write a note" }).click();
    await page.getByRole("radio", { name: "absent.example", exact: true }).check();
    await page.getByText("absent.example isn't here yet. The note and your terms wait for it").waitFor();
    await page.getByRole("textbox", { name: "Your note" }).fill("Steam at the side.");
    await page.getByRole("button", { name: "Send to absent.example" }).click();
    await page.getByText("Waits: absent.example isn't here yet").waitFor();
    await page.getByRole("link", { name: /Offered, and waiting/ }).waitFor();
  });
});

const HOSTILE =
  "<img src=x onerror='hacked=1'><script>hacked=1</script> &amp; \u202egnp.exe\u202c 👩‍🔧🏳️‍🌈 javascript:hacked=1 \u0301\u0301\u0301 ${7*7} {{x}}";

describe("what others write", () => {
  it("is text and nothing else, on every page that shows it", async () => {
    const device = await owner();
    const { page, twin } = device;
    const long = `${HOSTILE}\n${"W".repeat(7_900 - HOSTILE.length)}`;
    const id = await sentNote(device, long);
    await answer(device, id, {
      text: `${HOSTILE} https://user:pass@evil.example/ http://good.example/help?x=<b>. javascript:alert(1)`,
      author: { name: "\u202eoMAL <b>" },
    });
    await open(device, id);
    const conversation = page.getByRole("list", { name: "The conversation" });
    await conversation.waitFor();
    await expect.poll(() => page.locator(".note-words .words").textContent()).toBe(long);
    await expect.poll(() => conversation.locator(".words").textContent()).toContain(HOSTILE);
    // An address is a link only beneath the words, and says whose it is.
    const links = await conversation
      .getByRole("link")
      .evaluateAll((all: any[]) =>
        all.map(({ textContent, protocol, host, rel }) => [textContent, protocol, host, rel]),
      );
    expect(links).toEqual([["opens good.example", "http:", "good.example", "noopener noreferrer nofollow"]]);
    for (const path of [`/t/${twin}`, `/t/${twin}/life`, `/t/${twin}/n/${id}`]) {
      await page.goto(server.url + path);
      await page.getByText("onerror").first().waitFor({ state: "attached" });
      await expect
        .poll(() => page.evaluate("[typeof hacked, document.querySelectorAll('img[src=x], main script').length]"))
        .toEqual(["undefined", 0]);
      await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(390);
      expect(await axeFindings(page)).toEqual([]);
    }
    expect(device.complaints).toEqual([]);
  });
});

describe("a draft", () => {
  it("survives a closed tab with its photos, and is gone once it is thrown away", async () => {
    const device = await owner();
    const { page, context, twin } = device;
    await gallery(page).waitFor({ state: "attached" });
    // No pause comes in which words would be kept: photos must not wait for one.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await gallery(page).setInputFiles([
      { name: "a.png", mimeType: "image/png", buffer: await smallPhoto() },
      { name: "b.heic", mimeType: "image/heic", buffer: Buffer.from("no browser of ours reads this") },
    ]);
    await page.getByText("b.heic: This browser can't read the format of this camera").waitFor();
    await page.getByAltText("Photo 1 of 1").waitFor();
    await expect.poll(async () => (await keptIn<Draft>(page, "draft")).map(({ photos }) => photos.length)).toEqual([1]);
    await page.clock.resume();
    await page.getByRole("radio", { name: "Idea" }).check();
    await page.getByRole("radio", { name: "LAMO", exact: true }).check();
    await page.getByRole("textbox", { name: "Your note" }).fill("A longer cable.");
    // Closing this way only asks for it.
    await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);

    const again = await context.newPage();
    await again.goto(`${server.url}/t/${twin}/write`);
    const area = again.getByRole("textbox", { name: "Your note" });
    await expect.poll(() => area.inputValue()).toBe("A longer cable.");
    await again.getByAltText("Photo 1 of 1").waitFor();
    await expect.poll(() => again.getByRole("radio", { name: "Idea" }).isChecked()).toBe(true);
    await expect.poll(() => again.getByRole("radio", { name: "LAMO", exact: true }).isChecked()).toBe(true);
    // A page that is left at once never sees its database do it.
    await again.evaluate("IDBObjectStore.prototype.delete = () => { throw new DOMException('left', 'AbortError'); }");
    await again.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => area.inputValue()).toBe("");
    await again.reload();
    await area.waitFor();
    await expect
      .poll(async () => [await area.inputValue(), await again.getByRole("button", { name: "Discard" }).count()])
      .toEqual(["", 0]);
    await expect.poll(() => notesOf(device)).toEqual([]);
  });
});

describe("a thing's page", () => {
  it("filters what was written by its kind and by where it stands", async () => {
    const device = await owner();
    const { page, twin, token } = device;
    const kinds = ["problem", "question", "idea", "praise", "maintenance", "diary"];
    for (const kind of kinds) await api.post(`/v1/twins/${twin}/notes`, { kind, text: `About ${kind}` }, token);
    await api.post(`/v1/twins/${twin}/notes`, { kind: "problem", text: "It was sent", send: true }, token);
    await page.goto(`${server.url}/t/${twin}`);
    await page.getByText("7 notes").waitFor();
    await page.getByLabel("Kind").selectOption({ label: "Problem" });
    await page.getByText("2 notes").waitFor();
    await page.getByLabel("Where it stands").selectOption({ label: "Only mine" });
    await page.getByText("1 note", { exact: true }).waitFor();
    await expect.poll(() => page.locator(".entry .text").allInnerTexts()).toEqual(["About problem"]);
    await page.getByText("It was sent").waitFor({ state: "hidden" });
  });

  it("shows a member only what they wrote, and no papers or people", async () => {
    const device = await owner();
    const { page, twin, token } = device;
    await api.post(`/v1/twins/${twin}/notes`, { kind: "diary", text: "Only the owner's." }, token);
    const scopes = ["twin:read", "notes:own", "notes:write", "messages:read"];
    const member = await api.post(`/v1/twins/${twin}/channels`, { label: "Anna", scopes }, token);
    const context = await openContext(browser, PHONE);
    const theirs = await context.newPage();
    await theirs.goto(`${server.url}/`);
    await theirs.getByRole("heading", { level: 1 }).waitFor();
    await giveThing(theirs, api, { twin, token: member.body.token });
    await theirs.goto(`${server.url}/t/${twin}/write`);
    await theirs.getByText("You can write here. Sending is up to the owner.").waitFor();
    await theirs.getByRole("textbox", { name: "Your note" }).fill("Anna cleaned it.");
    await theirs.getByRole("button", { name: "Keep this note" }).click();
    await theirs.getByText("Private").waitFor();
    await theirs.getByText("You see what you wrote here. The owner sees it, too.").waitFor();
    await expect.poll(() => theirs.getByText("Only the owner's.").count()).toBe(0);
    await expect.poll(() => theirs.getByText("No terms yet").count()).toBe(0);
    await expect
      .poll(() => theirs.getByRole("navigation").getByRole("link").allInnerTexts())
      .toEqual(["Its life", "Manage"]);
    expect(await axeFindings(theirs)).toEqual([]);
    await context.close();
    await page.goto(`${server.url}/t/${twin}`);
    await page.getByRole("listitem").filter({ hasText: "Anna cleaned it." }).getByText("by Anna").waitFor();
    const mine = page.getByRole("listitem").filter({ hasText: "Only the owner's." });
    await expect.poll(() => mine.last().innerText()).not.toContain("by ");
  });

  it("says so when this device was cut off, and when it never had the thing", async () => {
    const device = await owner();
    const { page, twin } = device;
    await writeNote(device, "Before the end.");
    await page.getByText("Private").waitFor();
    await eventually(
      () => notesOf(device),
      (notes) => notes.length === 1,
    );
    expect((await api.delete(`/v1/twins/${twin}/channels/current`, device.token)).status).toBe(204);
    await page.getByRole("heading", { name: "This thing doesn't open here any more" }).waitFor();
    await page.getByText("Before the end.").waitFor();
    await expect.poll(() => page.getByRole("link", { name: "Write a note" }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`${server.url}/t/twin_00000000000000000000000000`);
    await page.getByRole("heading", { name: "This device doesn't have that thing" }).waitFor();
    await page.getByRole("link", { name: "Open with the card" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

it("draws a life, and says the same in a list, from either side and at 320 pixels", async () => {
  const device = await owner({ colorScheme: "dark" });
  const { page, twin, token } = device;
  const papers = { boughtOn: "2025-03-01", warrantyUntil: "2099-03-01", files: [] };
  expect((await api.put(`/v1/twins/${twin}/papers`, papers, token)).status).toBe(200);
  await api.post(
    `/v1/twins/${twin}/notes`,
    { kind: "maintenance", text: "Oiled the hinge.", occurredAt: "2025-06-01T10:00:00Z" },
    token,
  );
  const id = await sentNote(device, "It hums.");
  await answer(device, id, { text: "We look into it." });
  await page.getByRole("link", { name: /LAMO answered/ }).waitFor();
  await page.getByRole("link", { name: "Its life" }).click();
  await page.getByText("2 notes, 1 answer, since Mar 2025").waitFor();
  await page.getByText("As a list").click();
  const list = page.locator(".told ol");
  await expect
    .poll(async () => (await list.innerText()).replaceAll(/\s+/g, " "))
    .toMatch(
      /Bought.*Oiled the hinge\..*begins.*Terms with LAMO in force.*It hums\..*LAMO answered.*The warranty ends/,
    );
  const drawn = page.locator(".life-line text.title");
  await expect
    .poll(() => drawn.allTextContents())
    .toEqual([
      "Bought",
      "Upkeep",
      "Its life here begins",
      "Terms with LAMO in force",
      "Problem",
      "LAMO answered",
      "The warranty ends",
    ]);
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => page.evaluate("document.documentElement.scrollWidth")).toBe(320);
});
