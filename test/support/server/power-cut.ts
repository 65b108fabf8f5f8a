// A request during which the power goes: sent over a connection of its own, and what was answered is never read.

import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./server.ts";

/** `answered`: the answer is on its way, and so what it says is committed. A number: so many ms after sending. */
export type Moment = "answered" | number;

/** Posts, kills the server with SIGKILL at the moment, and starts it again. */
export async function postAsPowerGoes(
  server: TestServer,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  moment: Moment,
): Promise<void> {
  const { hostname, host, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {}); // the other side is about to be killed
  const head = Object.entries({ ...headers, host, "content-length": String(Buffer.byteLength(body)) });
  socket.write(`POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`);
  await (moment === "answered" ? once(socket, "readable") : sleep(moment));
  await server.kill9();
  socket.destroy();
  await server.start();
}
