// What is looked for on every page, of the owner's app and of the desk: by axe, at the edges of a small screen, by keyboard, by thumb,
// from the right, and with large text.

import type { Page } from "playwright-core";
import { axeFindings } from "./browser.ts";

/** What was found wrong on a page, by what was looked for. */
type Faults = Record<string, unknown>;
type Tour = {
  readonly page: Page;
  readonly origin: string;
  readonly paths: readonly string[];
  /** Resolves once the page at `path` has all that is looked at. */
  readonly ready?: (path: string) => Promise<void>;
};

/** Opens each page in turn and gives what `look` finds wrong there, under its path; nothing where it finds nothing. */
export async function onEvery(
  { page, origin, paths, ready }: Tour,
  look: (page: Page, path: string) => Promise<Faults>,
): Promise<Record<string, Faults>> {
  const found: Record<string, Faults> = {};
  for (const path of paths) {
    await page.goto(origin + path);
    await page.locator("h1").first().waitFor();
    await page.locator(".loading").first().waitFor({ state: "detached" });
    await ready?.(path);
    const here = Object.entries(await look(page, path)).filter(
      ([, faults]) => !Array.isArray(faults) || faults.length > 0,
    );
    if (here.length > 0) found[path] = Object.fromEntries(here);
  }
  return found;
}

/** Long enough for every page also on a busy machine. */
export const TOUR_MS = 300_000;

/** What axe finds on a phone in light and on a wide screen in dark: each width and each scheme once. Leaves the page dark and wide. */
export async function axeFaults(page: Page): Promise<Faults> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const phone = await axeFindings(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1280, height: 844 });
  return { phone, desk: await axeFindings(page) };
}

/** What reaches out of the page to either side; what scrolls by itself may. */
const SIDEWAYS = `(() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [scrollWidth + " in " + clientWidth] : [];
})()`;

/** Where the focus can't go, or isn't seen. What is hidden from screen readers stands elsewhere in words. */
const UNREACHED = `[...document.querySelectorAll(":is(main, header, nav) :is(a[href], button, input, textarea, select, summary)")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("dialog:not([open]), [aria-hidden=true]"))
  .filter((element) => {
    element.focus({ focusVisible: true });
    if (document.activeElement !== element || element.tabIndex < 0) return true;
    const ringed = element.closest(".choice, .check") ?? element;
    return [element, ringed].every((one) => getComputedStyle(one).outlineStyle === "none");
  })
  .map((element) => element.outerHTML.slice(0, 120))`;

/** What is pressed and is lower than a finger needs (WCAG 2.5.5), unless it is a link in a text. */
const CRAMPED = `[...document.querySelectorAll("main button, header button, header a, nav :is(a, button), main .button, main input:not([type=radio], [type=checkbox], [type=file]), main select, main .choice, main .check, main a.row, main summary")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, dialog:not([open])"))
  .filter((element) => element.getBoundingClientRect().height < 44)
  .map((element) => element.outerHTML.slice(0, 120))`;

/** Whether it has one title, keeps to a screen of 320 px in either direction and one of 390 px at twice the size, and can be reached. */
export async function fitFaults(page: Page): Promise<Faults> {
  await page.setViewportSize({ width: 320, height: 740 });
  const titles = await page.locator("h1").allTextContents();
  const sideways = await page.evaluate(SIDEWAYS);
  const unreached = await page.evaluate(UNREACHED);
  const cramped = await page.evaluate(CRAMPED);
  await page.evaluate(`document.documentElement.dir = "rtl"`);
  const fromTheRight = await page.evaluate(SIDEWAYS);
  await page.setViewportSize({ width: 390, height: 740 });
  await page.evaluate(`document.documentElement.dir = "ltr"; document.documentElement.style.fontSize = "200%"`);
  const large = await page.evaluate(SIDEWAYS);
  const untitled =
    titles.length === 1 && (await page.title()).startsWith(titles[0]!) && (await page.locator("main").count()) === 1
      ? []
      : titles;
  return { untitled, sideways, unreached, cramped, fromTheRight, large };
}

/** All of that at one visit: opening a page costs more than looking at it. */
export const allFaults = async (page: Page): Promise<Faults> => ({
  ...(await axeFaults(page)),
  ...(await fitFaults(page)),
});

const ENGLISH = /\b(the|your|and|what|with|this|are|is|you|of|from|back|write)\b/i;

/** The lines of a page that are English, but for what `theirs` matches: words that are nobody's to translate. */
export async function englishLeft(page: Page, theirs: RegExp): Promise<string[]> {
  const text = (await page.locator("body").innerText()).replaceAll(theirs, "");
  return text.split("\n").filter((line) => ENGLISH.test(line));
}
