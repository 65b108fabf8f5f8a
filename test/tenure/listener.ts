// Somebody who listens to a twin's live socket: keeps what comes until it is asked for, and how it ended.

import type { TestOwner } from "../support/people.ts";
import { api } from "../support/worker.ts";
import { exports } from "cloudflare:workers";
import { path } from "./world.ts";

export type Heard = { readonly seq: number; readonly type: string; readonly timestamp: string; readonly data: any };

export type Listener = {
  /** The next `count` events, awaited as they come. */
  readonly take: (count: number) => Promise<Heard[]>;
  /** What has come and was not taken. */
  readonly left: () => readonly Heard[];
  /** How the other side closed it, once it has. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly close: () => void;
};

export const knockLive = (
  owner: Pick<TestOwner, "twin">,
  headers: Record<string, string>,
  query = "",
): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(
    new Request(`${api.origin}${path(owner, `/live${query}`)}`, { headers }),
  );

export async function listen(owner: TestOwner, query = ""): Promise<Listener> {
  const response = await knockLive(
    owner,
    { Upgrade: "websocket", "Sec-WebSocket-Protocol": `pico-twins.v1, bearer.${owner.token}` },
    query,
  );
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  const heard: Heard[] = [];
  let came = (): void => {};
  socket.addEventListener("message", ({ data }) => {
    heard.push(JSON.parse(data as string) as Heard);
    came();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  });
  socket.accept();
  return {
    take: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => (came = resolve));
      return heard.splice(0, count);
    },
    left: () => heard,
    closed,
    close: () => socket.close(1000),
  };
}
