// A company with something on every page of its desk, and browsers that are signed in there.

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { Client } from "../client.ts";
import { agree, claim, freshGtin, write, type TestMaker, type TestOwner } from "../people.ts";
import { eventually, subscribe, type Subscription } from "../server/product.ts";
import { answer, type Receiver } from "../server/receiver.ts";
import type { TestServer } from "../server/server.ts";

export type DeskPage = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors and warnings of its console, and exceptions. */
  readonly complaints: string[];
  /** Every address it asked for. */
  readonly asked: readonly string[];
};

type Kept = { readonly maker: string; readonly key: string; readonly role?: string; readonly label?: string };

/** A browser signed in to a desk at `path`, as an admin unless another role is said. */
export async function openDesk(
  browser: Browser,
  origin: string,
  kept: Kept,
  path: string,
  options: BrowserContextOptions = {},
): Promise<DeskPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    locale: "en-GB",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.push(`${message.page()?.url()}: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on("request", (request) => asked.push(request.url()));
  // A page of this origin that runs nothing: what is signed in must be there before the desk is.
  await page.goto(`${origin}/robots.txt`);
  const session = { name: "Lamo Footwear", role: "admin", label: "Ida Berg", byLink: false, ...kept };
  await page.evaluate((text) => localStorage.setItem("pico-twins.desk", text), JSON.stringify(session));
  await page.goto(origin + path);
  return { context, page, complaints, asked };
}

/** What the numbers of a company with many owners look like; no test can wait for the weeks they are of. */
export const numbersOf = (issue: string, gtin: string) => ({
  counted: 1_204,
  excluded: 37,
  weeks: { from: "2026-07-06", to: "2026-10-04" },
  byKind: [
    { kind: "problem", n: 310 },
    { kind: "question", n: 142 },
    { kind: "praise", n: 8 },
  ],
  byProduct: [
    { product: gtin, n: 400 },
    { product: "Trail Boot", n: 60 },
  ],
  byWeek: ["2026-07-06", "2026-07-13", "2026-07-27", "2026-08-10", "2026-09-28"].map((week, at) => ({
    week,
    n: 40 + 27 * at,
  })),
  knownIssues: [{ issue, n: 64 }],
  firstReplySeconds: { p50: 9_000, p90: 160_000, slowest: 700_000 },
  addressed: { share: 0.84, of: 95 },
});

export type DeskWorld = {
  readonly maker: TestMaker;
  readonly base: string;
  readonly api: Client;
  readonly gtin: string;
  readonly owners: readonly TestOwner[];
  readonly note: string;
  readonly issue: string;
  readonly notice: string;
  readonly good: Subscription;
  readonly bad: Subscription;
};

const OWNERS = 2;

/** Lamo Footwear, as it stands after a busy day. */
export async function furnish(server: TestServer, receiver: Receiver): Promise<DeskWorld> {
  const api = new Client(fetch, server.url);
  const domain = "lamo.example";
  const base = `/v1/makers/${domain}`;
  const made = await api.post("/v1/makers", { domain, name: "Lamo Footwear" }, server.operatorKey);
  const maker: TestMaker = { domain, key: made.body.key, inboundSecret: made.body.inboundSecret };
  const post = async (path: string, body: unknown) => (await api.post(`${base}${path}`, body, maker.key)).body;
  await api.put(`${base}/policy`, { rules: { "SD-BASE-DP": "accept", "SD-BASE-AT": "hold" } }, maker.key);
  const good = await subscribe({ api, receiver }, maker);
  const bad = await subscribe({ api, receiver }, maker, () => answer(422, {}, '{"error":"the queue is full"}'), [
    "note.sent",
  ]);
  const gtin = freshGtin();
  const owners: TestOwner[] = [];
  for (let at = 0; at < OWNERS; at++) owners.push(await claim(api, maker, gtin));
  const [owner, other] = owners as [TestOwner, TestOwner];
  await agree(api, owner);
  await agree(api, other, "SD-BASE-AT");
  const { id: note } = await write(api, owner, "The sole came off.", { send: true, wants: "repair" });
  const known = {
    title: "Soles come off when they get hot",
    product: gtin,
    status: "investigating",
    text: "Keep them away from heaters.",
  };
  const [{ id: issue }, , { id: notice }] = await Promise.all([
    post("/known-issues", known),
    post("/known-issues", { title: "Laces are short", status: "fixed", fixedIn: "batch 12" }),
    post("/notices", { kind: "safety", gtin, title: "The heel can break", text: "Do not run in them." }),
    post("/saved-replies", { title: "Ask for the size", text: "Hello [name], which size do you wear?" }),
    post("/sign-in-links", { label: "Ben Okafor", role: "agent" }),
  ]);
  const late = await post("/notices", { kind: "service", title: "Spare laces end", text: "Order before May." });
  await post(`/notices/${late.id}/withdraw`, { reason: "They go on." });
  await eventually(
    () => api.patch(`${base}/threads/${owner.twin}/${note}`, { knownIssue: issue, labels: ["glue"] }, maker.key),
    ({ status }) => status === 200,
  );
  await eventually(
    () => api.get(`${base}/deliveries?endpoint=${bad.id}`, maker.key),
    ({ body }) => body.items?.[0]?.state === "dead",
  );
  return { maker, base, api, gtin, owners, note, issue, notice, good, bad };
}
