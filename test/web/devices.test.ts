// The devices of one person: how another one is let in, what it is called, and how one is cut off. In real browsers at the real server.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newSecret } from "../../src/web/keys/card.ts";
import { sealTo } from "../../src/web/keys/device-key.ts";
import { readInvitation } from "../../src/web/keys/pairing-code.ts";
import { open, seal, slotOf } from "../../src/web/keys/slot.ts";
import { eventually } from "../support/server/product.ts";
import { keptIn } from "../support/web/kept.ts";
import {
  addThing,
  button,
  confirm,
  copied,
  go,
  keptOn,
  liveLabels,
  makeCard,
  openByWords,
  owner,
  saved,
  shows,
  stranger,
  tellingAddresses,
  wordsShown,
} from "../support/web/keyring.ts";
import { WebWorld } from "../support/web/world.ts";

let world: WebWorld;

beforeAll(async () => {
  world = await WebWorld.start();
});
afterEach(() => world.browsers.closeAll());
afterAll(() => world?.end());

const digitsOn = (page: Page): Promise<string> => page.getByRole("img", { name: /^Digits to compare/ }).innerText();

/** `page`'s owner lets another device in by its code. */
async function pair(page: Page): Promise<Page> {
  await go(page, "/pair");
  const other = await stranger(world);
  await other.goto(await copied(page, "Copy the link"));
  await button(other, "Go on").click();
  await expect.poll(() => digitsOn(page)).toBe(await digitsOn(other));
  await button(page, "Yes, let it in").click();
  await shows(other, "It opened");
  await shows(page, /was let in/);
  return other;
}

