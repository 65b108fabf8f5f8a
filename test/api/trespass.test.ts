// Nobody gets in: every route with every credential that is not the right one. What is refused changes nothing.

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import { SCOPES, type Scope } from "../../src/domain/access.ts";
import { newSecret } from "../../src/platform/random.ts";
import { signWebhook, parseSecret } from "../../src/relay/sign.ts";
import { DOORS, type Door } from "../support/right-requests.ts";
import { routesOf, type Route } from "../support/routes.ts";
import { everything } from "../support/universe.ts";
import { api, operator } from "../support/worker.ts";
import { channelWithout, makeChannel, makeWorld, type World } from "../support/world.ts";

let world: World;
let routes: Route[];
let revoked: string;
let expired: string;
let ownOnly: string;
const lacking = new Map<string, string>();

const scopesOf = ({ who }: Door) => (typeof who === "object" && "scopes" in who ? who.scopes : null);
const roleOf = ({ who }: Door) => (typeof who === "object" && "role" in who ? who.role : null);

beforeAll(async () => {
  world = await makeWorld(api, operator);
  routes = await routesOf(api);
  const { owner } = world;
  const gone = await makeChannel(api, owner, ["owner"]);
  revoked = gone.token;
  expect((await api.get(`/v1/twins/${owner.twin}`, revoked)).status).toBe(200);
  expect((await api.delete(`/v1/twins/${owner.twin}/channels/${gone.id}`, owner.token)).status).toBe(204);
  const old = await makeChannel(api, owner, ["owner"], "2999-01-01T00:00:00Z");
  expired = old.token;
  await runInDurableObject(env.TENURE.getByName(owner.twin), (_, { storage }) => {
    storage.sql.exec("UPDATE channel SET expires_at = 1000 WHERE id = ?", old.id);
  });
  for (const scope of SCOPES) {
    // Reading all implies reading one's own, and a picture may be for a note or for the record: a channel lacks the one only without the other.
    const beside: Partial<Record<Scope, Scope>> = { "notes:read": "notes:own", "notes:write": "history:write" };
    const without = [scope, beside[scope]].filter((each) => each !== undefined);
    lacking.set(scope, (await channelWithout(api, owner, ...without)).token);
  }
  ownOnly = (await channelWithout(api, owner, "notes:read")).token;
  await runDurableObjectAlarm(env.TENURE.getByName(owner.twin));
});

async function knock(name: string, door: Door, token: string | undefined, headers: Record<string, string> = {}) {
  const right = door.right(world);
  const answer = await api.call(name.split(" ")[0]!, right.path, {
    token,
    body: right.body,
    headers: { ...right.headers, ...headers },
  });
  return answer.status;
}

/** Signs the inbound request as somebody with `secret`. */
async function signed(door: Door, secret: string): Promise<Record<string, string>> {
  const parsed = parseSecret(secret);
  if (!parsed.ok) throw new Error(parsed.error);
  const keys = [{ secret: parsed.value, seed: new Uint8Array(32) }];
  const webhook = {
    id: "in-1",
    timestampSeconds: Math.floor(Date.now() / 1000),
    body: door.right(world).body as string,
    keys,
  };
  return { ...(await signWebhook(webhook)) };
}

