// For every route that takes an Idempotency-Key: a new request that makes something, another body for the same place, and what of its answer is secret.

import { png, jpeg } from "../domain/photo/pictures.ts";
import { offer, openOffer } from "./handovers.ts";
import { Holder, lend } from "./holder.ts";
import { claim, freshGtin, join, write } from "./people.ts";
import type { World } from "./world.ts";

export type Creation = {
  readonly path: string;
  readonly token?: string;
  readonly body: unknown;
  /** Another body, whose request is right too. */
  readonly other: unknown;
  readonly answers: number;
};

type Made = { readonly secrets: readonly string[]; readonly of: (world: World) => Promise<Creation> };

const made = (of: (world: World) => Promise<Creation>, ...secrets: string[]): Made => ({ secrets, of });
const owners = (rest: string, body: unknown, other: unknown, ...secrets: string[]): Made =>
  made(
    async ({ owner }) => ({ path: `/v1/twins/${owner.twin}${rest}`, token: owner.token, body, other, answers: 201 }),
    ...secrets,
  );
const makers = (
  rest: (world: World) => string,
  body: unknown,
  other: unknown,
  answers = 201,
  ...secrets: string[]
): Made =>
  made(
    async (world) => ({
      path: `/v1/makers/${world.maker.domain}${rest(world)}`,
      token: world.maker.key,
      body,
      other,
      answers,
    }),
    ...secrets,
  );

const someDomain = (): string => `m${crypto.randomUUID().slice(0, 8)}.example`;

export const CREATIONS: Readonly<Record<string, Made>> = {
  "POST /v1/makers": made(
    async ({ operator }) => {
      const domain = someDomain();
      return {
        path: "/v1/makers",
        token: operator,
        body: { domain, name: "One" },
        other: { domain, name: "Two" },
        answers: 201,
      };
    },
    "key",
    "inboundSecret",
  ),
  "POST /v1/joinings": made(
    async () => {
      const domain = someDomain();
      return { path: "/v1/joinings", body: { domain, name: "One" }, other: { domain, name: "Two" }, answers: 201 };
    },
    "key",
    "inboundSecret",
  ),
  "POST /v1/makers/{maker}/keys": makers(
    () => "/keys",
    { label: "A till", role: "agent" },
    { label: "A till", role: "admin" },
    201,
    "key",
  ),
  "POST /v1/makers/{maker}/sign-in-links": makers(
    () => "/sign-in-links",
    { label: "Someone", role: "reader" },
    { label: "Someone", role: "admin" },
    201,
    "url",
  ),
  "POST /v1/makers/{maker}/known-issues": makers(
    () => "/known-issues",
    { title: "One", status: "investigating" },
    { title: "Two", status: "investigating" },
  ),
  "POST /v1/makers/{maker}/saved-replies": makers(
    () => "/saved-replies",
    { title: "One", text: "One" },
    { title: "Two", text: "Two" },
  ),
  "POST /v1/sign-ins": made(async ({ api, maker }) => {
    const link = async () => {
      const { body } = await api.post(
        `/v1/makers/${maker.domain}/sign-in-links`,
        { label: "Someone", role: "reader" },
        maker.key,
      );
      return { link: body.url.split("#")[1] };
    };
    return { path: "/v1/sign-ins", body: await link(), other: await link(), answers: 201 };
  }, "key"),
  "POST /v1/makers/{maker}/labels": made(async ({ maker }) => {
    const order = { gtin: freshGtin(), model: "Model V" };
    return {
      path: `/v1/makers/${maker.domain}/labels`,
      token: maker.key,
      body: { ...order, count: 3 },
      other: { ...order, count: 4 },
      answers: 201,
    };
  }),
  "POST /v1/makers/{maker}/notices": makers(
    () => "/notices",
    { kind: "service", title: "One", text: "A word." },
    { kind: "service", title: "Two", text: "A word." },
    202,
  ),
  "POST /v1/makers/{maker}/endpoints": made(async (world) => {
    // A maker has ten at most: each use has its own.
    const maker = await join(world.api, world.operator, null);
    const body = { url: "http://127.0.0.1:9/a", types: ["endpoint.test"] };
    return {
      path: `/v1/makers/${maker.domain}/endpoints`,
      token: maker.key,
      body,
      other: { ...body, url: "http://127.0.0.1:9/b" },
      answers: 201,
    };
  }, "secret"),
  "POST /v1/makers/{maker}/endpoints/{ep}/rotate": makers(
    (w) => `/endpoints/${w.endpoint}/rotate`,
    { overlapHours: 1 },
    { overlapHours: 2 },
    200,
    "secret",
  ),
  "POST /v1/makers/{maker}/inbound-secret/rotate": makers(
    () => "/inbound-secret/rotate",
    { overlapHours: 1 },
    {},
    200,
    "inboundSecret",
  ),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/messages": makers(
    (w) => `/threads/${w.owner.twin}/${w.note}/messages`,
    { text: "One" },
    { text: "Two" },
  ),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/internal-notes": makers(
    (w) => `/threads/${w.owner.twin}/${w.note}/internal-notes`,
    { text: "One" },
    { text: "Two" },
  ),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/photos": makers(
    (w) => `/threads/${w.owner.twin}/${w.note}/photos`,
    png(),
    jpeg(),
  ),
  "POST /v1/twins": made(
    async () => ({
      path: "/v1/twins",
      body: { product: { name: "A kettle" } },
      other: { product: { name: "A pot" } },
      answers: 201,
    }),
    "token",
    "recoveryCode",
  ),
  "POST /v1/twins/{twin}/history": owners(
    "/history",
    { kind: "repairing", text: "One", occurredOn: "2026-01-04" },
    { kind: "repairing", text: "Two", occurredOn: "2026-01-04" },
  ),
  "POST /v1/claims": made(
    async ({ api, maker }) => {
      const gtin = freshGtin();
      const { body } = await api.post(
        `/v1/makers/${maker.domain}/labels`,
        { gtin, model: "Model W", count: 1 },
        maker.key,
      );
      const { serial, code } = body.labels[0];
      return {
        path: "/v1/claims",
        body: { gtin, serial, code },
        other: { gtin, serial, code: code.toLowerCase() },
        answers: 201,
      };
    },
    "token",
    "recoveryCode",
  ),
  "POST /v1/recoveries": made(
    async ({ api, maker }) => {
      const { recoveryCode } = await claim(api, maker);
      return {
        path: "/v1/recoveries",
        body: { code: recoveryCode },
        other: { code: recoveryCode.toLowerCase() },
        answers: 200,
      };
    },
    "token",
    "recoveryCode",
  ),
  "POST /v1/twins/{twin}/notes": owners("/notes", { kind: "diary", text: "One" }, { kind: "diary", text: "Two" }),
  "POST /v1/twins/{twin}/notes/{note}/messages": made(async ({ owner, note }) => ({
    path: `/v1/twins/${owner.twin}/notes/${note}/messages`,
    token: owner.token,
    body: { text: "One" },
    other: { text: "Two" },
    answers: 201,
  })),
  "POST /v1/twins/{twin}/notes/{note}/reply-links": made(async ({ api, owner }) => {
    const { id } = await write(api, owner, "One to lend.");
    return {
      path: `/v1/twins/${owner.twin}/notes/${id}/reply-links`,
      token: owner.token,
      body: { company: "One" },
      other: { company: "Two" },
      answers: 201,
    };
  }, "url"),
  "POST /v1/twins/{twin}/shares": owners("/shares", { label: "For Jo" }, { label: "For Kim" }, "url"),
  "POST /v1/twins/{twin}/handover": made(
    async ({ api, maker }) => {
      const { twin, token } = await claim(api, maker);
      return { path: `/v1/twins/${twin}/handover`, token, body: {}, other: { gift: true }, answers: 201 };
    },
    "code",
    "url",
  ),
  "POST /v1/twins/{twin}/handover/accept": made(
    async ({ api, maker }) => {
      const owner = await claim(api, maker);
      const { code } = await offer(api, owner);
      const { head } = (await openOffer(api, owner, code)).body;
      const body = { code, head };
      return {
        path: `/v1/twins/${owner.twin}/handover/accept`,
        body,
        other: { ...body, code: code.toLowerCase() },
        answers: 200,
      };
    },
    "token",
    "recoveryCode",
  ),
  "POST /v1/reply-links/messages": made(async ({ api, owner }) => {
    const { id } = await write(api, owner, "One that is lent.");
    const holder = await Holder.at(api, (await lend(api, owner, id)).url);
    await holder.accept();
    return {
      path: "/v1/reply-links/messages",
      token: holder.token,
      body: { text: "One" },
      other: { text: "Two" },
      answers: 201,
    };
  }),
  "POST /v1/twins/{twin}/photos": owners("/photos", png(), jpeg()),
  "POST /v1/twins/{twin}/agreements": made(async ({ api, operator, owner }) => {
    const { domain } = await join(api, operator);
    const body = { maker: domain, preferred: "SD-BASE-DP" };
    return {
      path: `/v1/twins/${owner.twin}/agreements`,
      token: owner.token,
      body,
      other: { ...body, preferred: "SD-BASE" },
      answers: 201,
    };
  }),
  "POST /v1/twins/{twin}/channels": owners(
    "/channels",
    { label: "A phone", scopes: ["twin:read"] },
    { label: "A phone", scopes: ["owner"] },
    "token",
  ),
};

