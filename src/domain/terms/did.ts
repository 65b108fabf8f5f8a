// The two kinds of DID a record names: did:key for an owner's twin, and for whoever answers through a reply link (the key itself), and did:web
// for a company (its document lists its keys).

import { base58Of, bytesOfBase58 } from "../base58.ts";
import { PUBLIC_KEY_BYTES } from "../ed25519.ts";
import { isDomain, type Domain } from "../ids.ts";

/** multicodec ed25519-pub, as a varint. */
const ED25519_PUB = [0xed, 0x01] as const;
const MULTIKEY_BYTES = ED25519_PUB.length + PUBLIC_KEY_BYTES;
const DID_KEY = "did:key:";

/** A public Ed25519 key (32 bytes) as a Multikey: what a DID document calls `publicKeyMultibase`. */
export const multikey = (publicKey: Uint8Array): string => `z${base58Of(Uint8Array.of(...ED25519_PUB, ...publicKey))}`;

/** `did:key:z6Mk…` of a public Ed25519 key of 32 bytes (W3C CCG, the did:key method). */
export const didKey = (publicKey: Uint8Array): string => DID_KEY + multikey(publicKey);

/** The 32 bytes of a Multikey of an Ed25519 key, or null for any other text. */
export function publicKeyOfMultikey(text: string): Uint8Array<ArrayBuffer> | null {
  const key = bytesOfBase58(text.slice(1), MULTIKEY_BYTES)?.slice(ED25519_PUB.length);
  // One key has one name: whatever does not come out the same (prefix, codec, length) is refused.
  return key !== undefined && multikey(key) === text ? key : null;
}

/** The 32 bytes a did:key stands for, or null when it is not one of an Ed25519 key. */
export const publicKeyOfDidKey = (did: string): Uint8Array<ArrayBuffer> | null =>
  did.startsWith(DID_KEY) ? publicKeyOfMultikey(did.slice(DID_KEY.length)) : null;

/** The id of the one key in the document of a did:key (W3C CCG, the did:key method): the DID and, as its fragment, the key again. */
export const keyIdOf = (did: string): string => `${did}#${did.slice(DID_KEY.length)}`;

/** The 32 bytes of a key id that holds its own key, or null for any other. */
export function publicKeyOfKeyId(keyId: string): Uint8Array | null {
  const did = keyId.slice(0, Math.max(0, keyId.indexOf("#")));
  return keyIdOf(did) === keyId ? publicKeyOfDidKey(did) : null;
}

/** A company's DID: its agent is hosted at `host` (with port, if any) and the DID says so. It resolves to `/v1/makers/{domain}/did.json` there. */
export const makerDid = (host: string, domain: Domain): string =>
  `did:web:${host.replaceAll(":", "%3A")}:v1:makers:${domain}`;

/** Whether a key id (`did:web:…#name`) is one of this DID's own. */
export const isKeyOf = (keyId: string, did: string): boolean => keyId.startsWith(`${did}#`);

/** The name of the agent's key in a company's DID document. */
export const AGENT_KEY_NAME = "agent";

/** The whole of a company's DID: after the host, whose port is escaped, no part but the company's may have a say in who it is. */
const MAKER_DID = /^did:web:[\w.%[\]-]+:v1:makers:([^:]+)$/;

/** The company whose DID it is, whatever host it says the agent is at; null when it is no company's. */
export function companyOfDid(did: string): Domain | null {
  const domain = MAKER_DID.exec(did)?.[1];
  return domain !== undefined && isDomain(domain) ? domain : null;
}

/** The company whose agent's key it is the id of, whatever host it was reached under when it signed; null when it is no agent's. */
export function companyOfAgentKey(keyId: string): Domain | null {
  const name = `#${AGENT_KEY_NAME}`;
  return keyId.endsWith(name) ? companyOfDid(keyId.slice(0, -name.length)) : null;
}

/** Whether a key id is that of this company's agent. */
export const isAgentKeyOf = (keyId: string, domain: Domain): boolean => companyOfAgentKey(keyId) === domain;
