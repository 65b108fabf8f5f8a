// A history as a link opens it, written and signed by its authors here in Node: for tests of the buyer's page, and for its bench. It answers
// for the API alone; the page, its files and its policy are the real server's.

import { createHash } from "node:crypto";
import type { BrowserContext, Page, Route } from "playwright-core";
import sharp from "sharp";
import type { BodyPhoto } from "../../../src/domain/record/entry.ts";
import type { LabelAnswer } from "../../../src/domain/label-hash.ts";
import type { Presence } from "../../../src/domain/record/presence.ts";
import { secure } from "../../../src/domain/record/proof.ts";
import { multikey } from "../../../src/domain/terms/did.ts";
import type { Proof } from "../../../src/domain/product.ts";
import type { OpenedShare } from "../../../src/web/show/opened.ts";
import { first, LABEL, LAMO, lamo, LAMO_KEY, Ledger, maker, RECORD, second } from "../../domain/record/ledger.ts";
import { LAMO_DID } from "../../domain/terms/parties.ts";

export const { gtin: GTIN, serial: SERIAL } = LABEL;
const SHARE = "share_0123456789abcdefghjkmnpqrs";
const TWIN = `twin_${RECORD}01abcdefgh`;
const HOUR_MS = 3_600_000;

const sha256 = (data: Uint8Array | string): string => createHash("sha256").update(data).digest("hex");

/** What stands after the address of a server. */
export const SECRET = "the-secret-of-this-link-is-43-characters_ok";
export const PATH = `/s/${SHARE}#${TWIN}~${SECRET}`;

/** A picture of one colour, as the server holds it. */
const picture = async (id: string, background: string): Promise<{ photo: BodyPhoto; bytes: Buffer }> => {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const name = `photo_${id.repeat(26)}` as const;
  return { photo: { id: name, sha256: sha256(bytes), type: "image/jpeg", width: 640, height: 480 }, bytes };
};

export type Fixture = {
  opened: OpenedShare;
  readonly photos: Map<string, Buffer>;
  /** What is said of the label of this serial. */
  compared: (LabelAnswer & { readonly serial: string }) | null;
  /** What `status` answers; the nonce of a challenge that was asked. */
  asked: string | null;
  presence: Presence | null;
  /** How often it was opened. */
  openings: number;
};

const keys = {
  [LAMO]: {
    id: LAMO_DID,
    verificationMethod: [{ id: `${LAMO_DID}#agent`, publicKeyMultibase: multikey(LAMO_KEY) }],
  },
};

const product = {
  name: "Grinder One",
  model: "G1",
  gtin: GTIN,
  maker: { id: LAMO, name: "Lamo", verified: true },
  proof: "label",
} as const;

/** The life of a coffee grinder: two owners, a repairer, its maker, a correction, a dispute and two pictures. */
export async function grinder(proof: Proof = "label"): Promise<Fixture> {
  const [before, after] = await Promise.all([picture("1", "#8a5a34"), picture("2", "#3d6b5c")]);
  const ledger = new Ledger();
  await ledger.maker("commissioning", "2026-01-04", {
    body: { text: "Made in Bregenz, batch 7.", warrantyUntil: "2029-01-04" },
  });
  await ledger.open(first, "2026-01-22", proof);
  await ledger.owner("retail_selling", "2026-01-22", {
    occurredOn: "2026-01-17",
    body: { text: "Bought new at Kaffee Huber." },
  });
  await ledger.channel("repairing", "2026-05-06", {
    occurredOn: "2026-05-04",
    body: {
      title: "Grinding noise",
      text: "Burrs were loose. Tightened both and cleaned the chute.\nRuns quiet again.",
      author: "Rad & Tat, the repair café",
      disposition: "active",
      photos: [before.photo, after.photo],
    },
  });
  await ledger.owner("other", "2026-06-11", {
    body: { text: "Moved with me to another flat. My number is 0664 1234567." },
  });
  await ledger.maker("replacing", "2026-07-30", { body: { text: "New upper burr, part 7731, under warranty." } });
  await ledger.owner("disputed", "2026-08-02", { corrects: 6, body: { text: "It was the lower burr." } });
  await ledger.maker("replacing", "2026-08-05", {
    corrects: 6,
    body: { text: "The lower burr, part 7732. Our mistake." },
  });
  await ledger.open(second, "2026-09-14", proof);
  await ledger.owner("inspecting", "2026-11-02", {
    occurredOn: "2026-11-01",
    body: { text: "Descaled and checked the cable. All good.", note: "maintenance" },
  });
  const at = new Date().toISOString();
  const counts = [await ledger.count(maker, lamo, 3, "2026-10-01")];
  const opened: OpenedShare = {
    ...(await ledger.shown(at, counts)),
    product: { ...product, proof },
    keys,
    notices: [],
    expiresAt: new Date(Date.parse(at) + 14 * 24 * HOUR_MS).toISOString(),
  };
  const photos = new Map([before, after].map(({ photo, bytes }) => [photo.id as string, bytes]));
  return { opened, photos, compared: null, asked: null, presence: null, openings: 0 };
}

