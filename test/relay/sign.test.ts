import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import {
  formatPublicKey,
  formatSecret,
  parseSecret,
  publicKeyOf,
  SIGNATURES_CONSIDERED,
  type SigningKey,
  signWebhook,
  verifyWebhook,
} from "../../src/relay/sign.ts";
import vector from "../vectors/webhook-signatures.json";

const NOW = vector.timestamp;
const utf8 = new TextEncoder();

const bytesOf = (length: number, first: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (first + at * 7) & 255);
const KEY: SigningKey = { secret: bytesOf(32, 1), seed: bytesOf(32, 2) };
const OTHER: SigningKey = { secret: bytesOf(32, 3), seed: bytesOf(32, 4) };

function secretOf(text: string): Uint8Array {
  const secret = parseSecret(text);
  if (!secret.ok) throw new Error(secret.error);
  return secret.value;
}

type Parts = { id: string | null; timestamp: string | null; signatureHeader: string | null; body: Uint8Array | string };

async function signed(
  body: Uint8Array | string = vector.body,
  keys: readonly SigningKey[] = [KEY],
): Promise<Parts & { signatureHeader: string }> {
  const headers = await signWebhook({ id: vector.id, timestampSeconds: NOW, body, keys });
  return {
    id: headers["webhook-id"],
    timestamp: headers["webhook-timestamp"],
    signatureHeader: headers["webhook-signature"],
    body,
  };
}

const verdict = async (
  parts: Parts,
  secrets: readonly Uint8Array[] = [KEY.secret],
  nowSeconds = NOW,
): Promise<string> => {
  const result = await verifyWebhook({ ...parts, secrets, nowSeconds });
  return result.ok ? "ok" : result.error;
};

const body = fc.oneof(fc.json(), fc.string({ unit: "grapheme" }));
const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

describe("the published vectors", () => {
  test("v1 and v1a are signed as published", async () => {
    const seed = Uint8Array.from(atob(vector.seed), (character) => character.charCodeAt(0));
    const headers = await signWebhook({
      id: vector.id,
      timestampSeconds: vector.timestamp,
      body: vector.body,
      keys: [{ secret: secretOf(vector.secret), seed }],
    });
    expect(headers).toEqual({
      "webhook-id": vector.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": `${vector.v1} ${vector.v1a}`,
    });
  });

  test("v1 is verified as published", async () => {
    const parts = { id: vector.id, timestamp: String(vector.timestamp), signatureHeader: vector.v1, body: vector.body };
    expect(await verdict(parts, [secretOf(vector.secret)])).toBe("ok");
  });
});

describe("signing", () => {
  test("every live key signs twice, in order, in one header", async () => {
    const one = (await signed(vector.body, [KEY])).signatureHeader;
    const both = (await signed(vector.body, [KEY, OTHER])).signatureHeader;
    expect(both.split(" ").map((signature) => signature.split(",")[0])).toEqual(["v1", "v1a", "v1", "v1a"]);
    expect(both.startsWith(`${one} `)).toBe(true);
  });

  test("text and its UTF-8 bytes are signed alike", async () => {
    const text = '{"text":"grüezi \u{1f4e6}"}';
    expect((await signed(text)).signatureHeader).toBe((await signed(utf8.encode(text))).signatureHeader);
  });

  test("bytes that are no UTF-8 are signed as they travel", async () => {
    const parts = await signed(Uint8Array.of(0xff, 0xfe, 0, 0x80));
    expect(await verdict(parts)).toBe("ok");
    expect(await verdict({ ...parts, body: Uint8Array.of(0xff, 0xfd, 0, 0x80) })).toBe("signature");
  });

  test("no key, a full stop in the id and a fraction of a second are bugs", async () => {
    const sign = (over: object) => signWebhook({ id: "evt_1", timestampSeconds: NOW, body: "", keys: [KEY], ...over });
    await expect(sign({ keys: [] })).rejects.toThrow(RangeError);
    await expect(sign({ id: "evt.1" })).rejects.toThrow(RangeError);
    await expect(sign({ timestampSeconds: 1.5 })).rejects.toThrow(RangeError);
  });
});

