// Keeping up: sockets to the things most lately in use, the feed for the others. One tab does it for all; it heals by itself.

import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { OVER, REVOKED, WHY_OVER } from "../../domain/live-end.ts";
import { hearCalls } from "../api/call.ts";
import type { FeedEvent } from "../api/views.ts";
import { language } from "../words/language.ts";
import { afterwards, catchUp, endThing, takeEvents } from "./catchup.ts";
import type { Arrival } from "./change.ts";
import type { End } from "./db.ts";
import { keepHanded } from "./handed.ts";
import { arrival, broken, load, storedThings, waiting } from "./mirror.ts";
import { LANGUAGE, setMeta } from "./meta.ts";
import { unreadTotal } from "./notes.ts";
import { flushAnew, heardFromServer, startQueue } from "./queue.ts";
import { bothWanting, wantsAnything, type Wanting } from "./replica.ts";
import { things } from "./things.ts";
import { startWorker } from "./version.ts";
import type { WorkerWord } from "./worker-words.ts";

const SOCKETS = 12;
const POLL_MS = 60_000;
/** A socket that is silently dead is found out by asking the feed this often. */
const CHECK_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const STAYED_MS = 10_000;
const AFTERWARDS_MS = 1_000;
/** A page that was hidden for longer may have been frozen, its sockets with it. */
const FROZEN_AFTER_MS = 30_000;
const LOCK = "pico-twins.live";

/** What came in last from outside, for live regions. */
export const lastArrival: ReadonlySignal<Arrival | null> = arrival;

/** How the thing ended for this device, as its socket's closing says; null where it only broke off. */
function endOf({ code, reason }: CloseEvent): End | null {
  if (code === OVER) return reason === WHY_OVER.transferred ? "handed" : "erased";
  return code === REVOKED ? "revoked" : null;
}

/** Of a handover its name and the day are remembered, as where it was let go of. */
async function hearEnd(twin: string, token: string, how: End): Promise<void> {
  const ended = await endThing(twin, token, how);
  // A full device doesn't remember it; what goes is gone all the same.
  if (ended && how === "handed") {
    await keepHanded(twin, { name: ended.view.product.name, at: new Date().toISOString() }).catch(() => {});
  }
}

/** One thing's connection. */
class Line {
  readonly twin: string;
  readonly #isLive: boolean;
  #socket: WebSocket | null = null;
  #at = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;
  #inbox: FeedEvent[] = [];
  #taking: Promise<void> | null = null;
  #after: Wanting | null = null;

