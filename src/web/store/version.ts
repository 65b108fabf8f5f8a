// The app's own versions: a newer one is offered, and taken when the person says so. Never reloads a page under its reader.

import { signal, type ReadonlySignal } from "@preact/signals";
import { TAKE_OVER } from "./worker-words.ts";

const ASKED_AGAIN_AFTER_MS = 3_600_000;

const isHere = signal(false);
/** Whether a newer version of the app waits to be used. */
export const newVersion: ReadonlySignal<boolean> = isHere;

let waiting: ServiceWorker | null = null;
let taking = false;

/** Uses the newer version: reloads this page. */
export function takeNewVersion(): void {
  taking = true;
  if (waiting && waiting.state !== "redundant") waiting.postMessage(TAKE_OVER);
  else location.reload();
}

function offer(worker: ServiceWorker | null): void {
  // The very first worker replaces nothing.
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  isHere.value = true;
}

/** A page that is never idle has what it needs by then. */
const QUIET_MS = 2_000;

/** Once the page has what it needs itself: the worker loads the whole app. */
const quiet = (): Promise<void> =>
  new Promise((done) => {
    const idle = (): unknown =>
      "requestIdleCallback" in window
        ? requestIdleCallback(() => done(), { timeout: QUIET_MS })
        : setTimeout(done, 1_000);
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, { once: true });
  });

let started: Promise<void> | null = null;

/** Registers the service worker and watches for newer ones, once; resolves when it is registered, or can't be. */
export const startWorker = (): Promise<void> => (started ??= start());

async function start(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  await quiet();
  const { serviceWorker } = navigator;
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    if (taking) location.reload();
    // Another tab took the newer version; this one still shows the older.
    else if (controlled) isHere.value = true;
    controlled = true;
  });
  try {
    const registration = await serviceWorker.register("/sw.js", { updateViaCache: "none" });
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed") offer(installing);
      });
    });
    let askedAt = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || Date.now() - askedAt < ASKED_AGAIN_AFTER_MS) return;
      askedAt = Date.now();
      registration.update().catch(() => {});
    });
  } catch {
    // The app works without, only not offline.
  }
}
