// A company's endpoint in a process of its own: answers 200 and tells its parent what arrived when.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** `at`: milliseconds since 1970, with a fraction. `note`: the note it is about, if it is about one. */
export type Arrival = {
  readonly type: string;
  readonly note: string | null;
  readonly twin: string;
  readonly at: number;
};
export type Listening = { readonly port: number };

const server = createServer((request, response) => {
  const at = performance.timeOrigin + performance.now();
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    response.writeHead(200, { "Content-Length": "0" }).end();
    const { type, data } = JSON.parse(Buffer.concat(chunks).toString()) as {
      type: string;
      data: { twin: string; note?: { id: string } };
    };
    const arrival: Arrival = { type, note: data.note?.id ?? null, twin: data.twin, at };
    // A parent that is done listening is no fault.
    process.send?.(arrival, undefined, undefined, () => {});
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port } satisfies Listening);
});
process.once("disconnect", () => process.exit());
