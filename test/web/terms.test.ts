// Terms in the owner's hands: offered on a ladder, answered by a policy or a person, countered, ended; the record checked where it is read.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { join, type TestMaker } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { axeFindings, complaintsOf, launchBrowser } from "../support/web/browser.ts";
import { claimOnDevice, type Device } from "../support/web/owner.ts";

let server: TestServer;
let browser: Browser;
let api: Client;
/** Takes what is offered by default, and counting too. */
let willing: TestMaker;
/** Offers something else, once. */
let countering: TestMaker;
/** Leaves it to a person. */
let holding: TestMaker;
/** Takes nothing. */
let refusing: TestMaker;
const opened: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  [willing, countering, holding, refusing] = await Promise.all([
    join(api, server.operatorKey, {
      "SD-BASE": "accept",
      "SD-BASE-DP": "accept",
      "SD-BASE-A-DP": "accept",
      "SD-BASE-AT-DP": "hold",
      "PDC-GOOD": "accept",
    }),
    join(api, server.operatorKey, { "SD-BASE-DP": "counter:SD-BASE-AT" }),
    join(api, server.operatorKey, { "SD-BASE-DP": "hold", "SD-BASE-A-DP": "hold" }),
    join(api, server.operatorKey, {}),
  ]);
});
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

type Agreement = {
  id: string;
  state: string;
  terms: string | null;
  preferred: string;
  alternates: string[];
  checkCode: string;
  recordDigest: string;
};
type Side = Device & { readonly name: string; readonly complaints: string[]; readonly asked: string[] };

/** An owner with a thing of this company, at its terms. */
async function atTerms(maker: TestMaker, options: BrowserContextOptions = {}): Promise<Side> {
  const device = await claimOnDevice(browser, api, maker, { bypassCSP: true, ...options });
  opened.push(device.context);
  const complaints = complaintsOf(device.page);
  const asked: string[] = [];
  device.page.on("request", (request) => asked.push(request.url()));
  await device.page.goto(`${server.url}/t/${device.twin}/terms`);
  return { ...device, name: `Maker ${maker.domain}`, complaints, asked };
}

const agreementsAt = async ({ twin, token }: Side): Promise<Agreement[]> =>
  (await api.get(`/v1/twins/${twin}/agreements`, token)).body.items;
const stands = (page: Page, mark: string): Promise<void> =>
  page.locator(".standing .mark", { hasText: mark }).first().waitFor();
const press = (within: Page | Locator, name: string | RegExp): Promise<void> =>
  within.getByRole("button", { name }).click();
const offer = ({ page, name }: Side): Promise<void> => press(page, `Offer these to ${name}`);
/** No fault of axe's, nothing but this origin, no complaint, no scrolling sideways. */
async function sound({ page, complaints, asked, faults }: Side): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  expect(asked.filter((url) => !url.startsWith("blob:") && new URL(url).origin !== server.url)).toEqual([]);
  expect([...complaints, ...faults]).toEqual([]);
  const widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]");
  expect((widths as number[])[0]).toBeLessThanOrEqual((widths as number[])[1]!);
}

