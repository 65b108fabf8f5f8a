// What companies tell unasked, as owners see it: safety notices that stay until they are settled, the public board, known issues, and
// what a company is told of being read.

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { agree, claim, freshGtin, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { eventually } from "../support/server/product.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, complaintsOf, launchBrowser, openContext } from "../support/web/browser.ts";
import { giveThing } from "../support/web/owner.ts";

const PHONE = { viewport: { width: 390, height: 844 }, bypassCSP: true, locale: "en-GB" } as const;

let server: TestServer;
let browser: Browser;
let api: Client;
let lamo: TestMaker;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  const domain = "lamo.example";
  const { body } = await api.post("/v1/makers", { domain, name: "LAMO" }, server.operatorKey);
  lamo = { domain, key: body.key, inboundSecret: body.inboundSecret };
  const rules = { "SD-BASE-DP": "accept", "SD-BASE-AT-DP": "accept" };
  await api.put(`/v1/makers/${domain}/policy`, { rules }, lamo.key);
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

type Phone = { readonly page: Page; readonly complaints: string[]; readonly asked: string[] };

async function phone(): Promise<Phone> {
  const context = await openContext(browser, PHONE);
  opened.push(context);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  return { page, complaints, asked };
}

/** An owner's phone on which a thing is that was claimed elsewhere; `more` is what the phone knew of it already. */
async function phoneWith(owner: TestOwner, more: Record<string, unknown> = {}): Promise<Phone> {
  const device = await phone();
  await device.page.goto(server.url);
  await giveThing(device.page, api, owner, more);
  await device.page.goto(server.url);
  await device.page.getByRole("heading", { name: "My things" }).waitFor();
  return device;
}

const RECALL = {
  kind: "recall",
  title: "The lid can come off",
  text: "Boiling water may spill. Stop using it.",
  url: "https://lamo.example/lid",
};

async function post(notice: Record<string, unknown>): Promise<string> {
  const { status, body } = await api.post(`/v1/makers/${lamo.domain}/notices`, notice, lamo.key);
  expect(status).toBe(202);
  return body.id;
}
const told = async ({ twin, token }: TestOwner): Promise<any[]> =>
  (await api.get(`/v1/twins/${twin}/notices`, token)).body.items;
const stateOf = async (owner: TestOwner): Promise<string | undefined> => (await told(owner))[0]?.state;
const card = (page: Page) => page.locator("article.told.alarm", { hasText: RECALL.title });
const onHome = (page: Page) => page.locator("a.told.alarm", { hasText: RECALL.title });

describe("a notice", () => {
  it("about safety comes to the open first page, stays until it is settled, and what was said stays with its owner", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    const { page, complaints } = await phoneWith(owner);
    const id = await post({ ...RECALL, gtin });
    await onHome(page).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.reload();
    await onHome(page).click();
    await card(page).getByText("LAMO doesn't learn it").waitFor();
    await card(page).getByText("Why you got this").click();
    await card(page).getByText("every labelled item of this product, with or without terms").waitFor();
    await expect
      .poll(() => card(page).getByRole("link", { name: "opens lamo.example" }).getAttribute("href"))
      .toBe(RECALL.url);
    expect(await axeFindings(page)).toEqual([]);

    await card(page).getByRole("button", { name: "Booked" }).click();
    await card(page).waitFor({ state: "detached" });
    await eventually(
      () => stateOf(owner),
      (state) => state === "booked",
    );
    await page.goto(server.url);
    await page.getByRole("heading", { name: "My things" }).waitFor();
    await expect.poll(() => onHome(page).count()).toBe(0);
    const { body } = await api.get(`/v1/makers/${lamo.domain}/notices/${id}`, lamo.key);
    expect(JSON.stringify(body)).not.toContain("booked");

    // It is found again, and opened again.
    await page.goto(`${server.url}/t/${owner.twin}`);
    await page.getByText("1 notice, settled").click();
    await page.getByText("You said: booked").waitFor();
    await page.getByRole("button", { name: "Open it again" }).click();
    await card(page).waitFor();
    await eventually(
      () => stateOf(owner),
      (state) => state === "open",
    );
    expect(complaints).toEqual([]);
  });

  it("of a thing that is closed to this device calls nobody on the first page, and stays on its own", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    const { page } = await phoneWith(owner);
    const other = { label: "Desktop", scopes: ["owner"] };
    expect((await api.post(`/v1/twins/${owner.twin}/channels`, other, owner.token)).status).toBe(201);
    await post({ ...RECALL, gtin });
    await onHome(page).waitFor();
    await page.getByText("One thing, 1 new for you.").waitFor();
    expect((await api.delete(`/v1/twins/${owner.twin}/channels/current`, owner.token)).status).toBe(204);
    await onHome(page).waitFor({ state: "detached" });
    await page.getByText("One thing, nothing new.").waitFor();
    await page.goto(`${server.url}/t/${owner.twin}`);
    await card(page).waitFor();
    await expect.poll(() => card(page).getByRole("button", { name: "Booked" }).count()).toBe(0);
  });

  it("that was settled without a connection is settled at the server later", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    await post({ ...RECALL, gtin });
    const { page } = await phoneWith(owner);
    await onHome(page).click();
    await card(page).waitFor();
    await page.context().setOffline(true);
    await card(page).getByRole("button", { name: "Done" }).click();
    await card(page).waitFor({ state: "detached" });
    await expect.poll(() => stateOf(owner)).toBe("open");
    await page.context().setOffline(false);
    await eventually(
      () => stateOf(owner),
      (state) => state === "done",
    );
  });

  it("reaches a phone that read past it with an older app, which kept nothing of notices", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    await post({ ...RECALL, gtin });
    await eventually(
      () => stateOf(owner),
      (state) => state === "open",
    );
    const { body } = await api.get(`/v1/twins/${owner.twin}/events?after=0&limit=200`, owner.token);
    expect(body.items.at(-1).type).toBe("notice.posted");
    const { timestamp } = body.items.at(-1);
    const { page, complaints } = await phoneWith(owner, { cursor: body.next, heard: timestamp, since: timestamp });
    await onHome(page).waitFor();
    expect(complaints).toEqual([]);
  });

  it("that is withdrawn alarms nobody any more, and says why", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    const id = await post({ ...RECALL, gtin });
    const { page } = await phoneWith(owner);
    await onHome(page).waitFor();
    const path = `/v1/makers/${lamo.domain}/notices/${id}/withdraw`;
    expect((await api.post(path, { reason: "It was another kettle." }, lamo.key)).status).toBe(200);
    await onHome(page).waitFor({ state: "detached" });
    await page.locator("a.row", { hasText: "Withdrawn" }).click();
    await page.locator("article.told.withdrawn").getByText("It was another kettle.").waitFor();
  });

  it("of service comes only under terms, and names them", async () => {
    const owner = await claim(api, lamo);
    await agree(api, owner);
    await post({ kind: "service", title: "Descale it in the first month", text: "Once is enough." });
    const { page } = await phoneWith(owner);
    await page.locator("a.row", { hasText: "Descale it" }).click();
    const message = page.locator("article.told.service");
    await message.getByText("Why you got this").click();
    await message.getByText("Your terms with LAMO let it tell you").waitFor();
    await message.getByRole("button", { name: "I've read it" }).click();
    await eventually(
      () => stateOf(owner),
      (state) => state === "done",
    );
  });
});

