// Being told when somebody found the thing: off until the owner turns it on. Whoever reports a find is never told whether it was, nor by whom
// it is owned; what they write stays in this tenure.

import type { Failure } from "../domain/failure.ts";
import { FINDS_WINDOW_MS, MOST_FINDS, type Find, type FinderView, type FindView } from "../domain/find.ts";
import { rfc3339 } from "../domain/instant.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { identity, type Ground } from "./ground.ts";
import { addNews } from "./pushing.ts";
import { noRoom } from "./room.ts";

/** `finder` has a row while it is on. */
export const FINDER_SCHEMA = `
CREATE TABLE finder (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL
) STRICT;
CREATE TABLE find (
  seq INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  contact TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX find_at ON find (at);
`;

type Row = { seq: number; text: string; contact: string | null; at: number };

const viewOf = ({ text, contact, at }: Row): FindView => ({ text, contact, at: rfc3339(at) });

const isOn = (sql: SqlStorage): boolean => [...sql.exec("SELECT 1 FROM finder")].length > 0;

export function finderView(sql: SqlStorage): FinderView {
  const { at } = sql.exec<{ at: number | null }>("SELECT max(at) AS at FROM find").one();
  return { on: isOn(sql), lastAt: at === null ? null : rfc3339(at) };
}

/** Turns it on or off. Only what has a label can be found by it. */
export function setFinder(ground: Ground, on: boolean, now: number): Result<FinderView, Failure> {
  if (on && identity(ground).proof !== "label") {
    return err({ code: "conflict", detail: "Only a thing that was claimed with its label can be found by it." });
  }
  if (on) ground.sql.exec("INSERT OR IGNORE INTO finder (id, since) VALUES (1, ?)", now);
  else ground.sql.exec("DELETE FROM finder");
  return ok(finderView(ground.sql));
}

/** Takes a find in, if the owner wants to hear of any and heard of few today. The same words twice are one find. Answers nothing. */
export function takeFind(ground: Ground, { text, contact }: Find, now: number): void {
  const { storage, sql } = ground;
  storage.transactionSync(() => {
    if (!isOn(sql) || noRoom(sql)) return;
    const recent = [...sql.exec<Row>("SELECT * FROM find WHERE at > ?", now - FINDS_WINDOW_MS)];
    if (recent.length >= MOST_FINDS) return;
    if (recent.some((find) => find.text === text && find.contact === contact)) return;
    const { seq } = sql
      .exec<{ seq: number }>("INSERT INTO find (text, contact, at) VALUES (?, ?, ?) RETURNING seq", text, contact, now)
      .one();
    addNews(ground, "find.reported", { data: { find: seq } }, now);
  });
}

/** The words of a find, for the feed. */
export function findView(sql: SqlStorage, seq: number): FindView | null {
  const row = [...sql.exec<Row>("SELECT * FROM find WHERE seq = ?", seq)][0];
  return row ? viewOf(row) : null;
}

/** Oldest first, for an export. */
export const findsAfter = (
  sql: SqlStorage,
  after: number,
  limit: number,
): { readonly seq: number; readonly view: FindView }[] =>
  [...sql.exec<Row>("SELECT * FROM find WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)].map((row) => ({
    seq: row.seq,
    view: viewOf(row),
  }));
