// The service worker: opens the app without a connection, sends what waits, and tells of what came while the app is closed.
// It never keeps an answer of the API, and touches no page that is not the app's.

/// <reference lib="webworker" />
import { APP_PATHS } from "../../api/app-paths.ts";
import { call } from "../api/call.ts";
import { catchUp } from "../store/catchup.ts";
import { db } from "../store/db.ts";
import { LANGUAGE, meta, PUSHED } from "../store/meta.ts";
import { unreadIn } from "../store/replica.ts";
import { endPauses, flushQueue, SYNC_TAG } from "../store/sending.ts";
import { TAKE_OVER, type WorkerWord } from "../store/worker-words.ts";
import { sync as german } from "../words/de/sync.ts";
import { sync as english } from "../words/en/sync.ts";

declare const self: ServiceWorkerGlobalScope;
/** Background Sync is in no library of types yet. */
type SyncEvent = ExtendableEvent & { readonly tag: string };

/** Every built file; written in when the app is built, so that a new build is a new worker. */
const FILES = "__FILES__".split(" ");
const SHELL = "/";
const ICON = "/icon.svg";

const OURS = APP_PATHS.map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`));
const isAppPath = (path: string): boolean => OURS.some((pattern) => pattern.test(path));

const NAVIGATION_PATIENCE_MS = 3_000;
const CATCH_UP_PATIENCE_MS = 8_000;

/** A name for exactly this build (FNV-1a over its file names, which carry hashes of their content). */
const BUILD = FILES.join(" ")
  .split("")
  .reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0, 2_166_136_261)
  .toString(36);
const CACHE = `pico-twins ${BUILD}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([SHELL, ICON, ...FILES].map((path) => new Request(path, { cache: "no-cache" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", ({ data }) => {
  if (data === TAKE_OVER) void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (isAppPath(pathname)) event.respondWith(shell(event));
  } else if (pathname === ICON || FILES.includes(pathname)) event.respondWith(file(request));
});

/** The server's page if it comes soon; else the one that is here. */
async function shell(event: FetchEvent): Promise<Response> {
  const isLabel = new URL(event.request.url).pathname.startsWith("/01/");
  const kept = await caches.match(SHELL, { cacheName: CACHE });
  const keptHere = async (): Promise<Response | null> => (kept && isLabel ? asFromElsewhere(kept) : (kept ?? null));
  const late = new Promise<null>((done) => setTimeout(() => done(null), kept ? NAVIGATION_PATIENCE_MS : 60_000));
  try {
    const fresh = await Promise.race([fromServer(event, isLabel), late]);
    const instead = fresh === null || fresh.status >= 500 ? await keptHere() : null;
    return instead ?? fresh ?? Response.error();
  } catch {
    return (await keptHere()) ?? Response.error();
  }
}

/** Only what the browser itself asked tells the server truly who sent the person here; what a worker asks always comes from here. */
async function fromServer({ request, preloadResponse }: FetchEvent, isLabel: boolean): Promise<Response> {
  const preloaded = (await preloadResponse) as Response | undefined;
  if (preloaded) return preloaded;
  const asked = await fetch(request);
  return isLabel ? asFromElsewhere(asked) : asked;
}

/** The page as it is for those whom another site sent (src/api/app-shell.ts): where nobody can tell, it asks for no code. */
async function asFromElsewhere(page: Response): Promise<Response> {
  if (page.redirected || page.status !== 200) return page;
  const text = (await page.text()).replace("<html", '<html data-came="elsewhere"');
  return new Response(text, { headers: page.headers });
}

const file = async (request: Request): Promise<Response> =>
  (await caches.match(request, { cacheName: CACHE, ignoreSearch: true })) ?? fetch(request);

self.addEventListener("sync", (event) => {
  const sync = event as SyncEvent;
  if (sync.tag === SYNC_TAG) sync.waitUntil(sendAll());
});

/** The browser tries again later only what fails. */
async function sendAll(): Promise<void> {
  await endPauses();
  if (await flushQueue()) throw new Error("something still waits to be sent");
}

type Pushed = { readonly twin: string; readonly about: string; readonly note?: string };

self.addEventListener("push", (event) => {
  const pushed = read(event.data);
  event.waitUntil(pushed ? tell(pushed) : Promise.resolve());
});

function read(data: PushMessageData | null): Pushed | null {
  try {
    const pushed = data?.json() as Partial<Pushed> | undefined;
    return pushed && typeof pushed.twin === "string" && typeof pushed.about === "string" ? (pushed as Pushed) : null;
  } catch {
    return null;
  }
}

const pathOf = ({ twin, about, note }: Pushed): string => {
  if (about === "terms") return `/t/${twin}/terms`;
  if (about === "record") return `/t/${twin}/history`;
  if (about === "challenge") return `/t/${twin}/show`;
  if (about === "papers") return `/t/${twin}/papers`;
  return note === undefined ? `/t/${twin}` : `/t/${twin}/n/${note}`;
};

const windows = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

async function tell(pushed: Pushed): Promise<void> {
  const path = pathOf(pushed);
  const open = await windows();
  for (const client of open) client.postMessage({ came: pushed.twin } satisfies WorkerWord);
  const isSeen = open.some((client) => client.visibilityState === "visible" && new URL(client.url).pathname === path);
  // What came is here before the app is opened; it is no matter when the connection is too slow for it.
  await Promise.race([
    catchUp(pushed.twin).catch(() => false),
    new Promise((done) => setTimeout(done, CATCH_UP_PATIENCE_MS)),
  ]);
  await wearBadge();
  if (!isSeen) await show(pushed, path);
}

async function show({ twin, about, note }: Pushed, path: string): Promise<void> {
  const language = (await meta<string>(LANGUAGE).catch(() => undefined)) ?? "en";
  const { notice } = language === "de" ? german : english;
  const thing = await (await db()).get("thing", twin).catch(() => undefined);
  await self.registration.showNotification(about in notice ? notice[about as keyof typeof notice] : notice.any, {
    // The owner's own name for the thing is all it says, and that comes from this device.
    ...(thing && { body: thing.view.product.name }),
    lang: language,
    icon: "/icons/192.png",
    tag: note ?? `${twin} ${about}`,
    data: path,
  });
}

async function wearBadge(): Promise<void> {
  if (!("setAppBadge" in self.navigator)) return;
  const database = await db();
  const things = await database.getAll("thing");
  let count = 0;
  for (const thing of things) {
    const notes = await database.getAllFromIndex("note", "twin", thing.id);
    count += unreadIn(thing, notes, await database.getAllFromIndex("agreement", "twin", thing.id));
  }
  await self.navigator.setAppBadge(count).catch(() => {});
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path: unknown = event.notification.data;
  event.waitUntil(open(typeof path === "string" ? path : "/"));
});

