// What people do with their keys in the app's pages: the card of twelve words, another device, an invitation, and what a device then holds.

import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Client } from "../client.ts";
import type { TestOwner } from "../people.ts";
import { eventually } from "../server/product.ts";
import { keptUnder } from "./kept.ts";
import type { Device } from "./owner.ts";
import type { WebWorld } from "./world.ts";

type Ring = {
  twins: { twin: string; token: string; recoveryCode: string | null }[];
  devices: { name: string }[];
  confirmedAt: string | null;
  terms: { code: string } | null;
};
type Held = {
  ring: Ring;
  secret: Uint8Array;
  arrivals: unknown[];
  revision: number;
  savedRevision: number;
  next: unknown;
};
/** `saved`: its last change lies on the server. `next`: a new card was begun. */
type Kept = { ring: Ring; secret: Uint8Array; arrivals: number; saved: boolean; next: boolean } | null;

/** What a device keeps of its keyring; null where it has none. */
export async function keptOn(page: Page): Promise<Kept> {
  // Null once this device was cut off.
  const held = await keptUnder<Held | null>(page, "meta", "keyring");
  if (!held) return null;
  const { ring, secret, arrivals, revision, savedRevision, next } = held;
  return { ring, secret, arrivals: arrivals.length, saved: revision === savedRevision, next: next !== null };
}
/** Once this device's keyring lies on the server, whole. */
export const saved = (page: Page): Promise<Kept> =>
  eventually(
    () => keptOn(page),
    (kept) => kept !== null && kept.saved && kept.arrivals === 0 && !kept.next,
  );

const COPIES = { permissions: ["clipboard-read", "clipboard-write"] };

/** An owner's device, once its keyring lies on the server. */
export async function owner(world: WebWorld): Promise<Device> {
  const device = await world.claimed(COPIES);
  await saved(device.page);
  return device;
}
/** A device on which nothing was ever opened. */
export const stranger = (world: WebWorld, path = "/"): Promise<Page> => world.browsers.device(world.at(path), COPIES);

export const ownerOf = ({ twin, token }: Pick<Device, "twin" | "token">): TestOwner => ({
  twin,
  token,
  recoveryCode: "",
});
export const button = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name });
export const shows = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
/** Opens another page of the app, of which one stands open. */
export const go = (page: Page, path: string): Promise<unknown> => page.goto(new URL(path, page.url()).href);

/** Makes another thing on this device, as its owner does. */
export async function addThing(page: Page, name: string): Promise<void> {
  await go(page, "/add");
  await page.getByRole("textbox", { name: "What is it?" }).fill(name);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.waitForURL(/\/t\/[^/]+\/write$/);
  await saved(page);
}

export const card = (page: Page): Locator => page.getByRole("list", { name: "Your 12 words" });
export async function wordsShown(page: Page): Promise<string[]> {
  await card(page).waitFor();
  return card(page).locator("li span[translate]").allTextContents();
}

/** Confirms the words on the table by the two that are asked for. */
export async function confirm(page: Page, list: readonly string[]): Promise<void> {
  await button(page, "I have written them down").click();
  const labels = await page.locator("label", { hasText: /^Word number/ }).allTextContents();
  expect(labels.length).toBe(2);
  for (const label of labels) await page.getByLabel(label, { exact: true }).fill(list[Number(/\d+/.exec(label)) - 1]!);
  await button(page, "That is what my paper says").click();
}

/** The words of this device's card, on paper. */
export async function makeCard(page: Page): Promise<string[]> {
  await go(page, "/card");
  await button(page, "Show my 12 words").click();
  const list = await wordsShown(page);
  await confirm(page, list);
  await shows(page, "Your card is ready");
  await saved(page);
  return list;
}

export async function openByWords(page: Page, typed: string): Promise<void> {
  await go(page, "/open");
  await page.getByLabel("The 12 words of your card").fill(typed);
  await button(page, "Open").click();
}

export async function copied(page: Page, name: string): Promise<string> {
  await page.evaluate("navigator.clipboard.writeText('')");
  // What is said passes: it is waited for from the beginning.
  await Promise.all([shows(page, "Copied"), button(page, name).click()]);
  return eventually(
    () => page.evaluate<string>("navigator.clipboard.readText()"),
    (text) => text !== "",
  );
}

/** The names of all that still reach a thing. */
export async function liveLabels(api: Client, { twin, token }: Pick<TestOwner, "twin" | "token">): Promise<string[]> {
  const { items } = (await api.get(`/v1/twins/${twin}/channels`, token)).body;
  return (items as { label: string; revokedAt: string | null }[])
    .flatMap(({ label, revokedAt }) => (revokedAt === null ? [label] : []))
    .toSorted();
}

const HELD = /~[A-Za-z0-9_-]{43}|[?&](?!limit=|after=|cursor=|q=)[a-z]+=[^&]{16}/;
/** Of the addresses that were asked for, those that are another's or hold what only its owner may know: a token, a word, a fragment. */
export const tellingAddresses = ({ browsers, server }: WebWorld): string[] =>
  browsers.asked.filter((url) => HELD.test(url) || new URL(url).origin !== server.url);
