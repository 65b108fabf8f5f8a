// What a device is called until its owner names it: its browser and what it runs on, such as "Chrome on Android".

import { words } from "../words/words.ts";

/** The first that is found counts: many browsers call themselves Chrome and Safari, too. */
const BROWSERS = [
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Firefox", /(Firefox|FxiOS)\//],
  ["Chrome", /(Chrome|Chromium|CriOS)\//],
  ["Safari", /Safari\//],
] as const;
const SYSTEMS = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["ChromeOS", /CrOS/],
  ["Windows", /Windows/],
  ["Mac", /Macintosh/],
  ["Linux", /Linux/],
] as const;

const firstIn = (names: readonly (readonly [string, RegExp])[], agent: string): string | undefined =>
  names.find(([, pattern]) => pattern.test(agent))?.[0];

export function deviceName(agent: string = navigator.userAgent): string {
  const { deviceName: name } = words.value.sync;
  const browser = firstIn(BROWSERS, agent) ?? name.browser;
  const system = firstIn(SYSTEMS, agent);
  return system === undefined ? browser : name.on(browser, system);
}
