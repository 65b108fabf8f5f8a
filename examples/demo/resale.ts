// What becomes of a thing that is sold: its history is shown and checked, and it changes hands. The buyer is told what was done to it;
// what its owner thought of it is gone.
import { Webhook } from "standardwebhooks";
import type { Agreed } from "./dealing.ts";
import { expect, expectEqual } from "./expectation.ts";
import { checkHistory, isItem, type ShownHistory } from "./history.ts";
import type { Company, Owner, Stage } from "./people.ts";
import { chapter, detail, happened, scene } from "./transcript.ts";

type Sale = { readonly stage: Stage; readonly owner: Owner; readonly company: Company; readonly agreed: Agreed };
type Access = { readonly twin: string; readonly token: string; readonly words: string };

const BUYER = "Femi";
const SCRATCH = "Scratch along the left rear door, from a trolley.";
const day = (): string => new Date().toISOString().slice(0, 10);

/** What the company's own workshop sends when it has done something to one of its items. */
async function records({ stage: { api }, company }: Sale, data: object, type: string, id: string): Promise<void> {
  const now = new Date();
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const response = await fetch(`${api.origin}/v1/makers/${company.domain}/inbound`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(company.inboundSecret).sign(id, now, body),
    },
    body,
  });
  expect(response.ok, `the ${type} of ${company.name} is taken in`, `${response.status} ${await response.text()}`);
}

async function record(sale: Sale): Promise<void> {
  const { stage, owner, company } = sale;
  const { twin, token } = owner;
  await stage.api.post(
    `/v1/twins/${twin}/history`,
    { kind: "replacing", text: "New front brake pads, at home.", occurredOn: day() },
    token,
  );
  await stage.api.post(`/v1/twins/${twin}/history`, { kind: "other", text: SCRATCH, occurredOn: day() }, token);
  happened(`${owner.name} puts two things on the record: new brake pads, and a scratch.`);
  const about = { twin };
  const done = { ...about, kind: "repairing", text: "Recall 26-14: hybrid inverter replaced.", occurredOn: day() };
  await records(sale, done, "record.entry", "workshop-1");
  await records(sale, { ...about, count: 1, asOf: day() }, "record.count", "workshop-2");
  happened(
    `${company.name}'s workshop writes what it did, and signs that it wrote one entry. That needs no agreement.`,
  );
}

async function show({ stage: { api }, owner }: Sale): Promise<void> {
  const { twin, token, label } = owner;
  const { entries } = await api.get<ShownHistory>(`/v1/twins/${twin}/history`, token);
  const scratch = entries.at(-2)!.seq;
  const { url } = await api.post<{ url: string }>(
    `/v1/twins/${twin}/shares`,
    { withhold: [scratch], label: BUYER },
    token,
  );
  const { pathname, hash } = new URL(url);
  const path = `/v1/twins/${twin}/shares/${pathname.split("/").at(-1)}`;
  scene(`${owner.name} shows the history to ${BUYER} by a link, and withholds the words about the scratch.`);
  const shown = await api.post<ShownHistory>(`${path}/open`, {}, hash.slice(1));
  const words = checkHistory(shown);
  happened(`${BUYER} opens it. Head and ${shown.entries.length} signatures are right, computed here. It says:`);
  shown.entries.forEach(({ seq, kind, by, recordedOn }, at) => {
    const text = words[at] === null ? "(withheld)" : (words[at]!.text ?? "");
    detail(`${seq}. ${recordedOn} ${kind}, by ${by.maker ?? `the ${by.role}`}. ${text}`);
  });
  expectEqual(words.filter((word) => word === null).length, 1, "the number of entries that are withheld");
  const { salt } = await api.post<{ salt: string }>(`${path}/label`, label, hash.slice(1));
  expect(isItem(shown, salt, label), "the label on the car is the one that was signed");
  expect(!isItem(shown, salt, { ...label, serial: `${label.serial}0` }), "another car's label is not");
  happened(
    `${BUYER} scans the label on the car. It is the one that was signed when the record began; this, too, is computed here.`,
  );
  const given = shown.entries.map(({ disclosure }) => Buffer.from(disclosure ?? "", "base64url").toString());
  expect(!`${JSON.stringify(shown)} ${given.join(" ")}`.includes(SCRATCH), "the words about the scratch are nowhere");
}

async function handOver({ stage: { api }, owner, company, agreed }: Sale): Promise<Access> {
  const { twin, token } = owner;
  const offer = await api.post<{ code: string }>(`/v1/twins/${twin}/handover`, {}, token);
  const path = `/v1/twins/${twin}/handover`;
  type Opened = {
    readonly record: Omit<ShownHistory, "keys">;
    readonly keys: ShownHistory["keys"];
    readonly head: object;
  };
  const opened = await api.post<Opened>(`${path}/open`, { code: offer.code });
  checkHistory({ ...opened.record, keys: opened.keys });
  const accepted = await api.post<Access>(`${path}/accept`, { code: offer.code, head: opened.head });
  scene(
    `${owner.name} offers the car, ${BUYER} looks at the whole record and accepts. Both compare four words: ${accepted.words}.`,
  );
  const early = await fetch(`${api.origin}/v1/twins/${accepted.twin}`, {
    headers: { Authorization: `Bearer ${accepted.token}` },
  });
  expectEqual(early.status, 401, `what ${BUYER}'s access opens before ${owner.name} lets go`);

  const { state } = await api.post<{ state: string }>(`${path}/release`, { words: accepted.words }, token);
  expectEqual(state, "committed", "what becomes of the handover");
  happened(`${owner.name} has the money and lets go. The car is ${BUYER}'s.`);
  const gone = await fetch(`${api.origin}/v1/twins/${twin}`, { headers: { Authorization: `Bearer ${token}` } });
  expectEqual(gone.status, 401, `what ${owner.name}'s access opens now`);
  const told = await company.server.line("twin.transferred");
  happened(`${company.name}'s server is told that control changed, and not who has it:`);
  detail(told.text);
  const copy = await api.get<{ state: string }>(`/v1/makers/${company.domain}/agreements/${agreed.id}`, company.key);
  expectEqual(copy.state, "transferred", "the state of the company's copy of the agreement");
  return accepted;
}

/** The car of a story, sold. */
export async function resale(sale: Sale): Promise<void> {
  const { stage, owner, company } = sale;
  chapter("The car is sold", `What was done to it travels along. What ${owner.name} wrote about it does not.`);
  await record(sale);
  await show(sale);
  const { twin, token } = await handOver(sale);
  const [notes, agreements, history] = await Promise.all([
    stage.api.get<{ items: unknown[] }>(`/v1/twins/${twin}/notes`, token),
    stage.api.get<{ items: unknown[] }>(`/v1/twins/${twin}/agreements`, token),
    stage.api.get<Omit<ShownHistory, "keys">>(`/v1/twins/${twin}/history`, token),
  ]);
  expectEqual(notes.items.length, 0, `the number of notes that ${BUYER} finds`);
  expectEqual(agreements.items.length, 0, `the number of agreements that ${BUYER} has`);
  const keys = {
    [company.domain]: await stage.api.get<ShownHistory["keys"][string]>(`/v1/makers/${company.domain}/did.json`),
  };
  const words = checkHistory({ ...history, keys });
  happened(
    `${BUYER} begins with a record of ${words.length} entries, no note of anybody's and no agreement with anybody.`,
  );
}
