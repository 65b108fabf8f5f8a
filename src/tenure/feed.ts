// The owner's feed and its live sockets: events as they read now, to those whose scopes let them.

import type { Caller } from "../domain/access.ts";
import type { NoticeId } from "../domain/ids.ts";
import { OVER, REVOKED, WHY_OVER } from "../domain/live-end.ts";
import { now as clock } from "../platform/clock.ts";
import { agreementById, agreementView } from "./agreements.ts";
import type { Channels } from "./channels.ts";
import { eventsAfter, eventView, lastEvent, mayReadEvent, type EventRow, type EventView } from "./events.ts";
import { findView } from "./finder.ts";
import type { Ground } from "./ground.ts";
import type { Farewell } from "./identity.ts";
import { messageById } from "./messages.ts";
import { noteById, noteView } from "./notes.ts";
import { noticeView } from "./notices.ts";

const PROTOCOL = "pico-twins.v1";
const BATCH = 200;
const SCANNED_AT_ONCE = 2_000;
/** More than this is read from the feed, a page at a time, before a socket is opened. */
export const REPLAYED_AT_MOST = 2_000;

/** What is said under a note moves its thread as much as an outcome or a verdict does. */
const movesThread = (type: string): boolean => type.startsWith("thread.") || type === "message.posted";

/** Which notice a notice's event names. */
const noticeIn = ({ data }: EventRow): NoticeId => (JSON.parse(data ?? "{}") as { id: NoticeId }).id;

/** Which find a find's event names. */
const findIn = ({ data }: EventRow): number => (JSON.parse(data ?? "{}") as { find: number }).find;

/** What an event is about, joined in as it stands now. A thread's and a relay's event say only what changed. */
function words(ground: Ground, event: EventRow): Record<string, unknown> {
  const about: Record<string, unknown> = {};
  if (event.note !== null) {
    const note = noteById(ground.sql, event.note);
    const view = note && noteView(ground.sql, note);
    about.note =
      view && (event.type === "note.written" || event.type === "note.updated" || event.type === "note.sent")
        ? view
        : {
            id: event.note,
            ...(view && event.type === "note.relay" && { relay: view.relay }),
            ...(view && movesThread(event.type) && { thread: view.thread }),
            ...(view && event.type.startsWith("issue.") && { knownIssue: view.knownIssue }),
          };
  }
  if (event.message !== null) {
    const message = messageById(ground.sql, event.message)?.view;
    about.message =
      event.type === "message.relay"
        ? { id: event.message, relay: message?.relay ?? null }
        : (message ?? { id: event.message });
  }
  if (event.agreement !== null) {
    const agreement = agreementById(ground.sql, event.agreement);
    about.agreement = agreement ? agreementView(agreement, clock()) : { id: event.agreement };
  }
  if (event.type.startsWith("channel.")) about.channel = { id: event.channel };
  if (event.type === "find.reported") Object.assign(about, findView(ground.sql, findIn(event)));
  if (event.type.startsWith("notice.")) Object.assign(about, noticeView(ground.sql, noticeIn(event)));
  return about;
}

/** Oldest first; `next` is where to go on, even when the rest was not for this caller. */
export function readFeed(
  ground: Ground,
  caller: Caller,
  after: number,
  limit: number,
): { items: EventView[]; next: number } {
  const items: EventView[] = [];
  let at = after;
  // A channel that may read little must not have everything searched for it at once.
  for (let scanned = 0; items.length < limit && scanned < SCANNED_AT_ONCE; scanned += BATCH) {
    const rows = eventsAfter(ground.sql, at, BATCH);
    for (const row of rows) {
      if (items.length === limit) break;
      at = row.seq;
      if (mayReadEvent(caller, row)) items.push(eventView(row, words(ground, row)));
    }
    if (rows.length < BATCH) break;
  }
  return { items, next: at };
}

type Attachment = { readonly channel: Caller["id"]; readonly scopes: readonly string[] };

/** Sockets that hear the feed. They hibernate: who each is stands in its attachment. */
export class Live {
  readonly #ctx: DurableObjectState;
  readonly #channels: Channels;
  #told: number | null = null;

  constructor(ctx: DurableObjectState, channels: Channels) {
    this.#ctx = ctx;
    this.#channels = channels;
  }

  /** Accepts a socket; events after `after` are sent at once, when it is given. */
  accept(ground: Ground, caller: Caller, after: number | null): Response {
    // What the others were not told yet, this one must not hear twice.
    this.announce(ground);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, [caller.id]);
    server.serializeAttachment({ channel: caller.id, scopes: [...caller.scopes] } satisfies Attachment);
    if (after !== null) {
      for (let at = after; ;) {
        const { items, next } = readFeed(ground, caller, at, BATCH);
        for (const item of items) server.send(JSON.stringify(item));
        if (next === at) break;
        at = next;
      }
    }
    this.#told ??= lastEvent(ground.sql);
    return new Response(null, { status: 101, webSocket: client, headers: { "Sec-WebSocket-Protocol": PROTOCOL } });
  }

  /** What was in the feed before this object woke was told before it slept. */
  begin(sql: SqlStorage): void {
    if (this.#ctx.getWebSockets().length > 0) this.#told = lastEvent(sql);
  }

  announce(ground: Ground): void {
    const sockets = this.#ctx.getWebSockets();
    if (sockets.length === 0) {
      // What happens now was told to nobody, and whoever connects next begins after it.
      this.#told = null;
      return;
    }
    this.#told ??= 0;
    for (;;) {
      const rows = eventsAfter(ground.sql, this.#told, BATCH);
      for (const row of rows) {
        this.#told = row.seq;
        const text = JSON.stringify(eventView(row, words(ground, row)));
        for (const socket of sockets) this.#tell(socket, row, text);
      }
      if (rows.length < BATCH) return;
    }
  }

  #tell(socket: WebSocket, row: EventRow, text: string): void {
    const { channel, scopes } = socket.deserializeAttachment() as Attachment;
    if (this.#channels.callerOf(channel, clock()) === null) {
      socket.close(REVOKED, "this channel was revoked or has expired");
      return;
    }
    if (mayReadEvent({ id: channel, scopes: new Set(scopes) as Caller["scopes"] }, row)) socket.send(text);
  }

  close(channels: readonly string[], reason = "this channel was revoked"): void {
    for (const channel of channels) {
      for (const socket of this.#ctx.getWebSockets(channel)) socket.close(REVOKED, reason);
    }
  }

  closeAll(farewell: Farewell): void {
    for (const socket of this.#ctx.getWebSockets()) socket.close(OVER, WHY_OVER[farewell]);
  }
}
