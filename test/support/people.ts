// The people of the tests: makers that join, owners that claim, agreements between them. All through the public API.

import type { Client } from "./client.ts";

export type TestMaker = { domain: string; key: string; inboundSecret: string };
export type TestOwner = { twin: string; token: string; recoveryCode: string };

let count = 0;
/** A GTIN-14 under GS1's example prefix 952, another one at each call. */
export function freshGtin(): string {
  const body = `0952${String(Math.floor(Math.random() * 1e5)).padStart(5, "0")}${String(count++ % 1e4).padStart(4, "0")}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return body + ((10 - (sum % 10)) % 10);
}

export async function join(
  api: Client,
  operatorKey: string,
  rules: Record<string, string> | null = { "SD-BASE-DP": "accept" },
  domain = `m${crypto.randomUUID().slice(0, 8)}.example`,
): Promise<TestMaker> {
  const { status, body } = await api.post("/v1/makers", { domain, name: `Maker ${domain}` }, operatorKey);
  if (status !== 201) throw new Error(`join: ${status} ${JSON.stringify(body)}`);
  const maker = { domain, key: body.key as string, inboundSecret: body.inboundSecret as string };
  if (rules) {
    const put = await api.put(`/v1/makers/${domain}/policy`, { rules }, maker.key);
    if (put.status !== 200) throw new Error(`policy: ${put.status} ${JSON.stringify(put.body)}`);
  }
  return maker;
}

export const claim = (api: Client, maker: TestMaker, gtin = freshGtin()): Promise<TestOwner> =>
  claimOne(api, maker, gtin, { count: 1 });

/** A serial that could be found by trying, as makers with their own count them. */
export const COUNTED = "000000000000000b";
export const claimCounted = (api: Client, maker: TestMaker, gtin = freshGtin()): Promise<TestOwner> =>
  claimOne(api, maker, gtin, { serials: [COUNTED] });

async function claimOne(api: Client, maker: TestMaker, gtin: string, which: object): Promise<TestOwner> {
  const made = await api.post(`/v1/makers/${maker.domain}/labels`, { gtin, model: "Model T", ...which }, maker.key);
  if (made.status !== 201) throw new Error(`labels: ${made.status} ${JSON.stringify(made.body)}`);
  const { serial, code } = made.body.labels[0];
  const claimed = await api.post("/v1/claims", { gtin, serial, code });
  if (claimed.status !== 201) throw new Error(`claim: ${claimed.status} ${JSON.stringify(claimed.body)}`);
  return claimed.body as TestOwner;
}

export async function agree(api: Client, owner: TestOwner, preferred = "SD-BASE-DP", alternates: string[] = []) {
  const { status, body } = await api.post(`/v1/twins/${owner.twin}/agreements`, { preferred, alternates }, owner.token);
  if (status !== 201) throw new Error(`proffer: ${status} ${JSON.stringify(body)}`);
  return body;
}

export async function write(api: Client, owner: TestOwner, text: string, more: Record<string, unknown> = {}) {
  const { status, body } = await api.post(
    `/v1/twins/${owner.twin}/notes`,
    { kind: "problem", text, ...more },
    owner.token,
  );
  if (status !== 201) throw new Error(`note: ${status} ${JSON.stringify(body)}`);
  return body;
}
