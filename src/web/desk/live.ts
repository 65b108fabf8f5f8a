// The socket to the company's office: what changed, and who looks at what. It heals by itself, and says so when it could not have heard.

import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { forget, session } from "./session.ts";

export type ThreadRef = { readonly twin: string; readonly note: string };
export type Present = { readonly key: string; readonly label: string; readonly writing: boolean };
type Heard =
  | { readonly type: "threads.changed"; readonly threads: readonly ThreadRef[] }
  | ({ readonly type: "presence"; readonly people: readonly Present[] } & ThreadRef)
  | { readonly type: "issues.changed" | "notices.changed" | "deliveries.changed" };
/** `resumed`: the socket stands, and what happened before it did went unheard. */
export type LiveWord = Heard | { readonly type: "resumed" };

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const REVOKED = 4401;

const open = signal(false);
/** Whether news arrive by themselves at this moment. */
export const isLive: ReadonlySignal<boolean> = open;

const presence = signal<ReadonlyMap<string, readonly Present[]>>(new Map());
const nameOf = ({ twin, note }: ThreadRef): string => `${twin} ${note}`;
/** Who is at a thread, as far as they said so; the one who asks is among them. Reactive. */
export const presentAt = (thread: ThreadRef): readonly Present[] => presence.value.get(nameOf(thread)) ?? [];

const listeners = new Set<(word: LiveWord) => void>();
const tell = (word: LiveWord): void => {
  for (const listener of listeners) listener(word);
};

/** Has a component hear what the office says, for as long as it is shown. */
export function useLive(listener: (word: LiveWord) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (word: LiveWord): void => latest.current(word);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}

let socket: WebSocket | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;
let looked: { thread: ThreadRef; writing: boolean } | null = null;

const send = (word: object): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(word));
};
const sendLooking = (): void =>
  send(looked ? { type: "looking", ...looked.thread, writing: looked.writing } : { type: "looking" });

/** Tells the colleagues where this person is; null: nowhere in particular. */
export function look(thread: ThreadRef | null, writing = false): void {
  const same = thread === null ? looked === null : looked?.thread.note === thread.note && looked.writing === writing;
  if (same) return;
  looked = thread && { thread: { twin: thread.twin, note: thread.note }, writing };
  sendLooking();
}

function take(data: unknown): void {
  let word: Heard;
  try {
    word = JSON.parse(String(data)) as Heard;
  } catch {
    return;
  }
  if (word.type === "presence") {
    const next = new Map(presence.peek());
    if (word.people.length > 0) next.set(nameOf(word), word.people);
    else next.delete(nameOf(word));
    presence.value = next;
  }
  tell(word);
}

function connect(): void {
  clearTimeout(timer);
  const who = session.peek();
  if (!who || socket) return;
  const url = new URL(`/v1/makers/${encodeURIComponent(who.maker)}/live`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const mine = new WebSocket(url, ["pico-twins.v1", `bearer.${who.key}`]);
  socket = mine;
  mine.addEventListener("open", () => {
    if (mine !== socket) return;
    tries = 0;
    open.value = true;
    sendLooking();
    // The first time, too: what is shown was asked for before.
    tell({ type: "resumed" });
  });
  mine.addEventListener("message", ({ data }) => {
    if (mine === socket) take(data);
  });
  mine.addEventListener("close", ({ code }) => {
    if (mine !== socket) return;
    drop();
    if (code === REVOKED) return forget(true);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries++, LONGEST_PAUSE_MS);
    timer = setTimeout(connect, pause * (0.5 + Math.random() / 2));
  });
}

function drop(): void {
  const mine = socket;
  socket = null;
  open.value = false;
  presence.value = new Map();
  clearTimeout(timer);
  mine?.close();
}

/** Keeps the socket to whoever is signed in. Call it once. */
export function startLive(): void {
  let key: string | null = null;
  effect(() => {
    const next = session.value?.key ?? null;
    if (next === key) return;
    key = next;
    drop();
    connect();
  });
  const wake = (): void => {
    if (socket || document.visibilityState !== "visible") return;
    tries = 0;
    connect();
  };
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
}
