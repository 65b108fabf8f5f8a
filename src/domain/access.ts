// Channels: who may do what with a twin. A capability with scopes; there are no accounts.

import * as z from "zod";
import type { ChannelId } from "./ids.ts";
import { text, time } from "./text.ts";

export const SCOPES = [
  "twin:read",
  "notes:read",
  "notes:own",
  "notes:write",
  "notes:send",
  "messages:read",
  "messages:write",
  "agreements:read",
  "agreements:write",
  "history:read",
  "history:write",
  "owner",
] as const;
export type Scope = (typeof SCOPES)[number];

const LABEL_CHARACTERS = 120;
export const MAX_CHANNELS = 100;

export const channelInput = z.strictObject({
  label: text(LABEL_CHARACTERS),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, "name at least one scope")
    .refine((scopes) => new Set(scopes).size === scopes.length, "must not repeat a scope"),
  expiresAt: time.optional(),
});
export type ChannelInput = z.infer<typeof channelInput>;

/** All of a channel that can be changed: what it may do stays what it was made for. */
export const channelChange = channelInput.pick({ label: true });
export type ChannelChange = z.infer<typeof channelChange>;

export type ChannelView = {
  readonly id: ChannelId;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly current: boolean;
};

/** Who calls: a channel that is neither revoked nor expired. */
export type Caller = { readonly id: ChannelId; readonly scopes: ReadonlySet<Scope> };

/** `owner` implies every scope; `notes:read` implies reading one's own. */
export const may = (caller: Caller, scope: Scope): boolean =>
  caller.scopes.has(scope) || caller.scopes.has("owner") || (scope === "notes:own" && caller.scopes.has("notes:read"));

/** Whether the caller may change a note that `author` wrote: one it can read, or its own. */
export const mayChangeNote = (caller: Caller, author: ChannelId): boolean =>
  may(caller, "notes:read") || caller.id === author;

/** Whether a channel with a scope for messages reaches the thread under `author`'s note: all of them, unless it sees its own notes only. */
export const mayReachThread = (caller: Caller, author: ChannelId): boolean =>
  may(caller, "notes:read") || !caller.scopes.has("notes:own") || caller.id === author;

/** Whether the caller may read a note that `author` wrote. */
export const mayReadNote = (caller: Caller, author: ChannelId): boolean =>
  may(caller, "notes:read") || (may(caller, "notes:own") && caller.id === author);
