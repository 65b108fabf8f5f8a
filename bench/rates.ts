// How fast notes are accepted and read, each as a ratio to something measured at the same time. A row's ratio is the
// median of its rounds' ratios: each compares moments that lie next to each other.
import { Client } from "../test/support/client.ts";
import { agree, type TestOwner } from "../test/support/people.ts";
import { Company } from "./company.ts";
import { type Request, send } from "./load.ts";
import type { Row } from "./report.ts";
import type { Servers } from "./servers.ts";
import type { Size } from "./size.ts";
import { median } from "./statistics.ts";
import { type Side, takeTurns } from "./turns.ts";
import { inserts, reads, selects, startTwin, writes } from "./twins.ts";

/**
 * An object is warm when SQLite's log has reached the 1,000 pages at which it begins anew: from then on it is written in
 * place, which costs a file system much less than making a file longer. Long texts fill pages, three and five each.
 */
const WARM_TEXT = "x".repeat(8_000);
const WARM_INSERTS = 400;
const WARM_NOTES = 250;
const WARM_DEPTH = 4;
/** Four equal sides make a ratio that differs by this much from run to run. */
const NOISE = 0.1;
const AT_ONCE = 50;

/** A row from the rates of its rounds: `a` and `b` are the places of its two sides, `scale` corrects a round's ratio. */
function ratioRow(
  { name, floor }: Pick<Row, "name" | "floor">,
  rounds: readonly number[][],
  [a, b]: readonly [number, number],
  scale: (rates: readonly number[]) => number = () => 1,
): Row {
  const rate = (place: number): string => `${median(rounds.map((rates) => rates[place]!)).toFixed(0)}/s`;
  return {
    name,
    value: median(rounds.map((rates) => (rates[a]! / rates[b]!) * scale(rates))),
    unit: "ratio",
    floor,
    detail: `${rate(a)} : ${rate(b)}`,
  };
}

export async function* rates(size: Size, { product, baseline, another }: Servers): AsyncGenerator<Row> {
  const api = new Client(fetch, product.url);
  const side =
    (origin: string, ...requests: Request[]): Side =>
    () =>
      send(origin, requests, { until: { ms: size.roundMs } });
  const turns = (...sides: Side[]): Promise<number[][]> => takeTurns(size.rounds, sides);
  // A ratio of two ratios needs more rounds to come to rest.
  const moreTurns = (...sides: Side[]): Promise<number[][]> => takeTurns(2 * size.rounds, sides);
  const warmTwin = async (): Promise<TestOwner> => {
    const twin = await startTwin(api);
    await send(product.url, [writes(twin, { text: WARM_TEXT })], { until: { count: WARM_NOTES }, depth: WARM_DEPTH });
    return twin;
  };
  const warmBook = async (name: string): Promise<string> => {
    await send(baseline.url, [inserts(name, WARM_TEXT)], { until: { count: WARM_INSERTS }, depth: WARM_DEPTH });
    return name;
  };

  const twin = await warmTwin();
  const book = await warmBook("book");
  const insert = side(baseline.url, inserts(book));
  const accept = side(product.url, writes(twin));
  yield ratioRow(
    { name: "accept a private note, against the baseline", floor: 0.6 },
    await turns(accept, insert),
    [0, 1],
  );

  const reading = await turns(side(product.url, reads(twin)), insert, side(baseline.url, selects(book)));
  yield ratioRow({ name: "read the newest 20 notes, against the baseline", floor: 0.6 }, reading, [0, 1]);
  yield ratioRow({ name: "  … against its reading 20 rows of three columns", floor: null }, reading, [0, 2]);

  // Many files cost a process more than one, whatever it does with them: the baseline shows how much.
  const twins: TestOwner[] = [];
  const books: string[] = [];
  for (let n = 0; n < AT_ONCE; n++) {
    twins.push(await warmTwin());
    books.push(await warmBook(`book-${n}`));
  }
  const many = await moreTurns(
    side(product.url, ...twins.map((each) => writes(each))),
    accept,
    side(baseline.url, ...books.map((each) => inserts(each))),
    insert,
  );
  const loss = (measured: readonly number[]): number => measured[3]! / measured[2]!;
  yield ratioRow({ name: `accept on ${AT_ONCE} twins at once, against one twin`, floor: null }, many, [0, 1]);
  yield ratioRow({ name: "  … the baseline's 50 objects, against one object", floor: null }, many, [2, 3]);
  yield ratioRow({ name: "  … the first over the second", floor: 1 - NOISE }, many, [0, 1], loss);

  const full = await startTwin(api);
  const began = performance.now();
  const filling = { until: { count: size.fullNotes }, depth: size.fillDepth };
  const filled = await send(product.url, [writes(full)], filling);
  yield {
    name: `fill a twin with ${size.fullNotes.toLocaleString("en")} notes`,
    value: (performance.now() - began) / 1_000,
    unit: "s",
    floor: null,
    detail: `${filled.toFixed(0)}/s`,
  };
  const flat = await turns(
    side(product.url, writes(full)),
    async () => side(product.url, writes(await startTwin(api)))(),
    async () => side(product.url, writes(await warmTwin()))(),
  );
  yield ratioRow({ name: "accept on that full twin, against an empty one", floor: 0.9 }, flat, [0, 1]);
  yield ratioRow({ name: `  … against one that is warm, with ${WARM_NOTES} notes`, floor: null }, flat, [0, 2]);

  // In a server of its own: what was sent is still being delivered, at the endpoint's pace, when this ends.
  const sending = await another();
  const sendingApi = new Client(fetch, sending.url);
  const company = await Company.found(sendingApi, sending.operatorKey);
  const sender = await startTwin(sendingApi, company.maker.domain);
  await agree(sendingApi, sender);
  const sent = writes(sender, { send: true });
  const long = writes(sender, { send: true, text: WARM_TEXT });
  await send(sending.url, [long], { until: { count: WARM_NOTES }, depth: WARM_DEPTH });
  yield ratioRow(
    { name: "accept a sent note, against the baseline", floor: 0.4 },
    await turns(side(sending.url, sent), insert),
    [0, 1],
  );
  company.end();
  await sending.stop();
}
