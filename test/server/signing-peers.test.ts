// Signatures against an implementation that shares nothing with ours: OpenSSL, by way of Node.

import { createHmac, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatPublicKey,
  formatSecret,
  parseSecret,
  publicKeyOf,
  signWebhook,
  verifyWebhook,
} from "../../src/relay/sign.ts";
import vector from "../vectors/webhook-signatures.json" with { type: "json" };

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const seconds = fc.nat(4_000_000_000);
const bytes = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });

const contentOf = (eventId: string, at: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${eventId}.${at}.`), body]);
const hmacOf = (secret: Uint8Array, content: Buffer): string =>
  `v1,${createHmac("sha256", secret).update(content).digest("base64")}`;
const privateKeyOf = (seed: Uint8Array) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });

test("OpenSSL signs the same v1 and v1a over any bytes, and verifies ours with the public key we publish", async () => {
  await fc.assert(
    fc.asyncProperty(
      id,
      seconds,
      bytes(0, 300),
      bytes(24, 64),
      bytes(32, 32),
      async (eventId, at, body, secret, seed) => {
        const headers = await signWebhook({ id: eventId, timestampSeconds: at, body, keys: [{ secret, seed }] });
        const content = contentOf(eventId, at, body);
        const privateKey = privateKeyOf(seed);
        const v1a = sign(null, content, privateKey);
        expect(headers["webhook-signature"]).toBe(`${hmacOf(secret, content)} v1a,${v1a.toString("base64")}`);

        const published = formatPublicKey(await publicKeyOf(seed)).slice("whpk_".length);
        const x = Buffer.from(published, "base64").toString("base64url");
        const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
        const ours = Buffer.from(headers["webhook-signature"].split(" v1a,")[1]!, "base64");
        expect(verify(null, content, publicKey, ours)).toBe(true);
        expect(verify(null, Buffer.concat([content, Buffer.from(" ")]), publicKey, ours)).toBe(false);
      },
    ),
  );
});

test("we verify what OpenSSL signs, and nothing near it", async () => {
  await fc.assert(
    fc.asyncProperty(id, seconds, bytes(1, 300), bytes(24, 64), async (eventId, at, body, secret) => {
      const secrets = [secret];
      const signatureHeader = hmacOf(secret, contentOf(eventId, at, body));
      const webhook = { id: eventId, timestamp: String(at), signatureHeader, body, secrets, nowSeconds: at };
      expect(await verifyWebhook(webhook)).toEqual({ ok: true, value: undefined });
      const changed = body.with(0, body[0]! ^ 1);
      expect(await verifyWebhook({ ...webhook, body: changed })).toEqual({ ok: false, error: "signature" });
    }),
  );
});

test("the published vectors hold in Node as they do in workerd", async () => {
  const secret = parseSecret(vector.secret);
  if (!secret.ok) throw new Error(secret.error);
  expect(formatSecret(secret.value)).toBe(vector.secret);
  const keys = [{ secret: secret.value, seed: Buffer.from(vector.seed, "base64") }];
  const headers = await signWebhook({ id: vector.id, timestampSeconds: vector.timestamp, body: vector.body, keys });
  expect(headers["webhook-signature"]).toBe(`${vector.v1} ${vector.v1a}`);
});
