// The inbound door's rate: only what was signed counts against it.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import type { Dealings } from "../../src/maker/dealings.ts";
import { Door } from "../../src/maker/door.ts";
import { Inbox } from "../../src/maker/inbox.ts";
import type { Maker } from "../../src/maker/maker.ts";
import type { Recording } from "../../src/maker/recording.ts";
import { WebhookKeys } from "../../src/maker/webhook-keys.ts";
import { rootOf } from "../../src/platform/root.ts";
import { signWebhook } from "../../src/relay/sign.ts";
import { joinedMaker } from "../support/maker-world.ts";

it("refuses what is signed above the rate with 429, and counts nothing that is not signed", async () => {
  const { domain } = await joinedMaker();
  await runInDurableObject(env.MAKER.getByName(domain), async (_: Maker, state) => {
    const { sql } = state.storage;
    const keys = new WebhookKeys(sql);
    const door = new Door(
      state.storage,
      { ...env, LIMIT_INBOUND: "3" },
      { keys, inbox: new Inbox(sql), dealings: {} as Dealings, recording: {} as Recording },
    );
    const { name } = keys.live("inbound", Date.now())[0]!;
    const secret = await rootOf(env).secret("inbound", name);
    const knock = async (signedWith: Uint8Array) => {
      const body = new TextEncoder().encode("{}") as Uint8Array<ArrayBuffer>;
      const id = crypto.randomUUID();
      const signed = await signWebhook({
        id,
        timestampSeconds: Math.floor(Date.now() / 1000),
        body,
        keys: [{ secret: signedWith, seed: new Uint8Array(32) }],
      });
      const answer = await door.receive(domain, {
        id,
        timestamp: signed["webhook-timestamp"],
        signature: signed["webhook-signature"],
        body,
      });
      return answer.ok ? "ok" : answer.error.code;
    };
    const unsigned = await Promise.all(Array.from({ length: 20 }, () => knock(new Uint8Array(32))));
    expect(new Set(unsigned)).toEqual(new Set(["bad-signature"]));
    // As long as it takes to be quicker than three a second.
    const signed: string[] = [];
    while (!signed.includes("rate-limited") && signed.length < 60) signed.push(await knock(secret));
    expect(signed.slice(0, 3)).toEqual(["invalid", "invalid", "invalid"]);
    expect(signed.at(-1)).toBe("rate-limited");
  });
});
