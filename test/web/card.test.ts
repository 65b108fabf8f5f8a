// One key for everything: the card of twelve words, and what is left without it, the recovery code of one thing. In real browsers at the
// real server, as people do it.

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newSecret, wordsOf } from "../../src/web/keys/card.ts";
import { write } from "../support/people.ts";
import { onDisk } from "../support/server/on-disk.ts";
import {
  addThing,
  button,
  card,
  confirm,
  go,
  keptOn,
  liveLabels,
  makeCard,
  openByWords,
  owner,
  ownerOf,
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

describe("a card of twelve words", () => {
  it("opens everything on a browser that was never here, and each device has a channel of its own", async () => {
    const mine = await owner(world);
    await write(world.api, ownerOf(mine), "It squeaks in the morning");
    await addThing(mine.page, "Grandfather's clock");
    const list = await makeCard(mine.page);
    expect(list.length).toBe(12);

    const fresh = await stranger(world);
    await openByWords(fresh, `  ${list.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join("\n")} `);
    await shows(fresh, "2 things are on this device now.");
    await fresh.getByRole("link", { name: "To my things" }).click();
    await shows(fresh, "Grandfather's clock");
    await go(fresh, `/t/${mine.twin}`);
    await shows(fresh, "It squeaks in the morning");

    expect(await liveLabels(world.api, mine)).toEqual(["Card of 12 words", "Chrome on Linux", "Chrome on Linux 2"]);
    // Two devices and a card: three different keys, of which the fresh device got one of its own.
    const tokens = new Set([
      mine.token,
      (await keptOn(fresh))!.ring.twins.find(({ twin }) => twin === mine.twin)!.token,
    ]);
    expect(tokens.size).toBe(2);
    expect(mine.faults).toEqual([]);
  });

  it("is nowhere on the server: neither a word of it nor a token in it", async () => {
    const mine = await owner(world);
    const list = await makeCard(mine.page);
    const kept = (await keptOn(mine.page))!;
    const secret = Buffer.from(kept.secret);
    const [twin] = kept.ring.twins;
    const needles = [
      list.join(" "),
      ...list.slice(1).map((word, n) => `${list[n]} ${word}`),
      ...list.slice(1).map((word, n) => `"${list[n]}","${word}"`),
      secret.toString("base64url"),
      secret.toString("hex"),
      twin!.token.split("~")[1]!,
      mine.token.split("~")[1]!,
      twin!.recoveryCode!,
      twin!.recoveryCode!.toLowerCase().replaceAll("-", "").slice(26),
      secret,
    ];
    // The search finds what is there: the twin's id.
    expect(onDisk(world.server.dataDir, [mine.twin, ...needles])).toEqual([mine.twin]);
  });

  it("says which word is wrong, that the words don't fit, and that they open nothing", async () => {
    const page = await stranger(world, "/open");
    const list = await wordsOf(newSecret());
    const says = async (typed: string, text: string | RegExp): Promise<void> => {
      await openByWords(page, typed);
      await shows(page, text);
    };
    await says("two applets 3", /A card has 12 words; here are 2/);
    await says(list.slice(0, 11).join(" "), "A card has 12 words; here are 11.");
    await says(list.with(4, "qwertz").join(" "), "Word number 5, “qwertz”, is on no card. Is it spelled right?");
    await says("abandon ".repeat(12), /but not together/);
    await says(list.join(" "), "These words open nothing here");
    await expect.poll(() => keptOn(page)).toBeNull();
  });

  it("asks again for a word that isn't the one on the card, and hides the words until they are asked for", async () => {
    const { page } = await owner(world);
    await go(page, "/card");
    await button(page, "Show my 12 words").waitFor();
    await expect.poll(() => card(page).count()).toBe(0);
    await button(page, "Show my 12 words").click();
    const list = await wordsShown(page);
    await confirm(
      page,
      list.toReversed().map((_, n) => list[(n + 1) % 12]!),
    );
    await shows(page, /This isn't word number/);
    await expect.poll(async () => (await keptOn(page))!.ring.confirmedAt).toBeNull();
    await button(page, "Show the words again").click();
    await expect.poll(() => wordsShown(page)).toEqual(list);
  });

  it("is printed with its words, its code and what a finder should know, and nothing else of the page", async () => {
    const { page } = await owner(world);
    await go(page, "/card");
    await button(page, "Show my 12 words").click();
    const list = await wordsShown(page);
    await page.emulateMedia({ media: "print" });
    const paper = page.locator(".paper");
    await expect.poll(() => paper.isVisible()).toBe(true);
    await expect
      .poll(() => paper.locator("li").allInnerTexts())
      .toEqual(list.map((word, n) => `${n + 1}${word}`.replace(/^(\d+)/, "$1\n")));
    await paper.getByText(/Found it\?/).waitFor();
    await expect.poll(() => paper.locator("svg path").getAttribute("d")).not.toBe("");
    await expect.poll(() => button(page, "I have written them down").isVisible()).toBe(false);
  });

  it("that was scanned opens only after a yes, and is out of the address bar at once", async () => {
    const mine = await owner(world);
    const list = await makeCard(mine.page);
    const secret = Buffer.from((await keptOn(mine.page))!.secret).toString("base64url");
    const fresh = await stranger(world, `/open#${secret}`);
    await shows(fresh, "A card was scanned");
    expect(await fresh.evaluate("location.href")).toBe(world.at("/open"));
    await expect.poll(() => fresh.evaluate("history.length + JSON.stringify(history.state)")).not.toContain(secret);
    await expect.poll(() => keptOn(fresh)).toBeNull();
    await button(fresh, "Open it on this device").click();
    await shows(fresh, "1 thing is on this device now.");
    await fresh.reload();
    await fresh.getByLabel("The 12 words of your card").waitFor();
    await expect.poll(() => fresh.getByText("A card was scanned").count()).toBe(0);
    expect(list.length).toBe(12);
  });

  it("doesn't open on a device that belongs to another card, so that two people's things don't mix", async () => {
    const [mine, theirs] = [await owner(world), await owner(world)];
    const list = await makeCard(mine.page);
    await makeCard(theirs.page);
    await openByWords(theirs.page, list.join(" "));
    await shows(theirs.page, "This device belongs to another card");
    await expect
      .poll(async () => (await keptOn(theirs.page))!.ring.twins.map(({ twin }) => twin))
      .toEqual([theirs.twin]);
  });

  it("takes in what was on a device before it was opened there", async () => {
    const mine = await owner(world);
    const list = await makeCard(mine.page);
    const second = await owner(world);
    await openByWords(second.page, list.join(" "));
    await shows(second.page, "1 thing is on this device now.");
    await saved(second.page);
    const fresh = await stranger(world);
    await openByWords(fresh, list.join(" "));
    await shows(fresh, "2 things are on this device now.");
  });

  it("never keeps anyone from writing: without its place on the server a thing is claimed, and it heals", async () => {
    const page = await stranger(world, "/add");
    await page.context().route("**/v1/keyrings/**", (route) => route.abort());
    await page
      .context()
      .route(/\/channels$/, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await page.getByRole("textbox", { name: "What is it?" }).fill("A kettle");
    await page.getByRole("button", { name: "Add it" }).click();
    await page.waitForURL(/\/t\/[^/]+\/write$/);
    await page.getByRole("textbox", { name: "Your note" }).fill("Written at once");
    await button(page, "Keep this note").click();
    await shows(page, "Written at once");
    await expect.poll(() => keptOn(page)).toMatchObject({ saved: false, arrivals: 1 });
    await page.context().unrouteAll();
    await page.evaluate("dispatchEvent(new Event('online'))");
    await expect.poll(async () => (await saved(page))!.ring.twins.length).toBe(1);
  });
});

describe("one thing's recovery code", () => {
  it("waits a day while somebody uses the thing, who is told and may stop it; a wrong one is refused", async () => {
    const mine = await owner(world);
    const code = (await keptOn(mine.page))!.ring.twins[0]!.recoveryCode!;
    const page = await stranger(world, "/open");
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill("0000-0000");
    await button(page, "Recover this thing").click();
    await shows(page, /This is not the recovery code of a thing/);
    await page.getByLabel("Recovery code").fill(code.toLowerCase());
    await button(page, "Recover this thing").click();
    await shows(page, /All who can open it are told now and may object/);
    await page.reload();
    await page.getByText("Only the recovery code of one thing?").click();
    await shows(page, /Can be opened after/);
    await go(mine.page, `/t/${mine.twin}`);
    await shows(mine.page, "Somebody uses the recovery code of this thing");
    await button(mine.page, "That isn't me, stop it").click();
    await shows(mine.page, /It is stopped/);
    expect((await world.api.get(`/v1/twins/${mine.twin}/recovery`, mine.token)).body).toEqual({ state: "none" });
  });

  it("opens its thing also when the answer was lost, which held the only key", async () => {
    const { body } = await world.api.post("/v1/twins", { product: { name: "A kettle" } });
    const page = await stranger(world, "/open");
    await page.context().route("**/v1/recoveries", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill(body.recoveryCode);
    await button(page, "Recover this thing").click();
    await button(page, "Open it now").waitFor();
    await page.context().unrouteAll();
    expect((await world.api.get(`/v1/twins/${body.twin}`, body.token)).status).toBe(401);
    await page.reload();
    await page.getByText("Only the recovery code of one thing?").click();
    await page.getByLabel("Recovery code").fill(body.recoveryCode.toLowerCase().replaceAll("-", " "));
    await button(page, "Recover this thing").click();
    await shows(page, "A kettle is yours again, on this device.");
    await expect.poll(async () => (await saved(page))!.ring.twins.map(({ twin }) => twin)).toEqual([body.twin]);
  });
});

it("puts no token, no word and no fragment in any address that is asked for", () => {
  expect(world.browsers.asked.length).toBeGreaterThan(100);
  expect(tellingAddresses(world)).toEqual([]);
});
