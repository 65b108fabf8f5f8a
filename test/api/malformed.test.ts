// Whatever is sent, with whatever credential: an answer below 500, and every refusal is problem details that say what is wrong.

import { exports } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { parseSecret, signWebhook } from "../../src/relay/sign.ts";
import { bodyFaults, faultsOf, type Fault, type Sent } from "../support/faults.ts";
import { DOORS, type Door } from "../support/right-requests.ts";
import { routesOf, type Route } from "../support/routes.ts";
import { api, operator } from "../support/worker.ts";
import { makeWorld, type World } from "../support/world.ts";

const SEED = 20_261_122;
const PER_ROUTE = 28;

/** Every code with its status: a refusal with another is a mistake in one of the two. */
const STATUS: Readonly<Record<string, number>> = {
  malformed: 400,
  unauthorized: 401,
  "bad-signature": 401,
  forbidden: 403,
  "claim-refused": 403,
  "handover-refused": 403,
  "wrong-words": 403,
  "head-changed": 409,
  "alert-stands": 409,
  "recovery-refused": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  conflict: 409,
  "idempotency-conflict": 409,
  "gtin-taken": 409,
  "maker-exists": 409,
  "sign-in-refused": 403,
  "not-verified": 409,
  "proof-missing": 422,
  "agreement-required": 409,
  "agreement-state": 409,
  "quota-exceeded": 409,
  gone: 410,
  "precondition-failed": 412,
  "too-large": 413,
  "unsupported-media-type": 415,
  invalid: 422,
  "upgrade-required": 426,
  "precondition-required": 428,
  "rate-limited": 429,
};

let world: World;
let routes: Route[];
let tried = 0;

beforeAll(async () => {
  world = await makeWorld(api, operator);
  routes = await routesOf(api);
});

const rightToken = ({ who }: Door): string | undefined =>
  who === "operator"
    ? operator
    : who === "keyring"
      ? world.keyring.bearer
      : who === "reply-link"
        ? world.lent.token
        : who === "share"
          ? world.shown.token
          : typeof who !== "object"
            ? undefined
            : "role" in who
              ? world.maker.key
              : world.owner.token;

const WRONG_TOKENS = [
  "",
  "Bearer",
  "Bearer ",
  "Basic YTpi",
  "Bearer a b",
  "Bearer \u00e9",
  "bearer ~",
  `Bearer ${"x".repeat(9_000)}`,
  `Bearer ~${"a".repeat(43)}`,
];

/** What is wrong with a refusal, or null. */
function faultInRefusal(response: Response, text: string): string | null {
  if (response.status >= 500) return `status ${response.status}: ${text}`;
  if (response.status < 400) return null;
  const type = response.headers.get("Content-Type");
  if (type !== "application/problem+json") return `type ${type}`;
  if (response.headers.get("X-Content-Type-Options") !== "nosniff") return "its type may be guessed";
  const problem = JSON.parse(text) as Record<string, unknown>;
  const { type: kind, title, status, detail, code, errors } = problem;
  if (kind !== "about:blank" || status !== response.status || STATUS[code as string] !== status)
    return `with ${response.status} says ${text}`;
  if (typeof title !== "string" || title === "" || typeof detail !== "string" || detail === "") return "says nothing";
  if (/\bat \w+.*:\d+:\d+|\.ts\b|SQLITE|TypeError|Error:/.test(text)) return `shows its inside: ${text}`;
  if (
    code === "invalid" &&
    !(errors as { path?: unknown; message?: unknown }[]).every(
      (e) => typeof e.path === "string" && typeof e.message === "string",
    )
  )
    return "errors without path or message";
  if (code === "invalid" && (errors as unknown[]).length === 0) return "no errors";
  if (code === "method-not-allowed" && !response.headers.get("Allow")) return "no Allow";
  if (code === "unauthorized" && !response.headers.get("WWW-Authenticate")) return "no WWW-Authenticate";
  return null;
}

async function send({ method, path, headers, body }: Sent): Promise<{ response: Response; text: string }> {
  const request = new Request(`https://twins.example${path}`, { method, headers, ...(body !== undefined && { body }) });
  const response: Response = await (exports as any).default.fetch(request);
  response.webSocket?.accept();
  response.webSocket?.close();
  tried++;
  return { response, text: new TextDecoder().decode(await response.arrayBuffer()) };
}

const unspoilt = (route: Route, door: Door): Sent => {
  const { path, body, headers = {} } = door.right(world);
  const isJson = typeof body === "object" && !(body instanceof Uint8Array);
  return {
    method: route.method,
    path,
    headers: { ...(isJson && { "Content-Type": "application/json" }), ...headers },
    body: isJson ? JSON.stringify(body) : (body as BodyInit | undefined),
  };
};

