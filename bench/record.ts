// A long record against a short one: what it costs to add an entry and have the twin vouch for all of them must not grow with the record.
import { Client } from "../test/support/client.ts";
import type { TestOwner } from "../test/support/people.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median, percentile } from "./statistics.ts";
import { startTwin } from "./twins.ts";

const FEW = 10;
/** How often each short record is added to, so that it stays short. */
const ADDED_TO_EACH = 4;
/** What a long record may cost, as a multiple of a short one. */
const DEARER_AT_MOST = 1.5;

type Shown = TestOwner & { readonly share: string; readonly buyer: string };

async function append(api: Client, { twin, token }: TestOwner): Promise<void> {
  const entry = { kind: "inspecting", text: "Oiled, and the blade was ground.", occurredOn: "2026-01-04" };
  const { status } = await api.post(`/v1/twins/${twin}/history`, entry, token);
  if (status !== 201) throw new Error(`an entry was refused with ${status}`);
}

/** A twin whose record has `entries`, the one of its beginning among them, and a link to show it with. */
async function recorded(api: Client, entries: number): Promise<Shown> {
  const owner = await startTwin(api);
  for (let n = 1; n < entries; n++) await append(api, owner);
  const { status, body } = await api.post(`/v1/twins/${owner.twin}/shares`, {}, owner.token);
  if (status !== 201) throw new Error(`a share was refused with ${status}`);
  return { ...owner, share: body.share, buyer: body.url.split("#")[1] };
}

/** How long it takes to add an entry and to have a checkpoint with it (ms). */
async function vouchedAfterAppend(api: Client, shown: Shown): Promise<number> {
  const began = performance.now();
  await append(api, shown);
  const { status } = await api.get(`/v1/twins/${shown.twin}/shares/${shown.share}/status`, shown.buyer);
  if (status !== 200) throw new Error(`a checkpoint was refused with ${status}`);
  return performance.now() - began;
}

export async function* records({ recordEntries, recordRounds }: Size, { another }: Servers): AsyncGenerator<Row> {
  const server = await another();
  const api = new Client(fetch, server.url);
  const long = await recorded(api, recordEntries);
  const short: Shown[] = [];
  for (let n = 0; n < recordRounds / ADDED_TO_EACH; n++) short.push(await recorded(api, FEW));
  const [few, many]: [number[], number[]] = [[], []];
  for (let round = 0; round < recordRounds; round++) {
    few.push(await vouchedAfterAppend(api, short[round % short.length]!));
    many.push(await vouchedAfterAppend(api, long));
  }
  await server.stop();
  yield {
    name: `a checkpoint after an append, ${recordEntries} entries against ${FEW}`,
    value: median(many) / median(few),
    unit: "ratio",
    floor: null,
    ceiling: DEARER_AT_MOST,
    detail: `${median(many).toFixed(1)} : ${median(few).toFixed(1)} ms, p95 ${percentile(many, 0.95).toFixed(1)} : ${percentile(few, 0.95).toFixed(1)}`,
  };
}
