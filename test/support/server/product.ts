// The real product in its real process, with a receiver beside it: what the fault tests start from.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWorker } from "../../../self-host/build.ts";
import { Client } from "../client.ts";
import type { TestMaker } from "../people.ts";
import { Receiver, type Hook, type Script } from "./receiver.ts";
import { startServer, type TestServer } from "./server.ts";

const WRANGLER = join(import.meta.dirname, "../../../wrangler.toml");

export type Product = {
  readonly server: TestServer;
  readonly api: Client;
  readonly receiver: Receiver;
  readonly end: () => Promise<void>;
};

/** Built for itself, so that a source that changes meanwhile changes nothing here. `scale`: RELAY_TIME_SCALE. */
export async function startProduct(scale: number, env: Record<string, string> = {}): Promise<Product> {
  const build = mkdtempSync(join(tmpdir(), "pico-twins-build-"));
  await buildWorker(WRANGLER, build);
  const receiver = await new Receiver().up();
  const limits = ["LIMIT_ANONYMOUS", "LIMIT_FAILED_CLAIMS", "LIMIT_CHANNEL_WRITES", "LIMIT_INBOUND"];
  const server = await startServer({
    build,
    env: {
      ALLOW_LOOPBACK_WEBHOOKS: "1",
      RELAY_TIME_SCALE: String(scale),
      ...Object.fromEntries(limits.map((name) => [name, "0"])),
      ...env,
    },
  });
  return {
    server,
    api: new Client(fetch, server.url),
    receiver,
    end: async () => {
      await server.discard();
      await receiver.down();
      rmSync(build, { recursive: true, force: true });
    },
  };
}

let hooks = 0;

export type Subscription = { readonly id: string; readonly hook: Hook; readonly path: string };

/** Makes an endpoint of the maker at an address of its own. */
export async function subscribe(
  { api, receiver }: Pick<Product, "api" | "receiver">,
  maker: TestMaker,
  script?: Script,
  types?: readonly string[],
): Promise<Subscription> {
  const hook = receiver.hook(`hook-${++hooks}`, script);
  const { status, body } = await api.post(
    `/v1/makers/${maker.domain}/endpoints`,
    { url: hook.url, ...(types && { types }) },
    maker.key,
  );
  if (status !== 201) throw new Error(`endpoint: ${status} ${JSON.stringify(body)}`);
  hook.learn(body.secret as string);
  return { id: body.endpoint as string, hook, path: `/v1/makers/${maker.domain}/endpoints/${body.endpoint as string}` };
}

/** Asks again until what the API answers `holds`; for what it has no event for. */
export async function eventually<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > until) throw new Error(`not within ${withinMs / 1000} s; at last ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