async function judge(
  route: Route,
  door: Door,
  fault: Fault,
  token: string | undefined,
  isRight: boolean,
): Promise<string | null> {
  const sent = fault.spoil(unspoilt(route, door));
  if (token !== undefined) sent.headers = { ...sent.headers, Authorization: token };
  const { response, text } = await send(sent);
  const wrong = faultInRefusal(response, text);
  if (wrong !== null) return wrong;
  if (isRight && fault.answers && !fault.answers.includes(response.status))
    return `answers ${response.status}, not ${fault.answers.join(" or ")}: ${text.slice(0, 200)}`;
  const isClosed = !isRight && door.who !== "anyone" && door.who !== "signature";
  if (isClosed && ![401, 404, 405].includes(response.status)) return `lets ${token} through to a ${response.status}`;
  return null;
}

for (const [index, [name, door]] of Object.entries(DOORS).entries()) {
  test(`${name} answers whatever is wrong with a request`, async () => {
    const route = routes.find((each) => each.name === name)!;
    const faults = fc.sample(faultsOf(route, routes, door.right(world)), { seed: SEED + index, numRuns: PER_ROUTE });
    const found: string[] = [];
    for (const [i, fault] of faults.entries()) {
      const right = rightToken(door);
      // Every sixth comes with a credential that is none: the rest gets past the door.
      const isRight = i % 6 !== 5;
      const token = isRight ? right && `Bearer ${right}` : WRONG_TOKENS[(i + index) % WRONG_TOKENS.length];
      const wrong = await judge(route, door, fault, token, isRight);
      if (wrong !== null) found.push(`${fault.what} (${isRight ? "right" : "wrong"} credential): ${wrong}`);
    }
    expect(found).toEqual([]);
  });
}

test("the inbound door answers whatever is wrong with what a maker signed", async () => {
  world = await makeWorld(api, operator);
  const secret = parseSecret(world.maker.inboundSecret);
  if (!secret.ok) throw new Error(secret.error);
  const keys = [{ secret: secret.value, seed: new Uint8Array(32) }];
  const path = `/v1/makers/${world.maker.domain}/inbound`;
  const data = {
    twin: world.owner.twin,
    note: world.note,
    text: "Hello",
    type: "fix",
    outcome: "fixed",
    author: { name: "Mo" },
    externalId: "1",
    photos: [],
  };
  const decision = {
    twin: world.otherOwner.twin,
    agreement: world.held,
    decision: "countered",
    chosen: "SD-BASE-A",
    reason: "Because",
  };
  const bodies = [
    { type: "message.reply", timestamp: "2026-11-22T10:00:00Z", data },
    { type: "agreement.decision", data: decision },
  ];
  const statuses = new Set<number>();
  for (const [index, right] of bodies.entries()) {
    for (const [i, { what, spoil }] of fc.sample(bodyFaults(right), { seed: SEED + index, numRuns: 150 }).entries()) {
      const spoilt = spoil({ method: "POST", path, headers: {}, body: JSON.stringify(right) });
      const body = new Uint8Array(await new Response(spoilt.body).arrayBuffer());
      const signed = await signWebhook({
        id: `odd-${index}-${i}`,
        timestampSeconds: Math.floor(Date.now() / 1000),
        body,
        keys,
      });
      const { response, text } = await send({ method: "POST", path, headers: { ...spoilt.headers, ...signed }, body });
      expect([what, faultInRefusal(response, text)]).toEqual([what, null]);
      expect([what, response.status]).not.toEqual([what, 401]);
      statuses.add(response.status);
    }
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 422]));
});

test("over 2,000 requests were tried, over every route", () => {
  expect(Object.keys(DOORS).toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  expect(tried).toBeGreaterThan(2_000);
});

test("what is not a route answers like one", async () => {
  for (const path of [
    "/",
    "//",
    "/v1",
    "/v1/",
    "/v1/none",
    "/v2/twins",
    "/v1/twins//notes",
    "/v1/twins/",
    "/%",
    "/%00",
    "/.git/config",
    "/v1/roster/%2F",
    `/${"x".repeat(9_000)}`,
    "/health/",
    "/openapi.json/",
  ]) {
    for (const method of ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "PROPFIND"]) {
      const { response, text } = await send({ method, path, headers: {} });
      expect([method, path, method === "HEAD" ? null : faultInRefusal(response, text)]).toEqual([method, path, null]);
      expect([method, path, response.status < 500]).toEqual([method, path, true]);
    }
  }
});