describe("a second device", () => {
  it("is let in by a code, compared by four digits; used, the code opens nothing for whoever photographed it", async () => {
    const mine = await owner(world);
    await go(mine.page, "/pair");
    const link = await copied(mine.page, "Copy the link");
    expect(link).toMatch(new RegExp(`^${world.server.url}/pair#[A-Za-z0-9_-]{43}$`));
    const second = await stranger(world);
    await second.goto(link);
    await button(second, "Go on").waitFor();
    expect(await second.evaluate("location.href")).toBe(world.at("/pair"));
    await button(second, "Go on").click();
    await expect.poll(() => digitsOn(second)).toMatch(/^\d\d \d\d$/);
    await expect.poll(() => digitsOn(mine.page)).toBe(await digitsOn(second));
    await button(mine.page, "Yes, let it in").click();
    await shows(second, "1 thing is on this device now.");
    await shows(mine.page, "Chrome on Linux was let in");

    const thief = await stranger(world);
    await thief.goto(link);
    await button(thief, "Go on").click();
    await shows(thief, /too old or was used already/);
    await expect.poll(() => keptOn(thief)).toBeNull();
    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 2"]);
  });

  it("that answers a photographed code first keeps the one in the hand out, and a no gives it nothing", async () => {
    const mine = await owner(world);
    await go(mine.page, "/pair");
    const link = await copied(mine.page, "Copy the link");
    const thief = await stranger(world);
    await thief.goto(link);
    await button(thief, "Go on").click();
    // A person reads both screens: these digits are not on the device beside them.
    await expect.poll(() => digitsOn(mine.page)).toBe(await digitsOn(thief));
    const second = await stranger(world);
    await second.goto(link);
    await button(second, "Go on").click();
    await shows(second, /too old or was used already/);
    await button(mine.page, "No").click();
    await shows(thief, /you said no. Nothing was handed over/);
    await shows(mine.page, /you said no. Nothing was handed over/);
    await expect.poll(() => keptOn(thief)).toBeNull();
    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Chrome on Linux"]);
  });

  it("takes nobody's card but the first one's, also from who photographed the code and writes in between", async () => {
    const mine = await owner(world);
    await go(mine.page, "/pair");
    const link = await copied(mine.page, "Copy the link");
    const second = await stranger(world);
    await second.goto(link);
    await button(second, "Go on").click();
    await digitsOn(second);
    // The thief has all that the code says.
    const slot = await slotOf(readInvitation(new URL(link).hash.slice(1))!.secret, "pairing");
    const authorization = { Authorization: `Bearer ${slot.bearer}` };
    const url = world.at(`/v1/keyrings/${slot.name}`);
    const lies = await fetch(url, { headers: authorization });
    const said = (await open(slot, new Uint8Array(await lies.arrayBuffer()))) as { step: string; key: string };
    expect(said.step).toBe("show");
    const give = { step: "give", box: await sealTo(said.key, newSecret(), `pairing/${slot.name}`) };
    const put = await fetch(url, {
      method: "PUT",
      headers: {
        ...authorization,
        "If-Match": lies.headers.get("ETag")!,
        "Content-Type": "application/octet-stream",
      },
      body: await seal(slot, give),
    });
    expect(put.status).toBe(200);
    await shows(second, /Somebody else answered/);
    await expect.poll(() => keptOn(second)).toBeNull();
  });

  it("gets what is added on the first, and the terms that are chosen there", async () => {
    const mine = await owner(world);
    const second = await pair(mine.page);
    await saved(second);
    await addThing(mine.page, "A bicycle");
    await go(mine.page, "/terms");
    await mine.page.getByRole("radio").first().check();
    await mine.page.getByRole("radio").last().check();
    await mine.page.locator(".thumb-bar button").click();
    const { ring } = (await eventually(
      () => keptOn(mine.page),
      (kept) => kept !== null && kept.ring.terms !== null && kept.saved,
    ))!;
    await go(second, "/devices");
    await second.getByLabel("What this device is called").waitFor();
    await eventually(
      () => keptOn(second),
      (kept) => kept?.ring.twins.length === 2,
    );
    await expect.poll(async () => (await keptOn(second))!.ring.terms).toEqual(ring.terms);
    expect(ring.terms).not.toBeNull();
    await go(second, "/");
    await shows(second, "A bicycle");
  });

  it("is called what its person calls it, in the list and on every thing", async () => {
    const mine = await owner(world);
    await go(mine.page, "/devices");
    await mine.page.getByLabel("What this device is called").fill("Kitchen tablet");
    await button(mine.page, "Rename").click();
    await shows(mine.page, "It has its new name.");
    await eventually(
      () => liveLabels(world.api, mine),
      (labels) => labels.includes("Kitchen tablet"),
    );
    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Kitchen tablet"]);
  });

  it("that is cut off is out at once; after a new card its old words and its old ring are of no use, and the others go on", async () => {
    const mine = await owner(world);
    const old = await makeCard(mine.page);
    const [lost, tablet] = [await pair(mine.page), await pair(mine.page)];
    await saved(lost);
    await saved(tablet);
    const lostToken = (await keptIn<{ token: string }>(lost, "thing"))[0]!.token;
    expect((await world.api.get(`/v1/twins/${mine.twin}`, lostToken)).status).toBe(200);
    const ringToken = (await keptOn(lost))!.ring.twins[0]!.token;

    await go(mine.page, "/devices");
    await button(mine.page, "Cut off Chrome on Linux 2?").click();
    await mine.page.getByRole("dialog").getByRole("button", { name: "Cut off", exact: true }).click();
    await shows(mine.page, "Chrome on Linux 2 opens nothing any more");
    expect((await world.api.get(`/v1/twins/${mine.twin}`, lostToken)).status).toBe(401);
    await go(lost, "/devices");
    await shows(lost, "This device was cut off");
    await expect.poll(() => keptOn(lost)).toBeNull();

    await go(mine.page, "/card");
    await button(mine.page, "Make a new card").click();
    const list = await wordsShown(mine.page);
    expect(list).not.toEqual(old);
    await confirm(mine.page, list);
    await shows(mine.page, "The new card counts");
    expect((await world.api.get(`/v1/twins/${mine.twin}`, ringToken)).status).toBe(401);
    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 3"]);

    const fresh = await stranger(world);
    await openByWords(fresh, old.join(" "));
    await shows(fresh, "This is an old card");
    await openByWords(fresh, list.join(" "));
    await shows(fresh, "1 thing is on this device now.");

    await addThing(mine.page, "A lamp");
    await go(tablet, "/devices");
    await eventually(
      () => keptOn(tablet),
      (kept) => kept?.ring.twins.length === 2,
    );
    await go(tablet, "/");
    await shows(tablet, "A lamp");
  });

  it("that put itself into the ring with a stolen card is named before a new card is made, and doesn't go on", async () => {
    const mine = await owner(world);
    const old = await makeCard(mine.page);
    const thief = await stranger(world);
    await openByWords(thief, old.join(" "));
    await shows(thief, "1 thing is on this device now.");
    await saved(thief);
    await go(mine.page, "/card");
    await button(mine.page, "Make a new card").click();
    await mine.page.getByLabel("Chrome on Linux 2").uncheck();
    await confirm(mine.page, await wordsShown(mine.page));
    await shows(mine.page, "The new card counts");
    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Chrome on Linux"]);
    await go(thief, "/devices");
    await shows(thief, "This device was cut off");
    await expect.poll(() => keptOn(thief)).toBeNull();
  });

  it("finishes a new card that broke off on the way; until then the old one opens everything", async () => {
    const mine = await owner(world);
    const old = await makeCard(mine.page);
    await button(mine.page, "Make a new card").click();
    const list = await wordsShown(mine.page);
    await mine.context.route("**/v1/keyrings/**", (route) => route.abort());
    await confirm(mine.page, list);
    await shows(mine.page, "The new card is waiting for the network");
    await expect.poll(() => button(mine.page, "Make a new card").count()).toBe(0);
    const fresh = await stranger(world);
    await openByWords(fresh, old.join(" "));
    await shows(fresh, "1 thing is on this device now.");
    await saved(fresh);

    await mine.context.unrouteAll();
    await mine.page.reload();
    const kept = (await saved(mine.page))!;
    expect(kept.ring.devices.map(({ name }) => name)).toEqual(["Chrome on Linux"]);
    const late = await stranger(world);
    await openByWords(late, old.join(" "));
    await shows(late, "This is an old card");
    await openByWords(late, list.join(" "));
    await shows(late, "1 thing is on this device now.");
    // The device that came by the old words was not one of those that its owner let go on.
    await go(fresh, "/devices");
    await shows(fresh, "This device was cut off");
    await expect.poll(() => keptOn(fresh)).toBeNull();
    expect((await liveLabels(world.api, mine)).filter((label) => label === "Card of 12 words").length).toBe(1);
  });

  it("forgets everything when its person says so, and gives up its keys", async () => {
    const mine = await owner(world);
    const list = await makeCard(mine.page);
    const other = await mine.context.newPage();
    await other.goto(world.at(`/t/${mine.twin}`));
    await other.getByRole("heading", { name: "Model T" }).waitFor();
    await go(mine.page, "/devices");
    await button(mine.page, "Forget everything").click();
    const sheet = mine.page.getByRole("dialog");
    await sheet.getByLabel("I have my card of 12 words").check();
    await sheet.getByRole("button", { name: "Forget everything" }).click();
    await mine.page.waitForURL(world.at("/"));
    await mine.page.waitForLoadState();
    await expect.poll(() => keptOn(mine.page)).toBeNull();
    await other.getByRole("heading", { name: "Model T" }).waitFor({ state: "detached" });
    expect((await world.api.get(`/v1/twins/${mine.twin}`, mine.token)).status).toBe(401);
    await openByWords(mine.page, list.join(" "));
    await shows(mine.page, "1 thing is on this device now.");
  });

  it("warns before it forgets what no card opens", async () => {
    const { page } = await owner(world);
    await go(page, "/devices");
    await button(page, "Forget everything").click();
    await shows(page, /Your card is not on paper/);
    await expect
      .poll(() => page.getByRole("dialog").getByRole("button", { name: "Forget everything" }).isDisabled())
      .toBe(true);
    // From within a sheet the keyboard comes to the next page's heading, too.
    await page.getByRole("dialog").locator('a[href="/card"]').press("Enter");
    await page.waitForURL(world.at("/card"));
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("H1");
  });
});

it("puts no token, no word and no fragment in any address that is asked for", () => {
  expect(world.browsers.asked.length).toBeGreaterThan(100);
  expect(tellingAddresses(world)).toEqual([]);
});
