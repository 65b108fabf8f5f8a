// What was filed and answered is there after the power goes, and so is its reminder: once, though nobody asks for it.

import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import type { TestOwner } from "../support/people.ts";
import { startServer, type TestServer } from "../support/server/server.ts";

const TWINS = 20;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { LIMIT_ANONYMOUS: "0" } });
});
afterAll(() => server.discard());

/** Listens to everything from the beginning until the reminder has come. */
const reminded = ({ twin, token }: TestOwner): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/v1/twins/${twin}/live?after=0`, [
      "pico-twins.v1",
      `bearer.${token}`,
    ]);
    socket.addEventListener("error", () => reject(new Error("the socket was refused")));
    socket.addEventListener("message", ({ data }) => {
      if (JSON.parse(data as string).type !== "papers.reminder") return;
      socket.close(1000);
      resolve();
    });
  });

test("a warranty's reminder that was set before a SIGKILL comes after it, once", async () => {
  const api = new Client((url, init) => fetch(url, init), server.url);
  const owners = await Promise.all(
    Array.from({ length: TWINS }, async () => {
      const { body } = await api.post<TestOwner>("/v1/twins", { product: { name: "A kettle" } });
      return body;
    }),
  );
  // Tomorrow, with a year's notice: due as soon as it is written.
  const warrantyUntil = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const filed = await Promise.all(
    owners.map(({ twin, token }) => api.put(`/v1/twins/${twin}/papers`, { warrantyUntil, remindDays: 365 }, token)),
  );
  expect(filed.map(({ status }) => status)).toEqual(filed.map(() => 200));
  await server.kill9();
  await server.start();
  await Promise.all(owners.map(reminded));
  for (const [at, { twin, token }] of owners.entries()) {
    expect((await api.get(`/v1/twins/${twin}/papers`, token)).body).toEqual(filed[at]!.body);
    const { items } = (await api.get(`/v1/twins/${twin}/events`, token)).body;
    expect(items.map(({ type }: { type: string }) => type)).toEqual(["papers.changed", "papers.reminder"]);
    expect(items[1].data).toEqual({ warrantyUntil });
  }
});
