// The desk's live sockets: what changed, by name only, and who is in which thread. Never a word of an owner's.
// They hibernate: who each is, and where they look, stands in its attachment.

import type { Domain, KeyId, NoteId, TwinId } from "../domain/ids.ts";
import { peopleOf, whereLooking, type Looking, type Person } from "../domain/presence.ts";
import { now } from "../platform/clock.ts";
import { Limiter } from "../platform/limiter.ts";
import { log } from "../platform/log.ts";

const PROTOCOL = "pico-twins.v1";
/** Pages that one key may have open at once: the oldest gives way to the next. */
export const MAX_SOCKETS_A_KEY = 20;
/** What a page says is short; longer is not listened to. */
const SAID_CHARACTERS = 400;
const SAYINGS = 60;
const SAYINGS_WINDOW_MS = 10_000;
/** Whoever is told something has a key that worked this long ago at most. */
const KEYS_STAND_MS = 60_000;

export const REMOVED = { code: 4401, reason: "this key no longer works" } as const;
/** Whoever can't be told from others by their secret comes in anew. */
const AGAIN = { code: 1012, reason: "the server began anew: come in again" } as const;
const CROWDED = { code: 4429, reason: "too many pages of this key are open" } as const;

export type ThreadName = { readonly twin: TwinId; readonly note: NoteId };
/** What a page is told: what to look at again. */
export type Change =
  | { readonly type: "threads.changed"; readonly threads: readonly ThreadName[] }
  | { readonly type: "issues.changed" | "notices.changed" | "deliveries.changed" };

/** Who came in, with which company's key and, by its hash, with which secret of that key. */
export type Visitor = {
  readonly maker: Domain;
  readonly key: KeyId;
  readonly label: string;
  /** Absent where a version before this one let them in. */
  readonly secretHash?: string;
};
type Attachment = Visitor & { readonly looking: Looking | null };
const attached = (socket: WebSocket): Attachment => socket.deserializeAttachment() as Attachment;
const isIn = (looking: Looking | null, { twin, note }: ThreadName): boolean =>
  looking !== null && looking.twin === twin && looking.note === note;

export class Live {
  readonly #ctx: DurableObjectState;
  readonly #ended: (maker: Domain, secretHashes: readonly string[]) => Promise<readonly string[]>;
  readonly #said = new Limiter(SAYINGS, SAYINGS_WINDOW_MS);
  #keysSeenAt = 0;

  /** @param ended which of these secrets open nothing any more: their maker knows */
  constructor(
    ctx: DurableObjectState,
    ended: (maker: Domain, secretHashes: readonly string[]) => Promise<readonly string[]>,
  ) {
    this.#ctx = ctx;
    this.#ended = ended;
  }

  accept(visitor: Visitor): Response {
    for (const socket of this.#open(visitor.key).slice(0, 1 - MAX_SOCKETS_A_KEY)) this.#close(socket, CROWDED);
    const { 0: client, 1: server } = new WebSocketPair();
    const { key, secretHash } = visitor;
    this.#ctx.acceptWebSocket(server, secretHash === undefined ? [key] : [key, secretHash]);
    server.serializeAttachment({ ...visitor, looking: null } satisfies Attachment);
    return new Response(null, { status: 101, webSocket: client, headers: { "Sec-WebSocket-Protocol": PROTOCOL } });
  }

  /** Nothing rests on it: where it can't be seen whose keys still stand, nobody is told. Never throws. */
  async tell(change: Change): Promise<void> {
    try {
      await this.#leaveWhoIsNoMore();
    } catch (fault) {
      log("office-keys-unseen", { fault: fault instanceof Error ? fault.name : "unknown" });
      return;
    }
    const text = JSON.stringify(change);
    for (const socket of this.#open()) socket.send(text);
  }

  /** A secret's end is told at once; where that was lost, it is found here. */
  async #leaveWhoIsNoMore(): Promise<void> {
    if (now() - this.#keysSeenAt < KEYS_STAND_MS) return;
    for (const socket of this.#open()) if (attached(socket).secretHash === undefined) this.#close(socket, AGAIN);
    const visitors = this.#open().map(attached);
    const secrets = new Set(visitors.flatMap(({ secretHash }) => secretHash ?? []));
    if (secrets.size === 0) return;
    for (const secret of await this.#ended(visitors[0]!.maker, [...secrets])) this.remove(secret);
    this.#keysSeenAt = now();
  }

  /** A page says where its person is. Whoever is there too is told, and whoever was left. */
  hear(socket: WebSocket, said: string | ArrayBuffer): void {
    const { looking: before, ...visitor } = attached(socket);
    if (typeof said !== "string" || said.length > SAID_CHARACTERS || this.#said.take(visitor.key, now()) > 0) return;
    const after = whereLooking(said);
    if (after === undefined) return;
    socket.serializeAttachment({ ...visitor, looking: after } satisfies Attachment);
    this.#tellPresence(before, after);
  }

  /** A socket is no more. */
  left(socket: WebSocket): void {
    this.#tellPresence(attached(socket).looking, null, socket);
  }

  /** Closes what was opened with a secret that opens nothing any more. */
  remove(secretHash: string): void {
    for (const socket of this.#open(secretHash)) this.#close(socket, REMOVED);
  }

  removeAll(): void {
    for (const socket of this.#open()) this.#close(socket, REMOVED);
  }

  #close(socket: WebSocket, { code, reason }: { readonly code: number; readonly reason: string }): void {
    this.left(socket);
    socket.serializeAttachment({ ...attached(socket), looking: null } satisfies Attachment);
    socket.close(code, reason);
  }

  /** All of them, or those of a key or of one secret of it. */
  #open(of?: string): WebSocket[] {
    return this.#ctx.getWebSockets(of).filter((socket) => socket.readyState === WebSocket.OPEN);
  }

  #tellPresence(before: Looking | null, after: Looking | null, gone?: WebSocket): void {
    const places: ThreadName[] = after === null ? [] : [after];
    if (before !== null && !isIn(after, before)) places.push(before);
    if (places.length === 0) return;
    const sockets = this.#open().filter((socket) => socket !== gone);
    for (const { twin, note } of places) {
      const there = sockets.filter((socket) => isIn(attached(socket).looking, { twin, note }));
      const people = peopleOf(there.map((socket) => personOf(attached(socket))));
      const text = JSON.stringify({ type: "presence", twin, note, people });
      for (const socket of there) socket.send(text);
    }
  }
}

const personOf = ({ key, label, looking }: Attachment): Person => ({ key, label, writing: looking?.writing ?? false });
