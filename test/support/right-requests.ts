// For every route: who may call it, and a request that is right, so that what is refused is refused for its one fault.
// In this order they can be made one after the other in one world: what takes something away comes last.

import type { Scope } from "../../src/domain/access.ts";
import type { Role } from "../../src/domain/role.ts";
import { png } from "../domain/photo/pictures.ts";
import { freshGtin } from "./people.ts";
import type { World } from "./world.ts";

export type RightRequest = {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** Scopes of a channel: all it needs, with the answer when it lacks just this one. `{}`: any channel will do. */
export type ScopesNeeded = { readonly [scope in Scope]?: 403 | 404 };

export type Door = {
  readonly who:
    | "anyone"
    | "operator"
    | "keyring"
    | "signature"
    | "reply-link"
    | "share"
    | { readonly scopes: ScopesNeeded }
    | { readonly role: Role };
  readonly right: (world: World) => RightRequest;
  /** The answer to the right request of the right caller. */
  readonly opens: number;
  /** It names a note of another channel, or what is under one: for a channel that sees its own notes only there is nothing. */
  readonly ofAnother?: true;
};

const bytes = { "Content-Type": "image/png" };
const channel = (scopes: ScopesNeeded, opens: number, right: (world: World, at: string) => RightRequest): Door => ({
  who: { scopes },
  opens,
  right: (world) => right(world, `/v1/twins/${world.owner.twin}`),
});
const ofAnother = (door: Door): Door => ({ ...door, ofAnother: true });
const maker = (role: Role, opens: number, right: (world: World, at: string) => RightRequest): Door => ({
  who: { role },
  opens,
  right: (world) => right(world, `/v1/makers/${world.maker.domain}`),
});
const holder = (opens: number, right: (world: World, at: string) => RightRequest): Door => ({
  who: "reply-link",
  opens,
  right: (world) => right(world, "/v1/reply-links"),
});
const buyer = (opens: number, right: (world: World, at: string) => RightRequest): Door => ({
  who: "share",
  opens,
  right: (world) => right(world, `/v1/twins/${world.owner.twin}/shares/${world.shown.share}`),
});
const open = (opens: number, right: (world: World) => RightRequest): Door => ({ who: "anyone", opens, right });
const reads = (scope: Scope, path: (world: World) => string): Door =>
  channel({ [scope]: 403 }, 200, (world, at) => ({ path: at + path(world) }));

export const DOORS: Readonly<Record<string, Door>> = {
  "GET /v1/roster": open(200, () => ({ path: "/v1/roster" })),
  "GET /v1/roster/{code}": open(200, () => ({ path: "/v1/roster/SD-BASE" })),
  "POST /v1/makers": {
    who: "operator",
    opens: 201,
    right: () => ({
      path: "/v1/makers",
      body: { domain: `m${crypto.randomUUID().slice(0, 8)}.example`, name: "A company" },
    }),
  },
  "GET /v1/makers/{maker}": open(200, (w) => ({ path: `/v1/makers/${w.maker.domain}` })),
  "GET /v1/makers/{maker}/did.json": open(200, (w) => ({ path: `/v1/makers/${w.maker.domain}/did.json` })),
  "GET /v1/makers/{maker}/myterms.json": open(200, (w) => ({ path: `/v1/makers/${w.maker.domain}/myterms.json` })),
  "POST /v1/joinings": open(201, () => ({
    path: "/v1/joinings",
    body: { domain: `m${crypto.randomUUID().slice(0, 8)}.example`, name: "A company" },
  })),
  "POST /v1/makers/{maker}/verification": maker("admin", 200, (_, at) => ({ path: `${at}/verification` })),
  "PUT /v1/makers/{maker}/verified": {
    who: "operator",
    opens: 200,
    right: (w) => ({ path: `/v1/makers/${w.maker.domain}/verified`, body: { key: w.fingerprint } }),
  },
  "GET /v1/makers/{maker}/waiting": maker("reader", 200, (_, at) => ({ path: `${at}/waiting` })),
  "GET /v1/makers/{maker}/policy": maker("reader", 200, (_, at) => ({ path: `${at}/policy` })),
  "PUT /v1/makers/{maker}/policy": maker("admin", 200, (_, at) => ({
    path: `${at}/policy`,
    body: { rules: { "SD-BASE-DP": "accept", "SD-BASE": "hold" } },
  })),
  "GET /v1/makers/{maker}/keys": maker("admin", 200, (_, at) => ({ path: `${at}/keys` })),
  "POST /v1/makers/{maker}/keys": maker("admin", 201, (_, at) => ({
    path: `${at}/keys`,
    body: { label: "Another", role: "reader" },
  })),
  "GET /v1/makers/{maker}/colleagues": maker("reader", 200, (_, at) => ({ path: `${at}/colleagues` })),
  "GET /v1/makers/{maker}/keys/current": maker("reader", 200, (_, at) => ({ path: `${at}/keys/current` })),
  "PATCH /v1/makers/{maker}/keys/current": maker("reader", 200, (_, at) => ({
    path: `${at}/keys/current`,
    body: { label: "Ida" },
  })),
  "GET /v1/makers/{maker}/sign-in-links": maker("admin", 200, (_, at) => ({ path: `${at}/sign-in-links` })),
  "POST /v1/makers/{maker}/sign-in-links": maker("admin", 201, (_, at) => ({
    path: `${at}/sign-in-links`,
    body: { label: "Somebody new", role: "reader" },
  })),
  "POST /v1/sign-ins": open(201, (w) => ({ path: "/v1/sign-ins", body: { link: w.signIn.link } })),
  "DELETE /v1/makers/{maker}/sign-in-links/{link}": maker("admin", 204, (w, at) => ({
    path: `${at}/sign-in-links/${w.spareSignIn}`,
  })),
  "GET /v1/makers/{maker}/known-issues": maker("reader", 200, (_, at) => ({ path: `${at}/known-issues` })),
  "POST /v1/makers/{maker}/known-issues": maker("agent", 201, (_, at) => ({
    path: `${at}/known-issues`,
    body: { title: "It squeaks.", status: "investigating" },
  })),
  "GET /v1/makers/{maker}/known-issues/{issue}": maker("reader", 200, (w, at) => ({
    path: `${at}/known-issues/${w.issue}`,
  })),
  "PATCH /v1/makers/{maker}/known-issues/{issue}": maker("agent", 200, (w, at) => ({
    path: `${at}/known-issues/${w.issue}`,
    body: { status: "fixed", fixedIn: "Batch 7" },
  })),
  "GET /v1/makers/{maker}/saved-replies": maker("reader", 200, (_, at) => ({ path: `${at}/saved-replies` })),
  "POST /v1/makers/{maker}/saved-replies": maker("agent", 201, (_, at) => ({
    path: `${at}/saved-replies`,
    body: { title: "Soles", text: "Dear [name], glue it." },
  })),
  "PATCH /v1/makers/{maker}/saved-replies/{reply}": maker("agent", 200, (w, at) => ({
    path: `${at}/saved-replies/${w.savedReply}`,
    body: { title: "Glue" },
  })),
  "DELETE /v1/makers/{maker}/saved-replies/{reply}": maker("agent", 204, (w, at) => ({
    path: `${at}/saved-replies/${w.savedReply}`,
  })),
  "GET /v1/makers/{maker}/audit": maker("admin", 200, (_, at) => ({ path: `${at}/audit` })),
  "GET /v1/twins/{twin}/known-issues": reads("twin:read", () => "/known-issues"),
  "PUT /v1/twins/{twin}/known-issues/{issue}/me-too": channel({ "messages:write": 403 }, 200, (w, at) => ({
    path: `${at}/known-issues/${w.issue}/me-too`,
  })),
  "DELETE /v1/twins/{twin}/known-issues/{issue}/me-too": channel({ "messages:write": 403 }, 204, (w, at) => ({
    path: `${at}/known-issues/${w.issue}/me-too`,
  })),
  "GET /v1/makers/{maker}/live": maker("reader", 101, (_, at) => ({
    path: `${at}/live`,
    headers: { Upgrade: "websocket" },
  })),
  "POST /v1/makers/{maker}/labels": maker("admin", 201, (_, at) => ({
    path: `${at}/labels`,
    body: { gtin: freshGtin(), model: "Model U", count: 2 },
  })),
  "GET /v1/makers/{maker}/endpoints": maker("admin", 200, (_, at) => ({ path: `${at}/endpoints` })),
  "POST /v1/makers/{maker}/endpoints": maker("admin", 201, (_, at) => ({
    path: `${at}/endpoints`,
    body: { url: "http://127.0.0.1:9/", types: ["endpoint.test"] },
  })),
  "GET /v1/makers/{maker}/endpoints/{ep}": maker("admin", 200, (w, at) => ({ path: `${at}/endpoints/${w.endpoint}` })),
  "PATCH /v1/makers/{maker}/endpoints/{ep}": maker("admin", 200, (w, at) => ({
    path: `${at}/endpoints/${w.endpoint}`,
    body: { description: "Ours" },
  })),
  "POST /v1/makers/{maker}/endpoints/{ep}/rotate": maker("admin", 200, (w, at) => ({
    path: `${at}/endpoints/${w.endpoint}/rotate`,
    body: { overlapHours: 2 },
  })),
  "POST /v1/makers/{maker}/endpoints/{ep}/test": maker("admin", 200, (w, at) => ({
    path: `${at}/endpoints/${w.endpoint}/test`,
  })),
  "POST /v1/makers/{maker}/endpoints/{ep}/check": maker("admin", 200, (w, at) => ({
    path: `${at}/endpoints/${w.endpoint}/check`,
  })),
  "GET /v1/makers/{maker}/deliveries": maker("admin", 200, (_, at) => ({ path: `${at}/deliveries?state=dead` })),
  "POST /v1/makers/{maker}/deliveries/replay": maker("admin", 200, (w, at) => ({
    path: `${at}/deliveries/replay`,
    body: { endpoint: w.endpoint, twin: w.owner.twin, note: w.note },
  })),
  "POST /v1/makers/{maker}/inbound": {
    who: "signature",
    opens: 200,
    right: (w) => ({
      path: `/v1/makers/${w.maker.domain}/inbound`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type: "message.reply", data: { twin: w.owner.twin, note: w.note, text: "By webhook." } }),
    }),
  },
  "GET /v1/makers/{maker}/agreements": maker("reader", 200, (_, at) => ({ path: `${at}/agreements` })),
  "GET /v1/makers/{maker}/agreements/{agr}": maker("reader", 200, (w, at) => ({
    path: `${at}/agreements/${w.agreement}`,
  })),
  "GET /v1/makers/{maker}/agreements/{agr}/record": maker("reader", 200, (w, at) => ({
    path: `${at}/agreements/${w.agreement}/record`,
  })),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/messages": maker("agent", 201, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}/messages`,
    body: { text: "Another answer." },
  })),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/photos": maker("agent", 201, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}/photos`,
    body: png(),
    headers: bytes,
  })),
  "GET /v1/makers/{maker}/threads/{twin}/{note}/photos/{photo}": maker("reader", 200, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}/photos/${w.photo}`,
  })),
  "GET /v1/makers/{maker}/threads": maker("reader", 200, (_, at) => ({ path: `${at}/threads` })),
  "GET /v1/makers/{maker}/threads/{twin}/{note}": maker("reader", 200, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}`,
  })),
  "PATCH /v1/makers/{maker}/threads/{twin}/{note}": maker("agent", 200, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}`,
    body: { labels: ["soles"], assignee: null, knownIssue: null },
  })),
  "POST /v1/makers/{maker}/threads/bulk": maker("agent", 200, (w, at) => ({
    path: `${at}/threads/bulk`,
    body: { threads: [{ twin: w.owner.twin, note: w.note }], addLabels: ["heels"] },
  })),
  "POST /v1/makers/{maker}/threads/{twin}/{note}/internal-notes": maker("agent", 201, (w, at) => ({
    path: `${at}/threads/${w.owner.twin}/${w.note}/internal-notes`,
    body: { text: "The third this week." },
  })),
  "GET /v1/makers/{maker}/labels-in-use": maker("reader", 200, (_, at) => ({ path: `${at}/labels-in-use` })),
  "POST /v1/makers/{maker}/desk/rebuild": maker("admin", 202, (_, at) => ({ path: `${at}/desk/rebuild` })),
  "GET /v1/makers/{maker}/insights": maker("reader", 200, (_, at) => ({ path: `${at}/insights` })),
  "GET /v1/makers/{maker}/threads/facets": maker("reader", 200, (_, at) => ({ path: `${at}/threads/facets` })),
  "GET /v1/makers/{maker}/notices": maker("reader", 200, (_, at) => ({ path: `${at}/notices` })),
  "POST /v1/makers/{maker}/notices": maker("admin", 202, (w, at) => ({
    path: `${at}/notices`,
    body: { kind: "recall", gtin: w.label.gtin, serials: [w.label.serial], title: "Bring it back", text: "All of it." },
  })),
  "GET /v1/makers/{maker}/notices/{notice}": maker("reader", 200, (w, at) => ({ path: `${at}/notices/${w.notice}` })),
  "POST /v1/makers/{maker}/notices/{notice}/withdraw": maker("admin", 200, (w, at) => ({
    path: `${at}/notices/${w.notice}/withdraw`,
    body: { reason: "It holds after all." },
  })),
  "GET /v1/makers/{maker}/events": maker("reader", 200, (_, at) => ({ path: `${at}/events` })),

  "GET /v1/twins/{twin}": reads("twin:read", () => ""),
  "PATCH /v1/twins/{twin}": channel({ owner: 403 }, 200, (_, at) => ({
    path: at,
    body: { product: { name: "Mine" } },
  })),
  "GET /v1/twins/{twin}/recovery": channel({}, 200, (_, at) => ({ path: `${at}/recovery` })),
  "GET /v1/twins/{twin}/notes": reads("notes:read", () => "/notes"),
  "GET /v1/twins/{twin}/notes/{note}": ofAnother(reads("notes:read", (w) => `/notes/${w.note}`)),
  "POST /v1/twins/{twin}/notes": channel({ "notes:write": 403, "notes:send": 403 }, 201, (_, at) => ({
    path: `${at}/notes`,
    body: { kind: "idea", text: "Make it blue.", send: true },
  })),
  "PATCH /v1/twins/{twin}/notes/{note}": ofAnother(
    channel({ "notes:write": 403, "notes:send": 403, "notes:read": 404 }, 200, (w, at) => ({
      path: `${at}/notes/${w.note}`,
      body: { title: "The sole", send: true },
    })),
  ),
  "GET /v1/twins/{twin}/notes/{note}/messages": ofAnother(
    channel({ "messages:read": 403 }, 200, (w, at) => ({ path: `${at}/notes/${w.note}/messages` })),
  ),
  "POST /v1/twins/{twin}/notes/{note}/messages": ofAnother(
    channel({ "messages:write": 403 }, 201, (w, at) => ({
      path: `${at}/notes/${w.note}/messages`,
      body: { text: "Thanks." },
    })),
  ),
  "PUT /v1/twins/{twin}/notes/{note}/seen": ofAnother(
    channel({ "messages:read": 403 }, 200, (w, at) => ({
      path: `${at}/notes/${w.note}/seen`,
      body: { message: w.answer },
    })),
  ),
  "POST /v1/twins/{twin}/notes/{note}/verdict": ofAnother(
    channel({ "messages:write": 403 }, 200, (w, at) => ({
      path: `${at}/notes/${w.note}/verdict`,
      body: { verdict: "not-addressed" },
    })),
  ),
  "POST /v1/twins/{twin}/notes/{note}/reply-links": channel({ owner: 403 }, 201, (w, at) => ({
    path: `${at}/notes/${w.privateNote}/reply-links`,
    body: { company: "Another" },
  })),
  "GET /v1/twins/{twin}/notes/{note}/reply-links": reads("owner", (w) => `/notes/${w.lent.note}/reply-links`),
  "POST /v1/reply-links/open": holder(200, (_, at) => ({ path: `${at}/open` })),
  "POST /v1/reply-links/proffer": holder(200, (w, at) => ({ path: `${at}/proffer`, body: w.lent.person })),
  "POST /v1/reply-links/decision": holder(200, (w, at) => ({
    path: `${at}/decision`,
    body: { decision: w.lent.decision },
  })),
  "GET /v1/reply-links/record": holder(200, (_, at) => ({ path: `${at}/record` })),
  "GET /v1/reply-links/thread": holder(200, (_, at) => ({ path: `${at}/thread` })),
  "GET /v1/reply-links/photos/{photo}": holder(200, (w, at) => ({ path: `${at}/photos/${w.lent.photo}` })),
  "POST /v1/reply-links/messages": holder(201, (_, at) => ({ path: `${at}/messages`, body: { text: "Send it in." } })),
  "DELETE /v1/twins/{twin}/notes/{note}/reply-links/{link}": channel({ owner: 403 }, 204, (w, at) => ({
    path: `${at}/notes/${w.lent.note}/reply-links/${w.lent.link}`,
  })),
  "GET /v1/twins/{twin}/history": reads("history:read", () => "/history"),
  "POST /v1/twins/{twin}/history": channel({ "history:write": 403 }, 201, (_, at) => ({
    path: `${at}/history`,
    body: { kind: "repairing", text: "A new sole.", occurredOn: "2026-01-04" },
  })),
  "POST /v1/twins/{twin}/history/counts": channel({ "history:write": 403 }, 201, (_, at) => ({
    path: `${at}/history/counts`,
    body: { count: 0, asOf: "2026-01-04" },
  })),
  "GET /v1/twins/{twin}/history/photos/{photo}": reads("history:read", (w) => `/history/photos/${w.entry.photo}`),
  "DELETE /v1/twins/{twin}/history/{seq}": channel({ owner: 403 }, 204, (w, at) => ({
    path: `${at}/history/${w.entry.seq}`,
  })),
  "POST /v1/twins/{twin}/shares": channel({ owner: 403 }, 201, (_, at) => ({
    path: `${at}/shares`,
    body: { withhold: [1], label: "For Jo" },
  })),
  "GET /v1/twins/{twin}/shares": reads("owner", () => "/shares"),
  "POST /v1/twins/{twin}/shares/{share}/open": buyer(200, (_, at) => ({ path: `${at}/open` })),
  "GET /v1/twins/{twin}/shares/{share}/status": buyer(200, (_, at) => ({ path: `${at}/status` })),
  "GET /v1/twins/{twin}/shares/{share}/photos/{photo}": buyer(200, (w, at) => ({
    path: `${at}/photos/${w.shown.photo}`,
  })),
  "POST /v1/twins/{twin}/shares/{share}/label": buyer(200, (w, at) => ({
    path: `${at}/label`,
    body: { gtin: w.label.gtin, serial: w.label.serial },
  })),
  "POST /v1/twins/{twin}/shares/{share}/challenge": buyer(201, (w, at) => ({
    path: `${at}/challenge`,
    body: { nonce: w.shown.nonce },
  })),
  "POST /v1/twins/{twin}/shares/{share}/answer": channel({ owner: 403 }, 200, (w, at) => ({
    path: `${at}/shares/${w.shown.share}/answer`,
    body: { code: w.shown.code },
  })),
  "PATCH /v1/twins/{twin}/shares/{share}": channel({ owner: 403 }, 200, (w, at) => ({
    path: `${at}/shares/${w.shown.share}`,
    body: { withhold: [1] },
  })),
  "DELETE /v1/twins/{twin}/shares/{share}": channel({ owner: 403 }, 204, (w, at) => ({
    path: `${at}/shares/${w.shown.spare}`,
  })),
  "POST /v1/twins/{twin}/handover": channel({ owner: 403 }, 201, (_, at) => ({
    path: `${at}/handover`,
    body: { gift: false },
  })),
  "GET /v1/twins/{twin}/handover": reads("owner", () => "/handover"),
  // Nobody has accepted: whoever may let go is told so.
  "POST /v1/twins/{twin}/handover/release": channel({ owner: 403 }, 409, (_, at) => ({
    path: `${at}/handover/release`,
    body: { words: "zoo zoo zoo zoo" },
  })),
  "DELETE /v1/twins/{twin}/handover": channel({ owner: 403 }, 204, (_, at) => ({ path: `${at}/handover` })),
  "PUT /v1/twins/{twin}/alert": channel({ owner: 403 }, 200, (_, at) => ({
    path: `${at}/alert`,
    body: { alert: null },
  })),
  "POST /v1/twins/{twin}/handover/open": open(200, ({ offered }) => ({
    path: `/v1/twins/${offered.twin}/handover/open`,
    body: { code: offered.code },
  })),
  "POST /v1/twins/{twin}/handover/state": open(200, ({ offered }) => ({
    path: `/v1/twins/${offered.twin}/handover/state`,
    body: { code: offered.code },
  })),
  "POST /v1/twins/{twin}/handover/photos/{photo}": open(200, ({ offered }) => ({
    path: `/v1/twins/${offered.twin}/handover/photos/${offered.photo}`,
    body: { code: offered.code },
  })),
  "POST /v1/twins/{twin}/handover/label": open(200, ({ offered, label }) => ({
    path: `/v1/twins/${offered.twin}/handover/label`,
    body: { code: offered.code, gtin: label.gtin, serial: label.serial },
  })),
  "POST /v1/twins/{twin}/handover/have": open(200, ({ offered }) => ({
    path: `/v1/twins/${offered.twin}/handover/have`,
    body: { code: offered.code },
  })),
  "POST /v1/twins/{twin}/handover/accept": open(200, ({ offered }) => ({
    path: `/v1/twins/${offered.twin}/handover/accept`,
    body: { code: offered.code, head: offered.head, erased: 0, counted: offered.counted },
  })),
  "GET /v1/twins/{twin}/finder": reads("owner", () => "/finder"),
  "PUT /v1/twins/{twin}/finder": channel({ owner: 403 }, 200, (_, at) => ({
    path: `${at}/finder`,
    body: { on: true },
  })),
  "POST /v1/finds": open(202, (w) => ({
    path: "/v1/finds",
    body: { gtin: w.label.gtin, serial: w.label.serial, text: "It lay on the bench." },
  })),
  "POST /v1/twins/{twin}/photos": channel({ "notes:write": 403 }, 201, (_, at) => ({
    path: `${at}/photos`,
    body: png(),
    headers: bytes,
  })),
  "GET /v1/twins/{twin}/photos/{photo}": ofAnother(reads("notes:read", (w) => `/photos/${w.photo}`)),
  "GET /v1/twins/{twin}/agreements": reads("agreements:read", () => "/agreements"),
  "GET /v1/twins/{twin}/agreements/{agr}": reads("agreements:read", (w) => `/agreements/${w.agreement}`),
  "GET /v1/twins/{twin}/agreements/{agr}/record": reads("agreements:read", (w) => `/agreements/${w.agreement}/record`),
  "POST /v1/twins/{twin}/agreements": channel({ "agreements:write": 403 }, 201, (_, at) => ({
    path: `${at}/agreements`,
    body: { maker: "nor-this-one.example", preferred: "SD-BASE" },
  })),
  "POST /v1/twins/{twin}/agreements/{agr}/confirm": channel({ "agreements:write": 403 }, 200, (w, at) => ({
    path: `${at}/agreements/${w.countered}/confirm`,
    body: { decision: "accepted" },
  })),
  "POST /v1/twins/{twin}/agreements/{agr}/rescind": channel({ "agreements:write": 403 }, 200, (w, at) => ({
    path: `${at}/agreements/${w.waiting}/rescind`,
  })),
  "GET /v1/twins/{twin}/channels": reads("owner", () => "/channels"),
  "POST /v1/twins/{twin}/channels": channel({ owner: 403 }, 201, (_, at) => ({
    path: `${at}/channels`,
    body: { label: "A phone", scopes: ["owner"] },
  })),
  "GET /v1/twins/{twin}/channels/current": channel({}, 200, (_, at) => ({ path: `${at}/channels/current` })),
  "GET /v1/twins/{twin}/papers": reads("owner", () => "/papers"),
  "PUT /v1/twins/{twin}/papers": channel({ owner: 403 }, 200, (_, at) => ({
    path: `${at}/papers`,
    body: { boughtOn: "2026-11-22", price: "89 EUR" },
  })),
  "GET /v1/twins/{twin}/notices": reads("twin:read", () => "/notices"),
  "PUT /v1/twins/{twin}/notices/{notice}": channel({ owner: 403 }, 200, (w, at) => ({
    path: `${at}/notices/${w.notice}`,
    body: { state: "done" },
  })),
  "GET /v1/twins/{twin}/events": reads("twin:read", () => "/events"),
  "GET /v1/push": open(200, () => ({ path: "/v1/push" })),
  "GET /v1/twins/{twin}/push": reads("twin:read", () => "/push"),
  "PUT /v1/twins/{twin}/push": channel({ "twin:read": 403 }, 200, (_, at) => ({
    path: `${at}/push`,
    body: {
      endpoint: "http://127.0.0.1:9/push",
      expirationTime: null,
      // A browser's keys: those of RFC 8291, appendix A.
      keys: {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
    },
  })),
  "GET /v1/twins/{twin}/live": channel({ "twin:read": 403 }, 101, (_, at) => ({
    path: `${at}/live`,
    headers: { Upgrade: "websocket" },
  })),
  "GET /v1/twins/{twin}/export": reads("owner", () => "/export"),

  "GET /v1/keyrings/{keyring}": {
    who: "keyring",
    opens: 200,
    right: (w) => ({ path: `/v1/keyrings/${w.keyring.name}` }),
  },
  "PUT /v1/keyrings/{keyring}": {
    who: "keyring",
    opens: 200,
    right: (w) => ({
      path: `/v1/keyrings/${w.keyring.name}`,
      body: "sealed anew",
      headers: { "If-Match": w.keyring.etag },
    }),
  },
  "GET /v1/products/{gtin}/notices": open(200, (w) => ({ path: `/v1/products/${w.label.gtin}/notices` })),
  "GET /v1/products/{gtin}": open(200, (w) => ({ path: `/v1/products/${w.label.gtin}` })),
  "POST /v1/twins": open(201, () => ({ path: "/v1/twins", body: { product: { name: "A kettle" } } })),
  "POST /v1/claims": open(201, (w) => ({ path: "/v1/claims", body: w.label })),
  "POST /v1/recoveries": open(202, (w) => ({ path: "/v1/recoveries", body: { code: w.owner.recoveryCode } })),
  "DELETE /v1/twins/{twin}/recovery": channel({}, 204, (_, at) => ({ path: `${at}/recovery` })),

  "POST /v1/makers/{maker}/agreements/{agr}/decision": maker("agent", 200, (w, at) => ({
    path: `${at}/agreements/${w.held}/decision`,
    body: { decision: "accepted" },
  })),
  "POST /v1/makers/{maker}/agreements/{agr}/terminate": maker("agent", 200, (w, at) => ({
    path: `${at}/agreements/${w.held}/terminate`,
    body: { reason: "We close." },
  })),
  "POST /v1/makers/{maker}/inbound-secret/rotate": maker("admin", 200, (_, at) => ({
    path: `${at}/inbound-secret/rotate`,
    body: { overlapHours: 1 },
  })),
  // Whoever asks it is the reader, who is asked for nothing after this.
  "DELETE /v1/makers/{maker}/keys/current": maker("reader", 204, (_, at) => ({ path: `${at}/keys/current` })),
  "DELETE /v1/makers/{maker}/keys/{key}": maker("admin", 204, (w, at) => ({ path: `${at}/keys/${w.spareKey}` })),
  "DELETE /v1/makers/{maker}/endpoints/{ep}": maker("admin", 204, (w, at) => ({
    path: `${at}/endpoints/${w.endpoint}`,
  })),
  "DELETE /v1/twins/{twin}/push": channel({ "twin:read": 403 }, 204, (_, at) => ({ path: `${at}/push` })),
  "PATCH /v1/twins/{twin}/channels/{chan}": channel({ owner: 403 }, 200, (w, at) => ({
    path: `${at}/channels/${w.spareChannel}`,
    body: { label: "An old phone" },
  })),
  "DELETE /v1/twins/{twin}/channels/{chan}": channel({ owner: 403 }, 204, (w, at) => ({
    path: `${at}/channels/${w.spareChannel}`,
  })),
  "DELETE /v1/twins/{twin}/notes/{note}": ofAnother(
    channel({ "notes:write": 403, "notes:read": 404 }, 204, (w, at) => ({ path: `${at}/notes/${w.note}` })),
  ),
  "POST /v1/twins/{twin}/agreements/{agr}/terminate": channel({ "agreements:write": 403 }, 200, (w, at) => ({
    path: `${at}/agreements/${w.agreement}/terminate`,
    body: { reason: "Enough." },
  })),
  "DELETE /v1/twins/{twin}/channels/current": channel({}, 204, (_, at) => ({ path: `${at}/channels/current` })),
  "DELETE /v1/twins/{twin}": channel({ owner: 403 }, 204, (_, at) => ({ path: at })),
};
