// Names carry their own proof: an id that this server did not make is refused by looking at it.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeCrockford } from "../../src/domain/crockford.ts";
import { idOf, idPattern, isDomain, LAST_TENURE, tokenParts, TWIN_PATTERN, twinParts } from "../../src/domain/ids.ts";
import { newId, newSecret } from "../../src/platform/random.ts";
import { Root } from "../../src/platform/root.ts";

const root = new Root("a root key for these tests, 0123456789abcdef");
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const item = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(encodeCrockford);
const tenure = fc.integer({ min: 0, max: LAST_TENURE });

describe("a twin's id", () => {
  test("comes apart into what it was made of, and proves itself", async () => {
    await fc.assert(
      fc.asyncProperty(item, tenure, async (name, number) => {
        const id = await root.twinId(name, number);
        expect(id).toMatch(TWIN_PATTERN);
        expect(id).toHaveLength(31);
        expect(twinParts(id)).toMatchObject({ item: name, tenure: number });
        expect(await root.isTwinId(id)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("with any one character changed, whichever and to whatever, is refused", async () => {
    const id = await root.twinId("0123456789abcdef", 7);
    for (let at = 5; at < id.length; at++) {
      for (const other of ALPHABET) {
        if (other === id[at]) continue;
        expect(await root.isTwinId(id.slice(0, at) + other + id.slice(at + 1))).toBe(false);
      }
    }
  });

  test("cut, lengthened, in upper case or of another server is refused", async () => {
    const id = await root.twinId("0123456789abcdef", 0);
    for (const other of [
      id.slice(0, -1),
      `${id}0`,
      id.toUpperCase(),
      id.slice(5),
      `${id}\n`,
      ` ${id}`,
      id.replace("twin_", "twin-"),
      "",
    ]) {
      expect(await root.isTwinId(other), other).toBe(false);
    }
    expect(await new Root("another server's root key, 0123456789abcdef").isTwinId(id)).toBe(false);
  });

  test("stays refused after a right one was remembered", async () => {
    const id = await root.twinId("zzzzzzzzzzzzzzzz", 1);
    expect(await root.isTwinId(id)).toBe(true);
    expect(await root.isTwinId(id)).toBe(true);
    expect(await root.isTwinId(await new Root("not the key").twinId("zzzzzzzzzzzzzzzz", 1))).toBe(false);
  });

  test("says nothing about the label it is of: another serial, another name, another code", async () => {
    const names = await Promise.all(["A1", "A2"].map((serial) => root.labelledItem("09506000134352", serial)));
    const codes = await Promise.all(["A1", "A2"].map((serial) => root.claimCode("09506000134352", serial)));
    expect(new Set([...names, ...codes]).size).toBe(4);
    expect(await root.labelledItem("09506000134352", "A1")).toBe(names[0]);
  });
});

describe("every other id", () => {
  test("is its prefix and 26 characters that hold 128 bits", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = idOf("note", bytes);
        expect(id).toMatch(idPattern("note"));
        expect(id).not.toMatch(idPattern("msg"));
        expect(id).toHaveLength(31);
      }),
    );
  });

  test("is never the same twice, nor is a secret", () => {
    const made = Array.from({ length: 500 }, () => [newId("evt"), newSecret()]).flat();
    expect(new Set(made).size).toBe(1000);
  });

  test("of more than 128 bits, or with a letter that is not in the alphabet, is refused", () => {
    const id = idOf("agr", new Uint8Array(16));
    for (const other of [
      `agr_8${"0".repeat(25)}`,
      id.replace("0", "u"),
      `${id}0`,
      id.slice(0, -1),
      id.toUpperCase(),
      `${id}\n`,
    ]) {
      expect(idPattern("agr").test(other), other).toBe(false);
    }
  });
});

describe("a token", () => {
  test("is a name and 43 characters of secret, joined by a tilde", () => {
    const secret = newSecret();
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(tokenParts(`lamo.example~${secret}`)).toEqual({ name: "lamo.example", secret });
  });

  test("of any other form is none", () => {
    const secret = newSecret();
    for (const token of [
      "",
      "~",
      secret,
      `a${secret}`,
      `a~${secret}x`,
      `a~${secret.slice(1)}`,
      `a~b~${secret}`,
      `a~${secret.slice(1)}=`,
      `a~${secret}\n`,
    ]) {
      expect(tokenParts(token), token).toBeNull();
    }
  });
});

describe("a maker's domain", () => {
  test("is a host name in lower case with a last label of letters", () => {
    for (const name of [
      "lamo.example",
      "a.co",
      "x-1.y.example",
      "xn--bcher-kva.example",
      "shop.xn--p1ai",
      `${"a".repeat(63)}.example`,
    ]) {
      expect(isDomain(name), name).toBe(true);
    }
  });

  test("is no address, no path, no single label and nothing a resolver would read otherwise", () => {
    for (const name of [
      "localhost",
      "127.0.0.1",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "Lamo.example",
      "lamo.example.",
      ".lamo.example",
      "-a.example",
      "a-.example",
      "a..example",
      "a_b.example",
      "lamo.example/x",
      "lamo.example:80",
      "user@lamo.example",
      "lamo.example\n",
      "bücher.example",
      "a.1",
      `${"a".repeat(64)}.example`,
      `${"a.".repeat(130)}example`,
      "",
    ]) {
      expect(isDomain(name), name).toBe(false);
    }
  });
});
