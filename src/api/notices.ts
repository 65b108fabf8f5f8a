// Notices: what a company announces to its owners, and what each owner reads and says of it. The one side never sees the other's.

import { z } from "@hono/zod-openapi";
import { rfc3339 } from "../domain/instant.ts";
import type { NoticeId } from "../domain/ids.ts";
import {
  MOST_FOR_A_PRODUCT,
  MOST_SERIALS,
  NOTICE_STATES,
  NOTICE_WHYS,
  noticeInput,
  noticeStateInput,
  withdrawalInput,
} from "../domain/notice.ts";
import { NOTICE_KINDS } from "../domain/notice-kind.ts";
import type { MakerNotice } from "../maker/notices.ts";
import { tenureOf } from "../platform/stubs.ts";
import { created, found, json } from "./answer.ts";
import { NOTICE_BYTES } from "./body.ts";
import { define, type App } from "./define.ts";
import { idField, makerParam } from "./fields.ts";
import { asMaker } from "./listed-maker.ts";
import { makerNoticeView, noticeWords, withdrawn } from "./maker-views.ts";
import { cursorOf, pageOf, pageQuery } from "./page.ts";
import { problem } from "./problem.ts";

const TAG = "Notices";
const MAKER_TAG = "Makers: notices";
const NOTICES = "/v1/makers/:maker/notices";
const OWN = "/v1/twins/:twin/notices";

const params = z.object({ maker: makerParam });
const one = params.extend({ notice: idField("notice") });

export const noticeMaker = z.object({ id: z.string(), name: z.string() });

const ownNotice = z
  .object({
    ...noticeWords,
    kind: z.enum(NOTICE_KINDS),
    maker: noticeMaker,
    why: z
      .enum(NOTICE_WHYS)
      .describe("Its serial was named, every item of the product is meant, or the terms allow service messages."),
    agreement: z.string().nullable().describe("The agreement it came under, where that is why."),
    state: z.enum(NOTICE_STATES).describe("The owner's own word. No company learns it."),
    withdrawn,
  })
  .openapi("OwnNotice");

function viewOf({ id, kind, gtin, serials, title, text, url, at, reach, withdrawn: back }: MakerNotice) {
  return {
    id,
    kind,
    gtin,
    serials,
    title,
    text,
    url,
    at: rfc3339(at),
    ...reach,
    withdrawn: back && { reason: back.reason, at: rfc3339(back.at) },
  };
}

export function notices(app: App): void {
  define(
    app,
    {
      method: "post",
      path: NOTICES,
      tag: MAKER_TAG,
      summary: "Announce a safety notice, a recall or a service message",
      description:
        `Safety notices and recalls name a product of yours by its GTIN and, if not every item is meant, up to ${MOST_SERIALS} serials. They reach every labelled item that is claimed, now or later, with or without an agreement, and stand at the product's public board; a product can have ${MOST_FOR_A_PRODUCT}. ` +
        "A service message reaches owners whose agreement in force allows it, of one product if a `gtin` is named. There is no kind for offers. It goes out in the background.",
      caller: "maker",
      needs: "admin",
      idempotent: true,
      params,
      body: noticeInput,
      bodyBytes: NOTICE_BYTES,
      answers: { 202: { description: "It goes out", schema: z.object({ id: idField("notice") }) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const posted = await maker.postNotice(call.tokenHash, call.body, call.keyed?.idem);
        return posted.ok ? created(posted.value, {}, 202) : problem(posted.error);
      }),
  );
  define(
    app,
    {
      method: "get",
      path: NOTICES,
      tag: MAKER_TAG,
      summary: "Your notices, newest first",
      caller: "maker",
      needs: "reader",
      params,
      query: z.object(pageQuery),
      answers: { 200: { description: "Notices", schema: pageOf(makerNoticeView) } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const { limit, cursor } = call.query;
        const read = await maker.notices(call.tokenHash, { before: cursor ?? null, limit });
        if (!read.ok) return problem(read.error);
        const { items, next } = read.value;
        return json({ items: items.map(viewOf), next: next === null ? null : cursorOf(next) });
      }),
  );
  define(
    app,
    {
      method: "get",
      path: `${NOTICES}/:notice`,
      tag: MAKER_TAG,
      summary: "A notice, and how far it came",
      description:
        "Numbers of owners come in bands of 20. Those of a safety notice or a recall are of the moment it was posted, and a little off, so that nobody can find out whether one item is claimed: of fewer than 20 serials the band is always 0 to 19, and nothing is said of how far it came until a minute has passed and nearly all are told.",
      caller: "maker",
      needs: "reader",
      params: one,
      answers: { 200: { description: "The notice", schema: makerNoticeView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const notice = await maker.notice(call.tokenHash, call.params.notice as NoticeId);
        return notice.ok ? json(viewOf(notice.value)) : problem(notice.error);
      }),
  );
  define(
    app,
    {
      method: "post",
      path: `${NOTICES}/:notice/withdraw`,
      tag: MAKER_TAG,
      summary: "Say that a notice does not stand any more",
      description:
        "It stays readable, marked with your reason, at the board and for whoever got it. It can't be taken back.",
      caller: "maker",
      needs: "admin",
      params: one,
      body: withdrawalInput,
      answers: { 200: { description: "The notice", schema: makerNoticeView } },
    },
    async (call) =>
      asMaker(call, async (maker) => {
        const notice = await maker.withdrawNotice(call.tokenHash, call.params.notice as NoticeId, call.body.reason);
        return notice.ok ? json(viewOf(notice.value)) : problem(notice.error);
      }),
  );

  define(
    app,
    {
      method: "get",
      path: OWN,
      tag: TAG,
      summary: "What the makers of this thing announced to its owner, newest first",
      caller: "channel",
      needs: "twin:read",
      query: z.object(pageQuery),
      answers: { 200: { description: "Notices", schema: pageOf(ownNotice) } },
    },
    async ({ env, twin, tokenHash, query }) => {
      const read = await tenureOf(env, twin).listNotices(tokenHash, query.limit, query.cursor ?? null);
      if (!read.ok) return problem(read.error);
      const { items, next } = read.value;
      return json({ items, next: next === null ? null : cursorOf(next) });
    },
  );
  define(
    app,
    {
      method: "put",
      path: `${OWN}/:notice`,
      tag: TAG,
      summary: "Say what became of a notice",
      description: "It stays open until then. What you say stays with you: no company learns it.",
      caller: "channel",
      needs: "owner",
      body: noticeStateInput,
      answers: { 200: { description: "The notice", schema: ownNotice } },
    },
    async ({ c, env, twin, tokenHash, body }) =>
      found(await tenureOf(env, twin).settleNotice(tokenHash, c.req.param("notice") ?? "", body.state)),
  );
}
