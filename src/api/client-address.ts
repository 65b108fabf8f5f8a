// The network address of whoever asks, for the rate limits of strangers. Never stored, never logged.

import { convertIPv4ToBinary, convertIPv6ToBinary, distinctRemoteAddr } from "hono/utils/ipaddr";

const IPV6_BITS = 128n;
const IPV4_BITS = 32n;
const V4_IN_V6 = 0xffff_0000_0000n;
/** One household has many IPv6 addresses and one /64. */
const HOUSEHOLD_BITS = 64n;

/** An address as 128 bits, IPv4 as its mapped form (RFC 4291, 2.5.5.2); null for anything else. */
function bitsOf(address: string): bigint | null {
  try {
    switch (distinctRemoteAddr(address)) {
      case "IPv4":
        return V4_IN_V6 | convertIPv4ToBinary(address);
      case "IPv6":
        return convertIPv6ToBinary(address);
      default:
        return null;
    }
  } catch {
    // What merely looks like an address: a forwarded header may hold anything.
    return null;
  }
}

/** Whether `address` is one of `list`: addresses and CIDR ranges, separated by commas. */
function isListed(address: string, list: string): boolean {
  const bits = bitsOf(address);
  return list.split(",").some((entry) => {
    const [base = "", length] = entry.trim().split("/");
    const baseBits = bitsOf(base);
    if (bits === null || baseBits === null) return false;
    const width = distinctRemoteAddr(base) === "IPv4" ? IPV4_BITS : IPV6_BITS;
    const shift = width - (length === undefined ? width : BigInt(length));
    return bits >> shift === baseBits >> shift;
  });
}

/** `127.0.0.1:5000` or `[::1]:5000` without the port. */
const withoutPort = (peer: string): string => /^\[(.+)\]:\d+$/.exec(peer)?.[1] ?? peer.replace(/:\d+$/, "");

/** Addresses that count as one asker: an IPv4 address, or an IPv6 network of /64. */
function asker(address: string): string {
  const bits = bitsOf(address);
  if (bits === null) return address;
  return bits >> IPV4_BITS === V4_IN_V6 >> IPV4_BITS ? `4:${bits}` : `6:${bits >> HOUSEHOLD_BITS}`;
}

/**
 * Who asks, as one key. workerd says `cf.clientIp` of the connection itself, with its port; a forwarded address is believed only from
 * TRUSTED_PROXY, and of it the last one that is not such a proxy's. On Cloudflare there is no `clientIp`, and its own header is the truth.
 */
export function clientAddress(request: Request, env: Env): string {
  const peer = (request.cf as { clientIp?: string } | undefined)?.clientIp;
  if (peer === undefined) return asker(request.headers.get("CF-Connecting-IP") ?? "unknown");
  const address = withoutPort(peer);
  if (env.TRUSTED_PROXY === "" || !isListed(address, env.TRUSTED_PROXY)) return asker(address);
  const forwarded = (request.headers.get("X-Forwarded-For") ?? "").split(",").map((each) => each.trim());
  return asker(forwarded.findLast((each) => bitsOf(each) !== null && !isListed(each, env.TRUSTED_PROXY)) ?? address);
}
