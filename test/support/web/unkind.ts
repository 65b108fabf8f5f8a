// A browser as on the worst day: with UNKIND=1 in the environment, answers, what sockets say and what is to run after a paint come late, at
// random. A test that reads too early, or a page that trusts an order that no network keeps, is found out by it.

import type { Browser } from "playwright-core";

/** In every page, before its own scripts: up to 0.6 s, mostly less. Preact waits for a paint with its own timeouts of 35 ms. */
const LATE = `{
  const some = () => Math.random() ** 2 * 600;
  const later = globalThis.setTimeout.bind(globalThis);
  const wait = () => new Promise((over) => later(over, some()));
  const { fetch, requestAnimationFrame } = globalThis;
  const { addEventListener } = WebSocket.prototype;
  globalThis.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    await wait();
    return answer;
  };
  globalThis.requestAnimationFrame = (then) =>
    requestAnimationFrame(() => later(() => then(performance.now()), some() / 2));
  globalThis.setTimeout = (then, ms, ...rest) => later(then, ms === 35 ? ms + some() : ms, ...rest);
  WebSocket.prototype.addEventListener = function (type, hear, ...rest) {
    if (type !== "message") return addEventListener.call(this, type, hear, ...rest);
    let last = Promise.resolve();
    const heard = (event) => {
      last = last.then(wait).then(() => hear.call(this, event));
    };
    addEventListener.call(this, type, heard, ...rest);
  };
}`;

/** The same browser, unkind where that was asked for. */
export function unkind(browser: Browser): Browser {
  if (!process.env["UNKIND"]) return browser;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await context.addInitScript(LATE);
    return context;
  };
  return browser;
}
