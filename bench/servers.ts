// The two sides of every comparison: the product and the floor beneath it, built by the same maker and served by the
// same kind of process, without rate limits, on temporary data.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWorker } from "../self-host/build.ts";
import { startServer, type TestServer, UNLIMITED } from "../test/support/server/server.ts";

const PROJECT = join(import.meta.dirname, "..");
const ENV = { ...UNLIMITED, ALLOW_LOOPBACK_WEBHOOKS: "1" };

export type Servers = {
  readonly product: TestServer;
  readonly baseline: TestServer;
  /** Another server of the product, with nothing in it. */
  readonly another: () => Promise<TestServer>;
  readonly discard: () => Promise<void>;
};

export async function startServers(): Promise<Servers> {
  const builds = mkdtempSync(join(tmpdir(), "pico-twins-bench-"));
  const product = join(builds, "product");
  const baseline = join(builds, "baseline");
  await buildWorker(join(PROJECT, "wrangler.toml"), product);
  await buildWorker(join(import.meta.dirname, "baseline/wrangler.toml"), baseline);
  const started: TestServer[] = [];
  const start = async (build: string): Promise<TestServer> => {
    const server = await startServer({ build, env: ENV });
    started.push(server);
    return server;
  };
  return {
    product: await start(product),
    baseline: await start(baseline),
    another: () => start(product),
    async discard() {
      for (const server of started) await server.discard();
      rmSync(builds, { recursive: true });
    },
  };
}