describe("verifying", () => {
  test("any of the live secrets will do, and another maker's won't", async () => {
    const parts = await signed();
    expect(await verdict(parts, [OTHER.secret, KEY.secret])).toBe("ok");
    expect(await verdict(parts, [OTHER.secret])).toBe("signature");
    expect(await verdict(parts, [])).toBe("signature");
    expect(await verdict(await signed(vector.body, [OTHER, KEY]))).toBe("ok");
  });

  test("a header that is absent or empty is missing", async () => {
    const parts = await signed();
    for (const name of ["id", "timestamp", "signatureHeader"] as const) {
      for (const nothing of [null, ""]) expect(await verdict({ ...parts, [name]: nothing })).toBe("missing");
    }
  });

  test("a header that no sender of ours or of the standard would write is malformed", async () => {
    const parts = await signed();
    const ids = ["msg.1", "msg 1", "m\u00fc", "m".repeat(257)];
    const timestamps = [`${NOW}.5`, `+${NOW}`, ` ${NOW}`, `0${NOW}`, "0x60379ef2", "1e9", "-1", "now", "9".repeat(13)];
    const headers = ["v1", "v1,", " ", "v1=abc", "v1,\u00e4", `v1,${"A".repeat(5_000)}`];
    const bad: Partial<Parts>[] = [
      ...ids.map((eventId) => ({ id: eventId })),
      ...timestamps.map((timestamp) => ({ timestamp })),
      ...headers.map((signatureHeader) => ({ signatureHeader })),
    ];
    for (const over of bad) expect(await verdict({ ...parts, ...over }), JSON.stringify(over)).toBe("malformed");
  });

  test("five minutes of skew are let through either way, a second more is not", async () => {
    const parts = await signed();
    for (const now of [NOW - 300, NOW, NOW + 300]) expect(await verdict(parts, [KEY.secret], now)).toBe("ok");
    for (const now of [NOW - 301, NOW + 301, 0]) expect(await verdict(parts, [KEY.secret], now)).toBe("skew");
    const strict = await verifyWebhook({ ...parts, secrets: [KEY.secret], nowSeconds: NOW + 2, toleranceSeconds: 1 });
    expect(strict).toEqual({ ok: false, error: "skew" });
  });

  test("unknown versions are passed over, and are no proof", async () => {
    const parts = await signed();
    const [v1, v1a] = parts.signatureHeader.split(" ") as [string, string];
    expect(await verdict({ ...parts, signatureHeader: `v2,AAAA ${v1a} ?? ${v1} v9,BBBB` })).toBe("ok");
    expect(await verdict({ ...parts, signatureHeader: v1a })).toBe("signature");
    for (const version of ["v0", "v2", "v1a", "V1", "1", ""]) {
      expect(await verdict({ ...parts, signatureHeader: v1.replace("v1", version) })).not.toBe("ok");
    }
  });

  test("only the first signatures of a header are looked at", async () => {
    const parts = await signed();
    const v1 = parts.signatureHeader.split(" ")[0]!;
    const behind = (count: number) => [...Array.from({ length: count }, () => `v1,${"A".repeat(43)}=`), v1].join(" ");
    expect(await verdict({ ...parts, signatureHeader: behind(SIGNATURES_CONSIDERED - 1) })).toBe("ok");
    expect(await verdict({ ...parts, signatureHeader: behind(SIGNATURES_CONSIDERED) })).toBe("signature");
  });

  test("where id, timestamp and body meet can't be moved", async () => {
    const headers = await signWebhook({ id: "msg", timestampSeconds: NOW, body: `${NOW + 1}.{}`, keys: [KEY] });
    const moved = {
      id: `msg.${NOW}`,
      timestamp: String(NOW + 1),
      signatureHeader: headers["webhook-signature"],
      body: "{}",
    };
    expect(await verdict(moved)).toBe("malformed");
  });
});