test("the table has every route of the API, and no other", () => {
  expect(Object.keys(DOORS).toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
  for (const { name, caller, needs } of routes) {
    const { who } = DOORS[name]!;
    const asked: string[] = typeof who !== "object" ? [] : "role" in who ? [who.role] : Object.keys(who.scopes);
    // The world's notes are another channel's: to meet those takes more than one's own.
    const isAsked = (need: string) => asked.includes(need === "notes:own" ? "notes:read" : need);
    expect([name, needs.filter((need) => !isAsked(need))]).toEqual([name, []]);
    expect([name, needs.length > 0]).toEqual([name, asked.length > 0]);
    const scheme =
      typeof who === "object"
        ? "role" in who
          ? "maker"
          : "channel"
        : who === "anyone" || who === "signature"
          ? null
          : who;
    expect([name, caller]).toEqual([name, scheme]);
  }
});

/** Every credential that does not open this door, with the answer. */
async function intruders(
  door: Door,
): Promise<[who: string, status: number, token: string | undefined, headers?: Record<string, string>][]> {
  const { owner, otherOwner, maker, otherMaker, agent, reader, keyring } = world;
  const strangers: [string, number, string | undefined][] = [
    ["no token", 401, undefined],
    ["garbage", 401, "garbage"],
    ["an invented token of this twin", 401, `${owner.twin}~${newSecret()}`],
    ["an invented key of this maker", 401, `${maker.domain}~${newSecret()}`],
    ["another owner", 401, otherOwner.token],
    ["another owner's secret under this twin's name", 401, `${owner.twin}~${otherOwner.token.split("~")[1]}`],
    ["another maker", 401, otherMaker.key],
    ["another maker's secret under this maker's name", 401, `${maker.domain}~${otherMaker.key.split("~")[1]}`],
    ["an invented operator", 401, newSecret()],
    ["a revoked channel", 401, revoked],
    ["an expired channel", 401, expired],
  ];
  const scopes = scopesOf(door);
  const role = roleOf(door);
  if (door.who !== "operator") strangers.push(["the operator", 401, operator]);
  if (scopes === null) strangers.push(["the owner", 401, owner.token]);
  else
    for (const [scope, status] of Object.entries(scopes))
      strangers.push([`a channel without ${scope}`, status, lacking.get(scope)]);
  if (door.ofAnother) strangers.push(["a channel that sees its own notes only", 404, ownOnly]);
  if (role === null) strangers.push(["the maker", 401, maker.key]);
  if (door.who !== "reply-link") strangers.push(["whoever holds a reply link", 401, world.lent.token]);
  if (door.who === "share") strangers.push(["whoever holds another share of the twin", 401, world.shown.otherToken]);
  else strangers.push(["whoever holds a share", 401, world.shown.token]);
  if (role === "admin") strangers.push(["the maker's agent", 403, agent]);
  if (role === "admin" || role === "agent") strangers.push(["the maker's reader", 403, reader]);
  if (door.who === "keyring") strangers.push(["the keyring's bearer, cut short", 401, keyring.bearer.slice(1)]);
  if (door.who !== "signature") return strangers;
  return [
    ...strangers,
    ["another maker's signature", 401, undefined, await signed(door, otherMaker.inboundSecret)],
    [
      "an old signature",
      401,
      undefined,
      { ...(await signed(door, maker.inboundSecret)), "webhook-timestamp": "1000000000" },
    ],
    [
      "a signature of another body",
      401,
      undefined,
      { ...(await signed(door, maker.inboundSecret)), "webhook-id": "in-2" },
    ],
  ];
}

const closed = Object.entries(DOORS).filter(([, { who }]) => who !== "anyone");

test("no credential but the right one opens a route, and nothing is changed by any that was tried", async () => {
  const before = await everything();
  const wrong: string[] = [];
  let tried = 0;
  for (const [name, door] of closed) {
    for (const [who, status, token, headers] of await intruders(door)) {
      const answered = await knock(name, door, token, headers);
      tried++;
      if (answered !== status) wrong.push(`${name} by ${who}: ${answered}, not ${status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(600);
  expect(await everything()).toEqual(before);
});

describe("a 401", () => {
  const invented = (twin: string) => twin.slice(0, -1) + (twin.endsWith("0") ? "1" : "0");
  const FAULTS: Record<string, { body?: unknown; headers?: Record<string, string>; query?: string }> = {
    "a right request": {},
    "a broken body": { body: "{", headers: { "Content-Type": "application/json" } },
    "a wrong body": { body: { wrong: true } },
    "a body of no type": { body: "{}", headers: { "Content-Type": "text/plain" } },
    "a body too large": { body: "{}", headers: { "Content-Length": "5000000" } },
    "a wrong query": { query: "?limit=0&cursor=!&after=x" },
    "a wrong Idempotency-Key": { headers: { "Idempotency-Key": "" } },
  };

  test("is the same to the byte whether the twin exists or not, and whatever else is wrong with the request", async () => {
    const { owner, otherOwner, maker, otherMaker } = world;
    const secret = newSecret();
    const tokens = (twin: string): (string | undefined)[] => [
      undefined,
      "garbage",
      `${twin}~${secret}`,
      `${twin}~short`,
      otherOwner.token,
      maker.key,
      otherMaker.key,
      `${maker.domain}~${secret}`,
      operator,
    ];
    const differing: string[] = [];
    for (const [name, door] of closed.filter(([name]) => name.includes("{twin}"))) {
      const right = door.right(world);
      for (const [fault, { body, headers, query = "" }] of Object.entries(FAULTS)) {
        const ask = async (twin: string, token: string | undefined) => {
          const hasBody = !/^(?:GET|DELETE) /.test(name);
          const answer = await api.call(name.split(" ")[0]!, right.path.replace(owner.twin, twin) + query, {
            token,
            ...(hasBody && { body: body ?? right.body }),
            headers: { ...right.headers, ...headers },
          });
          return JSON.stringify([answer.status, answer.body, [...answer.headers]]);
        };
        const nowhere = invented(owner.twin);
        for (const [i, token] of tokens(owner.twin).entries()) {
          if (roleOf(door) && token === maker.key) continue;
          const [real, none] = [await ask(owner.twin, token), await ask(nowhere, tokens(nowhere)[i])];
          if (real !== none || !real.startsWith("[401,"))
            differing.push(`${name}, ${fault}, token ${i}: ${real} / ${none}`);
        }
      }
    }
    expect(differing.slice(0, 5)).toEqual([]);
  });

  test("is the same to the byte whether the maker exists or not", async () => {
    const secret = newSecret();
    const differing: string[] = [];
    for (const [name, door] of closed.filter(([, door]) => roleOf(door) !== null)) {
      const right = door.right(world);
      for (const { body, headers } of Object.values(FAULTS)) {
        const ask = async (domain: string) => {
          const path = right.path.replace(world.maker.domain, domain);
          const hasBody = !/^(?:GET|DELETE) /.test(name);
          const token = `${domain}~${secret}`;
          const answer = await api.call(name.split(" ")[0]!, path, {
            token,
            ...(hasBody && { body: body ?? right.body }),
            headers: { ...right.headers, ...headers },
          });
          return JSON.stringify([answer.status, answer.body, [...answer.headers]]);
        };
        const [real, none] = [await ask(world.maker.domain), await ask("never-was.example")];
        if (real !== none || !real.startsWith("[401,")) differing.push(`${name}: ${real} / ${none}`);
      }
    }
    expect(differing.slice(0, 5)).toEqual([]);
  });
});

test("the right credential opens every route: what was refused above was refused for the credential alone", async () => {
  const exact = new Map<string, string>();
  const tokenFor = async (door: Door): Promise<string | undefined> => {
    const scopes = scopesOf(door);
    if (scopes) {
      const needed = Object.keys(scopes) as Scope[];
      const name = needed.join();
      if (!exact.has(name))
        exact.set(name, (await makeChannel(api, world.owner, needed.length === 0 ? ["history:read"] : needed)).token);
      return exact.get(name);
    }
    const role = roleOf(door);
    if (role !== null) return { admin: world.maker.key, agent: world.agent, reader: world.reader }[role];
    return door.who === "operator"
      ? operator
      : door.who === "keyring"
        ? world.keyring.bearer
        : door.who === "reply-link"
          ? world.lent.token
          : door.who === "share"
            ? world.shown.token
            : undefined;
  };
  for (const [name, door] of Object.entries(DOORS)) {
    const headers = door.who === "signature" ? await signed(door, world.maker.inboundSecret) : {};
    expect([name, await knock(name, door, await tokenFor(door), headers)]).toEqual([name, door.opens]);
  }
});
