// A browser that subscribed to web push, for tests in workerd: its keys, and opening what it is sent (RFC 8291, RFC 8188). Written from the RFCs, not from our sender.

const KEY = { name: "ECDH", namedCurve: "P-256" } as const;
const HEADER_BYTES = 21;
const LAST_RECORD = 2;
const utf8 = new TextEncoder();

export const base64url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
export const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.fromBase64(text, { alphabet: "base64url" });

type Bytes = Uint8Array<ArrayBuffer>;

async function hkdf(salt: Bytes, ikm: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 8 * length);
  return new Uint8Array(bits);
}

const label = (text: string, ...rest: Bytes[]): Bytes =>
  new Uint8Array([...utf8.encode(`${text}\0`), ...rest.flatMap((bytes) => [...bytes])]);

export class Browser {
  readonly #privateKey: CryptoKey;
  readonly publicKey: Bytes;
  readonly auth: Bytes;

  private constructor(privateKey: CryptoKey, publicKey: Bytes, auth: Bytes) {
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
    this.auth = auth;
  }

  static async make(): Promise<Browser> {
    const pair = (await crypto.subtle.generateKey(KEY, true, ["deriveBits"])) as CryptoKeyPair;
    const raw = (await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer;
    return new Browser(pair.privateKey, new Uint8Array(raw), crypto.getRandomValues(new Uint8Array(16)));
  }

  /** With given keys, as base64url. */
  static async of(privateKey: string, publicKey: string, auth: string): Promise<Browser> {
    const point = fromBase64url(publicKey);
    const key = await crypto.subtle.importKey(
      "jwk",
      { kty: "EC", crv: "P-256", d: privateKey, x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) },
      KEY,
      false,
      ["deriveBits"],
    );
    return new Browser(key, point, fromBase64url(auth));
  }

  /** What its `PushSubscription.toJSON()` gives for an address at its push service. */
  at = (endpoint: string) => ({
    endpoint,
    expirationTime: null,
    keys: { p256dh: base64url(this.publicKey), auth: base64url(this.auth) },
  });

  /** Opens one push. Fails for what was not sealed for this browser, and for more than one record. */
  async open(sealed: Uint8Array): Promise<string> {
    const body = new Uint8Array(sealed);
    const salt = body.subarray(0, 16);
    const idLength = body[HEADER_BYTES - 1]!;
    const sender = body.subarray(HEADER_BYTES, HEADER_BYTES + idLength);
    const theirs = await crypto.subtle.importKey("raw", sender, KEY, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs } as any, this.#privateKey, 256);
    const info = label("WebPush: info", this.publicKey, sender);
    const ikm = await hkdf(this.auth, new Uint8Array(shared), info, 32);
    const key = await crypto.subtle.importKey(
      "raw",
      await hkdf(salt, ikm, label("Content-Encoding: aes128gcm"), 16),
      "AES-GCM",
      false,
      ["decrypt"],
    );
    const iv = await hkdf(salt, ikm, label("Content-Encoding: nonce"), 12);
    const opened = new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, body.subarray(HEADER_BYTES + idLength)),
    );
    const end = opened.findLastIndex((byte) => byte !== 0);
    if (opened[end] !== LAST_RECORD) throw new Error("the padding is wrong");
    return new TextDecoder().decode(opened.subarray(0, end));
  }
}
