// A world whose clock stands still until a test moves it. It stands a year ahead of the real one, so that no alarm goes off by itself:
// what the objects set theirs to lies in the real future, and a test lets it ring.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import { twinParts, type TwinId } from "../../src/domain/ids.ts";
import type { TestOwner } from "../support/people.ts";
import { api } from "../support/worker.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const RINGS = 50;

/** For a whole file: time passes only by `pass`. */
export function stillClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(Date.now() + 365 * DAY_MS);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

export const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

export const tenureOf = ({ twin }: Pick<TestOwner, "twin">) => env.TENURE.getByName(twin);
export const twinOf = ({ twin }: Pick<TestOwner, "twin">) => env.TWIN.getByName(twinParts(twin as TwinId).item);
export const makerOf = ({ domain }: { domain: string }) => env.MAKER.getByName(domain);
/** The first shard of a company's desk: the only one, unless it joined with more. */
export const deskOf = ({ domain }: { domain: string }) => env.DESK.getByName(`${domain}/0`);
export const productOf = (gtin: string) => env.PRODUCT.getByName(gtin);

type Stub =
  | ReturnType<typeof productOf>
  | ReturnType<typeof tenureOf>
  | ReturnType<typeof twinOf>
  | ReturnType<typeof makerOf>
  | ReturnType<typeof deskOf>;

export const inside = <R>(stub: Stub, look: (state: DurableObjectState) => R | Promise<R>): Promise<R> =>
  runInDurableObject(stub as DurableObjectStub, (_, state) => look(state));

export const alarmAt = (stub: Stub): Promise<number | null> => inside(stub, (state) => state.storage.getAlarm());

/** Lets an object's alarm ring until nothing is due any more. Each ring takes a millisecond. */
export async function rest(stub: Stub): Promise<void> {
  for (let rings = 0; rings < RINGS; rings++) {
    const at = await alarmAt(stub);
    if (at === null || at > Date.now() + 1) return;
    pass(1);
    await runDurableObjectAlarm(stub);
  }
  throw new Error(`after ${RINGS} rings there is still something due`);
}

/** Everything that stands in an object's tables and beside them, as one text. */
export const everything = (stub: Stub): Promise<string> =>
  inside(stub, ({ storage }) => {
    const tables = [
      ...storage.sql.exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      ),
    ];
    const rows = tables.map(
      ({ name }) => `${name} ${JSON.stringify([...storage.sql.exec(`SELECT * FROM "${name}"`)])}`,
    );
    return [...rows, JSON.stringify([...storage.kv.list()])].join("\n");
  });

export const path = ({ twin }: Pick<TestOwner, "twin">, rest = ""): string => `/v1/twins/${twin}${rest}`;

export async function startTwin(product: Record<string, unknown> = {}): Promise<TestOwner> {
  const { status, body } = await api.post("/v1/twins", { product: { name: "A kettle", ...product } });
  if (status !== 201) throw new Error(`the twin answered ${status} ${JSON.stringify(body)}`);
  return body as TestOwner;
}

/** A channel with these scopes, as somebody who holds its token. */
export async function channelWith(
  owner: TestOwner,
  scopes: readonly string[],
  more: Record<string, unknown> = {},
): Promise<TestOwner & { channel: string }> {
  const { status, body } = await api.post(
    path(owner, "/channels"),
    { label: scopes.join(" "), scopes, ...more },
    owner.token,
  );
  if (status !== 201) throw new Error(`the channel answered ${status} ${JSON.stringify(body)}`);
  return { ...owner, token: body.token, channel: body.channel };
}

/** The types of the feed's events, oldest first. */
export async function feedTypes(owner: TestOwner): Promise<string[]> {
  const { body } = await api.get(path(owner, "/events?limit=200"), owner.token);
  return body.items.map(({ type }: { type: string }) => type);
}