describe("offering", () => {
  it("goes as far as the rung that was chosen, and what the policy takes is in force at once", async () => {
    const mine = await atTerms(willing);
    const { page, name } = mine;
    await stands(page, "No terms yet");
    await sound(mine);
    await page.getByRole("radio", { name: /May also count/ }).check();
    await page.getByText(`${name} says that it takes these terms at once.`).waitFor();
    await offer(mine);
    await stands(page, "In force");
    const may = page.locator(".means.may");
    await expect.poll(() => may.innerText()).toContain("count it together with what others send");
    await expect.poll(() => page.locator(".means.may-not").innerText()).toContain("form a picture of you");
    await expect.poll(() => page.locator(".means.must").innerText()).toContain("give you a copy");
    await expect.poll(() => page.locator(".by-code").innerText()).toContain("Nothing leaves unless you send it");
    await expect
      .poll(() => page.locator(".by-signature").innerText())
      .toContain("counts it only together with what others send");
    await expect.poll(() => agreementsAt(mine)).toMatchObject([{ state: "accepted", terms: "SD-BASE-A-DP" }]);
    await sound(mine);
  });

  it("says that the same without the copy would do, too, when that is ticked", async () => {
    const mine = await atTerms(refusing);
    await mine.page.getByRole("checkbox", { name: /same without the copy/ }).check();
    await offer(mine);
    await stands(mine.page, "Refused");
    await expect
      .poll(() => agreementsAt(mine))
      .toMatchObject([{ state: "refused", preferred: "SD-BASE-DP", alternates: ["SD-BASE"] }]);
    await mine.page.getByRole("button", { name: `Offer these to ${mine.name}` }).waitFor();
    await sound(mine);
  });

  it("waits on the device without a connection, and says so", async () => {
    const mine = await atTerms(willing);
    await stands(mine.page, "No terms yet");
    await mine.context.setOffline(true);
    await offer(mine);
    await mine.page.getByText("goes out when you're back online").waitFor();
    await mine.context.setOffline(false);
    await stands(mine.page, "In force");
    await expect.poll(() => agreementsAt(mine)).toHaveLength(1);
  });

  it("is there for fingers at 320 pixels and for eyes at twice the text, in German too", async () => {
    const mine = await atTerms(willing, { viewport: { width: 320, height: 700 } });
    await mine.page.evaluate("localStorage.setItem('language', 'de')");
    await mine.page.reload();
    await mine.page.evaluate("document.documentElement.style.fontSize = '200%'");
    await mine.page.getByRole("radio", { name: /Darf auch zählen/ }).check();
    await press(mine.page, `${mine.name} anbieten`);
    await stands(mine.page, "In Kraft");
    await sound(mine);
  });
});

describe("a counter", () => {
  it("is shown as what it adds and takes away, and comes into force by a yes alone", async () => {
    const mine = await atTerms(countering);
    const { page, name } = mine;
    await offer(mine);
    await stands(page, "They offer other terms");
    await page.getByText(`${name} asks for more than you offered.`).waitFor();
    const part = (tone: string): Promise<string> => page.locator(`.part.${tone}`).innerText();
    await expect.poll(() => part("added")).toContain("count it together with what others send");
    await expect.poll(() => part("added")).toContain("see when you read its answers");
    await expect.poll(() => part("taken")).toContain("must give you a copy");
    await page.getByText(/^Until .+\. If you say nothing, it is a no\.$/).waitFor();
    await sound(mine);
    await expect.poll(() => agreementsAt(mine)).toMatchObject([{ state: "countered", terms: null }]);
    await press(page, "Take these terms");
    await stands(page, "In force");
    await page.getByText("You said yes to SD-BASE-AT.").waitFor();
    await expect.poll(() => agreementsAt(mine)).toMatchObject([{ state: "accepted", terms: "SD-BASE-AT" }]);
    await sound(mine);
  });

  it("is over with a no", async () => {
    const mine = await atTerms(countering);
    await offer(mine);
    await press(mine.page, "Say no");
    await stands(mine.page, "You said no");
    await mine.page.getByText("You said no to their offer.").waitFor();
    await expect.poll(() => agreementsAt(mine)).toMatchObject([{ state: "refused", terms: null }]);
  });
});

