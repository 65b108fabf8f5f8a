// Ranges and spellings are tried against the pure function only; nothing is ever sent to any of these addresses.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTarget, type TargetOptions } from "../../src/relay/target.ts";
import corpus from "../vectors/webhook-targets.json";

/** What the maker must be told, for each kind of refusal in the corpus. */
const SAYS: Record<string, RegExp> = {
  scheme: /plain http is not private/,
  address: /not a web address/,
  empty: /has no host/,
  character: /percent-encode it in the path/,
  backslash: /backslash/,
  fragment: /fragment/,
  user: /user name or password/,
  percent: /host name is percent-encoded/,
  port: /not a number from 1 to 65535/,
  ip: /is an IP address/,
  dot: /ends in a dot/,
  private: /private networks only/,
  single: /single word/,
  label: /letters, digits and inner hyphens/,
  long: /over 253 characters/,
  top: /top-level domain/,
  own: /our own address/,
  length: /use at most 2048|over 2048 characters once encoded/,
};

const strict: TargetOptions = { allowLoopback: false, ownHosts: corpus.ownHosts };
const development: TargetOptions = { allowLoopback: true, ownHosts: corpus.ownHosts };

const refusal = (url: string, options = strict): string | null => {
  const verdict = checkTarget(url, options);
  return verdict.ok ? null : verdict.error;
};

describe("the corpus of webhook targets", () => {
  test("has 200 bad addresses or more, 50 good ones or more, and none twice", () => {
    expect(corpus.bad.length).toBeGreaterThanOrEqual(200);
    expect(corpus.good.length).toBeGreaterThanOrEqual(50);
    const all = [...corpus.good, ...corpus.bad.map(({ url }) => url)];
    expect(new Set(all).size).toBe(all.length);
  });

  test.each(corpus.bad)("refuses $url ($why)", ({ url, why }) => {
    expect(refusal(url)).toMatch(SAYS[why.split(":")[0]!]!);
  });

  test.each(corpus.good)("takes %s", (url) => {
    expect(refusal(url)).toBeNull();
  });

  test("has bad addresses of every kind", () => {
    expect(new Set(corpus.bad.map(({ why }) => why.split(":")[0]))).toEqual(new Set(Object.keys(SAYS)));
  });

  test.each(corpus.loopback.good)("takes %s where loopback is allowed", (url) => {
    expect(refusal(url, development)).toBeNull();
  });

  test.each(corpus.loopback.bad)("refuses $url even where loopback is allowed ($why)", ({ url, why }) => {
    expect(refusal(url, development)).toMatch(SAYS[why.split(":")[0]!]!);
  });

  test("refuses every bad address where loopback is allowed, but for plain http to loopback itself", () => {
    const taken = corpus.bad.filter(({ url }) => refusal(url, development) === null).map(({ url }) => url);
    expect(taken).toEqual(["http://127.0.0.1:9000/", "http://localhost/", "http://[::1]:8080/hook"]);
  });

  test("refuses every plain http loopback address where it is not allowed", () => {
    const plain = corpus.loopback.good.filter((url) => /^http:/i.test(url));
    expect(plain.length).toBeGreaterThan(5);
    for (const url of plain) expect(refusal(url)).toMatch(SAYS["scheme"]!);
  });
});

/** One 32-bit number in every spelling that an address parser takes: 1 to 4 parts, each decimal, octal or hexadecimal. */
const ipv4 = fc
  .tuple(
    fc.nat(0xffff_ffff),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.constantFrom("", "0", "00", "0x", "0X", "0x00"), { minLength: 4, maxLength: 4 }),
  )
  .map(([address, count, prefixes]) => {
    const bytes = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
    const last = bytes.slice(count - 1).reduce((sum, byte) => sum * 256 + byte, 0);
    const spell = (part: number, at: number): string => {
      const prefix = prefixes[at]!;
      const radix = prefix === "" ? 10 : /x/i.test(prefix) ? 16 : 8;
      return prefix + part.toString(radix);
    };
    return [...bytes.slice(0, count - 1), last].map(spell).join(".");
  });

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,20}[a-z0-9])?$/);
const publicName = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 5 }), fc.constantFrom("com", "example", "se", "photography"))
  .map(([labels, top]) => [...labels, top].join("."));

describe("a webhook target", () => {
  test("is never an IPv4 address, however it is spelled", () => {
    fc.assert(
      fc.property(ipv4, fc.constantFrom("", ":8443"), (host, port) => {
        expect(refusal(`https://${host}${port}/in`)).toMatch(SAYS["ip"]!);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is never an IPv6 address", () => {
    fc.assert(
      fc.property(fc.ipV6(), (host) => {
        expect(refusal(`https://[${host}]/in`)).toMatch(SAYS["ip"]!);
      }),
    );
  });

  test("may be any public DNS name at any port, and is answered as it was written", () => {
    fc.assert(
      fc.property(publicName, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        const verdict = checkTarget(`https://${host}:${port}/in`, strict);
        expect(verdict.ok && verdict.value.hostname).toBe(host);
      }),
    );
  });

  test("is https, to a name whose parts are plain, without user or fragment, whatever text was given", () => {
    const piece = fc.constantFrom(
      "https://",
      "http://",
      "hooks.example.com",
      "127.0.0.1",
      "localhost",
      "[::1]",
      "0x7f",
      "1",
      ".",
      ":",
      "@",
      "/",
      "?",
      "#",
      "%2e",
      "\\",
      "\uff0e",
      "\uff11",
      "\u00ad",
      "xn--",
      "-",
      "com",
      "8443",
      "\t",
      " ",
    );
    const text = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.array(piece).map((p) => p.join("")),
    );
    let taken = 0;
    fc.assert(
      fc.property(text, (candidate) => {
        const verdict = checkTarget(candidate, strict);
        if (!verdict.ok) {
          expect(verdict.error.length).toBeGreaterThan(20);
          return;
        }
        taken += 1;
        const { protocol, hostname, username, password, hash } = verdict.value;
        expect({ protocol, username, password, hash }).toEqual({
          protocol: "https:",
          username: "",
          password: "",
          hash: "",
        });
        expect(hostname).toMatch(/^([a-z0-9-]{1,63}\.)+([a-z]{2,63}|xn--[a-z0-9-]+)$/);
        expect(candidate.toLowerCase()).toContain(`://${hostname}`);
      }),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
