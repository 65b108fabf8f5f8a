// The inbox as a support team works in it, in real browsers from the real server: by keyboard only, two at once, and live.

import { createHash } from "node:crypto";
import type { Browser, BrowserContextOptions, Page, Route } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { agree, claim, type TestMaker, type TestOwner, write } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, launchBrowser } from "../support/web/browser.ts";

const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, bypassCSP: true, locale: "en-GB" };
const PHONE: BrowserContextOptions = { ...WIDE, viewport: { width: 390, height: 844 } };

type Sent = TestOwner & { readonly note: string };
type Agent = { readonly id: string; readonly key: string; readonly label: string };
type Desk = { readonly page: Page; readonly close: () => Promise<void> };

let server: TestServer;
let browser: Browser;
let api: Client;
let lamo: TestMaker;
let base: string;
let ida: Agent;
let ben: Agent;
let sole: Sent;
let stains: Sent;
let wet: Sent;
const desks: Desk[] = [];
const complaints: string[] = [];
const asked: string[] = [];

async function teammate(label: string, role = "agent"): Promise<Agent> {
  const { body } = await api.post(`${base}/keys`, { label, role }, lamo.key);
  return { id: body.id, key: body.key, label };
}
async function send(text: string, more: Record<string, unknown> = {}, terms = "SD-BASE-DP"): Promise<Sent> {
  const owner = await claim(api, lamo);
  await agree(api, owner, terms);
  const note = await write(api, owner, text, { send: true, ...more });
  return { ...owner, note: note.id };
}
const at = ({ twin, note }: Pick<Sent, "twin" | "note">): string => `${base}/threads/${twin}/${note}`;
const threadOf = async (sent: Sent): Promise<any> => (await api.get(at(sent), lamo.key)).body;
const reply = async (sent: Sent, body: Record<string, unknown>): Promise<void> => {
  expect((await api.post(`${at(sent)}/messages`, body, lamo.key)).status).toBe(201);
};
const atDesk = (count: number) =>
  eventually(
    () => api.get(`${base}/threads?limit=200`, lamo.key),
    ({ body }) => body.items?.length >= count,
  );

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  const domain = "lamo.example";
  base = `/v1/makers/${domain}`;
  const { body } = await api.post("/v1/makers", { domain, name: "Lamo Footwear" }, server.operatorKey);
  lamo = { domain, key: body.key, inboundSecret: body.inboundSecret };
  await api.put(`${base}/policy`, { rules: { "SD-BASE-DP": "accept", "SD-BASE-AT": "accept" } }, lamo.key);
  [ida, ben] = [await teammate("Ida Berg"), await teammate("Ben Okafor")];
  for (const at of [1, 2, 3]) await send(`The laces are too short, as pair ${at} shows.`, { kind: "idea" });
  wet = await send("The box says waterproof, and my feet are wet.", { wants: "refund" });
  stains = await send("How do I get salt stains out of the suede?", { kind: "question", title: "Salt stains" });
  sole = await send("The sole came off after four months.", { wants: "repair" }, "SD-BASE-AT");
  await reply(wet, { text: "Which size do you wear?", outcome: "answered", author: { name: "Ida Berg" } });
  const said = await api.post(
    `/v1/twins/${wet.twin}/notes/${wet.note}/verdict`,
    { verdict: "not-addressed" },
    wet.token,
  );
  expect(said.status).toBe(200);
  await eventually(
    () => api.get(`${base}/threads?verdict=not-addressed`, lamo.key),
    ({ body }) => body.items?.length === 1,
  );
  await atDesk(6);
});
afterEach(async () => {
  for (const { close } of desks.splice(0)) await close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** A browser at the desk, in which everything it complains of and asks for is kept. */
async function open(path: string, who: Agent | null, options = WIDE): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const kept = { maker: lamo.domain, name: "Lamo Footwear", role: "agent", byLink: false, ...who };
  const page = await context.newPage();
  context.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("dialog", (dialog) => void dialog.accept());
  if (who) {
    // A page of this origin that runs nothing: what is signed in must be there before the desk is.
    await page.goto(`${server.url}/robots.txt`);
    await page.evaluate((text) => localStorage.setItem("pico-twins.desk", text), JSON.stringify(kept));
  }
  await page.goto(server.url + path);
  desks.push({ page, close: () => context.close() });
  return page;
}
const pathOf = ({ twin, note }: Sent): string => `/desk/t/${twin}/${note}`;
const rows = (page: Page) => page.locator(".thread-row");
const dialog = (page: Page) => page.locator("dialog[open]");
const row = (page: Page, text: string) => rows(page).filter({ hasText: text });
const talk = (page: Page) => page.getByRole("list", { name: "The conversation" });
const choice = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
/** The words of what has the focus; none while that is the page itself. */
const focused = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement === document.body ? '' : (document.activeElement?.textContent ?? '')");
const listed = async (page: Page): Promise<void> => rows(page).first().waitFor();
/** What every toast says that lies over the place where the next answer begins. */
const TOASTS_OVER_IT = `(() => {
  const place = document.querySelector(".composer.shut button").getBoundingClientRect();
  return [...document.querySelectorAll(".toast")]
    .filter((toast) => {
      const { top, bottom } = toast.getBoundingClientRect();
      return bottom > place.top && top < place.bottom;
    })
    .map((toast) => toast.textContent);
})()`;
/** Until the page hears of what happens by itself. */
const live = (page: Page) => expect.poll(() => page.locator(".away").textContent()).toBe("");

describe("the inbox", () => {
  it("is worked by keyboard alone, from signing in to the answer", async () => {
    const page = await open("/desk", null);
    await page.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
    await page.getByLabel("Your key").focus();
    await page.keyboard.type(ida.key);
    await page.keyboard.press("Enter");
    await listed(page);
    await expect.poll(() => new URL(page.url()).pathname).toBe("/desk");
    const { keyboard } = page;

    await keyboard.press("j");
    await expect.poll(() => focused(page)).toContain(await rows(page).nth(0).locator(".title").textContent());
    await keyboard.press("j");
    await keyboard.press("k");
    await expect.poll(() => focused(page)).toContain(await rows(page).nth(0).locator(".title").textContent());
    // To the one about the sole, wherever it stands.
    while (!(await focused(page)).includes("The sole came off")) await keyboard.press("j");
    await keyboard.press("o");
    await talk(page).waitFor();
    await expect.poll(() => page.evaluate("document.activeElement?.tagName")).toBe("H1");
    await keyboard.press("a");
    await expect.poll(async () => (await threadOf(sole)).assignee?.label).toBe("Ida Berg");
    await keyboard.press("l");
    await page.getByRole("dialog", { name: "Labels" }).waitFor();
    await keyboard.type("glue");
    await keyboard.press("Enter");
    await page.getByRole("checkbox", { name: "glue" }).waitFor();
    // What is ticked is there again for whoever left the sheet without saving.
    await keyboard.press("Escape");
    await dialog(page).waitFor({ state: "hidden" });
    await keyboard.press("l");
    await expect.poll(() => page.getByRole("checkbox", { name: "glue" }).isChecked()).toBe(true);
    await keyboard.press("Enter");
    await expect.poll(async () => (await threadOf(sole)).labels).toEqual(["glue"]);
    await dialog(page).waitFor({ state: "hidden" });

    await keyboard.press("r");
    // Typed at once, as people do.
    await keyboard.type("We will repair them: j k o u are only letters here.");
    await keyboard.press("Control+Enter");
    await talk(page).getByText("only letters here").waitFor();
    // The focus stays where the next answer begins, and nothing lies over that.
    const place = page.locator(".composer.shut button");
    await expect.poll(() => place.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(await page.evaluate(TOASTS_OVER_IT)).toEqual([]);
    const { messages } = await threadOf(sole);
    expect(messages).toMatchObject([
      { from: "maker", text: "We will repair them: j k o u are only letters here.", author: { name: "Ida Berg" } },
    ]);

    await keyboard.press("u");
    await expect.poll(() => new URL(page.url()).pathname).toBe("/desk");
    await expect.poll(() => focused(page)).toContain("The sole came off");
    await keyboard.press("x");
    await page.getByRole("toolbar").getByText("1 selected").waitFor();
    await keyboard.press("Escape");
    await keyboard.press("?");
    const help = page.getByRole("dialog", { name: "The keyboard" });
    await help.waitFor();
    // Beneath a dialog the keys rest.
    await keyboard.press("x");
    await keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    await expect.poll(() => page.getByRole("toolbar").count()).toBe(0);
    await keyboard.press("g");
    await keyboard.press("r");
    await page.getByRole("heading", { level: 1, name: "Saved replies" }).waitFor();
    await keyboard.press("/");
    await expect.poll(() => page.evaluate("document.activeElement?.type")).toBe("search");
  });

  it("shows what its owner did not find addressed before anything else asks for it, in words", async () => {
    const page = await open("/desk", ida);
    await listed(page);
    await page.getByText("First reply: shown once enough notes may be counted").waitFor();
    await row(page, "waterproof").getByText("Not addressed").waitFor();
    await expect.poll(() => rows(page).getByText("Not addressed").count()).toBe(1);
    await page.getByRole("button", { name: "Not addressed" }).click();
    await expect.poll(() => rows(page).count()).toBe(1);
    await expect.poll(() => new URL(page.url()).search).toBe("?verdict=not-addressed");
    await row(page, "waterproof").getByRole("link").click();
    await talk(page).getByText("your answer did not address it").waitFor();
  });

  it("puts what waits longest first where somebody asks for it, in English and in German", async () => {
    const { body } = await api.get(`${base}/threads?state=open&limit=200`, ida.key);
    const items: { twin: string; note: { id: string; sentAt: string } }[] = body.items;
    const newest = items.map(({ twin, note }) => `${twin}/${note.id}`);
    const sent = ({ note }: (typeof items)[number]): string => `${note.sentAt} ${note.id}`;
    const waiting = items
      .toSorted((one, other) => (sent(one) < sent(other) ? -1 : 1))
      .map(({ twin, note }) => `${twin}/${note.id}`);
    expect(waiting).not.toEqual(newest);
    const shown = (page: Page) =>
      expect.poll(() => rows(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-name"))));

    const page = await open("/desk", ida);
    await shown(page).toEqual(newest);
    await page.getByRole("button", { name: "Longest wait first" }).click();
    await shown(page).toEqual(waiting);
    await expect.poll(() => new URL(page.url()).search).toBe("?order=oldest");
    await page.getByRole("list", { name: "Threads, what waits longest first" }).waitFor();
    await page.getByRole("radio", { name: "All" }).check();
    await expect.poll(() => rows(page).count()).toBe(6);
    await expect.poll(() => page.getByRole("button", { name: "Longest wait first" }).count()).toBe(0);

    const german = await open("/desk?order=oldest", ida, { ...WIDE, locale: "de-DE" });
    await shown(german).toEqual(waiting);
    await german.getByRole("button", { name: "Längste Wartezeit zuerst", pressed: true }).click();
    await shown(german).toEqual(newest);
  });

  it("has the median and the slowest first reply in sight", async () => {
    const page = await open("/desk/replies", ida);
    // Only whole past weeks are told, and these notes are of this one.
    const told = (await api.get(`${base}/insights`, ida.key)).body;
    await page.route("**/insights", (route) =>
      route.fulfill({ json: { ...told, firstReplySeconds: { p50: 7_800, p90: 90_000, slowest: 270_000 } } }),
    );
    await page.getByRole("navigation").getByRole("link", { name: "Inbox" }).click();
    await page.getByText(/^median 2 hrs? 10 mins?$/).waitFor();
    await page.getByText(/^slowest 3 days 3 hrs?$/).waitFor();
  });

  it("narrows down by words, state, kind, label and person, in its address", async () => {
    const page = await open("/desk?state=all", ida);
    await listed(page);
    await page.getByRole("searchbox").fill("salt suede");
    await expect.poll(() => rows(page).count()).toBe(1);
    await expect.poll(() => rows(page).first().textContent()).toContain("Salt stains");
    await page.getByRole("searchbox").fill("nobody wrote this");
    await page.getByRole("heading", { name: "No thread is like that" }).waitFor();
    await page.getByRole("searchbox").fill("");
    await expect.poll(() => rows(page).count()).toBe(6);
    await page.getByRole("radio", { name: "Answered" }).check();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole("radio", { name: "All" }).check();
    await page.getByRole("button", { name: "Filters" }).click();
    await choice(page, "Kind").selectOption("Idea");
    await expect.poll(() => rows(page).count()).toBe(3);
    await choice(page, "Kind").selectOption("Any");
    await choice(page, "Label").selectOption("glue");
    await expect.poll(() => rows(page).count()).toBe(1);
    await choice(page, "Assigned to").selectOption("Nobody");
    await page.getByRole("heading", { name: "No thread is like that" }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("?state=all&label=glue&assignee=none");
    await page.reload();
    await page.getByRole("button", { name: "2 filters" }).waitFor();
    // No number of owners' threads stands anywhere in it: counting them takes terms that permit it.
    await expect.poll(() => page.locator(".list-head").innerText()).not.toMatch(/\b[0-9]+ (?:open|threads)\b/i);
  });

  it("handles several at once", async () => {
    const page = await open("/desk?kind=idea", ida);
    await listed(page);
    for (const at of [0, 1]) await rows(page).nth(at).getByRole("checkbox").check();
    const bar = page.getByRole("toolbar", { name: "With the selected threads" });
    // What undoes the selection stands on the first row, however many the others take.
    await bar.getByRole("button", { name: "All shown" }).waitFor();
    const topOf = async (name: string) => (await bar.getByRole("button", { name }).boundingBox())!.y;
    await expect
      .poll(async () => Math.abs((await topOf("Clear the selection")) - (await topOf("Assign"))))
      .toBeLessThan(12);
    await bar.getByRole("button", { name: "Assign" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ben Okafor" }).click();
    await expect.poll(() => page.getByRole("img", { name: "Assigned to Ben Okafor" }).count()).toBe(2);
    // Where no label exists there is none to take away.
    await page.route("**/labels-in-use", (route) => route.fulfill({ json: { items: [] } }));
    await bar.getByRole("button", { name: "Labels" }).click();
    await page.getByText("No labels yet").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Remove these" }).count()).toBe(0);
    await page.getByLabel("New label").fill("laces");
    await page.getByRole("button", { name: "Add these" }).click();
    await expect.poll(() => rows(page).getByText("laces", { exact: true }).count()).toBe(2);
    const { body } = await api.get(`${base}/threads?label=laces&assignee=${ben.id}`, lamo.key);
    expect(body.items.length).toBe(2);
    await bar.getByRole("button", { name: "Clear the selection" }).click();
    await expect.poll(() => bar.count()).toBe(0);
  });

  it("goes on to older threads, each once", async () => {
    const owner = await claim(api, lamo);
    await agree(api, owner, "SD-BASE-DP");
    for (let at = 0; at < 60; at++) await write(api, owner, `Praise ${at}`, { send: true, kind: "praise" });
    await eventually(
      () => api.get(`${base}/threads?kind=praise&limit=200`, lamo.key),
      ({ body }) => body.items?.length === 60,
    );
    const page = await open("/desk?kind=praise", ida);
    await listed(page);
    await expect.poll(() => rows(page).count()).toBeGreaterThanOrEqual(50);
    await page.locator(".list-end").scrollIntoViewIfNeeded();
    await expect.poll(() => rows(page).count()).toBe(60);
    await page.getByText("That is all of them").waitFor();
    expect(new Set(await rows(page).locator(".title").allTextContents()).size).toBe(60);
  });

  it("misses nothing that comes after its list and before it is told of news", async () => {
    const page = await open("/robots.txt", ida);
    const told = Promise.withResolvers<void>();
    await page.routeWebSocket(/\/live$/, async (socket) => {
      await told.promise;
      socket.connectToServer();
    });
    await page.goto(`${server.url}/desk`);
    await listed(page);
    const sent = await send("It came before anybody listened.");
    await eventually(
      () => api.get(at(sent), lamo.key),
      ({ status }) => status === 200,
    );
    await expect.poll(() => row(page, "before anybody listened").count()).toBe(0);
    told.resolve();
    await row(page, "before anybody listened").waitFor();
  });

  it("shows a thread as it was told last where an older list is answered last", async () => {
    const page = await open("/desk", ida);
    await live(page);
    const sent = await send("Its labels change twice.");
    await row(page, "Its labels change").waitFor();
    const label = async (name: string): Promise<void> => {
      expect((await api.patch(at(sent), { labels: [name] }, lamo.key)).status).toBe(200);
    };
    const held = Promise.withResolvers<Route>();
    await page.route(/\/threads\?/, (route) => held.resolve(route), { times: 1 });
    await label("before");
    const question = await held.promise;
    const old = await question.fetch();
    await label("after");
    const chips = row(page, "Its labels change").locator(".label-chip");
    await expect.poll(() => chips.allTextContents()).toEqual(["after"]);
    const answered = page.waitForEvent("requestfinished", (request) => request === question.request());
    await question.fulfill({ response: old });
    await answered;
    await page.evaluate("new Promise((done) => requestIdleCallback(done))");
    expect(await chips.allTextContents()).toEqual(["after"]);

    // So it is with the list that the page began with.
    await page.goto("about:blank");
    const begun = Promise.withResolvers<Route>();
    await page.route(/\/threads\?/, (route) => begun.resolve(route), { times: 1 });
    await page.goto(`${server.url}/desk`);
    const first = await begun.promise;
    const asItWas = await first.fetch();
    await live(page);
    await label("later");
    await expect.poll(() => chips.allTextContents()).toEqual(["later"]);
    const came = page.waitForEvent("requestfinished", (request) => request === first.request());
    await first.fulfill({ response: asItWas });
    await came;
    await page.evaluate("new Promise((done) => requestIdleCallback(done))");
    expect(await chips.allTextContents()).toEqual(["later"]);
  });

  it("brings in what is new by itself, and moves no row that somebody is at", async () => {
    const page = await open("/desk", ida);
    await listed(page);
    await live(page);
    // Nobody is at a row: what comes simply stands there.
    await page.mouse.move(1, 1);
    await send("A first arrival that nobody waited for.");
    await row(page, "A first arrival").waitFor();
    await expect.poll(() => rows(page).first().textContent()).toContain("A first arrival");

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const name = await focused(page);
    const box = () => page.locator(".thread-row:focus-within").boundingBox();
    const before = await box();
    const late = await send("A second arrival, while somebody reads.");
    const pill = page.getByRole("button", { name: /1 new or changed/ });
    await pill.waitFor();
    expect([await box(), await focused(page)]).toEqual([before, name]);
    await expect.poll(() => row(page, "A second arrival").count()).toBe(0);
    await page.keyboard.press(".");
    await row(page, "A second arrival").waitFor();
    await expect.poll(() => rows(page).first().textContent()).toContain("A second arrival");

    // What changes in a row that is here changes where it stands.
    await page.keyboard.press("j");
    const again = await box();
    await api.patch(at(late), { labels: ["late"] }, lamo.key);
    await row(page, "A second arrival").getByText("late", { exact: true }).waitFor();
    expect(await box()).toEqual(again);
  });
});

describe("a thread", () => {
  it("takes pictures along in an answer, and shows its owner's", async () => {
    const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#a33" } })
      .jpeg()
      .toBuffer();
    const owner = await claim(api, lamo);
    await agree(api, owner, "SD-BASE-DP");
    const headers = { "Content-Type": "image/jpeg", Authorization: `Bearer ${owner.token}` };
    const photo = await fetch(`${server.url}/v1/twins/${owner.twin}/photos`, {
      method: "POST",
      headers,
      body: new Uint8Array(jpeg),
    });
    const { id } = (await photo.json()) as { id: string };
    const note = await write(api, owner, "This is how it looks now.", { send: true, photos: [id] });
    const sent = { ...owner, note: note.id };
    const page = await open(pathOf(sent), ida);
    await talk(page).getByRole("button", { name: "Photo 1 of 1: look closer" }).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "Answer the owner" }).fill("Like this one?");
    await page
      .locator("input[type=file]")
      .last()
      .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: jpeg });
    await page.getByRole("img", { name: "Photo 1 of 1" }).waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => talk(page).getByRole("button", { name: "Photo 1 of 1: look closer" }).count()).toBe(2);
    await expect.poll(() => talk(page).locator("img").count()).toBe(2);
    await expect
      .poll(async () => (await threadOf(sent)).messages)
      .toMatchObject([{ text: "Like this one?", photos: [{}] }]);
  });

  it("says beside the conversation what its terms allow, and what not", async () => {
    const page = await open(pathOf(sole), ida);
    const terms = page.getByRole("complementary", { name: "Terms in force" });
    await terms.getByText("SD-BASE-AT").waitFor();
    const says = (words: string) => terms.getByRole("listitem").getByText(words, { exact: true });
    await says("count it together with what others send").waitFor();
    await expect.poll(() => says("form a picture of its owner").count()).toBe(1);
    await expect.poll(() => terms.getByText("hasn't opened your answers").count()).toBe(1);
    const { messages } = await threadOf(sole);
    const seen = await api.put(
      `/v1/twins/${sole.twin}/notes/${sole.note}/seen`,
      { message: messages.at(-1).id },
      sole.token,
    );
    expect(seen.status).toBeLessThan(300);
    await page.reload();
    await terms.getByText(/^Its owner read your answers/).waitFor();
    await page.goto(server.url + pathOf(stains));
    await terms.getByText("SD-BASE-DP").waitFor();
    await says("count it, or look for patterns in it").waitFor();
    await says("give its owner a copy of what you hold, when they ask").waitFor();
    // Where the terms do not permit to follow it, nothing is said of what was read.
    await expect.poll(() => terms.getByText(/opened|read your answers/).count()).toBe(0);
  });

  it("warns two agents of each other, and the second before a second answer goes out", async () => {
    const [one, two] = [await open(pathOf(stains), ida), await open(pathOf(stains), ben)];
    await one.getByText("Ben Okafor is here too").waitFor();
    await two.getByText("Ida Berg is here too").waitFor();
    await two.keyboard.press("r");
    await two.getByRole("textbox", { name: "Answer the owner" }).fill("Vinegar, half and half.");
    await one.getByText("Ben Okafor is writing").waitFor();
    await one.keyboard.press("r");
    await one.getByRole("textbox", { name: "Answer the owner" }).fill("A suede brush, when they are dry.");
    await one.getByRole("button", { name: "Send", exact: true }).click();
    await talk(two).getByText("A suede brush").waitFor();

    await two.getByRole("button", { name: "Send", exact: true }).click();
    await two.getByText("Ida Berg answered while you were writing").waitFor();
    await expect.poll(async () => (await threadOf(stains)).messages.length).toBe(1);
    await two.getByRole("button", { name: "Send it all the same" }).click();
    await talk(one).getByText("Vinegar, half and half.").waitFor();
    await expect
      .poll(async () => (await threadOf(stains)).messages.map(({ author }: any) => author.name))
      .toEqual(["Ida Berg", "Ben Okafor"]);
    await two.goto(`${server.url}/desk`);
    await one.getByText("Ben Okafor is here too").waitFor({ state: "hidden" });
  });

  it("sends a saved reply only once it was made this owner's own", async () => {
    const saved = { title: "Repairs", text: "Hello,\n\nthank you for asking about [what they asked]." };
    expect((await api.post(`${base}/saved-replies`, saved, ida.key)).status).toBe(201);
    const page = await open(pathOf(wet), ida);
    await talk(page).waitFor();
    await page.keyboard.press("r");
    await page.getByRole("button", { name: "Saved replies" }).click();
    await expect.poll(() => focused(page)).toMatch(/^Repairs/);
    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: "Answer the owner" });
    await expect.poll(() => field.inputValue()).toBe(saved.text);
    const go = page.getByRole("button", { name: "Send", exact: true });
    await go.click();
    await page.getByRole("alert").getByText("Edit it before you send it").waitFor();
    await field.fill(`${saved.text} Yours, Ida`);
    await go.click();
    await page.getByRole("alert").getByText("Still to fill in: [what they asked]").waitFor();
    await expect.poll(async () => (await threadOf(wet)).messages.length).toBe(1);
    await field.fill("Hello,\n\nthank you for asking about the lining. We send you a new pair.");
    await choice(page, "As").selectOption("A fix");
    await choice(page, "Propose").selectOption("It is fixed");
    await go.click();
    await talk(page).getByText("We send you a new pair").waitFor();
    await expect
      .poll(async () => (await threadOf(wet)).messages.at(-1))
      .toMatchObject({ type: "fix", outcome: "fixed" });
  });

  it("keeps an internal note in the company, and apart to the eye", async () => {
    const page = await open(pathOf(wet), ida);
    await talk(page).waitFor();
    await page.keyboard.press("n");
    await page.getByRole("textbox", { name: "Note for your colleagues" }).fill("Batch 24-07 again.");
    await page.getByRole("button", { name: "Keep the note" }).click();
    const note = talk(page).getByRole("listitem").filter({ hasText: "Batch 24-07 again." });
    await note.getByText("Stays in your company").waitFor();
    const border = (of: typeof note) => of.evaluate((element) => getComputedStyle(element).borderBlockStartStyle);
    await expect.poll(() => border(note)).toBe("dashed");
    await expect.poll(() => border(talk(page).getByRole("listitem").first())).toBe("none");
    const theirs = await api.get(`/v1/twins/${wet.twin}/notes/${wet.note}`, wet.token);
    expect(theirs.status).toBe(200);
    expect(JSON.stringify(theirs.body)).not.toContain("Batch 24-07");
  });

  it("leaves the desk the moment its owner takes it back", async () => {
    const gone = await send("Never mind, it was my own fault.");
    await eventually(
      () => api.get(at(gone), lamo.key),
      ({ status }) => status === 200,
    );
    const page = await open(pathOf(gone), ida);
    await talk(page).getByText("my own fault").waitFor();
    await live(page);
    const before = complaints.length;
    await api.delete(`/v1/twins/${gone.twin}/notes/${gone.note}`, gone.token);
    await page.getByRole("heading", { level: 2, name: "This thread isn't yours to see" }).waitFor();
    await expect.poll(() => page.getByText("my own fault").count()).toBe(0);
    // The browser itself writes down that a request was refused, of which more than one may be under way.
    await page.close();
    expect(complaints.splice(before).every((text) => text.includes("410"))).toBe(true);
  });
});