describe("an offer that a person decides", () => {
  it("shows their yes while the page is open, and a screen reader hears it", async () => {
    const mine = await atTerms(holding);
    const { page, name } = mine;
    await offer(mine);
    await stands(page, "A person there decides");
    await sound(mine);
    const [{ id }] = (await agreementsAt(mine)) as [Agreement];
    const decided = await api.post(
      `/v1/makers/${holding.domain}/agreements/${id}/decision`,
      { decision: "accepted" },
      holding.key,
    );
    expect(decided.status, JSON.stringify(decided.body)).toBe(200);
    await stands(page, "In force");
    await page.locator("[aria-live=polite]", { hasText: `${name}: In force` }).waitFor({ state: "attached" });
  });

  it("can be changed while it waits, and taken back", async () => {
    const mine = await atTerms(holding);
    const { page } = mine;
    await offer(mine);
    await stands(page, "A person there decides");
    await press(page, "Change my offer");
    const sheet = page.getByRole("dialog", { name: "Offer other terms" });
    await sheet.getByRole("radio", { name: /May also count/ }).check();
    expect(await axeFindings(page)).toEqual([]);
    await press(sheet, `Offer these to ${mine.name}`);
    await page.locator(".own-words", { hasText: "SD-BASE-A-DP" }).waitFor();
    await press(page, "Take my offer back");
    await stands(page, "You took your offer back");
    await expect
      .poll(async () => (await agreementsAt(mine)).map(({ state, preferred }) => [state, preferred]))
      .toEqual([
        ["rescinded", "SD-BASE-A-DP"],
        ["rescinded", "SD-BASE-DP"],
      ]);
  });
});

