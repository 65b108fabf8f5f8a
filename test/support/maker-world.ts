// Makers, twins and agreements made through the HTTP API, for tests of the maker's side. Every test has names of its own.

import { env, exports } from "cloudflare:workers";
import { formatSecret, parseSecret, signWebhook } from "../../src/relay/sign.ts";

export const ORIGIN = "https://twins.example";

export type Asked = { status: number; headers: Headers; body: any; text: string };
type Options = { token?: string | undefined; body?: unknown; raw?: BodyInit; headers?: Record<string, string> };

export async function ask(
  method: string,
  path: string,
  { token, body, raw, headers = {} }: Options = {},
): Promise<Asked> {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined ? { body: JSON.stringify(body) } : raw !== undefined ? { body: raw } : {}),
  });
  // Bytes first: not every answer is text, and the runtime says so.
  const text = new TextDecoder().decode(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && !text.includes("\n") ? JSON.parse(text) : null,
  };
}

let made = 0;
export const someDomain = (): string => `maker-${++made}-${crypto.randomUUID().slice(0, 8)}.example`;

export type TestMaker = { domain: string; path: string; key: string; inboundSecret: string };

/** Registers a maker, with a policy if one is given. */
export async function joinedMaker(rules?: Record<string, string>, domain = someDomain()): Promise<TestMaker> {
  const { status, body } = await ask("POST", "/v1/makers", {
    token: env.OPERATOR_KEY,
    body: { domain, name: `Company ${domain}` },
  });
  if (status !== 201) throw new Error(`registration answered ${status} ${JSON.stringify(body)}`);
  const maker = {
    domain,
    path: `/v1/makers/${domain}`,
    key: body.key as string,
    inboundSecret: body.inboundSecret as string,
  };
  if (rules) await ask("PUT", `${maker.path}/policy`, { token: maker.key, body: { rules } });
  return maker;
}

export async function keyOf(maker: TestMaker, role: string): Promise<{ id: string; key: string }> {
  return (await ask("POST", `${maker.path}/keys`, { token: maker.key, body: { label: `a ${role}`, role } })).body;
}

export type TestTwin = { twin: string; token: string; path: string };

export async function twinOf(maker: string, name = "A kettle"): Promise<TestTwin> {
  const { status, body } = await ask("POST", "/v1/twins", { body: { product: { name, maker } } });
  if (status !== 201) throw new Error(`the twin answered ${status} ${JSON.stringify(body)}`);
  return { twin: body.twin, token: body.token, path: `/v1/twins/${body.twin}` };
}

export async function proffer(twin: TestTwin, preferred = "SD-BASE-DP", alternates: string[] = []): Promise<any> {
  const { status, body } = await ask("POST", `${twin.path}/agreements`, {
    token: twin.token,
    body: { preferred, alternates },
  });
  if (status !== 201) throw new Error(`the proffer answered ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A note that was sent to the maker. */
export async function sentNote(twin: TestTwin, text = "It hums at night."): Promise<any> {
  const { status, body } = await ask("POST", `${twin.path}/notes`, {
    token: twin.token,
    body: { kind: "problem", text, send: true },
  });
  if (status !== 201) throw new Error(`the note answered ${status} ${JSON.stringify(body)}`);
  return body;
}

export type Signing = { id?: string; secret?: string; at?: number; headers?: Record<string, string> };

/** Knocks at the inbound door with a body signed as Standard Webhooks says. */
export async function knock(maker: TestMaker, body: unknown, signing: Signing = {}): Promise<Asked> {
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  const secret = parseSecret(signing.secret ?? maker.inboundSecret);
  if (!secret.ok) throw new Error(secret.error);
  const signed = await signWebhook({
    id: signing.id ?? `in-${crypto.randomUUID()}`,
    timestampSeconds: signing.at ?? Math.floor(Date.now() / 1000),
    body: raw,
    keys: [{ secret: secret.value, seed: crypto.getRandomValues(new Uint8Array(32)) }],
  });
  return ask("POST", `${maker.path}/inbound`, {
    raw,
    headers: { "Content-Type": "application/json", ...signed, ...signing.headers },
  });
}

export const someSecret = (): string => formatSecret(crypto.getRandomValues(new Uint8Array(32)));
export const someIdempotencyKey = (): string => `key-${crypto.randomUUID()}`;
