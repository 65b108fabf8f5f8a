// Notices as this owner got them: taken in once, open until the owner says otherwise. What the owner says stays here.

import type { Failure } from "../domain/failure.ts";
import type { AgreementId, Domain, NoticeId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import {
  versionOf,
  type AddressedNotice,
  type NoticeState,
  type NoticeView,
  type NoticeWhy,
} from "../domain/notice.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { permits } from "../domain/terms/permits.ts";
import { agreementsInForce } from "./agreements.ts";
import { addEvent } from "./events.ts";
import { identity, type Ground } from "./ground.ts";
import { addNews } from "./pushing.ts";

export const NOTICE_SCHEMA = `
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  agreement TEXT,
  state TEXT NOT NULL
) STRICT;
`;

type Row = {
  seq: number;
  id: NoticeId;
  body: string;
  version: number;
  agreement: AgreementId | null;
  state: NoticeState;
};

function viewOf({ id, body, agreement, state }: Row): NoticeView {
  const { kind, maker, title, text, url, at, why, withdrawn } = JSON.parse(body) as AddressedNotice;
  return {
    id,
    kind,
    maker,
    title,
    text,
    url,
    at: rfc3339(at),
    why,
    agreement,
    state,
    withdrawn: withdrawn && { reason: withdrawn.reason, at: rfc3339(withdrawn.at) },
  };
}

const rowOf = (sql: SqlStorage, id: string): Row | null =>
  [...sql.exec<Row>("SELECT * FROM notice WHERE id = ?", id)][0] ?? null;

export function noticeView(sql: SqlStorage, id: string): NoticeView | null {
  const row = rowOf(sql, id);
  return row && viewOf(row);
}

/** What stands, as its maker wrote it, newest first: whatever the owner said of it. */
export const standingNotices = (sql: SqlStorage): AddressedNotice[] =>
  [...sql.exec<Row>("SELECT * FROM notice WHERE version = 1 ORDER BY seq DESC")].map(
    ({ body }) => JSON.parse(body) as AddressedNotice,
  );

/** Whether the notice may come in, and under which agreement: asked at this moment. */
function leaveFor(ground: Ground, maker: Domain, why: NoticeWhy): { agreement: AgreementId | null } | null {
  const inForce = agreementsInForce(ground.sql, maker);
  if (why !== "agreement") {
    const labelled = identity(ground).proof === "label";
    return permits(inForce, "safety-notice", { labelled }) ? { agreement: null } : null;
  }
  const under = inForce.find((agreement) => permits([agreement], "service-message"));
  return under ? { agreement: under.id } : null;
}

/**
 * Takes a notice in, or that it was withdrawn, and tells the owner's channels. The same twice changes nothing.
 * @returns whether it is the owner's to read now; false when no terms let it in
 */
export function takeNotice(ground: Ground, notice: AddressedNotice, now: number): boolean {
  const { storage, sql } = ground;
  return storage.transactionSync(() => {
    const version = versionOf(notice);
    const known = rowOf(sql, notice.id);
    if (known && known.version >= version) return true;
    const leave = leaveFor(ground, notice.maker.id, notice.why);
    if (!leave) return false;
    if (known) {
      sql.exec("UPDATE notice SET body = ?, version = ? WHERE seq = ?", JSON.stringify(notice), version, known.seq);
      addEvent(sql, "notice.withdrawn", { data: { id: notice.id } }, now);
      return true;
    }
    sql.exec(
      "INSERT INTO notice (id, body, version, agreement, state) VALUES (?, ?, ?, ?, 'open')",
      notice.id,
      JSON.stringify(notice),
      version,
      leave.agreement,
    );
    // One that was withdrawn before it came is kept, so that its first version can't come after it; it is no news.
    if (notice.withdrawn === null) addNews(ground, "notice.posted", { data: { id: notice.id } }, now);
    return true;
  });
}

/** Newest first. */
export function listNotices(
  sql: SqlStorage,
  limit: number,
  before: number | null,
): { items: NoticeView[]; next: number | null } {
  const rows = [
    ...sql.exec<Row>(
      "SELECT * FROM notice WHERE seq < ? ORDER BY seq DESC LIMIT ?",
      before ?? Number.MAX_SAFE_INTEGER,
      limit + 1,
    ),
  ];
  const page = rows.slice(0, limit);
  return { items: page.map(viewOf), next: rows.length > limit ? page.at(-1)!.seq : null };
}

/** The owner's word on it. Goes to their own channels, and to no company. */
export function settleNotice(ground: Ground, id: string, state: NoticeState, now: number): Result<NoticeView, Failure> {
  const { storage, sql } = ground;
  return storage.transactionSync((): Result<NoticeView, Failure> => {
    const row = rowOf(sql, id);
    if (!row) return err({ code: "not-found", detail: "This twin has no such notice." });
    if (row.state !== state) {
      sql.exec("UPDATE notice SET state = ? WHERE seq = ?", state, row.seq);
      addEvent(sql, "notice.settled", { data: { id: row.id } }, now);
    }
    return ok(viewOf({ ...row, state }));
  });
}