/** POSTs that make nothing, or are told apart by other means: an agreement's state, a thread's, the webhook-id. */
export const MAKES_NOTHING: readonly string[] = [
  "POST /v1/makers/{maker}/agreements/{agr}/decision",
  "POST /v1/makers/{maker}/agreements/{agr}/terminate",
  "POST /v1/makers/{maker}/deliveries/replay",
  "POST /v1/makers/{maker}/desk/rebuild",
  "POST /v1/makers/{maker}/threads/bulk",
  "POST /v1/makers/{maker}/endpoints/{ep}/check",
  "POST /v1/makers/{maker}/endpoints/{ep}/test",
  "POST /v1/makers/{maker}/inbound",
  "POST /v1/makers/{maker}/notices/{notice}/withdraw",
  "POST /v1/makers/{maker}/verification",
  // The last statement stands.
  "POST /v1/twins/{twin}/history/counts",
  // The same words about one thing are one find; the same number gets the same code.
  "POST /v1/finds",
  "POST /v1/twins/{twin}/handover/photos/{photo}",
  "POST /v1/twins/{twin}/handover/have",
  "POST /v1/twins/{twin}/handover/label",
  "POST /v1/twins/{twin}/handover/open",
  "POST /v1/twins/{twin}/handover/release",
  "POST /v1/twins/{twin}/handover/state",
  "POST /v1/twins/{twin}/shares/{share}/answer",
  "POST /v1/twins/{twin}/shares/{share}/challenge",
  "POST /v1/twins/{twin}/shares/{share}/label",
  "POST /v1/twins/{twin}/shares/{share}/open",
  "POST /v1/reply-links/open",
  "POST /v1/reply-links/proffer",
  "POST /v1/reply-links/decision",
  "POST /v1/twins/{twin}/agreements/{agr}/confirm",
  "POST /v1/twins/{twin}/agreements/{agr}/rescind",
  "POST /v1/twins/{twin}/agreements/{agr}/terminate",
  "POST /v1/twins/{twin}/notes/{note}/verdict",
];
