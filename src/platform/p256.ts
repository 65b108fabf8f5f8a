// ECDSA P-256 keys from their private numbers, for the key that names this server to push services. Keeps no key.

/** The order of the group (FIPS 186-5 and SEC 2, secp256r1). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SCALAR_BYTES = 32;
/** 64 bits beyond the order, so that the remainder is as good as even. */
export const SEED_BYTES = 48;
const UNCOMPRESSED = 4;

// RFC 5958 and RFC 5915: everything of a PKCS #8 P-256 key without its public point but the last 32 bytes, the private number.
const PKCS8_PREFIX = Uint8Array.fromHex("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420");

export type P256Key = {
  /** The uncompressed point: 65 bytes, the first of them 4. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** ECDSA with SHA-256: the 64 bytes of r and s, as JWS has them (RFC 7518, 3.4). */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
};

/** The private number, from 1 to the order less 1, that 48 random bytes give (FIPS 186-5, A.2.1). */
export function scalarOf(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const number = (BigInt(`0x${seed.toHex()}`) % (ORDER - 1n)) + 1n;
  return Uint8Array.fromHex(number.toString(16).padStart(2 * SCALAR_BYTES, "0"));
}

/** @throws DataError for a number that is 0, or the order and above */
export async function keyOf(scalar: Uint8Array): Promise<P256Key> {
  const key = await crypto.subtle.importKey(
    "pkcs8",
    new Uint8Array([...PKCS8_PREFIX, ...scalar]),
    { name: "ECDSA", namedCurve: "P-256" },
    true,
    ["sign"],
  );
  const { x, y } = (await crypto.subtle.exportKey("jwk", key)) as JsonWebKey;
  const bytes = (text: string): Uint8Array => Uint8Array.fromBase64(text, { alphabet: "base64url" });
  return {
    publicKey: new Uint8Array([UNCOMPRESSED, ...bytes(x!), ...bytes(y!)]),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, message)),
  };
}

/** Whether these bytes are a point of the curve that keys can be agreed with. */
export const isPoint = (bytes: Uint8Array<ArrayBuffer>): Promise<boolean> =>
  crypto.subtle.importKey("raw", bytes, { name: "ECDH", namedCurve: "P-256" }, false, []).then(
    () => true,
    () => false,
  );
