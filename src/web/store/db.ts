// What this device keeps, in one IndexedDB. The only place that knows its stores; they change by appended versions.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Agreement, BoardNotice, KnownIssue, Maker, Message, Note, OwnNotice, Twin } from "../api/views.ts";
import type { Queued } from "./operation.ts";

/** A thing on this device: its twin as it was last seen, and the token this device reaches it with. Instants are the server's. */
export type StoredThing = {
  readonly id: string;
  readonly token: string;
  readonly view: Twin;
  /** Scopes of this device's channel; `owner` for the owner's own devices. */
  readonly scopes: readonly string[];
  readonly channel: string | null;
  /** How far its feed is known here, and when the last event known here happened. */
  readonly cursor: number;
  readonly heard: string;
  /** What a company said after this is news here; null until this device knew the whole feed once. */
  readonly since: string | null;
  /** Decisions up to this were seen on this device. */
  readonly termsSeen: string | null;
  readonly addedAt: string;
  readonly ended: null | End;
  /** Of a thing that was erased: that terms had been agreed on, which are gone from here with all else. */
  readonly hadTerms?: true;
  /** What companies tell of it unasked. Absent until this device asked once. */
  readonly told?: ToldOf;
  /** What people wrote who say that they found it, and its owner is not done with; oldest first. */
  readonly finds?: readonly KeptFind[];
  /** What somebody with the code of its offer did last, until that was looked at here: accepted, or said that they have it in hand. */
  readonly taker?: "accepted" | "received";
};

/** Why nothing comes any more: it is closed to this device, or the thing's time with its owner is over, erased or handed over. */
export type End = "revoked" | "erased" | "handed";

/** Whether no word of it may stay on this device. */
export const isWordless = (ended: StoredThing["ended"]): boolean => ended === "erased" || ended === "handed";

/** What is remembered of a thing that was handed over: no more than this. `told` once the first page has said it. */
export type Handed = {
  readonly twin: string;
  readonly name: string;
  readonly at: string;
  readonly told: boolean;
};

/** `owner` implies every scope; who may read all notes may read its own. */
export const mayIn = ({ scopes }: Pick<StoredThing, "scopes">, scope: string): boolean =>
  scopes.includes("owner") || scopes.includes(scope) || (scope === "notes:own" && scopes.includes("notes:read"));

/** `seq` is the event's that told of it. */
export type KeptFind = {
  readonly seq: number;
  readonly text: string;
  readonly contact: string | null;
  readonly at: string;
};

/** What stood at the server when it was asked last, and what its person said here of notices that no twin is told of. */
export type ToldOf = {
  readonly notices: readonly KeptNotice[];
  readonly issues: readonly KnownIssue[];
  /** This device's time, ms. */
  readonly askedAt: number;
  readonly said: { readonly [notice: string]: NoticeState };
};

export type NoticeState = OwnNotice["state"];

/** A notice as it is shown. `board`: it stands at the product's public board, and this twin was not told of it. */
export type KeptNotice = Omit<OwnNotice, "why"> &
  Partial<Pick<BoardNotice, "concerns">> & { readonly why: OwnNotice["why"] | "board" };

/** Whether what is said under a thing may still be kept: not once it was taken off this device, or was over, while an answer was on its way. */
export const isKept = (thing: StoredThing | undefined): thing is StoredThing =>
  thing !== undefined && !isWordless(thing.ended);

/** A note with what was said under it. `seen`: what a company said up to this was read on this device; null while it was never opened. */
export type KeptNote = Omit<Note, "messages"> & {
  readonly twin: string;
  readonly messages: readonly Message[];
  readonly seen: string | null;
};

export type KeptPhoto = { readonly id: string; readonly twin: string; readonly blob: Blob; readonly usedAt: number };

/** What was begun and not yet said: of a thing, or of a reply. */
export type Draft = {
  /** The thing's id, or the note's for a reply. */
  readonly id: string;
  readonly text: string;
  readonly kind?: Note["kind"];
  readonly wants?: Note["wants"];
  /** Whom it is for, as the page that writes it names them. */
  readonly audience?: string;
  readonly onRecord?: boolean;
  readonly photos: readonly Blob[];
  /** RFC 3339. */
  readonly at: string;
};

/** The real id of a note that was written under a local one. */
export type Alias = { readonly local: string; readonly twin: string; readonly note: string };

export type Keep = DBSchema & {
  thing: { key: string; value: StoredThing };
  note: { key: string; value: KeptNote; indexes: { twin: string } };
  agreement: { key: string; value: Agreement; indexes: { twin: string } };
  queue: { key: number; value: Queued };
  alias: { key: string; value: Alias; indexes: { twin: string } };
  draft: { key: string; value: Draft };
  photo: { key: string; value: KeptPhoto; indexes: { twin: string; usedAt: number } };
  maker: { key: string; value: { id: string; maker: Maker; at: number } };
  meta: { key: string; value: unknown };
};

const NAME = "pico-twins";
const VERSION = 1;

let opened: Promise<IDBPDatabase<Keep>> | null = null;
const forget = (): void => {
  opened = null;
};

/** The database, opened once a page. Rejects where the browser forbids it. */
export function db(): Promise<IDBPDatabase<Keep>> {
  opened ??= openDB<Keep>(NAME, VERSION, {
    upgrade(database) {
      database.createObjectStore("thing", { keyPath: "id" });
      database.createObjectStore("note", { keyPath: "id" }).createIndex("twin", "twin");
      database.createObjectStore("agreement", { keyPath: "id" }).createIndex("twin", "twin");
      database.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
      database.createObjectStore("alias", { keyPath: "local" }).createIndex("twin", "twin");
      database.createObjectStore("draft", { keyPath: "id" });
      const photo = database.createObjectStore("photo", { keyPath: "id" });
      photo.createIndex("twin", "twin");
      photo.createIndex("usedAt", "usedAt");
      database.createObjectStore("maker", { keyPath: "id" });
      database.createObjectStore("meta");
    },
    // A newer version of the app wants to change the stores: it must not wait for this one.
    blocking(_was, _will, event) {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  opened.catch(forget);
  return opened;
}
