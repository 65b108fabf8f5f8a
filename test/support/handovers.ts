// Handing things over in tests: both sides, through the public API alone.

import type { Client } from "./client.ts";
import type { TestOwner } from "./people.ts";

export type Head = { size: number; root: string };
export type TestOffer = { offer: string; code: string; url: string };
export type Accepted = TestOwner & { words: string; state: string };
type Named = Pick<TestOwner, "twin">;

const at = ({ twin }: Named, rest = ""): string => `/v1/twins/${twin}/handover${rest}`;

export async function offer(api: Client, owner: TestOwner, more: Record<string, unknown> = {}): Promise<TestOffer> {
  const { status, body } = await api.post(at(owner), more, owner.token);
  if (status !== 201) throw new Error(`the offer answered ${status} ${JSON.stringify(body)}`);
  return body;
}

export const openOffer = (api: Client, twin: Named, code: string) => api.post(at(twin, "/open"), { code });
/** `token`: what accepting answered. */
export const askStanding = (api: Client, twin: Named, code: string, token?: string) =>
  api.post(at(twin, "/state"), { code }, token);
export const compareByCode = (api: Client, twin: Named, code: string, label: { gtin: string; serial: string }) =>
  api.post(at(twin, "/label"), { code, ...label });
export const sayHave = (api: Client, twin: Named, code: string) => api.post(at(twin, "/have"), { code });
export const release = (api: Client, owner: TestOwner, words: string) =>
  api.post(at(owner, "/release"), { words }, owner.token);

/** Accepts with this head, under a key of its own unless one is given; without `erased` as a program that doesn't know of it. */
export const acceptWith = (
  api: Client,
  twin: Named,
  code: string,
  head: Head,
  key: string = crypto.randomUUID(),
  erased?: number,
  counted?: string,
) => api.post(at(twin, "/accept"), { code, head, erased, counted }, undefined, { "Idempotency-Key": key });

/** Looks, and accepts what it saw. */
export async function accept(api: Client, twin: Named, code: string, key?: string): Promise<Accepted> {
  const seen = await openOffer(api, twin, code);
  if (seen.status !== 200) throw new Error(`the look answered ${seen.status} ${JSON.stringify(seen.body)}`);
  const { status, body } = await acceptWith(api, twin, code, seen.body.head, key, seen.body.erased, seen.body.counted);
  if (status !== 200) throw new Error(`the acceptance answered ${status} ${JSON.stringify(body)}`);
  return body;
}

/** All of it: whose the thing is then. */
export async function handOver(api: Client, owner: TestOwner): Promise<Accepted> {
  const next = await accept(api, owner, (await offer(api, owner)).code);
  const { status, body } = await release(api, owner, next.words);
  if (status !== 200) throw new Error(`the release answered ${status} ${JSON.stringify(body)}`);
  return next;
}
