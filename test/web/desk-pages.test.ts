// Every page of the desk, with something on it, and what is done there: a recall, a known issue, a delivery, a check, a link for a colleague.

import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { encode } from "uqr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK_PATHS } from "../../src/api/desk-paths.ts";
import { parseSecret, signWebhook } from "../../src/relay/sign.ts";
import { Receiver } from "../support/server/receiver.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { furnish, numbersOf, openDesk, type DeskPage, type DeskWorld } from "../support/web/desk.ts";
import { allFaults, englishLeft, onEvery, TOUR_MS } from "../support/web/every-page.ts";

let server: TestServer;
let browser: Browser;
let receiver: Receiver;
let world: DeskWorld;
let sweep: DeskPage;
let paths: readonly string[];
const opened: DeskPage[] = [];

async function open(path: string, options = {}): Promise<DeskPage> {
  const { domain: maker, key } = world.maker;
  const desk = await openDesk(browser, server.url, { maker, key }, path, options);
  opened.push(desk);
  return desk;
}
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const dialog = (page: Page) => page.locator("dialog[open]");

/** The weeks that `stubNumbers` answers for. */
const COUNTED = "/desk/insights?from=2026-07-06&to=2026-10-04";
const stubNumbers = (context: BrowserContext) =>
  context.route("**/v1/makers/*/insights?from=2026-07-06*", (route) =>
    route.fulfill({ json: numbersOf(world.issue, world.gtin) }),
  );

const HOUR_MS = 3_600_000;
/** A moment as a field for a date and time takes it: of this machine's own clock. */
const onTheClock = (fromNowMs: number): string => {
  const at = Date.now() + fromNowMs;
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

type Made = { readonly url: string; readonly gtin: string; readonly serial: string; readonly code: string };

/** Which of a code's modules are dark, in a picture of it that has no margin. */
async function modulesIn(picture: Buffer, size: number): Promise<boolean[][]> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  const at = (module: number, pixels: number) => Math.floor(((module + 0.5) * pixels) / size);
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => data[at(y, info.height) * info.width + at(x, info.width)]! < 128),
  );
}

beforeAll(async () => {
  receiver = await new Receiver().up();
  [server, browser] = await Promise.all([
    startServer({ env: { ...UNLIMITED, ALLOW_LOOPBACK_WEBHOOKS: "1", RELAY_TIME_SCALE: "0.001" } }),
    launchBrowser(),
  ]);
  world = await furnish(server, receiver);
  const { owners, note, issue, notice } = world;
  paths = [
    ...DESK_PATHS.map((path) =>
      path.replace(":twin", owners[0]!.twin).replace(":note", note).replace(":issue", issue).replace(":notice", notice),
    ),
    "/desk/notices?new=1",
    COUNTED,
  ];
  sweep = await open("/desk", { bypassCSP: true, viewport: { width: 390, height: 844 } });
  await stubNumbers(sweep.context);
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
  await receiver?.down();
});

const WALKERS = 2;

/** What `look` finds wrong on every page, with what is folded there unfolded; two browsers' pages walk at once. */
async function everywhere(look: Parameters<typeof onEvery>[1]): Promise<object> {
  const walk = async (walker: number): Promise<object> => {
    const page = walker === 0 ? sweep.page : await sweep.context.newPage();
    const found = await onEvery(
      {
        page,
        origin: server.url,
        paths: paths.filter((_, at) => at % WALKERS === walker),
        ready: async (path: string) => {
          if (path.includes("from=")) await page.locator(".columns").waitFor();
          await page.evaluate(`for (const one of document.querySelectorAll("main details")) one.open = true`);
        },
      },
      look,
    );
    if (walker !== 0) await page.close();
    return found;
  };
  return Object.assign({}, ...(await Promise.all(Array.from({ length: WALKERS }, (_, walker) => walk(walker)))));
}

