// Somebody's page at a company's desk: a live socket that keeps what it is told, for tests.

import { exports } from "cloudflare:workers";
import type { TestMaker } from "../support/people.ts";
import { api } from "../support/worker.ts";

export type Page = {
  readonly say: (said: unknown) => void;
  /** The next `count` messages, awaited as they come. */
  readonly take: (count: number) => Promise<any[]>;
  /** What has come and was not taken. */
  readonly left: () => readonly any[];
  readonly closed: Promise<number>;
  readonly close: () => void;
};

export const knockAtDesk = (maker: Pick<TestMaker, "domain">, headers: Record<string, string>): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(
    new Request(`${api.origin}/v1/makers/${maker.domain}/live`, { headers }),
  );

export async function openDesk(maker: Pick<TestMaker, "domain">, key: string): Promise<Page> {
  const response = await knockAtDesk(maker, {
    Upgrade: "websocket",
    "Sec-WebSocket-Protocol": `pico-twins.v1, bearer.${key}`,
  });
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  const heard: any[] = [];
  let came = (): void => {};
  socket.addEventListener("message", ({ data }) => {
    heard.push(JSON.parse(data as string));
    came();
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve(code));
  });
  socket.accept();
  return {
    say: (said) => socket.send(typeof said === "string" ? said : JSON.stringify(said)),
    take: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => (came = resolve));
      return heard.splice(0, count);
    },
    left: () => heard,
    closed,
    close: () => socket.close(1000),
  };
}