describe("terms in force", () => {
  it("are ended by one tap on a sheet that says what it does, what it can't undo and what the company must delete", async () => {
    const mine = await atTerms(willing);
    const { page, name } = mine;
    await offer(mine);
    await stands(page, "In force");
    await press(page, "End these terms");
    const sheet = page.getByRole("dialog", { name: `End the terms with ${name}?` });
    const said = (): Promise<string> => sheet.innerText();
    await expect.poll(said).toContain("no words go to");
    await expect.poll(said).toContain("has read, it has read");
    await expect.poll(said).toContain(`${name} must delete the notes, photos and messages you sent.`);
    await expect.poll(said).toContain(`${name} must hand over a copy of what it holds`);
    expect(await axeFindings(page)).toEqual([]);
    await press(sheet, "End them now");
    await stands(page, "Ended");
    await page.getByText("You ended the terms.").waitFor();
    const [{ id, state }] = (await agreementsAt(mine)) as [Agreement];
    expect(state).toBe("terminated");
    const theirs = await api.get(`/v1/makers/${willing.domain}/agreements/${id}`, willing.key);
    expect(theirs.body).toMatchObject({ state: "terminated" });
    await sound(mine);
  });

  it("let their owner ask for a copy of what the company holds, which its programs can tell, and say whether it must give it", async () => {
    const mine = await atTerms(willing);
    const { page, name, twin, token } = mine;
    await offer(mine);
    await stands(page, "In force");
    await page.getByText(`These terms oblige ${name} to give you a copy`).waitFor();
    await sound(mine);
    const ask = page.getByRole("link", { name: "Ask for a copy" });
    const text = page.getByRole("textbox", { name: "Your note" });
    await ask.click();
    await expect.poll(() => text.inputValue()).toContain("a copy of everything you hold from me");
    for (const chosen of ["Question", name, "A copy of my data"]) {
      await expect
        .poll(() => page.getByRole("radio", { name: chosen, exact: true }).isChecked(), { message: chosen })
        .toBe(true);
    }
    await page.getByRole("region", { name: "Before it goes out" }).waitFor();
    await text.fill("A copy of all of it, please, to me@mine.example.");
    await page.getByText("Is this meant to go along?").waitFor();
    await sound(mine);
    await page.reload();
    await expect.poll(() => text.inputValue()).toBe("A copy of all of it, please, to me@mine.example.");
    await text.fill("A copy of all of it, please.");
    await page.getByRole("button", { name: `Send to ${name}` }).dblclick();
    await page.locator(".toast", { hasText: `On its way to ${name}` }).waitFor();
    const asked = async () =>
      (await api.get(`/v1/makers/${willing.domain}/threads?wants=copy`, willing.key)).body.items.filter(
        (thread: { twin: string }) => thread.twin === twin,
      );
    await expect.poll(asked, { timeout: 20_000 }).toHaveLength(1);
    await expect
      .poll(async () => (await asked())[0].note)
      .toMatchObject({ kind: "question", excerpt: "A copy of all of it, please." });

    const others = await api.post(`/v1/twins/${twin}/agreements`, { preferred: "SD-BASE" }, token);
    expect(others.body.state).toBe("accepted");
    await page.goto(`${server.url}/t/${twin}/write`);
    await text.fill("For nobody but me.");
    await page.goto(`${server.url}/t/${twin}/terms`);
    await page.getByText(`These terms don't oblige ${name}`).waitFor();
    await ask.click();
    await page.getByText("You began this note earlier. Finish or discard it first, then ask for a copy.").waitFor();
    await expect.poll(() => text.inputValue()).toBe("For nobody but me.");
    await expect.poll(() => page.getByRole("radio", { name: "Only me", exact: true }).isChecked()).toBe(true);
    await press(page, "Discard");
    await expect.poll(() => text.inputValue()).toContain("a copy of everything you hold from me");
    await expect.poll(() => asked()).toHaveLength(1);
  });

  it("are replaced by others, and stay until those are", async () => {
    const mine = await atTerms(willing);
    const { page } = mine;
    await offer(mine);
    await stands(page, "In force");
    await press(page, "Change the terms");
    const sheet = page.getByRole("dialog", { name: "Offer other terms" });
    await sheet.getByText("These are the terms in force now.").waitFor();
    await sheet.getByRole("radio", { name: /May also count/ }).check();
    await press(sheet, `Offer these to ${mine.name}`);
    await page.locator(".standing.good", { hasText: "count it together" }).waitFor();
    await page.getByRole("heading", { name: "Other offers and terms" }).waitFor();
    await page.getByText("Replaced by newer terms").first().waitFor();
    await expect
      .poll(async () => (await agreementsAt(mine)).map(({ state, terms }) => [state, terms]))
      .toEqual([
        ["accepted", "SD-BASE-A-DP"],
        ["superseded", "SD-BASE-DP"],
      ]);
  });

  it("stay, and say so, while the company thinks about others", async () => {
    const mine = await atTerms(willing);
    const { page } = mine;
    await offer(mine);
    await stands(page, "In force");
    await press(page, "Change the terms");
    const sheet = page.getByRole("dialog", { name: "Offer other terms" });
    await sheet.getByRole("radio", { name: /May also follow/ }).check();
    await press(sheet, `Offer these to ${mine.name}`);
    await page.getByText(/Until there is a yes, the terms below stay in force\.$/).waitFor();
    await page.locator(".standing.good", { hasText: "In force" }).waitFor();
    await expect.poll(() => page.getByText("nothing you write goes to it").count()).toBe(0);
    await expect.poll(async () => (await agreementsAt(mine)).map(({ state }) => state)).toEqual(["held", "accepted"]);
    await sound(mine);
  });

  it("stay, and say so, when the company turns others down; once ended they are what is shown, not that older no", async () => {
    const mine = await atTerms(willing);
    const { page, name } = mine;
    await offer(mine);
    await stands(page, "In force");
    await press(page, "Change the terms");
    await page.getByRole("radio", { name: /May also form a picture/ }).check();
    await offer(mine);
    await page.getByText(`${name} said no to your new offer. The terms below stay in force.`).waitFor();
    await stands(page, "In force");
    await sound(mine);
    await press(page, "End these terms");
    await press(page, "End them now");
    await stands(page, "Ended");
    await page.goto(`${server.url}/t/${mine.twin}`);
    await page.locator(".terms-line", { hasText: "Ended" }).waitFor();
  });

  it("take a gift beside them only when it is asked for, and let it go again", async () => {
    const mine = await atTerms(willing);
    const { page } = mine;
    await offer(mine);
    await stands(page, "In force");
    await page.getByText("Gifts beside the terms").click();
    const gift = page.locator(".gift", { hasText: "For everyone" });
    await expect.poll(() => agreementsAt(mine)).toHaveLength(1);
    await press(gift, "Give this");
    await gift.locator(".mark", { hasText: "In force" }).waitFor();
    await sound(mine);
    await press(gift, "Stop giving this");
    await press(page.getByRole("dialog", { name: "Stop giving this?" }), "End them now");
    await gift.locator(".mark", { hasText: "Ended" }).waitFor();
    await stands(page, "In force");
  });
});

