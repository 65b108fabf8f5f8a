// Whoever has said yes doesn't lose the thing: not to an answer that got lost, not to a word that came too early, not to another tab, not to
// a full device.

import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { offer, release, type TestOffer } from "../support/handovers.ts";
import type { TestOwner } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { changeIn, fill, keptUnder } from "../support/web/kept.ts";
import { giveThing } from "../support/web/owner.ts";

const OPTIONS = { bypassCSP: true, locale: "en-GB" } as const;
const ACCEPT = "**/handover/accept";
const STATE = "**/handover/state";
const REFUSED = { status: 403, json: { code: "handover-refused", title: "Refused" } };

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

type Offered = TestOffer & { readonly owner: TestOwner };

async function offered(gift = false): Promise<Offered> {
  const { body: owner } = await api.post("/v1/twins", { product: { name: "Grandmother's clock" } });
  return { owner, ...(await offer(api, owner, { gift })) };
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const wordsOn = async (page: Page): Promise<string> => {
  await heading(page, "Read these to its owner");
  return (await page.getByRole("list", { name: "Your four words" }).getByRole("listitem").allTextContents()).join(" ");
};
const takingsOn = async (page: Page) => (await keptUnder<unknown[]>(page, "meta", "takings")) ?? [];

/** A buyer who has looked at the offer. */
async function looking({ url }: Offered): Promise<Page> {
  const buyer = await browsers.device("about:blank", OPTIONS);
  await buyer.goto(url);
  await buyer.getByRole("button", { name: /^Accept/ }).waitFor();
  return buyer;
}

/** The next yes arrives, and its answer doesn't. */
const loseAnswer = (page: Page) =>
  page.route(
    ACCEPT,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );

/** The keys that accepting was asked with. */
function keysOf(context: BrowserContext): Set<string> {
  const keys = new Set<string>();
  context.on("request", (request: Request) => {
    const key = request.url().endsWith("/accept") ? request.headers()["idempotency-key"] : undefined;
    if (key !== undefined) keys.add(key);
  });
  return keys;
}

describe("whoever waits for the owner to let go", () => {
  it("isn't told that it is over when the thing becomes theirs between two questions", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    await buyer.route(
      STATE,
      async (route) => {
        asked.resolve();
        await released.promise;
        await route.continue();
      },
      { times: 1 },
    );
    await press(buyer, "Accept");
    const words = await wordsOn(buyer);
    await asked.promise;
    const over = buyer.getByRole("heading", { name: "This offer is over" });
    const wasOver = over.waitFor({ timeout: 60_000 }).then(
      () => true,
      () => false,
    );
    await release(api, sale.owner, words);
    released.resolve();
    await Promise.race([heading(buyer, "It is yours"), wasOver]);
    await expect.poll(() => over.count()).toBe(0);
    await heading(buyer, "It is yours");
  });

  it("sees that it is on its way, and loses no key by putting away what may still come", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    await buyer.route(STATE, (route) => route.fulfill(REFUSED));
    await press(buyer, "Accept");
    await heading(buyer, "This offer is over");
    for (const [says, answer] of [
      ["No connection.", "abort"],
      ["The server isn't well", { status: 503, json: { code: "unavailable" } }],
    ] as const) {
      await buyer.unroute(STATE);
      await buyer.route(STATE, (route) => (answer === "abort" ? route.abort() : route.fulfill(answer)));
      await press(buyer, "Put it away");
      await buyer.getByText(says).waitFor();
      await expect.poll(() => takingsOn(buyer)).toHaveLength(1);
    }
    await buyer.unroute(STATE);
    await buyer.route(STATE, (route) => route.fulfill({ json: { state: "committing", yours: true } }));
    await press(buyer, "Put it away");
    await heading(buyer, "Its owner has let go");
    await buyer.unroute(STATE);
    await buyer.reload();
    const words = await wordsOn(buyer);
    await release(api, sale.owner, words);
    await heading(buyer, "It is yours");
    await expect.poll(() => takingsOn(buyer)).toEqual([]);
  });

  it("is told that it is theirs and why it doesn't open where this device can't keep it, and gets it once it can", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    const faults: string[] = [];
    buyer.on("pageerror", (fault) => faults.push(fault.message));
    await press(buyer, "Accept");
    const words = await wordsOn(buyer);
    const channel = "**/channels/current";
    await buyer.route(channel, (route) => route.fulfill({ status: 503, json: { code: "unavailable" } }));
    await fill(buyer, "thing");
    await release(api, sale.owner, words);
    await heading(buyer, "It is yours");
    await buyer.getByText("The server isn't well").waitFor();
    await buyer.unroute(channel);
    await press(buyer, "Try again");
    await buyer.getByText("This device has no room left").waitFor();
    await buyer.evaluate("makeRoom()");
    await heading(buyer, "Good first steps");
    expect(faults).toEqual([]);
  });

  it("keeps the key that another of their devices accepted with since, whatever they put away here", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    await press(buyer, "Accept");
    await wordsOn(buyer);
    type Held = { readonly ring: { readonly twins: readonly { readonly token: string }[] }; readonly taken: string[] };
    const held = () => keptUnder<Held>(buyer, "meta", "keyring");
    await expect.poll(async () => (await held())?.ring.twins.length).toBe(1);
    const [{ token }] = (await held())!.ring.twins as [{ token: string }];
    const other = `${token.split("~")[0]}~${"A".repeat(43)}`;
    await changeIn(buyer, "meta", "keyring", `Object.assign(kept.ring.twins[0], { token: ${JSON.stringify(other)} })`);
    await api.delete(`/v1/twins/${sale.owner.twin}/handover`, sale.owner.token);
    await buyer.reload();
    await heading(buyer, "This offer is over");
    await press(buyer, "Put it away");
    await buyer.getByLabel("Their code").waitFor();
    await expect.poll(() => takingsOn(buyer)).toEqual([]);
    expect(await held()).toMatchObject({ ring: { twins: [{ token: other }] }, taken: [], arrivals: [] });
  });

  it("is told when a gift was undone", async () => {
    const gift = await offered(true);
    const buyer = await looking(gift);
    const twin = `${gift.owner.twin.slice(0, -1)}x`;
    const json = { twin, token: `${twin}~${"A".repeat(43)}`, recoveryCode: gift.code, words: "a b c d" };
    await buyer.route(ACCEPT, async (route) => {
      await api.delete(`/v1/twins/${gift.owner.twin}/handover`, gift.owner.token);
      await route.fulfill({ json: { ...json, state: "committing" } });
    });
    await press(buyer, "Accept the gift");
    await heading(buyer, "This offer is over");
    await press(buyer, "Put it away");
    await buyer.getByLabel("Their code").waitFor();
  });
});