describe("signing in", () => {
  it("takes a link that works once, out of the address at once, and ends its key on signing out", async () => {
    const made = await api.post(`${base}/sign-in-links`, { label: "Noor Haddad", role: "agent" }, lamo.key);
    const { hash } = new URL(made.body.url);
    const page = await open(`/desk/sign-in${hash}`, null);
    await page.getByRole("heading", { name: "Sign in to the desk of lamo.example" }).waitFor();
    expect(await page.evaluate("location.href")).toBe(`${server.url}/desk/sign-in`);
    await page.getByRole("button", { name: "Sign in here" }).click();
    await listed(page);
    await page.getByRole("button", { name: /Noor Haddad/ }).click();
    await page.getByText("signing out ends it").waitFor();
    const { key } = JSON.parse(await page.evaluate("localStorage.getItem('pico-twins.desk')"));
    expect((await api.get(`${base}/threads`, key)).status).toBe(200);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to your desk" }).waitFor();
    await expect.poll(() => page.evaluate("localStorage.getItem('pico-twins.desk')")).toBe(null);
    expect((await api.get(`${base}/threads`, key)).status).toBe(401);
    const before = complaints.length;
    await page.goto(`${server.url}/robots.txt`);
    await page.goto(`${server.url}/desk/sign-in${hash}`);
    await page.getByRole("button", { name: "Sign in here" }).click();
    await page.getByText("This link doesn't work").waitFor();
    // The browser itself writes down that a request was refused, of which more than one may be under way.
    await page.close();
    expect(complaints.splice(before).every((text) => text.includes("403"))).toBe(true);
  });

  it("lets a company join, marked as unverified until its domain is proven", async () => {
    const page = await open("/desk/join", null);
    const domain = page.getByLabel("Your company's domain");
    await domain.fill("https://www.kaffee-röster.example/");
    await page.getByText("As a domain it is written xn--kaffee-rster-cjb.example.").waitFor();
    await domain.fill("New.example");
    await expect.poll(() => page.getByText("As a domain").count()).toBe(0);
    await page.getByLabel("Your company's name").fill("Newcomers");
    const expected = choice(page, "How many notes do you expect, over the years?");
    await expect.poll(() => expected.inputValue()).toBe("8");
    await expected.selectOption("More than that");
    const joining = page.waitForRequest("**/v1/joinings");
    await page.getByRole("button", { name: "Join" }).click();
    // It can't be changed any more: what was chosen must have been asked for.
    expect((await joining).postDataJSON()).toMatchObject({ domain: "new.example", deskShards: 64 });
    await page.getByText("Fewer than 20 owners wait for your company").waitFor();
    await page.getByRole("heading", { name: "Keep this key" }).waitFor();
    await page.getByRole("link", { name: "Unverified" }).waitFor();
    const { key } = JSON.parse(await page.evaluate("localStorage.getItem('pico-twins.desk')"));
    expect((await api.get("/v1/makers/new.example/keys/current", key)).body).toMatchObject({
      verified: false,
      role: "admin",
    });
    // The file names this very key, and nothing that opens anything.
    const file = JSON.parse(await page.locator("pre").innerText());
    expect(file).toEqual({
      maker: "new.example",
      keys: [createHash("sha256").update(key.split("~")[1]).digest("hex")],
    });
    // What the server says is marked as the English that it is, under the page's own words.
    const found = "The answer was 301; a redirect is not followed.";
    await page.route("**/verification", (route) =>
      route.fulfill({ status: 422, json: { code: "proof-missing", title: "Not proven", detail: found } }),
    );
    const before = complaints.length;
    await page.getByRole("button", { name: "Check it now" }).click();
    await page.getByText("Not proven yet. The file must stand at this very address").waitFor();
    await expect.poll(() => page.locator(".notice [lang=en]").allInnerTexts()).toEqual([found]);
    expect(complaints.splice(before).every((text) => text.includes("422"))).toBe(true);
    const vouched = await api.put("/v1/makers/new.example/verified", { key: file.keys[0] }, server.operatorKey);
    expect(vouched.status).toBe(200);
    await page.goto(`${server.url}/desk`);
    await page.getByRole("heading", { name: "Nothing waits for you" }).waitFor();
    await expect.poll(() => page.getByRole("link", { name: "Unverified" }).count()).toBe(0);
  });

  it("says so when the key was revoked, wherever the page stands", async () => {
    const guest = await teammate("Guest", "reader");
    const page = await open(pathOf(sole), { ...guest, role: "reader" } as Agent);
    await talk(page).waitFor();
    // A reader is offered nothing to write.
    await page.getByText("Answering takes the role of an agent").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Assign" }).count()).toBe(0);
    await live(page);
    const before = complaints.length;
    expect((await api.delete(`${base}/keys/${guest.id}`, lamo.key)).status).toBe(204);
    await page.getByText("Your key no longer works").waitFor();
    await expect.poll(() => page.evaluate("localStorage.getItem('pico-twins.desk')")).toBe(null);
    // What the page was asking for just then was refused, which the browser itself writes down.
    await page.close();
    expect(complaints.splice(before).every((text) => text.includes("401"))).toBe(true);
  });
});

