// Telling an owner's browsers, by web push, that there is news. Sends names, never words; never keeps the relay to companies waiting.

import type { ChannelId, TwinId } from "../domain/ids.ts";
import { ABOUT, type News, type PushView, type Subscription } from "../domain/push.ts";
import { rfc3339 } from "../domain/instant.ts";
import { log } from "../platform/log.ts";
import { LEASE_MS } from "../relay/courier.ts";
import { nextTryMs } from "../relay/push/outcome.ts";
import { sendPush, type PushResult } from "../relay/push/send.ts";
import type { Vapid } from "../relay/push/vapid.ts";
import type { RelaySettings } from "../relay/settings.ts";
import { addEvent, lastEvent, mayReadEvent, type EventAbout } from "./events.ts";
import type { Ground } from "./ground.ts";
import {
  endExpiredSubscriptions,
  endSubscription,
  enqueuePush,
  finishPush,
  keepSubscription,
  nextPushAt,
  retryPush,
  subscribedChannels,
  subscriptionOf,
  takeDue,
  type DuePush,
} from "./pushes.ts";

/** Of the six connections an invocation may have open, the courier's are not to wait for these. */
const AT_ONCE = 2;

export function pushView({ sql }: Ground, channel: ChannelId): PushView {
  const subscribed = subscriptionOf(sql, channel);
  return subscribed
    ? { on: true, host: new URL(subscribed.endpoint).host, since: rfc3339(subscribed.since) }
    : { on: false };
}

export function subscribe(ground: Ground, channel: ChannelId, subscription: Subscription, now: number): PushView {
  ground.storage.transactionSync(() => {
    keepSubscription(ground.sql, channel, subscription, now);
    // A channel that expires takes its subscription along.
    const next = nextPushAt(ground.sql);
    if (next !== null) ground.wakeAt(next);
  });
  return pushView(ground, channel);
}

export function unsubscribe({ storage, sql }: Ground, channel: ChannelId): void {
  storage.transactionSync(() => endSubscription(sql, channel));
}

/**
 * An event that is news for an owner: into the feed, and due to every subscribed channel that may read it. Part of the transaction it is called in.
 * @param by the channel that caused it, and knows; null when it was no channel
 */
export function addNews(ground: Ground, type: News, about: EventAbout, now: number, by: ChannelId | null = null): void {
  const { sql, channels } = ground;
  addEvent(sql, type, about, now);
  const told = subscribedChannels(sql).filter((id) => {
    const caller = id === by ? null : channels.callerOf(id, now);
    return caller !== null && mayReadEvent(caller, { type, channel: about.channel ?? null });
  });
  if (told.length === 0) return;
  const event = lastEvent(sql);
  for (const id of told) enqueuePush(sql, id, ABOUT[type], about.note ?? null, event, now);
  ground.wakeAt(now);
}

export type PusherDeps = {
  readonly storage: DurableObjectStorage;
  readonly settings: RelaySettings;
  readonly twin: () => TwinId;
  readonly vapid: () => Promise<Vapid>;
  readonly now: () => number;
  readonly random01: () => number;
  readonly fetch: typeof fetch;
};

/** Sends what is due. Every try is noted before it begins, so that a crash loses none. */
export class Pusher {
  readonly #deps: PusherDeps;
  readonly #sql: SqlStorage;
  #sending = 0;
  #stopped = false;

  constructor(deps: PusherDeps) {
    this.#deps = deps;
    this.#sql = deps.storage.sql;
  }

  /** Begins what is due, and settles once nothing of it is under way. Never throws; may be called while another run lasts. */
  async run(): Promise<void> {
    const begun: Promise<void>[] = [];
    while (!this.#stopped && this.#sending < AT_ONCE) {
      const push = this.#take();
      if (push === null) break;
      this.#sending++;
      begun.push(
        this.#try(push).then(() => {
          this.#sending--;
          return this.run();
        }),
      );
    }
    await Promise.all(begun);
  }

  /** When to run next (ms; in the past: now), null when nothing is due. */
  nextDueAt(): number | null {
    const at = nextPushAt(this.#sql);
    // With all hands full, whoever finishes first goes on; the alarm is for when none does.
    return at !== null && this.#sending === AT_ONCE ? Math.max(at, this.#deps.now() + LEASE_MS) : at;
  }

  /** For an object whose tables are about to go: what is under way is forgotten. */
  stop(): void {
    this.#stopped = true;
  }

  #take(): DuePush | null {
    const now = this.#deps.now();
    return this.#deps.storage.transactionSync(() => {
      endExpiredSubscriptions(this.#sql, now);
      return takeDue(this.#sql, now, now + LEASE_MS);
    });
  }

  async #try(push: DuePush): Promise<void> {
    const subscription = subscriptionOf(this.#sql, push.channel);
    let result: PushResult = { outcome: "retry", retryAfterMs: null };
    try {
      if (subscription) result = await this.#send(subscription, push);
    } catch (fault) {
      // The name only: a message may quote the address.
      log("push-fault", { fault: fault instanceof Error ? fault.name : "unknown" });
    }
    if (this.#stopped) return;
    this.#deps.storage.transactionSync(() => this.#settle(push, subscription, result));
  }

  async #send(subscription: Subscription, { about, note }: DuePush): Promise<PushResult> {
    const { twin, vapid, settings, fetch, now } = this.#deps;
    const payload = { twin: twin(), about, ...(note !== null && { note }) };
    return sendPush({ subscription, payload, vapid: await vapid(), target: settings }, { fetch, now });
  }

  #settle(push: DuePush, tried: Subscription | null, { outcome, retryAfterMs }: PushResult): void {
    const now = this.#deps.now();
    const present = subscriptionOf(this.#sql, push.channel);
    if (outcome === "gone") {
      if (present === null || present.endpoint === tried?.endpoint) endSubscription(this.#sql, push.channel);
      // The browser has a new address since: it is tried there.
      else retryPush(this.#sql, push, now);
      return;
    }
    const delay =
      outcome === "retry"
        ? nextTryMs(push.tries, retryAfterMs, this.#deps.random01(), this.#deps.settings.scale)
        : null;
    if (delay === null) finishPush(this.#sql, push, now);
    else retryPush(this.#sql, push, now + delay);
  }
}