describe("the first page of whoever has accepted", () => {
  const home = (page: Page) => page.goto(server.url);

  it("says, once, that it became theirs while it was closed, and that what came before is in its history", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    await press(buyer, "Accept");
    const four = await wordsOn(buyer);
    await buyer.goto("about:blank");
    expect((await release(api, sale.owner, four)).status).toBe(200);
    await home(buyer);
    await heading(buyer, "It is yours");
    await buyer.getByText("One thing, 1 new for you.").waitFor();
    await buyer.getByText("No note of yours yet").waitFor();
    await buyer.getByRole("link", { name: "Open it" }).click();
    await buyer.getByText("What it has been through so far is in its history.").waitFor();
    await home(buyer);
    await buyer.getByText("One thing, nothing new.").waitFor();
    await expect.poll(() => buyer.getByRole("heading", { name: "It is yours" }).count()).toBe(0);
  });

  it("says that it isn't coming once it was erased, of which its owner is warned", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    await press(buyer, "Accept");
    await wordsOn(buyer);
    const seller = await browsers.device(`${server.url}/about`, OPTIONS);
    await giveThing(seller, api, sale.owner);
    await seller.goto(`${server.url}/t/${sale.owner.twin}/manage`);
    await press(seller, "Erase everything");
    await heading(seller, "Somebody has accepted your offer");
    expect((await api.delete(`/v1/twins/${sale.owner.twin}`, sale.owner.token)).status).toBe(204);
    await home(buyer);
    await buyer.getByRole("link", { name: "This offer is over" }).click();
    await buyer.getByText("all of it was erased").waitFor();
  });
});

