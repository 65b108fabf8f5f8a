// Terms, from the proffer to two copies of one record: accepted by a policy, decided by a person, or countered and confirmed.
import type { Company, Owner, Stage } from "./people.ts";
import { expect, expectEqual } from "./expectation.ts";
import { checkRecord, type Checked } from "./record.ts";
import type { Story, Terms } from "./story.ts";
import { detail, happened, printed, says, scene } from "./transcript.ts";

type View = {
  readonly id: string;
  readonly state: string;
  readonly terms: Terms | null;
  readonly counter: Terms | null;
  readonly recordDigest: string;
};

/** An agreement in force. `inForceAt` by performance.now(). */
export type Agreed = {
  readonly id: string;
  readonly terms: Terms;
  readonly record: Checked;
  readonly inForceAt: number;
};

async function inPlainWords({ api }: Stage, code: Terms): Promise<string> {
  const { plainWords } = await api.get<{ plainWords: string }>(`/v1/roster/${code}`);
  return `“${plainWords}”`;
}

export async function deals(
  stage: Stage,
  { proffer, dealing }: Story,
  owner: Owner,
  company: Company,
): Promise<Agreed> {
  const { api } = stage;
  const { name: who, twin, token, live } = owner;
  const { domain, name: firm, server } = company;

  const { preferred, alternates } = proffer;
  scene(`${who} proffers ${[preferred, ...alternates].join(", or else ")}:`);
  detail(await inPlainWords(stage, preferred));
  let inForceAt = performance.now();
  let view = await api.post<View>(`/v1/twins/${twin}/agreements`, proffer, token);

  if (dealing.by === "policy") {
    happened(`${firm}'s policy accepts ${dealing.accepts} at once.`);
  } else if (dealing.by === "person") {
    expectEqual(view.state, "held", "the state of a proffer left to a person");
    happened(`${firm} leaves that to a person. Silence is not acceptance.`);
    printed(domain, (await server.line("agreement.proffered")).text);
    const { key } = await api.post<{ key: string }>(
      `/v1/makers/${domain}/keys`,
      { label: dealing.name, role: "agent" },
      company.key,
    );
    inForceAt = performance.now();
    const decision = { decision: "accepted", chosen: dealing.accepts, reason: dealing.reason };
    await api.post(`/v1/makers/${domain}/agreements/${view.id}/decision`, decision, key);
    says(
      "maker",
      `${dealing.name.toUpperCase()} AT ${firm.toUpperCase()}`,
      who.toUpperCase(),
      `accepts ${dealing.accepts}`,
      dealing.reason,
    );
  } else {
    expectEqual(view.state, "countered", "the state of a countered proffer");
    expectEqual(view.counter, dealing.offers, "the counter");
    happened(`${firm}'s policy counters with ${dealing.offers}:`);
    detail(await inPlainWords(stage, dealing.offers));
    inForceAt = performance.now();
    await api.post(`/v1/twins/${twin}/agreements/${view.id}/confirm`, { decision: "accepted" }, token);
    happened(`${who} can live with that, and confirms.`);
  }

  const terms = dealing.by === "counter" ? dealing.offers : dealing.accepts;
  await live.next("agreement.accepted", ({ agreement }) => agreement?.id === view.id);
  view = await api.get<View>(`/v1/twins/${twin}/agreements/${view.id}`, token);
  expectEqual(view.state, "accepted", "the state of the agreement");
  expectEqual(view.terms, terms, "what was agreed");
  const { text } = await server.line("agreement.accepted");
  expect(text.startsWith(`agreement.accepted, ${terms},`), `the company's server is told of ${terms}`, text);
  printed(domain, text);

  const record = await checkRecord(api, view.id, { twin, token, maker: domain, key: company.key });
  expectEqual(view.recordDigest, record.owners, "the digest the agreement names");
  expectEqual(record.signatures, dealing.by === "counter" ? 3 : 2, "the number of signatures");
  happened(
    `In force. Both sides hold the same record; its ${record.signatures} signatures were verified here. Check code ${record.owners.slice(0, 10)}.`,
  );
  return { id: view.id, terms, record, inForceAt };
}
