import { expect, test } from "vitest";
import { clientAddress } from "../../src/api/client-address.ts";

const asking = (clientIp: string | undefined, proxies: string, headers: Record<string, string> = {}): string =>
  clientAddress(
    { cf: clientIp === undefined ? {} : { clientIp }, headers: new Headers(headers) } as unknown as Request,
    { TRUSTED_PROXY: proxies } as Env,
  );

test("an address is one asker whatever its port", () => {
  expect(asking("203.0.113.7:1000", "")).toBe(asking("203.0.113.7:2000", ""));
  expect(asking("203.0.113.7:1000", "")).not.toBe(asking("203.0.113.8:1000", ""));
});

test("an IPv4 address that arrives mapped into IPv6 is the same asker", () => {
  expect(asking("[::ffff:203.0.113.7]:1", "")).toBe(asking("203.0.113.7:2", ""));
});

test("an IPv6 household is one asker, two of them are not", () => {
  expect(asking("[2001:db8:1:2::1]:1", "")).toBe(asking("[2001:db8:1:2:ffff::9]:2", ""));
  expect(asking("[2001:db8:1:2::1]:1", "")).not.toBe(asking("[2001:db8:1:3::1]:1", ""));
});

test("a forwarded address is believed from the trusted proxy only", () => {
  const headers = { "X-Forwarded-For": "198.51.100.1" };
  expect(asking("10.0.0.1:1", "", headers)).toBe(asking("10.0.0.1:2", ""));
  expect(asking("10.0.0.2:1", "10.0.0.1", headers)).toBe(asking("10.0.0.2:1", ""));
  expect(asking("10.0.0.1:1", "10.0.0.1", headers)).toBe(asking("198.51.100.1:1", ""));
  expect(asking("10.0.0.9:1", "192.0.2.1, 10.0.0.0/24", headers)).toBe(asking("198.51.100.1:1", ""));
  expect(asking("[2001:db8::5]:1", "2001:db8::/32", headers)).toBe(asking("198.51.100.1:1", ""));
});

test("of a forwarded chain the last that is no trusted proxy counts: what stands before it is anyone's word", () => {
  const chain = { "X-Forwarded-For": "1.1.1.1, 198.51.100.1, 10.0.0.3" };
  expect(asking("10.0.0.1:1", "10.0.0.0/8", chain)).toBe(asking("198.51.100.1:1", ""));
});

test("what is no address in a forwarded chain is passed over", () => {
  for (const odd of ["::gg", "1:2:3", "999.1.1.1", "", "a:b:c:d:e:f:g:h", "::1::2"]) {
    expect(asking("10.0.0.1:1", "10.0.0.1", { "X-Forwarded-For": `198.51.100.1, ${odd}` })).toBe(
      asking("198.51.100.1:1", ""),
    );
  }
});

test("on Cloudflare its own header counts", () => {
  expect(asking(undefined, "", { "CF-Connecting-IP": "198.51.100.1" })).toBe(asking("198.51.100.1:1", ""));
});