describe("a yes whose answer got lost", () => {
  it("is asked again by itself as soon as there is a network, and a gift is theirs", async () => {
    const gift = await offered(true);
    const buyer = await looking(gift);
    const keys = keysOf(buyer.context());
    await loseAnswer(buyer);
    await press(buyer, "Accept the gift");
    await heading(buyer, "Your yes may not have arrived");
    await buyer.evaluate("dispatchEvent(new Event('online'))");
    await heading(buyer, "It is yours");
    expect(keys.size).toBe(1);
  });

  it("is of what they looked at, and no yes by itself to what says less by then", async () => {
    const sale = await offered();
    const { twin, token } = sale.owner;
    const entry = { kind: "repairing", text: "New hands.", occurredOn: new Date().toISOString().slice(0, 10) };
    const { body } = await api.post(`/v1/twins/${twin}/history`, entry, token);
    const buyer = await looking(sale);
    await loseAnswer(buyer);
    await press(buyer, "Accept");
    await heading(buyer, "Your yes may not have arrived");
    await expect.poll(() => takingsOn(buyer)).toMatchObject([{ erased: 0 }]);
    expect((await api.delete(`/v1/twins/${twin}/history/${body.seq}`, token)).status).toBe(204);
    await buyer.evaluate("dispatchEvent(new Event('online'))");
    await heading(buyer, "The history has changed");
    await press(buyer, "Look again");
    await press(buyer, "Accept");
    expect((await release(api, sale.owner, await wordsOn(buyer))).status).toBe(200);
  });

  it("is asked again when they come back to any page, and stands in no address", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    const keys = keysOf(buyer.context());
    await loseAnswer(buyer);
    await press(buyer, "Accept");
    await heading(buyer, "Your yes may not have arrived");
    await buyer.goto(server.url);
    await buyer.getByRole("link", { name: "Waits for its owner to let go" }).click();
    await wordsOn(buyer);
    await heading(buyer, "Only this browser has the key");
    expect(keys.size).toBe(1);
    await expect.poll(() => buyer.url()).toContain("/h?of=");
    expect(await buyer.evaluate("location.href")).not.toContain([...keys][0]);
    await buyer.getByRole("link", { name: "Make my card" }).click();
    await buyer.waitForURL(/\/card$/);
  });

  it("is told of before it goes when the offer was over by then", async () => {
    const gift = await offered(true);
    const buyer = await looking(gift);
    await buyer.route(ACCEPT, (route) => route.abort(), { times: 1 });
    await press(buyer, "Accept the gift");
    await heading(buyer, "Your yes may not have arrived");
    await api.delete(`/v1/twins/${gift.owner.twin}/handover`, gift.owner.token);
    await buyer.goto(server.url);
    await buyer.getByRole("link", { name: "Your yes was not taken" }).click();
    await heading(buyer, "It was over before your yes arrived");
    await expect.poll(() => takingsOn(buyer)).toHaveLength(1);
    await press(buyer, "Put it away");
    await buyer.getByLabel("Their code").waitFor();
    await expect.poll(() => takingsOn(buyer)).toEqual([]);
  });
});

describe("a yes", () => {
  it("that was said in one tab is not lost by saying it in another", async () => {
    const sale = await offered();
    const one = await looking(sale);
    const two = await one.context().newPage();
    const deaf = await one.context().newPage();
    // Hears nothing of what other tabs do.
    await deaf.addInitScript("BroadcastChannel = class extends EventTarget { postMessage() {} }");
    for (const tab of [two, deaf]) {
      await tab.goto(sale.url);
      await tab.getByRole("button", { name: "Accept", exact: true }).waitFor();
    }
    await press(two, "Accept");
    const words = await wordsOn(two);
    await expect.poll(() => wordsOn(one)).toBe(words);
    await press(deaf, "Accept");
    await expect.poll(() => wordsOn(deaf)).toBe(words);
    await expect.poll(() => takingsOn(deaf)).toMatchObject([{ accepted: { words } }]);
    await release(api, sale.owner, words);
    for (const tab of [one, two, deaf]) await heading(tab, "It is yours");
  });

  it("is to the record that was checked, whatever else the server says of it", async () => {
    const sale = await offered();
    const buyer = await browsers.device("about:blank", OPTIONS);
    await buyer.route("**/handover/open", async (route) => {
      const json = await (await route.fetch()).json();
      await route.fulfill({ json: { ...json, head: { size: 7, root: "0".repeat(64) } } });
    });
    await buyer.goto(sale.url);
    await press(buyer, "Accept");
    const words = await wordsOn(buyer);
    expect((await release(api, sale.owner, words)).status).toBe(200);
  });

  it("that a full device can't keep isn't said, and can be said again", async () => {
    const sale = await offered();
    const buyer = await looking(sale);
    const keys = keysOf(buyer.context());
    await fill(buyer);
    await press(buyer, "Accept");
    await buyer.getByText("This device has no room left").waitFor();
    expect(keys.size).toBe(0);
    await buyer.evaluate("makeRoom()");
    await press(buyer, "Accept");
    await wordsOn(buyer);
  });
});
