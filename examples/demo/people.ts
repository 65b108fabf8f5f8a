// The two sides of a story as it begins: a company that joins with a server of its own, and an owner who claims a thing.
import { writeFileSync } from "node:fs";
import { join as pathTo } from "node:path";
import type { Api } from "./api.ts";
import { expect, expectEqual } from "./expectation.ts";
import type { Label } from "./history.ts";
import { Live } from "./live.ts";
import { Program } from "./program.ts";
import type { Story } from "./story.ts";
import { detail, happened, label, printed, scene } from "./transcript.ts";

/** What every story is played on. Whoever made it stops `programs` and removes `scratch`. */
export type Stage = {
  readonly api: Api;
  readonly operatorKey: string;
  readonly scratch: string;
  readonly programs: Program[];
};

/** `key` is an admin's. */
export type Company = {
  readonly domain: string;
  readonly name: string;
  readonly key: string;
  readonly inboundSecret: string;
  readonly server: Program;
};
/** `label`: what is printed on the thing. */
export type Owner = {
  readonly name: string;
  readonly twin: string;
  readonly token: string;
  readonly label: Label;
  readonly live: Live;
};

// Where the endpoint points until its server has an address. Nothing is sent there: nobody has an agreement yet.
const NOWHERE = "http://127.0.0.1:9/webhooks";

const and = (parts: readonly string[]): string => parts.join(parts.length > 2 ? ", " : " and ");

function policyInWords(policy: Story["maker"]["policy"]): string {
  const withRule = (rule: string): string[] => Object.keys(policy).filter((code) => policy[code] === rule);
  const accepted = withRule("accept");
  const held = withRule("hold");
  const counters = Object.entries(policy).filter(([, rule]) => rule.startsWith("counter:"));
  return [
    ...(accepted.length > 0 ? [`accepts ${and(accepted)}`] : []),
    ...(held.length > 0 ? [`leaves ${and(held)} to a person`] : []),
    ...counters.map(([code, rule]) => `answers ${code} with ${rule.slice("counter:".length)}`),
    "refuses all else",
  ].join("; ");
}

/** What the company's server answers to which notes. */
const rulesOf = ({ notes }: Story): object[] =>
  notes.flatMap(({ kind, canned }) => {
    if (canned === undefined) return [];
    const { words, ...answer } = canned;
    return [{ kind, words, answer }];
  });

/** Registers the company, and connects the example server to it as its engineer would. */
export async function joins({ api, operatorKey, scratch, programs }: Stage, story: Story): Promise<Company> {
  const { domain, name, policy } = story.maker;
  const { key, inboundSecret } = await api.post<{ key: string; inboundSecret: string }>(
    "/v1/makers",
    { domain, name },
    operatorKey,
  );
  happened(`The operator registers ${name}, ${domain}.`);
  const path = `/v1/makers/${domain}`;
  await api.put(`${path}/policy`, { rules: policy }, key);
  detail(`Its policy ${policyInWords(policy)}.`);

  const reader = await api.post<{ key: string }>(`${path}/keys`, { label: "the webhook server", role: "reader" }, key);
  const { endpoint, secret } = await api.post<{ endpoint: string; secret: string }>(
    `${path}/endpoints`,
    { url: NOWHERE },
    key,
  );
  const rules = pathTo(scratch, `${domain}.json`);
  writeFileSync(rules, JSON.stringify(rulesOf(story)));
  const server = new Program(`${name}'s server`, "examples/maker-server/server.ts", {
    PORT: "0",
    TWINS_URL: api.origin,
    MAKER: domain,
    WEBHOOK_SECRET: secret,
    INBOUND_SECRET: inboundSecret,
    MAKER_KEY: reader.key,
    RULES: rules,
  });
  programs.push(server);
  const url = await server.address();
  await api.patch(`${path}/endpoints/${endpoint}`, { url }, key);
  await api.post(`${path}/endpoints/${endpoint}/test`, {}, key);
  const test = await server.line("endpoint.test");
  const forged = { type: "note.sent", data: { note: { kind: "praise", text: "Wonderful! Five stars!" } } };
  const { status } = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "webhook-id": "evt_forged",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}`,
    },
    body: JSON.stringify(forged),
  });
  expectEqual(status, 401, "the answer to a forged event");
  const refused = await server.line("refused");
  happened(`Its own server, at ${url}, takes a signed test event in and turns a forged note away with 401:`);
  printed(domain, test.text);
  printed(domain, refused.text);
  return { domain, name, key, inboundSecret, server };
}

/** Has a label printed for the thing, claims it with the code from the box, and opens the owner's socket. */
export async function claims({ api }: Stage, { owner: name, thing, product }: Story, company: Company): Promise<Owner> {
  type Printed = { url: string; serial: string; code: string };
  const order = { gtin: product.gtin, model: product.model, count: 1 };
  const made = await api.post<{ labels: [Printed] }>(`/v1/makers/${company.domain}/labels`, order, company.key);
  const [{ url, serial, code }] = made.labels;
  scene(`${company.name} prints a label:`);
  label([product.model, url, `Inside the box: ${code}`]);

  const { twin, token } = await api.post<{ twin: string; token: string }>("/v1/claims", {
    gtin: product.gtin,
    serial,
    code,
  });
  const { proof, agreement } = await api.get<{ proof: string; agreement: object | null }>(`/v1/twins/${twin}`, token);
  expectEqual(proof, "label", "the proof of a claimed twin");
  expect(agreement === null, "a new twin has no agreement");
  happened(`${name} opens the box and claims ${thing} with the code. No account is made, and nothing is agreed yet.`);
  return { name, twin, token, label: { gtin: product.gtin, serial }, live: await Live.open(api.origin, twin, token) };
}
