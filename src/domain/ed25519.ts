// Checking Ed25519 signatures (RFC 8032) with Web Crypto. It holds no private key and makes none.

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** A public key of 32 bytes, ready to check signatures with; null for bytes that are no key. */
export async function publicEd25519(publicKey: Uint8Array): Promise<CryptoKey | null> {
  if (publicKey.length !== PUBLIC_KEY_BYTES) return null;
  try {
    return await crypto.subtle.importKey("raw", new Uint8Array(publicKey), { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    // Some engines look at the point when it is imported. A missing algorithm is not the key's fault and is told.
    if (error instanceof DOMException && error.name === "NotSupportedError") throw error;
    return null;
  }
}

/** Whether `signature` is this key's over `message`. */
export const isSignedBy = (
  key: CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> => crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
