// A way to somewhere on which things get lost: of the requests, a part never arrives, and, if so wanted, of the answers a part never comes back.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Lossy = {
  readonly url: string;
  /** Where it leads from now on. */
  to: string;
  readonly counts: { sent: number; lostThere: number; lostBack: number };
  readonly stop: () => Promise<void>;
};

/**
 * Loses every `lose`-th request. `both`: every second of these arrives, and only its answer is lost. Whoever sends without heeding the answer
 * has lost nothing by that.
 */
export async function lossyWay(lose: number, { both }: { readonly both: boolean }): Promise<Lossy> {
  const counts = { sent: 0, lostThere: 0, lostBack: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      counts.sent++;
      const isLost = counts.sent % lose === 0;
      const arrives = !isLost || (both && (counts.sent / lose) % 2 === 0);
      if (!arrives) {
        counts.lostThere++;
        request.socket.destroy();
        return;
      }
      const { host: _, connection: __, "transfer-encoding": ___, "content-length": ____, ...headers } = request.headers;
      fetch(way.to, { method: "POST", headers: headers as Record<string, string>, body: Buffer.concat(chunks) }).then(
        ({ status }) => {
          if (!isLost) return response.writeHead(status).end();
          counts.lostBack++;
          return request.socket.destroy();
        },
        () => request.socket.destroy(),
      );
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const way: Lossy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    to: "",
    counts,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return way;
}