describe("the record", () => {
  it("is downloaded with the very bytes the company has, checked against the code that is shown", async () => {
    const mine = await atTerms(willing);
    const { page } = mine;
    await offer(mine);
    await stands(page, "In force");
    await page.getByText("Checked on this device: the record gives this code.").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download the record")]);
    const bytes = await readFile(await download.path());
    const digest = createHash("sha256").update(bytes).digest("hex");
    const [{ id, checkCode }] = (await agreementsAt(mine)) as [Agreement];
    const theirs = await api.get(`/v1/makers/${willing.domain}/agreements/${id}/record`, willing.key);
    expect(theirs.headers.get("ETag")).toBe(`"${digest}"`);
    await expect
      .poll(async () => (await page.locator(".check-code [aria-hidden]").innerText()).replace(/\s/g, ""))
      .toBe(digest.slice(0, 10));
    expect(checkCode).toBe(digest.slice(0, 10));
    const link = page.getByRole("link", { name: "https://customercommons.org/p7012/" });
    await expect.poll(() => link.getAttribute("rel")).toContain("noopener");
    await page.getByText(/^Contract text not loaded\./).waitFor();
    await sound(mine);
  });

  it("that gives another code is not handed over", async () => {
    const mine = await atTerms(willing);
    const { page } = mine;
    await page.route("**/record", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("SD-BASE-DP", "SD-BASE-AT") });
    });
    let downloads = 0;
    page.on("download", () => downloads++);
    await offer(mine);
    await stands(page, "In force");
    await page.getByText("Don't rely on it").waitFor();
    await Promise.all([page.waitForResponse(/\/record$/), press(page, "Download the record")]);
    await page.getByText("Don't rely on it").waitFor();
    expect(downloads).toBe(0);
    await expect.poll(() => page.getByText("Checked on this device").count()).toBe(0);
  });
});

describe("the usual terms", () => {
  it("are set once, and the next offer is made of them; what is in force stays", async () => {
    const mine = await atTerms(willing);
    const { page, twin, name } = mine;
    await offer(mine);
    await stands(page, "In force");
    await page.goto(`${server.url}/terms`);
    await page.getByText("Wherever terms are in force, they are these.").waitFor();
    await page.getByRole("radio", { name: /May also count/ }).check();
    await press(page, "Keep as my usual terms");
    await page.getByText("These are your usual terms.", { exact: true }).waitFor();
    const other = page.getByRole("link", { name: new RegExp(name) });
    await expect.poll(() => other.innerText()).toContain("SD-BASE-DP");
    await sound(mine);
    await page.reload();
    await expect.poll(() => page.getByRole("radio", { name: /May also count/ }).isChecked()).toBe(true);

    await page.getByRole("link", { name: new RegExp(name) }).click();
    await stands(page, "In force");
    await press(page, "End these terms");
    await press(page.getByRole("dialog"), "End them now");
    await offer(mine);
    await stands(page, "In force");
    await expect
      .poll(() => agreementsAt({ ...mine, twin }))
      .toMatchObject([
        { state: "accepted", terms: "SD-BASE-A-DP" },
        { state: "terminated", terms: "SD-BASE-DP" },
      ]);
  });
});