describe("every page of the desk", { timeout: TOUR_MS }, () => {
  it("has nothing that axe objects to, light and dark, on a phone and on a desk; has one title, keeps to the screen, can be reached by keyboard and pressed by thumb, in either direction and at twice the size", async () => {
    expect(await everywhere(allFaults)).toEqual({});
  });

  it("speaks German when it is asked to, every word of it", async () => {
    const { page } = sweep;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/desk/team`);
    await page.locator(".who").click();
    await dialog(page).getByRole("radio", { name: "Deutsch" }).check();
    // "Team" is one word in both: the choice is kept once the sheet's own title is German.
    await dialog(page).getByRole("heading", { name: "Du an diesem Schreibtisch" }).waitFor();
    // What was written by people is nobody's to translate; nor are names of events and paths, and what the server's own log says.
    const theirs =
      /The sole came off\.|Soles come off when they get hot|Keep them away from heaters\.|Laces are short|The heel can break|Do not run in them\.|Ask for the size|Hello \[name\], which size do you wear\?|Spare laces end|Order before May\.|They go on\.|the queue is full|Lamo Footwear may read and answer what you send\.[^\n]*|Your server [^.]*\.|\S*\/[\w{}-]+\S*/g;
    expect(await everywhere(async (page) => ({ english: await englishLeft(page, theirs) }))).toEqual({});
  });
});

describe("at the desk", () => {
  it("a recall is announced after whom it reaches was read, and is seen under way and done", async () => {
    const { page } = await open("/desk/notices");
    await page.getByRole("link", { name: "New notice" }).click();
    await page.getByLabel("Product", { exact: true }).fill(world.gtin);
    await page.getByRole("radio", { name: "Some, by serial number" }).check();
    await page.getByLabel("Serial numbers").fill("A1\nA 2\n");
    await page.getByLabel("Title").fill("The lace hooks can cut");
    await page.getByLabel("Text").fill("Stop wearing them.");
    await expect.poll(() => page.locator(".told").innerText()).toContain("The lace hooks can cut");
    await button(page, "Go on: whom it reaches").click();
    await page.getByText("Line 2 is no serial number: A 2").waitFor();
    await page.getByRole("radio", { name: "Every item" }).check();
    await button(page, "Go on: whom it reaches").click();
    await page.getByText("With or without terms.").waitFor();
    expect((await world.api.get(`/v1/products/${world.gtin}/notices`)).body.items).toHaveLength(1);
    await button(page, "Announce this recall").click();
    await page.getByRole("heading", { level: 1, name: "The lace hooks can cut" }).waitFor();
    await page.locator(".reach").getByText("Under way").waitFor();
    await expect.poll(() => page.locator(".reach").innerText()).toMatch(/It goes to about \d+ to \d+ owners/);
    const [owner] = world.owners;
    await expect
      .poll(async () => (await world.api.get(`/v1/twins/${owner!.twin}/notices`, owner!.token)).body.items)
      .toContainEqual(expect.objectContaining({ title: "The lace hooks can cut" }));
    // It is not said before a minute is over. The page looks again by itself; here it is a minute later for it.
    let later: object = { finished: true };
    await page.route(`**/v1/makers/${world.maker.domain}/notices/notice_*`, async (route) => {
      const response = await route.fetch();
      const notice = await response.json();
      await route.fulfill({ response, json: { ...notice, delivered: notice.targeted, ...later } });
    });
    await page.locator(".reach").getByText("It has gone out").waitFor();
    // Some may be out of reach: it has gone out, and isn't said to have been told.
    await expect.poll(() => page.locator(".reach").innerText()).toMatch(/Gone out to about \d+ to \d+ owners/);
    const withdrawn = { at: new Date().toISOString(), reason: "They don't cut." };
    for (const [finished, says] of [
      [false, /^The withdrawal goes to about \d+ to \d+ owners$/],
      [true, /^The withdrawal has gone out to about \d+ to \d+ owners$/],
    ] as const) {
      later = { finished, withdrawn };
      await page.reload();
      await page.locator(".reach").getByText(says).waitFor();
    }
    await page.unrouteAll({ behavior: "wait" });
  });

  it("a known issue's owners are told where it stands now, in the words that were shown first", async () => {
    const { page } = await open(`/desk/issues/${world.issue}`);
    await page.getByRole("link", { name: /The sole came off/ }).waitFor();
    await button(page, "Say how it stands now").click();
    const sheet = dialog(page);
    await sheet.getByRole("radio", { name: "Fixed", exact: true }).check();
    await sheet.getByLabel("Fixed in").fill("batch 14");
    await sheet.getByLabel("What owners are told").fill("New glue that stands the heat.");
    await sheet.getByRole("button", { name: "See what owners will read" }).click();
    const shown = sheet.locator(".issue-of-note");
    await expect.poll(() => shown.innerText()).toContain("You said, they changed");
    await expect.poll(() => shown.innerText()).toContain("Fixed in batch 14");
    await sheet.getByRole("button", { name: "Tell them" }).click();
    await sheet.waitFor({ state: "detached" });
    const [owner] = world.owners;
    const read = async () =>
      (await world.api.get(`/v1/twins/${owner!.twin}/notes/${world.note}`, owner!.token)).body.knownIssue;
    await expect.poll(read).toMatchObject({
      status: "fixed",
      fixedIn: "batch 14",
      text: "New glue that stands the heat.",
    });
  });

  it("what is begun in a sheet or on a page is there again after Escape, a click beside it or Back, until it is discarded", async () => {
    const { page } = await open("/desk/replies");
    const goTo = (place: string) => page.getByRole("link", { name: place, exact: true }).click();
    await button(page, "New saved reply").click();
    await dialog(page).getByLabel("Title").fill("Lace hooks");
    await dialog(page).getByLabel("Text").fill("Send us [a picture].");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    await button(page, "New saved reply").click();
    await expect.poll(() => dialog(page).getByLabel("Title").inputValue()).toBe("Lace hooks");
    await page.mouse.click(5, 5);
    await dialog(page).waitFor({ state: "detached" });

    await goTo("Known issues");
    await button(page, "New known issue").click();
    await dialog(page).getByLabel("What owners are told").fill("We know of it.");
    await page.goBack();
    await button(page, "New saved reply").click();
    await expect.poll(() => dialog(page).getByLabel("Text").inputValue()).toBe("Send us [a picture].");
    await button(page, "Discard").click();
    await expect.poll(() => dialog(page).getByLabel("Text").inputValue()).toBe("");
    await expect
      .poll(() =>
        dialog(page)
          .getByLabel("Title")
          .evaluate((field) => field.matches(":focus")),
      )
      .toBe(true);
    await button(page, "Close").click();
    await goTo("Known issues");
    await button(page, "New known issue").click();
    await expect.poll(() => dialog(page).getByLabel("What owners are told").inputValue()).toBe("We know of it.");
    await button(page, "Close").click();

    await goTo("Notices");
    await page.getByRole("link", { name: "New notice" }).click();
    await page.getByLabel("Title").fill("Hooks");
    await page.goBack();
    await page.goForward();
    await expect.poll(() => page.getByLabel("Title").inputValue()).toBe("Hooks");
    await button(page, "Discard").click();
    await expect.poll(() => page.getByLabel("Title").inputValue()).toBe("");
  });

  it("every known issue can be filtered by, however many there are, and a thread is offered those that fit its product", async () => {
    const { page, context } = await open(`/desk/t/${world.owners[0]!.twin}/${world.note}`);
    const at = "2026-07-06T00:00:00Z";
    const same = {
      status: "fixed",
      fixedIn: null,
      text: null,
      createdAt: at,
      updatedAt: at,
      threads: null,
      meToo: null,
    };
    const issue = (n: number, product: string | null) => ({ ...same, id: `issue_${n}`, title: `Issue ${n}`, product });
    const other = `${BigInt(world.gtin) + 1n}`.padStart(14, "0");
    const all = Array.from({ length: 450 }, (_, n) => issue(n, [null, world.gtin, other][n % 3]!));
    await context.route(`**${world.base}/known-issues?*`, (route) => {
      const query = new URL(route.request().url()).searchParams;
      const [from, limit] = [Number(query.get("cursor") ?? 0), Number(query.get("limit"))];
      const next = from + limit < all.length ? `${from + limit}` : null;
      return route.fulfill({ json: { items: all.slice(from, from + limit), next } });
    });
    await button(page, "Filters").click();
    const options = page.getByLabel("Known issue").locator("option");
    await expect.poll(() => options.allInnerTexts()).toEqual(["Any", ...all.map(({ title }) => title)]);
    await page.locator(".composer").waitFor();
    await page.keyboard.press("i");
    await dialog(page).getByRole("button", { name: "Not linked" }).waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Issue 0 Fixed");
    const fitting = all.filter(({ product }) => product !== other);
    await expect
      .poll(() => dialog(page).locator(".picks button").allInnerTexts())
      .toEqual([...fitting.map(({ title }) => `${title} Fixed`), "Not linked"]);
  });

  it("of threads of several products it is said why an issue of one of them fits none of the selection", async () => {
    const { page, context } = await open("/desk");
    await context.route(`**${world.base}/threads?*`, async (route) => {
      const answer = await route.fetch();
      const { items, next } = (await answer.json()) as { items: any[]; next: string | null };
      const other = items.map((item) => ({
        ...item,
        note: { ...item.note, id: `${item.note.id.slice(0, -4)}0000`, title: "Of another product" },
        product: { ...item.product, gtin: `${BigInt(world.gtin) + 1n}`.padStart(14, "0") },
      }));
      await route.fulfill({ json: { items: [...items, ...other], next } });
    });
    await page.reload();
    const rows = page.locator(".thread-row");
    await rows.filter({ hasText: "Of another product" }).first().getByRole("checkbox").check();
    await rows.filter({ hasText: "The sole came off." }).first().getByRole("checkbox").check();
    await button(page, "Known issue").click();
    await dialog(page).getByText("You selected threads of several products.").waitFor();
    await expect
      .poll(() => dialog(page).locator(".picks button").allInnerTexts())
      .toEqual(["Laces are short Fixed", "Not linked"]);
  });

  it("a delivery that was refused is unfolded and sent again by keyboard", async () => {
    const { page } = await open(`/desk/deliveries?endpoint=${world.bad.id}&type=note.sent`);
    const line = page.locator(".delivery").first();
    await line.waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await line.getByText("the queue is full").first().waitFor();
    world.bad.hook.script = () => ({ takes: true, give: (response) => response.writeHead(200).end() });
    await page.keyboard.press("r");
    await page.locator(".toast").getByText("1 event goes out again.").waitFor();
    await expect.poll(() => world.bad.hook.taken.length).toBe(1);
    await expect.poll(() => line.innerText()).toContain("Delivered");

    const before = world.good.hook.taken.length;
    await button(page, "Send a range again").click();
    await dialog(page).getByLabel("Endpoint").selectOption(world.good.id);
    await dialog(page).getByLabel("From").fill(onTheClock(-HOUR_MS));
    await dialog(page).getByLabel("Until").fill(onTheClock(HOUR_MS));
    await button(page, "Send them again").click();
    await page
      .locator(".toast")
      .getByText(/^\d+ events go out again\.$/)
      .waitFor();
    await expect.poll(() => world.good.hook.taken.length).toBeGreaterThan(before);
  });

  it("a new endpoint's secret is shown once, and the check says what is wrong until it verifies", async () => {
    const hook = receiver.hook("by-hand");
    const { page } = await open("/desk/endpoints");
    await button(page, "New endpoint").click();
    const sheet = dialog(page);
    await sheet.getByLabel("Address").fill(hook.url);
    await sheet.getByLabel("What it is for").fill("Tickets");
    await button(page, "Save").click();
    await sheet.getByRole("heading", { name: "Its secret, shown this once" }).waitFor();
    const secret = await sheet.locator("pre").first().innerText();
    expect(secret).toMatch(/^whsec_/);
    // It stays until it is put away: neither a click beside it nor Escape closes it.
    await page.mouse.click(5, 5);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(() => sheet.locator("pre").first().innerText()).toBe(secret);
    await button(page, "I have put it away").click();
    await sheet.waitFor({ state: "detached" });
    await expect.poll(() => page.content()).not.toContain(secret);

    const tickets = page.getByRole("group", { name: "Tickets" });
    // It has another secret: it refuses everything.
    hook.learn(`whsec_${btoa("x".repeat(32))}`);
    await tickets.getByRole("button", { name: "Check the signature" }).click();
    await button(page, "Send the three").click();
    await sheet.getByText("It does not verify yet").waitFor();
    await expect.poll(() => sheet.locator(".check-steps li").nth(2).innerText()).toContain("newest secret");
    hook.learn(secret);
    await button(page, "Send them again").click();
    await sheet.getByText("It verifies what it is sent").waitFor();
    await button(page, "Close").click();
    await page.getByText("Verifies signatures").waitFor();
  });

  it("of an endpoint that fails it says that what is sent again goes once that answers, and what a test that it takes in does, in both languages", async () => {
    for (const [locale, again, test, goes, next] of [
      [
        "en-GB",
        "Send it again",
        "Send a test",
        "goes out again once the endpoint answers",
        "What waits for it is tried",
      ],
      ["de-DE", "Noch einmal senden", "Probe senden", "sobald der Empfänger antwortet", "Was auf ihn wartet, wird"],
    ] as const) {
      const { page, context } = await open(`/desk/deliveries?endpoint=${world.good.id}`, { locale });
      await context.route(`**${world.base}/deliveries/replay`, (route) =>
        route.fulfill({ json: { queued: 1, gone: 0, endpoint: "failing" } }),
      );
      const line = page.locator(".delivery").first();
      await line.locator("summary").click();
      await line.getByRole("button", { name: again, exact: true }).click();
      await page.locator(".toast").getByText(goes).waitFor();

      await context.route(`**${world.base}/endpoints?*`, async (route) => {
        const answer = await route.fetch();
        const { items, ...more } = await answer.json();
        const health = {
          state: "failing",
          since: "2026-07-06T00:00:00Z",
          reason: null,
          lastSuccessAt: null,
          parked: 1,
        };
        await route.fulfill({ json: { items: items.map((one: object) => ({ ...one, health })), ...more } });
      });
      await context.route(`**${world.base}/endpoints/*/test`, (route) =>
        route.fulfill({ json: { ok: true, status: 200, ms: 12, detail: "It was taken in." } }),
      );
      await page.goto(`${server.url}/desk/endpoints`);
      await page.getByRole("button", { name: test }).first().click();
      await page.getByText(next).waitFor();
    }
  });

  it("an endpoint's address that is refused is spoken of in the page's language, at its field", async () => {
    const { page, complaints } = await open("/desk/endpoints", { locale: "de-DE" });
    await button(page, "Neuer Empfänger").click();
    const sheet = dialog(page);
    for (const [url, said] of [
      ["http://hooks.lamo.example/", "Mit http kann jeder mitlesen: Nimm eine Adresse, die mit https:// beginnt."],
      ["https://203.0.113.9/", "Das ist eine IP-Adresse. Nimm einen Namen, etwa hooks.example.com."],
      ["https://hooks.tickets.example/", "Diese Adresse liegt nicht unter eurer eigenen Domain"],
    ] as const) {
      await sheet.getByLabel("Adresse").fill(url);
      await button(page, "Speichern").click();
      await expect.poll(() => sheet.locator(".error").allInnerTexts()).toEqual([expect.stringContaining(said)]);
    }
    // What the page can't tell by itself is the server's to say, in its own language and marked as that.
    await sheet.getByLabel("Adresse").fill("https://tickets.internal/");
    await button(page, "Speichern").click();
    await sheet.getByText("So lässt sich das nicht machen.").waitFor();
    await expect
      .poll(() => sheet.locator("[lang=en]").allInnerTexts())
      .toEqual([expect.stringContaining("private networks only")]);
    await expect.poll(() => sheet.locator(".error").count()).toBe(0);
    // The browser itself writes down that a request was refused.
    expect(complaints.splice(0).every((text) => text.includes("422"))).toBe(true);
  });

  it("the inbound door gets a new secret, shown once, and takes what is signed with it", async () => {
    const { page } = await open("/desk/endpoints");
    await button(page, "New secret for it").click();
    await button(page, "Make a new secret").click();
    const sheet = dialog(page);
    await sheet.getByRole("heading", { name: "Its secret, shown this once" }).waitFor();
    const secret = parseSecret(await sheet.locator("pre").innerText());
    await button(page, "I have put it away").click();
    await sheet.waitFor({ state: "detached" });
    const body = new TextEncoder().encode(JSON.stringify({ type: "none", data: {} }));
    const at = { id: "one", timestampSeconds: Math.floor(Date.now() / 1000), body };
    const keys = [{ secret: secret.ok ? secret.value : new Uint8Array(32), seed: new Uint8Array(32) }];
    const headers = { ...(await signWebhook({ ...at, keys })), "Content-Type": "application/json" };
    const sent = await fetch(`${server.url}${world.base}/inbound`, { method: "POST", headers, body });
    // Its signature holds; only there is no such thing to say.
    expect(sent.status).toBe(422);
  });

  it("a delivery names its thread without being unfolded, and leads there", async () => {
    const { page } = await open("/desk/deliveries");
    const line = page.locator(".deliveries > li", { hasText: "note.sent" }).first();
    await line.getByRole("link", { name: "Model T" }).click();
    await page.getByRole("list", { name: "The conversation" }).or(page.locator(".composer")).first().waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/desk\/t\/twin_/);
  });

  it("beside a thread a German desk says in German what its owner was told", async () => {
    const { page } = await open(`/desk/t/${world.owners[0]!.twin}/${world.note}`, { locale: "de-DE" });
    await page.getByText("Was der anderen Seite gesagt wurde").click();
    await page.getByText(/^Lamo Footwear darf lesen und beantworten, was du schickst\./).waitFor();
  });

  it("a policy's counter-offer says what it means, and no list is narrowed to agreements that there are none of", async () => {
    const { page } = await open("/desk/terms");
    const rule = page.getByRole("combobox", { name: "Your answer: SD-BASE-AT", exact: true });
    await rule.waitFor();
    await expect
      .poll(() => rule.locator("option").allInnerTexts())
      .toContain("Offer SD-BASE-A instead: Counting across owners");
    const states = page.getByRole("combobox", { name: "State" }).locator("option");
    await expect.poll(() => states.allInnerTexts()).toContain("In force");
    expect(await states.allInnerTexts()).not.toContain("None");
  });

  it("a link signs one colleague in, once, and is gone from the address", async () => {
    const { page } = await open("/desk");
    await page.getByRole("link", { name: "Team", exact: true }).click();
    await button(page, "Invite somebody").click();
    await dialog(page).getByLabel("Name").fill("Cleo Marsh");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    await button(page, "Invite somebody").click();
    await expect.poll(() => dialog(page).getByLabel("Name").inputValue()).toBe("Cleo Marsh");
    await button(page, "Make the link").click();
    const link = await dialog(page).locator("pre").innerText();
    // Shown once, it stays until it is put away.
    await page.mouse.click(5, 5);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog(page).locator("pre").innerText()).toBe(link);
    await page.goBack();
    await dialog(page).waitFor({ state: "detached" });
    await page.goForward();
    await expect.poll(() => dialog(page).locator("pre").innerText()).toBe(link);
    const context = await browser.newContext({ locale: "en-GB" });
    const theirs = await context.newPage();
    await theirs.goto(link.trim());
    await theirs.getByRole("heading", { name: "Sign in to the desk of lamo.example" }).waitFor();
    expect(await theirs.evaluate("location.href")).not.toContain("~");
    await button(theirs, "Sign in here").click();
    await theirs.getByRole("button", { name: /Cleo Marsh/ }).waitFor();
    const late = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await late.goto(link.trim());
    await button(late, "Sign in here").click();
    await late.getByText("This link doesn't work.").waitFor();
    await page.reload();
    await page.getByText("Cleo Marsh").first().waitFor();
  });

  it("a colleague on a new device is who they were: their thread is theirs, and the device before is signed out", async () => {
    const { domain: maker, key: admin } = world.maker;
    const dora = (await world.api.post(`${world.base}/keys`, { label: "Dora Lind", role: "agent" }, admin)).body;
    const thread = `${world.base}/threads/${world.owners[0]!.twin}/${world.note}`;
    expect((await world.api.patch(thread, { assignee: dora.id }, admin)).status).toBe(200);
    const before = { maker, key: dora.key, role: "agent", label: "Dora Lind" };
    const { page: old } = await openDesk(browser, server.url, before, "/desk");
    await old.getByRole("button", { name: /Dora Lind/ }).waitFor();
    await expect.poll(() => old.locator(".away").textContent()).toBe("");

    const { page } = await open("/desk/team");
    await button(page, "New device: Dora Lind").press("Enter");
    await dialog(page).getByText("Wherever this key is used now").waitFor();
    await button(page, "Make the link").press("Enter");
    const link = (await dialog(page).locator("pre").innerText()).trim();
    await button(page, "Done").press("Enter");
    const waiting = page.getByRole("list", { name: "Links that nobody used yet" }).getByText("on another device");
    await waiting.waitFor();

    const theirs = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await theirs.goto(link);
    await button(theirs, "Sign in here").click();
    await theirs.getByRole("button", { name: /Dora Lind/ }).waitFor();
    await button(theirs, "Mine").click();
    await expect.poll(() => new URL(theirs.url()).searchParams.get("assignee")).toBe(dora.id);
    await theirs.getByRole("link", { name: /The sole came off/ }).waitFor();

    await old.getByText("you signed in on another device").waitFor();
    await expect.poll(() => new URL(old.url()).pathname).toBe("/desk/sign-in");
    await expect.poll(() => old.evaluate("localStorage.getItem('pico-twins.desk')")).toBeNull();
    await page.reload();
    await page.getByText("Signed in on another device, and out of the one before").first().waitFor();
    await waiting.waitFor({ state: "detached" });
  });

  it("a page that learns late that its key is over takes nothing from another that signed in anew in this browser", async () => {
    const { domain: maker, key: admin } = world.maker;
    const edo = (await world.api.post(`${world.base}/keys`, { label: "Edo Vos", role: "agent" }, admin)).body;
    const { body } = await world.api.post(`${world.base}/sign-in-links`, { for: edo.id }, admin);
    const before = { maker, key: edo.key, role: "agent", label: "Edo Vos" };
    const { page, context } = await openDesk(browser, server.url, before, "/desk");
    // Like one in the background: it hears neither the other page nor, until it is let, the server.
    await page.addInitScript(`addEventListener("storage", (event) => event.stopImmediatePropagation())`);
    const { promise: over, resolve: isOver } = Promise.withResolvers<() => void>();
    await page.routeWebSocket("**/live", (socket) => {
      socket.connectToServer().onClose((code) => isOver(() => void socket.close(code === undefined ? {} : { code })));
    });
    const joins = () => page.waitForEvent("websocket", (socket) => socket.url().endsWith("/live"));
    await page.goto("about:blank");
    const begun = joins();
    await page.goto(`${server.url}/desk`);
    await page.getByRole("button", { name: /Edo Vos/ }).waitFor();
    await begun;
    const joined = joins();
    const other = await context.newPage();
    await other.goto(body.url);
    await button(other, "Sign in here").click();
    await other.getByRole("button", { name: /Edo Vos/ }).waitFor();
    const kept = () => page.evaluate<string>(`JSON.parse(localStorage.getItem("pico-twins.desk")).key`);
    const anew = await kept();
    expect(anew).not.toBe(edo.key);
    // It learns by its socket's end, or by a call that is refused, whichever is first.
    void over.then((end) => end());
    await joined;
    await expect.poll(kept).toBe(anew);
    await page.getByRole("link", { name: /The sole came off/ }).waitFor();
    for (const one of [page, other]) {
      await one.goto(`${server.url}/desk/issues`);
      await one.getByRole("button", { name: /Edo Vos/ }).waitFor();
    }
  });

  it("a link whose answer was lost still signs its holder in, also after the page was loaded anew", async () => {
    const link = { label: "Fay Holm", role: "reader" };
    const { body } = await world.api.post(`${world.base}/sign-in-links`, link, world.maker.key);
    const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await page.goto(body.url);
    const lost = Promise.withResolvers<void>();
    await page.route(
      "**/v1/sign-ins",
      async (route) => {
        await route.fetch();
        await route.abort();
        lost.resolve();
      },
      { times: 1 },
    );
    await button(page, "Sign in here").click();
    await lost.promise;
    await page.reload();
    expect(await page.evaluate("location.href")).not.toContain("~");
    await button(page, "Sign in here").click();
    await page.getByRole("button", { name: /Fay Holm/ }).waitFor();
    expect(await page.evaluate("Object.values(sessionStorage).join()")).not.toContain("~");
  });

  it("a page that waits at the door goes on when another one signs in, there too", async () => {
    const { domain: maker, key: admin } = world.maker;
    const gus = (await world.api.post(`${world.base}/keys`, { label: "Gus Berg", role: "agent" }, admin)).body;
    const { body } = await world.api.post(`${world.base}/sign-in-links`, { for: gus.id }, admin);
    const before = { maker, key: gus.key, role: "agent", label: "Gus Berg" };
    const { page, context } = await openDesk(browser, server.url, before, "/desk/issues");
    await page.getByRole("button", { name: /Gus Berg/ }).waitFor();
    // It hears of what happens by itself.
    await expect.poll(() => page.locator(".away").textContent()).toBe("");
    const other = await context.newPage();
    await other.goto(body.url);
    await other.route("**/v1/sign-ins", async (route) => {
      const response = await route.fetch();
      // The server is quicker to close the first page than to answer the second.
      await page.waitForURL("**/desk/sign-in");
      await route.fulfill({ response });
    });
    await button(other, "Sign in here").click();
    await other.getByRole("button", { name: /Gus Berg/ }).waitFor();
    await page.waitForURL("**/desk/issues");
    await page.getByRole("button", { name: /Gus Berg/ }).waitFor();
  });

  it("answers are signed by the company alone until whoever founded it gives their own name", async () => {
    const { page } = await open(`/desk/t/${world.owners[0]!.twin}/${world.note}`);
    const me = page.getByRole("button", { name: /You at this desk/ });
    await page.getByRole("button", { name: /Lamo Footwear/ }).waitFor();
    await page.locator(".composer.shut button").click();
    await page.getByText("Signed: the company.").waitFor();
    await me.click();
    await dialog(page).getByLabel("Your name").fill("Ida Berg");
    await button(page, "Save your name").click();
    await page.getByRole("button", { name: /Ida Berg/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Signed Ida Berg").waitFor();
    const { body } = await world.api.get(`${world.base}/keys/current`, world.maker.key);
    expect(body.label).toBe("Ida Berg");
  });

  it("a sheet of labels has what goes outside and what goes inside in two boxes, and a wrong GTIN is said at its field", async () => {
    const { page } = await open("/desk/labels");
    await page.getByLabel("GTIN").fill("1234");
    await page.getByLabel("Model").fill("Trail Boot");
    await page.getByLabel("How many").fill("2");
    await button(page, "Make the labels").click();
    await page.getByText("This is no GTIN").waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(1);
    await page.getByLabel("GTIN").fill(world.gtin);
    await button(page, "Make the labels").click();
    const pair = page.locator(".label-pair").first();
    await pair.waitFor();
    const [outside, inside] = [pair.locator(".piece").first(), pair.locator(".piece").last()];
    await expect.poll(() => outside.locator("svg").count()).toBe(1);
    await expect.poll(() => outside.locator(".code").count()).toBe(0);
    await expect.poll(() => inside.locator("svg").count()).toBe(0);
    await expect.poll(() => inside.locator(".code").count()).toBe(1);
    const [left, right] = [(await outside.boundingBox())!, (await inside.boundingBox())!];
    expect(left.x + left.width).toBeLessThan(right.x);
  });

  it("printed, a sheet of labels is the labels alone, each pair on one page, and its QR code says the item's address, which stands beneath it to be read", async () => {
    const { page } = await open("/desk/labels", { deviceScaleFactor: 3 });
    await page.getByLabel("GTIN").fill(world.gtin);
    await page.getByLabel("Model").fill("Trail Boot");
    await page.getByLabel("How many").fill("3");
    const answer = page.waitForResponse(`**${world.base}/labels`);
    await button(page, "Make the labels").click();
    const { labels } = (await (await answer).json()) as { labels: Made[] };
    await expect.poll(() => page.locator(".label-pair .qr path").count()).toBe(3);
    await page.emulateMedia({ media: "print" });
    const lines = (await page.locator("body").innerText()).split("\n").filter((line) => line.trim() !== "");
    expect(lines).toEqual(
      labels.flatMap(({ url, serial, code }) => [
        "Outside",
        "Trail Boot",
        serial,
        url.replace(/^https?:\/\//, ""),
        "Inside the packaging",
        "Trail Boot",
        serial,
        code,
      ]),
    );
    await expect.poll(() => page.locator("a, button, input").locator("visible=true").count()).toBe(0);
    const breaks = `[...document.querySelectorAll(".label-pair")].map((pair) => getComputedStyle(pair).breakInside)`;
    await expect.poll(() => page.evaluate(breaks)).toEqual(["avoid", "avoid", "avoid"]);
    for (const [at, { url, serial }] of labels.entries()) {
      expect(url).toMatch(new RegExp(`/01/${world.gtin.padStart(14, "0")}/21/${serial}$`));
      const drawn = await page.locator(".label-pair .qr svg").nth(at).screenshot();
      const { data, size } = encode(url, { ecc: "M", border: 0 });
      expect(await modulesIn(drawn, size)).toEqual(data);
    }
  });

  it("labels that aren't printed outlast another page, and are thrown away only by whoever was asked", async () => {
    const { page } = await open("/desk/labels");
    const asked: string[] = [];
    page.on("dialog", (unloading) => {
      asked.push(unloading.type());
      void unloading.dismiss();
    });
    const make = async (): Promise<void> => {
      await page.getByLabel("GTIN").fill(world.gtin);
      await page.getByLabel("Model").fill("Trail Boot");
      await page.getByLabel("How many").fill("2");
      await button(page, "Make the labels").click();
      await expect.poll(() => page.locator(".label-pair").count()).toBe(2);
    };
    await make();
    const codes = await page.locator(".label-pair .code").allInnerTexts();
    await page.getByRole("link", { name: "Team", exact: true }).click();
    await page.getByRole("heading", { name: "Team", exact: true, level: 1 }).waitFor();
    await page.getByRole("link", { name: "Labels", exact: true }).click();
    await expect.poll(() => page.locator(".label-pair .code").allInnerTexts()).toEqual(codes);
    await page.evaluate("void setTimeout(() => location.reload())");
    await expect.poll(() => asked).toEqual(["beforeunload"]);

    await button(page, "Make others").click();
    await button(page, "Keep them").click();
    await dialog(page).waitFor({ state: "detached" });
    await expect.poll(() => page.locator(".label-pair .code").allInnerTexts()).toEqual(codes);
    await button(page, "Make others").click();
    await button(page, "Throw them away").click();
    await make();
    await expect.poll(() => page.locator(".label-pair .code").allInnerTexts()).not.toEqual(codes);

    await button(page, "Print").click();
    await button(page, "Make others").click();
    await page.getByLabel("GTIN").waitFor();
    await expect.poll(() => dialog(page).count()).toBe(0);
  });

  it.each([
    ["CSV", "url,gtin,serial,code\r\n", ({ url, gtin, serial, code }: Made) => `${url},${gtin},${serial},${code}\r\n`],
    ["NDJSON", "", (label: Made) => `${JSON.stringify(label)}\n`],
  ])("labels for the factory are saved as %s, each with its code", async (form, head, lineOf) => {
    const { page } = await open("/desk/labels");
    await page.getByLabel("GTIN").fill(world.gtin);
    await page.getByLabel("Model").fill("Trail Boot");
    await page.getByRole("radio", { name: "Use ours" }).check();
    await page.getByLabel("Your serial numbers").fill("A1\n A2 \n");
    await page.getByRole("radio", { name: `The factory, as ${form}` }).check();
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Make the labels").click()]);
    expect(file.suggestedFilename()).toBe(`labels-${world.gtin}.${form.toLowerCase()}`);
    // The same serial numbers have the same codes, whenever they are asked for.
    const order = { gtin: world.gtin, model: "Trail Boot", serials: ["A1", "A2"] };
    const { labels } = (await world.api.post(`${world.base}/labels`, order, world.maker.key)).body;
    expect(labels.map(({ serial }: Made) => serial)).toEqual(order.serials);
    expect(await readFile(await file.path(), "utf8")).toBe(head + labels.map(lineOf).join(""));
  });

  it("insights draw what may be counted, have the same as tables, and say how much is not in them", async () => {
    const { page, context } = await open("/desk/insights");
    await page.getByText("Nothing to count yet").waitFor();
    await expect
      .poll(() => page.locator(".not-counted").innerText())
      .toMatch(/1\s+note not counted under its owner's terms/);
    await stubNumbers(context);
    await page.goto(`${server.url}${COUNTED}`);
    await page.locator(".columns").waitFor();
    const drawn = page.getByRole("table", { name: "By kind" }).getByRole("row");
    await expect
      .poll(async () => (await drawn.allInnerTexts()).slice(1).map((text) => text.split(/\s+/)))
      .toEqual([
        ["Problem", "310"],
        ["Question", "142"],
        ["Praise", "8"],
      ]);
    await expect.poll(() => page.locator(".columns rect").count()).toBe(13);
    await page.getByText("The same as a table").click();
    await expect.poll(() => page.locator(".columns tbody tr").allInnerTexts()).toHaveLength(5);
    await expect
      .poll(() => page.locator(".not-counted").innerText())
      .toMatch(/37\s+notes not counted under their owners' terms/);
  });

  it("a reader is told what takes another role, and nothing is asked that would be refused", async () => {
    const { body } = await world.api.post(`${world.base}/keys`, { label: "Rea", role: "reader" }, world.maker.key);
    const kept = { maker: world.maker.domain, key: body.key, role: "reader", label: "Rea" };
    const desk = await openDesk(browser, server.url, kept, "/desk/endpoints");
    opened.push(desk);
    const refused: string[] = [];
    desk.page.on("response", (response) => response.status() === 403 && refused.push(response.url()));
    for (const path of ["endpoints", "deliveries", "team", "labels"]) {
      await desk.page.goto(`${server.url}/desk/${path}`);
      await desk.page.getByText("This takes the role of an admin.").waitFor();
    }
    for (const [path, act] of Object.entries({ issues: "New known issue", notices: "New notice" })) {
      await desk.page.goto(`${server.url}/desk/${path}`);
      await desk.page.locator("main a.row").first().waitFor();
      await expect.poll(() => desk.page.getByText(act).count()).toBe(0);
    }
    expect(refused).toEqual([]);
  });

  it("complained of nothing in all that, and asked its own origin only, never with a key in an address", () => {
    const asked = opened.flatMap((desk) => desk.asked);
    expect(opened.flatMap((desk) => desk.complaints)).toEqual([]);
    expect(asked.length).toBeGreaterThan(paths.length);
    expect(asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
    expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)))).toEqual([]);
  });
});