it("has nothing that axe objects to, and keeps to the screen: light and dark, on a phone and on a desk", async () => {
  const states: Record<string, (page: Page) => Promise<unknown>> = {
    "/desk": listed,
    "/desk?state=all": async (page) => {
      await listed(page);
      await page.getByRole("button", { name: "Filters" }).click();
      await rows(page).first().getByRole("checkbox").check();
    },
    [pathOf(wet)]: async (page) => {
      await talk(page).waitFor();
      await page.keyboard.press("e");
      await page.getByRole("textbox", { name: "Answer the owner" }).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
    },
    "/desk/join": (page) => page.getByRole("heading", { name: "Prove your domain" }).waitFor(),
    // Signs out: the last.
    "/desk/sign-in": (page) => page.getByLabel("Your key").waitFor(),
  };
  const found: Record<string, unknown> = {};
  const wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
  const looks = { phone: { ...PHONE, colorScheme: "light" }, desk: { ...WIDE, colorScheme: "dark" } } as const;
  for (const [size, options] of Object.entries(looks)) {
    const page = await open("/desk", ida, options);
    for (const [path, reach] of Object.entries(states)) {
      await page.goto(server.url + path);
      await reach(page);
      const axe = await axeFindings(page);
      const sideways = [await page.evaluate<boolean>(wider)];
      if (size === "phone") {
        await page.setViewportSize({ width: 320, height: 740 });
        sideways.push(await page.evaluate<boolean>(wider));
        await page.evaluate(`document.documentElement.dir = "rtl"`);
        sideways.push(await page.evaluate<boolean>(wider));
        await page.setViewportSize(options.viewport!);
      }
      const titles = await page.locator("h1").count();
      if (axe.length > 0 || sideways.includes(true) || titles !== 1)
        found[`${path}, ${size}`] = { axe, sideways, titles };
    }
  }
  expect(found).toEqual({});
});

it("complained of nothing in all that, asked its own origin only, and never with a key in an address", () => {
  expect(complaints).toEqual([]);
  expect(asked.length).toBeGreaterThan(50);
  expect(
    asked.filter((url) => !url.startsWith("blob:") && new URL(url.replace(/^ws/, "http")).origin !== server.url),
  ).toEqual([]);
  expect(asked.filter((url) => /~[\w-]{43}/.test(decodeURIComponent(url)))).toEqual([]);
});