describe("a product's public board", () => {
  it("stands on its label's page for anyone, and warns an unlabelled thing without telling anyone of it", async () => {
    const gtin = freshGtin();
    await claim(api, lamo, gtin);
    await post({ ...RECALL, gtin });
    await eventually(
      () => api.get(`/v1/products/${gtin}/notices`),
      ({ body }) => body.items.length === 1,
    );
    const { page, complaints } = await phone();
    await page.goto(`${server.url}/01/${gtin}`);
    await card(page).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(/\/t\/[^/]+\/write$/);
    await page.goto(server.url);
    await onHome(page).click();
    await card(page).getByText("Why you got this").click();
    await card(page).getByText("Your app looked there; LAMO knows nothing of you").waitFor();
    await card(page).getByRole("button", { name: "Not mine any more" }).click();
    await card(page).waitFor({ state: "detached" });
    await page.reload();
    await page.getByText("1 notice, settled").waitFor();
    await expect.poll(() => card(page).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("costs a label whose product has none nothing but the question", async () => {
    const gtin = freshGtin();
    await claim(api, lamo, gtin);
    const { page, asked } = await phone();
    const question = page.waitForResponse(`${server.url}/v1/products/${gtin}/notices`);
    await page.goto(`${server.url}/01/${gtin}`);
    await (await question).finished();
    await page.waitForLoadState("networkidle");
    expect(asked).toContain(`GET /v1/products/${gtin}/notices`);
    expect(asked.filter((path) => /\/assets\/(board|card|en-more)/.test(path))).toEqual([]);
  });
});

describe("a known issue", () => {
  it("comes to its note as 'you said, they changed', and counts whoever says me too, from five up", async () => {
    const gtin = freshGtin();
    const owner = await claim(api, lamo, gtin);
    await agree(api, owner);
    const note = await write(api, owner, "The hinge creaks.", { send: true });
    const desk = `/v1/makers/${lamo.domain}`;
    const { body: issue } = await api.post(
      `${desk}/known-issues`,
      { title: "Creaking hinge", product: gtin, status: "investigating" },
      lamo.key,
    );
    const thread = `${desk}/threads/${owner.twin}/${note.id}`;
    await eventually(
      () => api.patch(thread, { knownIssue: issue.id }, lamo.key),
      ({ status }) => status === 200,
    );
    const { page, complaints } = await phoneWith(owner);
    await page.goto(`${server.url}/t/${owner.twin}/n/${note.id}`);
    await page.getByRole("heading", { name: "LAMO knows this one" }).waitFor();
    await api.patch(`${desk}/known-issues/${issue.id}`, { status: "fixed", fixedIn: "hinges from May" }, lamo.key);
    await page.getByRole("heading", { name: "You said, they changed" }).waitFor();
    await page.getByText("Fixed in hinges from May").waitFor();

    await page.getByRole("button", { name: "Me too" }).click();
    await page.getByText("You are counted").waitFor();
    await page.getByText("shows from five up").waitFor();
    await eventually(
      () => api.get(`/v1/twins/${owner.twin}/known-issues`, owner.token),
      ({ body }) => body.items[0].meToo,
    );
    for (let n = 0; n < 4; n++) {
      const other = await claim(api, lamo, gtin);
      const path = `/v1/twins/${other.twin}/known-issues/${issue.id}/me-too`;
      expect((await api.put(path, undefined, other.token)).status).toBe(200);
    }
    await page.goto(`${server.url}/t/${owner.twin}`);
    await page.locator("details.issue", { hasText: "Creaking hinge" }).locator("summary").click();
    await page.getByText("and 4 more people").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Take me out again" }).click();
    await eventually(
      () => api.get(`/v1/twins/${owner.twin}/known-issues`, owner.token),
      ({ body }) => !body.items[0].meToo,
    );
    expect(complaints).toEqual([]);
  });
});

describe("that an answer was read", () => {
  async function answered(terms: string): Promise<{ owner: TestOwner; note: string }> {
    const owner = await claim(api, lamo);
    await agree(api, owner, terms);
    const { id } = await write(api, owner, "Is it meant to hum?", { send: true });
    const path = `/v1/makers/${lamo.domain}/threads/${owner.twin}/${id}/messages`;
    await eventually(
      () => api.post(path, { text: "Yes.", type: "advice" }, lamo.key),
      ({ status }) => status === 201,
    );
    return { owner, note: id };
  }

  it("is told where the terms let the company follow, and the page says so", async () => {
    const { owner, note } = await answered("SD-BASE-AT-DP");
    const { page, asked } = await phoneWith(owner);
    await page.goto(`${server.url}/t/${owner.twin}/n/${note}`);
    await page.getByText("Sent to LAMO under these terms").click();
    await page.getByText("LAMO sees when you read its answers here").waitFor();
    const seen = `PUT /v1/twins/${owner.twin}/notes/${note}/seen`;
    await expect.poll(() => asked.filter((path) => path === seen)).toHaveLength(1);
  });

  it("is told nobody under any other terms, and the page says that", async () => {
    const { owner, note } = await answered("SD-BASE-DP");
    const { page, asked } = await phoneWith(owner);
    await page.goto(`${server.url}/t/${owner.twin}/n/${note}`);
    await page.getByText("Sent to LAMO under these terms").click();
    await page.getByText("LAMO isn't told when you read its answers").waitFor();
    await page.locator(".said.maker").waitFor();
    await page.goto(server.url, { waitUntil: "networkidle" });
    expect(asked.filter((path) => path.endsWith("/seen"))).toEqual([]);
  });
});
