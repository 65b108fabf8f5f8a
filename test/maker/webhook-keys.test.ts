// How the keys of a webhook take turns.

import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Maker } from "../../src/maker/maker.ts";
import { WebhookKeys } from "../../src/maker/webhook-keys.ts";
import { joinedMaker } from "../support/maker-world.ts";

const HOUR_MS = 3_600_000;

async function withKeys(test: (keys: WebhookKeys) => void): Promise<void> {
  const { domain } = await joinedMaker();
  await runInDurableObject(env.MAKER.getByName(domain), (_: Maker, state) => {
    const keys = new WebhookKeys(state.storage.sql);
    keys.clear("inbound");
    test(keys);
  });
}

const names = (keys: WebhookKeys, at: number): string[] => keys.live("inbound", at).map(({ name }) => name);

describe("a rotation", () => {
  it("lets the key before it live for the overlap, to the millisecond, and no longer", () =>
    withKeys((keys) => {
      keys.rotate("inbound", "a", 0, 0);
      expect(keys.rotate("inbound", "b", HOUR_MS, 1_000)).toEqual({ previousUntil: HOUR_MS + 1_000 });
      expect(names(keys, HOUR_MS + 999)).toEqual(["b", "a"]);
      expect(names(keys, HOUR_MS + 1_000)).toEqual(["b"]);
    }));

  it("never lengthens the life of a key that was to end sooner", () =>
    withKeys((keys) => {
      keys.rotate("inbound", "a", 0, 0);
      keys.rotate("inbound", "b", HOUR_MS, 0);
      keys.rotate("inbound", "c", 24 * HOUR_MS, 0);
      expect(names(keys, HOUR_MS)).toEqual(["c", "b"]);
      expect(names(keys, 24 * HOUR_MS)).toEqual(["c"]);
    }));

  it("ends all others at once in an emergency, and forgets the names they were made from", () =>
    withKeys((keys) => {
      keys.rotate("inbound", "a", 0, 0);
      keys.rotate("inbound", "b", HOUR_MS, 0);
      keys.rotate("inbound", "c", 0, 0);
      expect(names(keys, 0)).toEqual(["c"]);
      expect(names(keys, -HOUR_MS)).toEqual(["c"]);
    }));

  it("leaves other owners' keys alone", () =>
    withKeys((keys) => {
      keys.rotate("ep_1", "x", 0, 0);
      keys.rotate("inbound", "a", 0, 0);
      keys.clear("inbound");
      expect(keys.live("ep_1", 0)).toEqual([{ name: "x", createdAt: 0, endsAt: null }]);
    }));
});
