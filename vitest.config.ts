// What runs inside workerd (the objects, the API, the pure rules), what drives the real server process from outside, and what a browser
// sees of it.
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/** They look at every object there is, and so at what other files left. */
const ALONE = [
  "test/api/digital-link.test.ts",
  "test/api/idempotency.test.ts",
  "test/api/products.test.ts",
  "test/api/trespass.test.ts",
  "test/tenure/finder.test.ts",
];

/** What something comes to is waited for, however busy the machine is. */
const PATIENT = { poll: { timeout: 20_000 } };

const workersProject = (test: NonNullable<TestProjectInlineConfiguration["test"]>): TestProjectInlineConfiguration => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        bindings: {
          ROOT_KEY: "test-root-key-0123456789abcdefghijklmnopqrstuvwxyz",
          OPERATOR_KEY: "test-operator-key-0123456789abcdefghijklmnop",
          PUBLIC_URL: "https://twins.example",
          ALLOW_LOOPBACK_WEBHOOKS: "1",
          DOMAIN_PROOF_ORIGIN: "http://127.0.0.1:9",
          RELAY_TIME_SCALE: "1",
          LIMIT_ANONYMOUS: "0",
          LIMIT_FAILED_CLAIMS: "0",
          LIMIT_CHANNEL_WRITES: "0",
          LIMIT_INBOUND: "0",
        },
      },
    }),
  ],
  test: {
    maxWorkers: 3,
    sequence: { groupOrder: 1 },
    // A file's first request loads the whole Worker, on a machine that may be busy.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: PATIENT,
    ...test,
  },
});

export default defineConfig({
  test: {
    projects: [
      workersProject({
        name: "workers",
        include: ["test/**/*.test.ts"],
        exclude: ["test/server/**", "test/web/**", ...ALONE],
        // Files share a runtime: each makes its own people and companies. A runtime for each would cost more than the tests.
        isolate: false,
      }),
      workersProject({ name: "workers-alone", include: [...ALONE] }),
      {
        test: {
          name: "server",
          environment: "node",
          include: ["test/server/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: PATIENT,
          // Mostly waits for a process of its own, beside tests that compute.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // A file has a server and a browser of its own, and mostly waits for them: files run side by side.
        test: {
          name: "web",
          environment: "node",
          include: ["test/web/**/*.test.ts"],
          globalSetup: "test/support/web/unpack-browser.ts",
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: PATIENT,
        },
      },
    ],
  },
});
