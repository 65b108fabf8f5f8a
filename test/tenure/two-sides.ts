// An agreement looked at from both sides at once: what must be the same on both is compared here, byte for byte.

import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { canonical, type Json } from "../../src/domain/json.ts";
import { verifyEvents, verifyRecord } from "../../src/domain/terms/verify.ts";
import { agree, claim, join, type TestMaker, type TestOwner } from "../support/people.ts";
import { api, operator } from "../support/worker.ts";
import { path, rest, tenureOf } from "./world.ts";

const bytesAt = async (url: string, token: string): Promise<{ bytes: string; etag: string | null; status: number }> => {
  const response: Response = await (exports as any).default.fetch(
    new Request(api.origin + url, { headers: { Authorization: `Bearer ${token}` } }),
  );
  return { bytes: await response.text(), etag: response.headers.get("ETag"), status: response.status };
};

export class TwoSides {
  readonly maker: TestMaker;
  readonly owner: TestOwner;

  constructor(maker: TestMaker, owner: TestOwner) {
    this.maker = maker;
    this.owner = owner;
  }

  /** A company with this policy, and the owner of one of its things. */
  static async meet(rules: Record<string, string> | null): Promise<TwoSides> {
    const maker = await join(api, operator, rules);
    return new TwoSides(maker, await claim(api, maker));
  }

  proffer = (preferred?: string, alternates: string[] = []): Promise<any> =>
    agree(api, this.owner, preferred, alternates);
  ours = async (id: string): Promise<any> =>
    (await api.get(path(this.owner, `/agreements/${id}`), this.owner.token)).body;
  act = (id: string, deed: "confirm" | "rescind" | "terminate", body: object = {}) =>
    api.post(path(this.owner, `/agreements/${id}/${deed}`), body, this.owner.token);
  decide = (id: string, body: object) =>
    api.post(`/v1/makers/${this.maker.domain}/agreements/${id}/decision`, body, this.maker.key);
  end = (id: string, reason = "We stop making these.") =>
    api.post(`/v1/makers/${this.maker.domain}/agreements/${id}/terminate`, { reason }, this.maker.key);
  policy = (rules: Record<string, string>) =>
    api.put(`/v1/makers/${this.maker.domain}/policy`, { rules }, this.maker.key);
  /** The types and states of what was between the two, oldest first. */
  states = async (): Promise<string[]> =>
    (await api.get(path(this.owner, "/agreements"), this.owner.token)).body.items
      .map((item: any) => `${item.preferred} ${item.state}`)
      .toReversed();
  makerFeed = async (): Promise<any[]> =>
    (await api.get(`/v1/makers/${this.maker.domain}/events`, this.maker.key)).body.items;

  /** Both copies say the same, of the same bytes, whose digest and signatures hold. Answers both views. */
  async agree(id: string, state: string): Promise<{ ours: any; theirs: any }> {
    const own = path(this.owner, `/agreements/${id}`);
    const other = `/v1/makers/${this.maker.domain}/agreements/${id}`;
    const [ours, theirs, record, copy] = await Promise.all([
      api.get(own, this.owner.token).then(({ body }) => body),
      api.get(other, this.maker.key).then(({ body }) => body),
      bytesAt(`${own}/record`, this.owner.token),
      bytesAt(`${other}/record`, this.maker.key),
    ]);
    expect([ours.state, theirs.state]).toEqual([state, state]);
    expect([record.status, copy.status]).toEqual([200, 200]);
    expect(copy.bytes).toBe(record.bytes);
    expect(record.bytes).toBe(canonical(JSON.parse(record.bytes) as Json));
    const digest = new Uint8Array(
      await crypto.subtle.digest("SHA-256", new TextEncoder().encode(record.bytes)),
    ).toHex();
    expect([ours.recordDigest, theirs.recordDigest, record.etag, copy.etag]).toEqual([
      digest,
      digest,
      `"${digest}"`,
      `"${digest}"`,
    ]);
    expect([ours.checkCode, theirs.checkCode]).toEqual([digest.slice(0, 10), digest.slice(0, 10)]);
    expect(canonical(theirs.events)).toBe(canonical(ours.events));
    for (const fact of ["terms", "permits", "prohibits", "obliges", "preferred", "alternates", "createdAt"]) {
      expect(theirs[fact], fact).toEqual(ours[fact]);
    }
    await rest(tenureOf(this.owner));
    expect((await this.ours(id)).acknowledged).toBe(true);
    const agent = await env.MAKER.getByName(this.maker.domain).agentKey();
    const resolve = async (key: string) => (key === agent?.key ? agent.publicKey : null);
    expect(await verifyRecord(JSON.parse(record.bytes), resolve)).toMatchObject({ ok: true });
    expect(await verifyEvents(JSON.parse(record.bytes), ours.events, resolve)).toMatchObject({ ok: true });
    return { ours, theirs };
  }
}