  constructor(twin: string, isLive: boolean) {
    this.twin = twin;
    this.#isLive = isLive;
    void this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Asks now; a socket that is open stays unless `anew`. */
  wake(anew: boolean): void {
    if (anew) this.#drop();
    this.#tries = 0;
    void this.#connect();
  }

  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    // A refused call says only that the thing is closed to this device: its socket, which the server closes, says why.
    if ((storedThings.peek().get(this.twin)?.ended ?? null) === null) this.#drop();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#inbox = [];
    socket?.close();
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(() => void this.#connect(), ms);
  }

  #backOff(): void {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#tries++, LONGEST_PAUSE_MS);
    this.#again(pause * (0.5 + Math.random() / 2));
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    const before = this.#socket;
    const reached = await catchUp(this.twin).catch(() => false);
    const thing = storedThings.peek().get(this.twin);
    if (this.#over || !thing || thing.ended !== null || this.#socket !== before) return;
    if (!reached) return this.#backOff();
    if (!this.#isLive) return this.#again(POLL_MS);
    if (this.#socket && thing.cursor > this.#at && !this.#taking) this.#drop(); // it said nothing of what came
    if (!this.#socket) this.#open(thing.token, thing.cursor);
    this.#again(CHECK_MS);
  }

  #open(token: string, cursor: number): void {
    const url = new URL(`/v1/twins/${this.twin}/live?after=${cursor}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url, ["pico-twins.v1", `bearer.${token}`]);
    this.#socket = socket;
    this.#at = cursor;
    let stayed: ReturnType<typeof setTimeout>;
    socket.addEventListener("open", () => {
      stayed = setTimeout(() => (this.#tries = 0), STAYED_MS);
    });
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (socket !== this.#socket) return;
      this.#inbox.push(JSON.parse(data) as FeedEvent);
      this.#taking ??= this.#take().finally(() => {
        this.#taking = null;
      });
    });
    socket.addEventListener("close", (closed) => {
      clearTimeout(stayed);
      const how = endOf(closed);
      if (how !== null) void hearEnd(this.twin, token, how);
      if (socket !== this.#socket) return;
      this.#socket = null;
      this.#backOff();
    });
  }

  /** Takes in what the socket brought, in its order. */
  async #take(): Promise<void> {
    while (this.#inbox.length > 0) {
      const events = this.#inbox.splice(0);
      const after = this.#at;
      this.#at = events.at(-1)!.seq;
      const taken = await takeEvents(this.twin, after, events, this.#at);
      if (taken.gap) return this.wake(true);
      if (wantsAnything(taken.wanting)) this.#later(taken.wanting);
    }
  }

  /** What no event carries is asked for once a burst is over. */
  #later(wanting: Wanting): void {
    const isSet = this.#after !== null;
    this.#after = this.#after ? bothWanting(this.#after, wanting) : wanting;
    if (isSet) return;
    setTimeout(() => {
      const after = this.#after;
      this.#after = null;
      if (after && !this.#over) void afterwards(this.twin, after);
    }, AFTERWARDS_MS);
  }
}

const lines = new Map<string, Line>();
let leads = false;

/** The things to keep up with, the liveliest first, by their tokens: a new token is a new line. */
const wanted = computed(() =>
  things.value.filter(({ ended }) => ended === null).map(({ id, token }) => ({ id, key: `${id} ${token}` })),
);
/** In no order: that one thing was used more lately than another is no reason to connect anew. */
const wantedKeys = computed(() =>
  wanted.value
    .map(({ key }) => key)
    .toSorted()
    .join("\n"),
);

function draw(): void {
  const keys = new Map(wanted.peek().map(({ id, key }) => [key, id]));
  for (const [key, line] of lines) {
    if (leads && keys.has(key)) continue;
    line.end();
    lines.delete(key);
  }
  if (!leads) return;
  for (const [key, id] of keys) {
    if (!lines.has(key)) lines.set(key, new Line(id, lines.size < SOCKETS));
  }
}

const wakeAll = (anew: boolean): void => {
  for (const line of lines.values()) line.wake(anew);
};

const lineOf = (twin: string): Line | undefined => [...lines.values()].find((line) => line.twin === twin);

/** This tab's place in line, and the place it leads by. */
let place: AbortController | null = null;
let led: AbortController | null = null;

/** The tab that was looked at last keeps up for all: one in the background may be frozen at any moment. */
function lead(steal: boolean): void {
  place?.abort();
  const mine = (place = new AbortController());
  const begin = (): Promise<never> => {
    led = mine;
    leads = true;
    draw();
    return new Promise(() => {});
  };
  if (!("locks" in navigator)) return void begin();
  navigator.locks.request(LOCK, steal ? { steal } : { signal: mine.signal }, begin).catch(() => {
    // Another tab took over: this one waits for its end. (A place that was given up for a better one is no loss.)
    if (led !== mine) return;
    leads = false;
    draw();
    lead(false);
  });
}

function keepUp(): void {
  effect(() => {
    void wantedKeys.value;
    draw();
  });
  lead(document.visibilityState === "visible");
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hiddenAt = Date.now();
      return;
    }
    if (leads) wakeAll(Date.now() - hiddenAt > FROZEN_AFTER_MS);
    else lead(true);
    void flushAnew();
  });
  addEventListener("online", () => wakeAll(true));
  addEventListener("offline", () => wakeAll(true));
}

/** What was sent while no socket told of it is asked for: the feed knows what became of it. */
function followUp(): void {
  let before: readonly string[] = [];
  effect(() => {
    const now = waiting.value.map(({ op }) => op.twin);
    for (const twin of new Set(before)) {
      const line = lineOf(twin);
      if (line && !line.isOpen && now.filter((id) => id === twin).length < before.filter((id) => id === twin).length) {
        line.wake(false);
      }
    }
    before = now;
  });
}

/** The badge of the installed app says how much is unread. */
function wearBadge(): void {
  effect(() => {
    const count = unreadTotal.value;
    if ("setAppBadge" in navigator) void navigator.setAppBadge(count).catch(() => {});
  });
}

function listenToWorker(): void {
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<WorkerWord>) => {
    if ("came" in data) lineOf(data.came)?.wake(false);
    else if (data.go !== location.pathname) {
      history.pushState(null, "", data.go);
      dispatchEvent(new PopStateEvent("popstate"));
    }
  });
}

/** Reads what this device keeps, then keeps up with the server for as long as the page is open. */
export function startSync(): void {
  void load().then(() => {
    if (broken.peek() !== null) return;
    hearCalls(({ token, status }) => {
      heardFromServer(status !== 0);
      const thing = status === 401 && things.peek().find((each) => each.token === token);
      // Whether it was cut off, its own feed says.
      if (thing) void catchUp(thing.id);
    });
    effect(() => void setMeta(LANGUAGE, language.value));
    startQueue();
    keepUp();
    followUp();
    wearBadge();
    listenToWorker();
    // Who only looks at a label needs no app without a connection, and should not load all of it.
    effect(() => {
      if (things.value.length > 0 || navigator.serviceWorker?.controller) void startWorker();
    });
  });
}
