// Somebody without a token in front of the real server: one connection a request, the answer whole, and what of the server's disk it touched.

import { readdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";

export type Whole = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};
export type Asked = {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request on a connection of its own, as another client would have one. */
export function ask(url: string, { method = "GET", token, body, headers = {} }: Asked = {}): Promise<Whole> {
  const { promise, resolve, reject } = Promise.withResolvers<Whole>();
  const sent = request(
    url,
    {
      method,
      agent: false,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
    },
    (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", () => {
        const { date: _, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, headers: rest, text: Buffer.concat(chunks).toString() });
      });
    },
  );
  sent.once("error", reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

/** Does `work` for 0 to `count` - 1, `AT_ONCE` of them at any time. */
export async function times<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const AT_ONCE = 16;
  const done: T[] = [];
  let next = 0;
  const line = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) done[n] = await work(n);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return done;
}

const OBJECT = /^([0-9a-f]{64})\./;

/** How many objects of each class have a file, whatever SQLite keeps beside it and workerd beside them all. */
export function objectsOnDisk(dataDir: string): Record<string, number> {
  const root = join(dataDir, "objects");
  const counts: Record<string, number> = {};
  for (const name of readdirSync(root)) {
    const objects = readdirSync(join(root, name)).map((file) => OBJECT.exec(file)?.[1]);
    counts[name] = new Set(objects.filter((id) => id !== undefined)).size;
  }
  return counts;
}
