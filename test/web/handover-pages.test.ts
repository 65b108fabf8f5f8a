// The pages of a handover, each side's at each of its stages, in German and with as much on them as there can be: what holds of every
// page holds of these, which no address alone opens.

import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "../support/client.ts";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { startServer, type TestServer, UNLIMITED } from "../support/server/server.ts";
import { launchBrowser } from "../support/web/browser.ts";
import { Browsers } from "../support/web/browsers.ts";
import { allFaults, englishLeft, TOUR_MS } from "../support/web/every-page.ts";
import { giveThing } from "../support/web/owner.ts";

const OPTIONS = { bypassCSP: true, locale: "de-DE" } as const;
/** What people wrote or named is nobody's to translate. */
const THEIRS = [
  "The lid can come off",
  "Boiling water may spill\\.",
  "A new hinge\\.",
  "Model T",
  "Maker m\\w+\\.example",
  "Pico Twins",
];
/** A label, but another thing's. */
const OTHER_LABEL = "k7m2q9x4t0vbr5hn";

let server: TestServer;
let browser: Browser;
let browsers: Browsers;
let api: Client;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: UNLIMITED }), launchBrowser()]);
  api = new Client(fetch, server.url);
  browsers = new Browsers(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.discard();
});

/** A thing with all that is said before it changes hands: a recall, a repair that was asked for, a photo on its record, a link, terms. */
async function furnish(maker: TestMaker): Promise<TestOwner> {
  const owner = await claim(api, maker);
  const own = `/v1/twins/${owner.twin}`;
  await agree(api, owner);
  await write(api, owner, "The hinge creaks.", { send: true, wants: "repair" });
  await api.post(`${own}/shares`, {}, owner.token);
  const body = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a52" } })
    .png()
    .toBuffer();
  const photo = await api.call("POST", `${own}/photos`, {
    token: owner.token,
    headers: { "Content-Type": "image/png" },
    body,
  });
  const done = { kind: "repairing", text: "A new hinge.", occurredOn: "2026-01-04", photos: [photo.body.id] };
  expect((await api.post(`${own}/history`, done, owner.token)).status).toBe(201);
  const { gtin } = (await api.get(own, owner.token)).body.product;
  const recall = { kind: "recall", gtin, title: "The lid can come off", text: "Boiling water may spill." };
  expect((await api.post(`/v1/makers/${maker.domain}/notices`, recall, maker.key)).status).toBe(202);
  return owner;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name }).first().waitFor();

it(
  "a handover speaks German on both sides at every stage, and is for everyone there: for axe, small screens, large text, keyboards and thumbs",
  { timeout: TOUR_MS },
  async () => {
    const owner = await furnish(await join(api, server.operatorKey));
    const found: Record<string, object> = {};
    let theirs = new RegExp(THEIRS.join("|"), "g");
    /** Looks at a page as it stands, with what is folded there unfolded, and leaves it at its usual size. */
    const look = async (stage: string, page: Page): Promise<void> => {
      await page.evaluate(`for (const one of document.querySelectorAll("main details")) one.open = true`);
      const english = await englishLeft(page, theirs);
      const faults = Object.entries({ english, ...(await allFaults(page)) });
      const wrong = faults.filter(([, each]) => !Array.isArray(each) || each.length > 0);
      if (wrong.length > 0) found[stage] = Object.fromEntries(wrong);
      await page.evaluate(`document.documentElement.style.fontSize = ""`);
    };

    const phone = await browsers.device(`${server.url}/about`, OPTIONS);
    await giveThing(phone, api, owner);
    await phone.goto(`${server.url}/t/${owner.twin}/handover`);
    await phone.getByText("Eine Reparatur, bei Maker").waitFor();
    await phone.getByRole("radio", { name: "Als Geschenk" }).check();
    await press(phone, "Verschenken");
    await heading(phone, "Wer den Code zuerst benutzt, dem gehört es");
    await look("before the offer", phone);
    await phone.getByRole("radio", { name: "Schritt für Schritt" }).check();
    await phone.getByRole("checkbox", { name: "Ich brauche keine Kopie" }).check();
    await press(phone, "Anbieten");
    await heading(phone, "Zum Vorlesen");
    await look("the offer", phone);
    const code = (await phone.locator(".offer-code span").allTextContents()).join("-");

    const buyer = await browsers.device(`${server.url}/h#${code.replaceAll(/[A-Z]/g, "A")}`, OPTIONS);
    await heading(buyer, "Dieser Code öffnet nichts");
    await look("a wrong code", buyer);
    await buyer.goto("about:blank");
    await buyer.goto(`${server.url}/h#${code}`);
    await buyer.getByText("The lid can come off").waitFor();
    await buyer.getByText("Eine Reparatur, bei Maker").waitFor();
    await buyer.locator(".entry-photos").scrollIntoViewIfNeeded();
    await expect.poll(() => buyer.evaluate('document.querySelector(".entry-photos img")?.naturalWidth')).toBe(300);
    await buyer.getByLabel("Die Adresse oder die Seriennummer auf dem Etikett").fill(OTHER_LABEL);
    await press(buyer, "Vergleichen");
    await heading(buyer, /^Das ist nicht das Etikett dieses Dings\./);
    await press(buyer, "Annehmen");
    await buyer.getByText("Sag zuerst, dass du es trotzdem willst.").waitFor();
    await look("the look, with another thing's label", buyer);
    await buyer.getByRole("checkbox", { name: "Ich weiß, dass das Etikett" }).check();

    await press(buyer, "Annehmen");
    await heading(buyer, "Lies diese Wörter vor");
    const four = await buyer.locator(".four-words li").allTextContents();
    theirs = new RegExp([...THEIRS, ...four.map((word) => `\\b${word}\\b`)].join("|"), "g");
    await press(buyer, "Ich habe es in den Händen");
    await buyer.getByText("Die andere Seite ist erinnert.").waitFor();
    await look("the four words", buyer);

    await heading(phone, "Jemand hat angenommen");
    await heading(phone, "Jemand, der deinen Code hat, sagt, das Ding ist da");
    await phone.getByLabel("Die vier Wörter, die dir vorgelesen werden").fill("zoo zoo zoo zoo");
    await press(phone, "Jetzt freigeben");
    await phone.getByText("Das sind nicht die richtigen Wörter.").waitFor();
    await look("letting go", phone);
    await phone.getByLabel("Die vier Wörter, die dir vorgelesen werden").fill(four.join(" "));
    await press(phone, "Jetzt freigeben");
    await heading(phone, "Es ist übergeben");
    await phone.getByText("nichts über euch beide.").waitFor();
    await look("gone", phone);
    await heading(buyer, "Es gehört dir");
    await look("theirs now", buyer);

    expect(found).toEqual({});
  },
);
