// A company and its owners for the tests of its desk: threads are there once the tenures told of them.

import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { agree, claim, join, write, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";

export const RULES = { "SD-BASE-DP": "accept", "SD-BASE-A": "accept", "SD-BASE": "accept" };

export const threadsPath = ({ domain }: TestMaker, rest = ""): string => `/v1/makers/${domain}/threads${rest}`;
export const threadPath = (maker: TestMaker, { twin }: TestOwner, note: string, rest = ""): string =>
  threadsPath(maker, `/${twin}/${note}${rest}`);

export const joinWith = async (deskShards: number): Promise<TestMaker> => {
  const domain = `m${crypto.randomUUID().slice(0, 8)}.example`;
  const { status, body } = await api.post("/v1/makers", { domain, name: "A company", deskShards }, operator);
  if (status !== 201) throw new Error(`join: ${status} ${JSON.stringify(body)}`);
  const put = await api.put(`/v1/makers/${domain}/policy`, { rules: RULES }, body.key);
  if (put.status !== 200) throw new Error(`policy: ${put.status}`);
  return { domain, key: body.key, inboundSecret: body.inboundSecret };
};

/** An owner under terms with this company. */
export async function ownerOf(maker: TestMaker, terms = "SD-BASE-DP"): Promise<TestOwner & { agreement: string }> {
  const owner = await claim(api, maker);
  const { id } = await agree(api, owner, terms);
  return { ...owner, agreement: id };
}

export const send = (owner: TestOwner, text: string, more: Record<string, unknown> = {}) =>
  write(api, owner, text, { send: true, ...more });

/** Everything the owner's twin has to tell is told. */
export const told = ({ twin }: TestOwner): Promise<void> => env.TENURE.getByName(twin).tellDesks();

/** The ids of the notes that the desk lists, in its order. */
export async function listed(maker: TestMaker, query = ""): Promise<string[]> {
  const { status, body } = await api.get(threadsPath(maker, query), maker.key);
  if (status !== 200) throw new Error(`threads: ${status} ${JSON.stringify(body)}`);
  return body.items.map(({ note }: { note: { id: string } }) => note.id);
}

export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 20_000, interval: 20 });

export { api, join, operator, write };