/** Shows the path in a window of the app that is open, else in a new one. */
async function open(path: string): Promise<void> {
  const ours = (await windows()).filter((client) => isAppPath(new URL(client.url).pathname));
  const client =
    ours.find(({ url }) => new URL(url).pathname === path) ?? ours.find(({ focused }) => focused) ?? ours[0];
  if (!client) return void (await self.clients.openWindow(path));
  // A browser that doesn't let it come to the front shows it the way all the same.
  await client.focus().catch(() => client);
  client.postMessage({ go: path } satisfies WorkerWord);
}

/** The browser changed its address: those who tell this device must hear of it. */
self.addEventListener("pushsubscriptionchange", (event) => {
  (event as ExtendableEvent).waitUntil(subscribeAgain());
});

async function subscribeAgain(): Promise<void> {
  const twins = (await meta<readonly string[]>(PUSHED)) ?? [];
  if (twins.length === 0) return;
  const key = await call<{ publicKey: string }>("/v1/push");
  if (!key.ok) return;
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key.value.publicKey,
  });
  const database = await db();
  for (const twin of twins) {
    const thing = await database.get("thing", twin);
    if (thing) await call(`/v1/twins/${twin}/push`, { method: "PUT", token: thing.token, body: subscription.toJSON() });
  }
}
