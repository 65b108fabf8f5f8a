// Who is asking: the bearer token of a request, taken apart and hashed. Whether it is good, its object says.

import { isDomain, SECRET_PATTERN, tokenParts, type Domain, type TwinId } from "../domain/ids.ts";
import { equalInConstantTime, fingerprint } from "../platform/crypto.ts";
import { rootOf } from "../platform/root.ts";
import { tenureOf } from "../platform/stubs.ts";
import { listedMaker } from "./listed-maker.ts";

/**
 * Who may call a route: nobody in particular, a channel of the path's twin, a key of the path's maker, the operator, whoever has a keyring's
 * words, whoever holds a reply link of the twin that its token names, whoever holds a share of the path's twin.
 */
export type Caller = "anyone" | "channel" | "maker" | "operator" | "keyring" | "reply-link" | "share";

const BEARER = /^Bearer +([!-~]+)$/i;

/** The token that a request bears, whatever it is. */
export const bearerOf = (request: Request): string | null =>
  BEARER.exec(request.headers.get("Authorization") ?? "")?.[1] ?? null;

export const SOCKET_PROTOCOL = "pico-twins.v1";
const PROTOCOL_BEARER = "bearer.";

/** A browser can't set headers on a WebSocket: its token comes as a subprotocol, never in the URL. */
function socketToken(request: Request): string | null {
  const offered = (request.headers.get("Sec-WebSocket-Protocol") ?? "").split(",").map((name) => name.trim());
  if (!offered.includes(SOCKET_PROTOCOL)) return null;
  return offered.find((name) => name.startsWith(PROTOCOL_BEARER))?.slice(PROTOCOL_BEARER.length) ?? null;
}

/** The hash of the secret in a channel's token, a reply link's or a share's, when the token names exactly this twin and the twin's id proves itself. */
async function channelCredential(env: Env, token: string | null, twin: string): Promise<string | null> {
  const parts = token === null ? null : tokenParts(token);
  if (!parts || parts.name !== twin || !(await rootOf(env).isTwinId(twin))) return null;
  return fingerprint(parts.secret);
}

/**
 * The twin that the request is about: its path names it, or the token of a reply link, which is all that such a request has. Where anyone may
 * call, the route itself judges what the path names, together with the code that goes with it.
 */
export const twinOf = (request: Request, caller: Caller, inPath: string | undefined): string | undefined =>
  caller === "anyone" ? undefined : caller === "reply-link" ? tokenParts(bearerOf(request) ?? "")?.name : inPath;

/** The hash of the secret in a maker's key, when the key names exactly this maker. Whether the maker exists, the directory says. */
async function makerCredential(token: string | null, maker: Domain): Promise<string | null> {
  const parts = token === null ? null : tokenParts(token);
  return parts && parts.name === maker && isDomain(maker) ? fingerprint(parts.secret) : null;
}

const isOperator = async (env: Env, token: string | null): Promise<boolean> =>
  token !== null && equalInConstantTime(await fingerprint(token), await fingerprint(env.OPERATOR_KEY));

/** The twin a token names, once its id has proven itself. */
export const twinNamed = async (env: Env, text: string): Promise<TwinId | null> =>
  (await rootOf(env).isTwinId(text)) ? (text as TwinId) : null;

/** What the request holds for a caller of this kind, as its object knows it: a hash, "" where anyone may call; null when it is missing or of the wrong form. */
export async function credentialOf(
  request: Request,
  env: Env,
  {
    caller,
    socket,
    twin,
    maker,
  }: { readonly caller: Caller; readonly socket?: boolean | undefined; readonly twin: string; readonly maker: string },
): Promise<string | null> {
  const token = bearerOf(request) ?? (socket ? socketToken(request) : null);
  switch (caller) {
    case "anyone":
      return "";
    case "operator":
      return (await isOperator(env, token)) ? "operator" : null;
    case "channel":
    case "reply-link":
    case "share":
      return channelCredential(env, token, twin);
    case "maker":
      return makerCredential(token, maker);
    case "keyring":
      return token !== null && SECRET_PATTERN.test(token) ? fingerprint(token) : null;
  }
}

/** Whether what `credentialOf` found is a live credential. Asks the object that knows; a name given here has proven itself or is looked up first. */
export async function isLive(
  env: Env,
  caller: Caller,
  tokenHash: string,
  { twin, maker }: { readonly twin: string; readonly maker: string },
): Promise<boolean> {
  if (caller === "channel") return tenureOf(env, twin as TwinId).knows(tokenHash);
  if (caller === "reply-link") return tenureOf(env, twin as TwinId).knowsLink(tokenHash);
  if (caller === "share") return tenureOf(env, twin as TwinId).knowsShare(tokenHash);
  if (caller === "maker") return (await (await listedMaker(env, maker))?.allow(tokenHash, "reader"))?.ok === true;
  return true;
}
