// Twins to write to, and the requests that do it.
import type { Client } from "../test/support/client.ts";
import type { TestOwner } from "../test/support/people.ts";
import type { Request } from "./load.ts";

/** About as long as what people write on a phone. */
export const TEXT =
  "The handle gets hot after about twenty minutes of use, and the switch sticks when it rains. " +
  "It did neither in the first year. I have stopped using it for longer jobs.";

export async function startTwin(api: Client, maker = "maker.example", name = "Drill"): Promise<TestOwner> {
  const { status, body } = await api.post("/v1/twins", { product: { name, maker } });
  if (status !== 201) throw new Error(`a twin was refused with ${status}`);
  return body as TestOwner;
}

/** Makes many twins, a few at a time. */
export async function startTwins(api: Client, count: number): Promise<TestOwner[]> {
  const twins: TestOwner[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      twins.push(await startTwin(api));
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  return twins;
}

export const writes = ({ twin, token }: TestOwner, more: object = {}): Request => ({
  method: "POST",
  path: `/v1/twins/${twin}/notes`,
  token,
  body: { kind: "problem", text: TEXT, ...more },
  status: 201,
});

export const reads = ({ twin, token }: TestOwner): Request => ({
  method: "GET",
  path: `/v1/twins/${twin}/notes?limit=20`,
  token,
  status: 200,
});

/** The same to the baseline, whose objects are named by paths. */
export const inserts = (object: string, text = TEXT): Request => ({
  method: "POST",
  path: `/${object}`,
  body: { text },
  status: 201,
});
export const selects = (object: string): Request => ({ method: "GET", path: `/${object}?limit=20`, status: 200 });
