// The key that names this server to push services: derived, never stored, and a point that others compute as we do.

import { expect, it } from "vitest";
import { isPoint, keyOf, scalarOf, SEED_BYTES } from "../../src/platform/p256.ts";
import { Root } from "../../src/platform/root.ts";
import { base64url, fromBase64url } from "../support/browser.ts";

const ROOT_KEY = "a-root-key-of-a-test-0123456789abcdef";
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const seed = (number: bigint): Uint8Array => Uint8Array.fromHex(number.toString(16).padStart(2 * SEED_BYTES, "0"));
const number = (bytes: Uint8Array): bigint => BigInt(`0x${bytes.toHex()}`);

it("has the public point of RFC 8291's application server for its private number", async () => {
  const { publicKey } = await keyOf(fromBase64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
  expect(base64url(publicKey)).toBe(
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  );
});

it("makes of every seed a number from 1 to the order less 1", () => {
  expect(number(scalarOf(seed(0n)))).toBe(1n);
  expect(number(scalarOf(seed(ORDER - 2n)))).toBe(ORDER - 1n);
  expect(number(scalarOf(seed(ORDER - 1n)))).toBe(1n);
  expect(number(scalarOf(new Uint8Array(SEED_BYTES).fill(255)))).toBe((((1n << 384n) - 1n) % (ORDER - 1n)) + 1n);
});

it("signs what its public key verifies", async () => {
  const { publicKey, sign } = await keyOf(scalarOf(seed(7n)));
  const message = new TextEncoder().encode("words") as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey("raw", publicKey, { name: "ECDSA", namedCurve: "P-256" }, false, [
    "verify",
  ]);
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  expect(await crypto.subtle.verify(algorithm, key, await sign(message), message)).toBe(true);
  message[0]! ^= 1;
  expect(await crypto.subtle.verify(algorithm, key, await sign(new Uint8Array(5)), message)).toBe(false);
});

it("is the same for the same root key, in every isolate, and another for another", async () => {
  const of = async (key: string) => base64url((await new Root(key).vapid()).publicKey);
  expect(await of(ROOT_KEY)).toBe(await of(ROOT_KEY));
  expect(await of(ROOT_KEY)).not.toBe(await of(`${ROOT_KEY}0`));
  expect(await isPoint((await new Root(ROOT_KEY).vapid()).publicKey)).toBe(true);
});

it("tells a point of the curve from what is none", async () => {
  const { publicKey } = await keyOf(scalarOf(seed(7n)));
  const beside = publicKey.slice();
  beside[64]! ^= 1;
  const compressed = new Uint8Array([2 + (publicKey[64]! & 1), ...publicKey.subarray(1, 33)]);
  for (const none of [beside, new Uint8Array(65), publicKey.subarray(0, 64), compressed.with(0, 7)])
    expect(await isPoint(none)).toBe(false);
});