describe("keys", () => {
  test("a secret of 24 to 64 bytes is written and read back, no other", () => {
    fc.assert(
      fc.property(bytes(0, 100), (secret) => {
        if (secret.length < 24 || secret.length > 64) {
          expect(() => formatSecret(secret)).toThrow(RangeError);
          return;
        }
        expect(formatSecret(secret)).toMatch(/^whsec_[A-Za-z0-9+/]+={0,2}$/);
        expect(secretOf(formatSecret(secret))).toEqual(secret);
      }),
    );
  });

  test.each([
    "",
    "whsec_",
    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA",
    "whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA===",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAB==",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLQ==",
    `whsec_${btoa("x".repeat(65))}`,
  ])("%j is no secret", (text) => {
    expect(parseSecret(text).ok).toBe(false);
  });

  test("the public key is the seed's, and verifies what was signed", async () => {
    const publicKey = await publicKeyOf(KEY.seed);
    expect(publicKey).toHaveLength(32);
    expect(formatPublicKey(publicKey)).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    const v1a = (await signed()).signatureHeader.split(" v1a,")[1]!;
    const content = utf8.encode(`${vector.id}.${NOW}.${vector.body}`);
    const verify = async (raw: Uint8Array) =>
      crypto.subtle.verify(
        "Ed25519",
        await crypto.subtle.importKey("raw", new Uint8Array(raw), "Ed25519", false, ["verify"]),
        Uint8Array.fromBase64(v1a),
        content,
      );
    expect(await verify(publicKey)).toBe(true);
    expect(await verify(await publicKeyOf(OTHER.seed))).toBe(false);
    expect(() => formatPublicKey(bytesOf(31, 0))).toThrow(RangeError);
  });
});

// Both judge the skew by the wall clock and give no way to set it, so these sign for now.
describe.each([
  ["standardwebhooks", (secret: string) => new Webhook(secret)],
  ["svix", (secret: string) => new SvixWebhook(secret)],
] as const)("the package %s", (_, peerOf) => {
  test("verifies what we sign, whichever of the live keys it holds", async () => {
    await fc.assert(
      fc.asyncProperty(id, body, bytes(24, 64), bytes(32), async (eventId, text, secret, seed) => {
        const timestampSeconds = Math.floor(Date.now() / 1_000);
        const headers = {
          ...(await signWebhook({ id: eventId, timestampSeconds, body: text, keys: [OTHER, { secret, seed }] })),
        };
        const raw = { jsonParse: false };
        expect(() => peerOf(formatSecret(secret)).verify(text, headers, raw)).not.toThrow();
        expect(() => peerOf(formatSecret(OTHER.secret)).verify(text, headers, raw)).not.toThrow();
        expect(() => peerOf(formatSecret(KEY.secret)).verify(text, headers, raw)).toThrow("No matching signature");
      }),
    );
  });

  test("signs what we verify", async () => {
    await fc.assert(
      fc.asyncProperty(id, body, bytes(24, 64), fc.nat(4_000_000_000), async (eventId, text, secret, at) => {
        const signatureHeader = peerOf(formatSecret(secret)).sign(eventId, new Date(at * 1_000), text);
        const parts = { id: eventId, timestamp: String(at), signatureHeader, body: text };
        expect(await verdict(parts, [OTHER.secret, secret], at)).toBe("ok");
        expect(await verdict({ ...parts, body: `${text} ` }, [OTHER.secret, secret], at)).toBe("signature");
      }),
    );
  });
});

