// The network address of whoever asks, for the rate limits of strangers. Never stored, never logged.

/** `cf.clientIp` is what workerd says of the connection itself; Cloudflare's own header is believed on Cloudflare, a proxy's only when it is the trusted one. */
export function clientAddress(request: Request, env: Env): string {
  const cf = request.cf as { clientIp?: string; colo?: string } | undefined;
  if (cf?.clientIp === undefined) return request.headers.get("CF-Connecting-IP") ?? "unknown";
  const peer = hostOf(cf.clientIp);
  if (env.TRUSTED_PROXY === "" || peer !== env.TRUSTED_PROXY) return peer;
  // The last one is what the trusted proxy itself saw; what stands before it is anyone's word.
  return request.headers.get("X-Forwarded-For")?.split(",").at(-1)?.trim() || peer;
}

/** An address without its port, IPv6 cut to its /64: one household has many. */
function hostOf(address: string): string {
  const host = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address;
  if (!host.includes(":")) return host;
  return host.includes(".") ? host : /^[^:]+:\d+$/.test(host) ? host.slice(0, host.lastIndexOf(":")) : host;
}
