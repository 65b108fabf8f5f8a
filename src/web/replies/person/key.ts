// The key with which whoever opened a reply link signs: made in this browser, kept in a database of its own apart from any owner's
// things, one for each link. Its private half can't leave the browser, and is never sent.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { didKey } from "../../../domain/terms/did.ts";
import { sha256Hex, type Signer } from "../../../domain/terms/seal.ts";

type Held = {
  /** The digest of the link's secret: the secret itself isn't kept here. */
  readonly link: string;
  readonly pair: CryptoKeyPair;
  readonly did: string;
  /** What both sides signed, byte for byte, once they have. */
  readonly record?: string;
};
type Keep = DBSchema & { held: { key: string; value: Held } };

const NAME = "pico-twins.reply";
const ED25519 = { name: "Ed25519" };

let opened: Promise<IDBPDatabase<Keep>> | null = null;
function db(): Promise<IDBPDatabase<Keep>> {
  opened ??= openDB<Keep>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore("held", { keyPath: "link" });
    },
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** A pair that signs; null in a browser that has no such keys. */
async function newPair(): Promise<CryptoKeyPair | null> {
  try {
    return (await crypto.subtle.generateKey(ED25519, false, ["sign", "verify"])) as CryptoKeyPair;
  } catch {
    return null;
  }
}

const publicOf = async ({ publicKey }: CryptoKeyPair): Promise<Uint8Array> =>
  new Uint8Array((await crypto.subtle.exportKey("raw", publicKey)) as ArrayBuffer);

/** This browser's key for a link, made where there is none yet; null where this browser can make none. */
export async function keyFor(bearer: string): Promise<Signer | null> {
  const link = await sha256Hex(bearer);
  const held = await (await db()).get("held", link);
  const pair = held?.pair ?? (await newPair());
  if (!pair) return null;
  const did = held?.did ?? didKey(await publicOf(pair));
  // Two tabs may both have made one: the first that was kept is the link's.
  if (!held) {
    const tx = (await db()).transaction("held", "readwrite");
    const other = await tx.store.get(link);
    if (!other) await tx.store.put({ link, pair, did });
    await tx.done;
    if (other) return keyFor(bearer);
  }
  return {
    key: did,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign(ED25519, pair.privateKey, message as Uint8Array<ArrayBuffer>)),
  };
}

export async function keepRecord(bearer: string, record: string): Promise<void> {
  const link = await sha256Hex(bearer);
  const tx = (await db()).transaction("held", "readwrite");
  const held = await tx.store.get(link);
  if (held) await tx.store.put({ ...held, record });
  await tx.done;
}

/** What was signed here for this link; null where this browser signed nothing. */
export const recordFor = async (bearer: string): Promise<string | null> =>
  (await (await db()).get("held", await sha256Hex(bearer)))?.record ?? null;