test("of 100,000 mutations of what was signed none is taken and none throws, while the original is taken every time", async () => {
  const ROUNDS = 100;
  const MUTATIONS = 1_000;
  // Numerical Recipes' generator: the same mutations in every run.
  let seed = 20_261_023;
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const flipText = (text: string): string => {
    const at = below(text.length);
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(7))) + text.slice(at + 1);
  };
  const flipBytes = (from: Uint8Array): Uint8Array => {
    const copy = from.slice();
    copy[below(copy.length)]! ^= 1 << below(8);
    return copy;
  };
  const shift = (text: string): string => String(Number(text) + (below(2) === 0 ? -1 : 1) * (1 + below(300)));

  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  type Whole = { id: string; timestamp: string; signatureHeader: string; body: Uint8Array };
  const mutations: ((whole: Whole, other: Whole) => Parts)[] = [
    (whole) => ({ ...whole, signatureHeader: flipText(whole.signatureHeader) }),
    (whole) => ({
      ...whole,
      signatureHeader: `v1,${flipBytes(Uint8Array.fromBase64(whole.signatureHeader.slice(3))).toBase64()}`,
    }),
    (whole) => ({ ...whole, signatureHeader: whole.signatureHeader.slice(0, below(whole.signatureHeader.length)) }),
    (whole) => ({ ...whole, signatureHeader: `v1,${whole.signatureHeader.slice(4 + below(40))}` }),
    // The last character before the padding carries two bits that decoders drop: the same bytes, spelled otherwise.
    (whole) => {
      const last = BASE64.indexOf(whole.signatureHeader.at(-2)!);
      return { ...whole, signatureHeader: `${whole.signatureHeader.slice(0, -2)}${BASE64[last ^ (1 + below(3))]}=` };
    },
    (whole) => ({ ...whole, signatureHeader: whole.signatureHeader.slice(0, -1) }),
    (whole) => ({ ...whole, signatureHeader: `${whole.signatureHeader}=` }),
    (whole) => ({
      ...whole,
      signatureHeader: `v${below(10) === 1 ? "1a" : below(10) + 2}${whole.signatureHeader.slice(2)}`,
    }),
    (whole) => {
      const characters = whole.signatureHeader.slice(3).split("");
      const at = below(43);
      const to = (at + 1 + below(42)) % 43;
      [characters[at], characters[to]] = [characters[to]!, characters[at]!];
      const text = `v1,${characters.join("")}`;
      return { ...whole, signatureHeader: text === whole.signatureHeader ? flipText(text) : text };
    },
    (whole, other) => ({ ...whole, signatureHeader: other.signatureHeader }),
    (whole, other) => ({ ...whole, id: other.id }),
    (whole) => ({ ...whole, id: flipText(whole.id) }),
    (whole) => ({ ...whole, id: whole.id.slice(0, -1 - below(4)) }),
    (whole) => ({ ...whole, timestamp: shift(whole.timestamp) }),
    (whole) => ({ ...whole, timestamp: flipText(whole.timestamp) }),
    (whole) => ({ ...whole, timestamp: `0${whole.timestamp}` }),
    (whole) => ({ ...whole, body: flipBytes(whole.body) }),
    (whole) => ({ ...whole, body: whole.body.slice(0, below(whole.body.length)) }),
    (whole) => ({ ...whole, body: Uint8Array.of(...whole.body, below(256)) }),
    (whole, other) => ({ ...whole, body: other.body }),
    (whole) => ({ ...whole, id: `${whole.id}.${whole.timestamp}`, timestamp: whole.timestamp }),
  ];

  const taken: Parts[] = [];
  const make = async (round: number): Promise<Whole> => {
    const content = utf8.encode(JSON.stringify({ round, text: "x".repeat(below(200)), end: below(1_000_000) }));
    const headers = await signWebhook({
      id: `evt_${round}_${below(1_000_000)}`,
      timestampSeconds: NOW,
      body: content,
      keys: [KEY],
    });
    const signatureHeader = headers["webhook-signature"].split(" ")[0]!;
    return { id: headers["webhook-id"], timestamp: headers["webhook-timestamp"], signatureHeader, body: content };
  };
  let tried = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const whole = await make(round);
    const other = await make(ROUNDS + round);
    expect(await verdict(whole)).toBe("ok");
    const batch = Array.from({ length: MUTATIONS }, (_, at) => mutations[at % mutations.length]!(whole, other));
    const verdicts = await Promise.all(batch.map((parts) => verdict(parts)));
    tried += verdicts.length;
    taken.push(...batch.filter((_, at) => verdicts[at] === "ok"));
  }
  expect(taken).toEqual([]);
  expect(tried).toBe(100_000);
}, 60_000);