/** A record of so many entries, half of them with a page of words. */
export async function longHistory(size: number): Promise<OpenedShare> {
  const ledger = new Ledger();
  await ledger.open(first, "2026-01-04");
  for (let n = 1; n < size; n++) {
    const body = {
      text: `Entry ${n}. `.padEnd(n % 2 === 0 ? 60 : 1_200, "The chain was oiled and the brakes were set. "),
    };
    if (n % 3 === 0) await ledger.maker("repairing", "2026-02-01", { body });
    else await ledger.owner("inspecting", "2026-02-01", { body });
  }
  const at = new Date().toISOString();
  return { ...(await ledger.shown(at)), product, keys, notices: [], expiresAt: at };
}

/** Without the words of these entries: withheld, or erased for good. */
export function without(opened: OpenedShare, seqs: readonly number[], erased = false): OpenedShare {
  const entries = opened.entries.map((entry) =>
    seqs.includes(entry.seq) ? { ...entry, disclosure: null, erased } : entry,
  );
  return { ...opened, entries };
}

/** The present twin signs the number that was asked. */
export async function answerAsked(fixture: Fixture, signer = second.twin): Promise<void> {
  const body = { schema: "pico-twins/presence/1", record: RECORD, tenure: 1, share: SHARE } as const;
  fixture.presence = await secure({ ...body, nonce: fixture.asked!, at: new Date().toISOString() }, signer);
}

/** Has the API answer from the fixture in this browser. */
export async function serve(where: BrowserContext | Page, fixture: Fixture): Promise<void> {
  const json = (route: Route, body: unknown, status = 200): Promise<void> =>
    route.fulfill({ status, json: body as object });
  await where.route(/\/v1\//, async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const [, asked = ""] = /^\/v1\/twins\/[^/]+\/shares\/[^/]+\/(.+)$/.exec(pathname) ?? [];
    if (asked === "open") {
      if (searchParams.get("again") !== "true") fixture.openings += 1;
      return json(route, fixture.opened);
    }
    if (asked === "status") {
      const { opened, presence } = fixture;
      const { checkpoint, notices, expiresAt } = opened;
      return json(route, { checkpoint, notices: notices.map(({ id }) => id), presence, expiresAt });
    }
    if (asked === "challenge") {
      fixture.asked = (route.request().postDataJSON() as { nonce: string }).nonce;
      return json(route, { code: "481207", expiresAt: new Date(Date.now() + HOUR_MS / 6).toISOString() }, 201);
    }
    if (asked === "label") {
      const { serial } = route.request().postDataJSON() as { serial: string };
      const { serial: theirs, ...answer } = fixture.compared!;
      return json(route, serial === theirs ? answer : { same: false, salt: null });
    }
    const bytes = fixture.photos.get(asked.replace("photos/", ""));
    return bytes ? route.fulfill({ body: bytes, contentType: "image/jpeg" }) : json(route, { code: "not-found" }, 404);
  });
}
