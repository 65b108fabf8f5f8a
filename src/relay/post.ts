// One request to a stranger's server. Never follows a redirect, never takes longer than it may, never reads more of the answer than asked for.

import { readBounded } from "./read-bounded.ts";

type Limits = {
  /** For the whole exchange, as much of the answer's body as is read included. */
  readonly limitMs: number;
  /** How much of the answer's body is wanted; 0 when its status and headers say it all. */
  readonly readBytes: number;
};

export type Letter = Limits & {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
};

export type Posted =
  | { readonly kind: "answer"; readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }
  | { readonly kind: "timeout" | "network" };

/** @param target an address that `checkTarget` let through. Never throws for anything the network or the receiver does. */
export const post = (target: URL, { headers, body, ...limits }: Letter, send: typeof fetch): Promise<Posted> =>
  exchange(target, { method: "POST", headers, body }, limits, send);

/** The same for reading what stands there. */
export const look = (target: URL, limits: Limits, send: typeof fetch): Promise<Posted> =>
  exchange(target, { method: "GET" }, limits, send);

async function exchange(
  target: URL,
  request: { readonly method: string } & Partial<Pick<Letter, "headers" | "body">>,
  { limitMs, readBytes }: Limits,
  send: typeof fetch,
): Promise<Posted> {
  const limit = new AbortController();
  let timer: number | null = null;
  const over = new Promise<Posted>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: "timeout" });
      limit.abort();
    }, limitMs);
  });
  const asked = async (): Promise<Posted> => {
    const response = await send(target.href, { ...request, redirect: "manual", signal: limit.signal });
    const answer = { kind: "answer", status: response.status, headers: response.headers } as const;
    if (readBytes > 0) return { ...answer, bytes: (await readBounded(response.body, readBytes)).bytes };
    // Not awaited: how it ends changes nothing.
    response.body?.cancel().catch(() => {});
    return { ...answer, bytes: new Uint8Array(0) };
  };
  try {
    // Raced, because a stream that ignores the abort must not hold us.
    return await Promise.race([asked(), over]);
  } catch {
    return { kind: limit.signal.aborted ? "timeout" : "network" };
  } finally {
    clearTimeout(timer);
  }
}
