// The tenure's channels: capabilities by token hash. A revoked one keeps its row, so that the owner sees what it was.

import { SCOPES, type Caller, type ChannelInput, type ChannelView, type Scope } from "../domain/access.ts";
import type { ChannelId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import { endAllSubscriptions, endSubscription } from "./pushes.ts";

/** Last use is kept to the minute: exact enough to see a stranger, and a read seldom writes. */
const LAST_USE_STEP_MS = 60_000;

type Row = {
  id: ChannelId;
  label: string;
  scopes: string;
  token_hash: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
};

const scopesOf = (row: Row): Scope[] => JSON.parse(row.scopes) as Scope[];

export const channelView = (row: Row, caller: ChannelId | null): ChannelView => ({
  id: row.id,
  label: row.label,
  scopes: scopesOf(row),
  createdAt: rfc3339(row.created_at),
  expiresAt: row.expires_at === null ? null : rfc3339(row.expires_at),
  lastUsedAt: row.last_used_at === null ? null : rfc3339(row.last_used_at),
  revokedAt: row.revoked_at === null ? null : rfc3339(row.revoked_at),
  current: row.id === caller,
});

/** Keeps who holds which token in memory, as the hot path asks with every call; storage stays the truth. */
export class Channels {
  readonly #sql: SqlStorage;
  readonly #live = new Map<string, { caller: Caller; expiresAt: number | null; lastUsedAt: number }>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The live channel with this token, its use noted; null for an unknown, revoked or expired one. */
  use(tokenHash: string, now: number): Caller | null {
    let live = this.#live.get(tokenHash);
    if (!live) {
      const row = [
        ...this.#sql.exec<Row>("SELECT * FROM channel WHERE token_hash = ? AND revoked_at IS NULL", tokenHash),
      ][0];
      if (!row) return null;
      live = {
        caller: { id: row.id, scopes: new Set(scopesOf(row)) },
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at ?? -LAST_USE_STEP_MS,
      };
      this.#live.set(tokenHash, live);
    }
    if (live.expiresAt !== null && live.expiresAt <= now) return null;
    if (now - live.lastUsedAt >= LAST_USE_STEP_MS) {
      this.#sql.exec("UPDATE channel SET last_used_at = ? WHERE id = ?", now, live.caller.id);
      live.lastUsedAt = now;
    }
    return live.caller;
  }

  /** Whether none of them was ever used. */
  areUnused(): boolean {
    return this.#sql.exec("SELECT 1 FROM channel WHERE last_used_at IS NOT NULL LIMIT 1").toArray().length === 0;
  }

  add(id: ChannelId, tokenHash: string, input: ChannelInput, now: number): ChannelView {
    this.#sql.exec(
      "INSERT INTO channel (id, label, scopes, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      input.label,
      JSON.stringify(input.scopes),
      tokenHash,
      now,
      input.expiresAt ?? null,
    );
    return channelView(this.#row(id)!, null);
  }

  /** A channel that is there, as `caller` sees it. */
  view(id: ChannelId, caller: ChannelId): ChannelView {
    return channelView(this.#row(id)!, caller);
  }

  #row(id: string): Row | undefined {
    return [...this.#sql.exec<Row>("SELECT * FROM channel WHERE id = ?", id)][0];
  }

  /** Who a channel is while it may still be used, for what is done without its asking; null once it was revoked or has expired. */
  callerOf(id: ChannelId, now: number): Caller | null {
    const row = this.#row(id);
    return row !== undefined && row.revoked_at === null && (row.expires_at === null || row.expires_at > now)
      ? { id, scopes: new Set(scopesOf(row)) }
      : null;
  }

  /** Newest first. */
  list(limit: number, before: number | null, caller: ChannelId | null): { items: ChannelView[]; next: number | null } {
    const rows = [
      ...this.#sql.exec<Row & { rowid: number }>(
        "SELECT rowid, * FROM channel WHERE rowid < ? ORDER BY rowid DESC LIMIT ?",
        before ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      ),
    ];
    const page = rows.slice(0, limit);
    return {
      items: page.map((row) => channelView(row, caller)),
      next: rows.length > limit ? page.at(-1)!.rowid : null,
    };
  }

  liveCount(now: number): number {
    return this.#sql
      .exec<{ n: number }>(
        "SELECT count(*) AS n FROM channel WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
        now,
      )
      .one().n;
  }

  /** Whether another channel than `id` with the owner's scope would be left. */
  hasOtherOwner(id: ChannelId, now: number): boolean {
    return [
      ...this.#sql.exec<Row>(
        "SELECT * FROM channel WHERE id <> ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
        id,
        now,
      ),
    ].some((row) => scopesOf(row).includes("owner" satisfies (typeof SCOPES)[number]));
  }

  exists(id: string): boolean {
    return this.#row(id)?.revoked_at === null;
  }

  name(id: ChannelId, label: string): void {
    this.#sql.exec("UPDATE channel SET label = ? WHERE id = ?", label, id);
  }

  revoke(id: ChannelId, now: number): void {
    this.#sql.exec("UPDATE channel SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
    endSubscription(this.#sql, id);
    this.#live.clear();
  }

  /** Every channel that is live is revoked; their ids. */
  revokeAll(now: number): ChannelId[] {
    const rows = this.#sql.exec<{ id: ChannelId }>(
      "UPDATE channel SET revoked_at = ? WHERE revoked_at IS NULL RETURNING id",
      now,
    );
    const ids = [...rows].map((row) => row.id);
    endAllSubscriptions(this.#sql);
    this.#live.clear();
    return ids;
  }

  /** Whether a channel that can still object was used since `at`. */
  usedSince(at: number, now: number): boolean {
    return (
      this.#sql
        .exec<{ n: number }>(
          "SELECT count(*) AS n FROM (SELECT 1 FROM channel WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2) AND last_used_at >= ?1 LIMIT 1)",
          at,
          now,
        )
        .one().n > 0
    );
  }
}
