// Notices: what a company announces to the owners of its things, and what it may see of how far that came. Never who has which item.

import * as z from "zod";
import { BAND, bandOf, type Band } from "./band.ts";
import { isSerial } from "./gtin.ts";
import type { AgreementId, Domain, NoticeId } from "./ids.ts";
import { NOTICE_KINDS, type NoticeKind } from "./notice-kind.ts";
import { gtin } from "./product.ts";
import { text } from "./text.ts";

export const PUBLIC_KINDS = ["safety", "recall"] as const satisfies readonly NoticeKind[];

/** What the owner says of it. It stays open until then. */
export const NOTICE_STATES = ["open", "done", "booked", "not-mine"] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Why an owner got it: its serial was named, every item of the product is meant, or the terms in force allow service messages. */
export const NOTICE_WHYS = ["your-item", "every-item", "agreement"] as const;
export type NoticeWhy = (typeof NOTICE_WHYS)[number];

export const MOST_SERIALS = 10_000;
const TITLE_CHARACTERS = 200;
const TEXT_CHARACTERS = 8_000;
const URL_CHARACTERS = 2_048;
const REASON_CHARACTERS = 500;

/** Safety notices and recalls that one product can have, for good. It is also how often the noise of `shownCount` can be drawn. */
export const MOST_FOR_A_PRODUCT = 100;

const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === "https:";

export const noticeInput = z
  .strictObject({
    kind: z.enum(NOTICE_KINDS),
    gtin: gtin.optional(),
    serials: z
      .array(z.string().refine(isSerial, "must be 1 to 20 characters of GS1's CSET 82"))
      .min(1, "name at least one serial, or leave serials out to mean every item")
      .max(MOST_SERIALS, `at most ${MOST_SERIALS} serials`)
      .refine((serials) => new Set(serials).size === serials.length, "must not repeat a serial")
      .optional(),
    title: text(TITLE_CHARACTERS),
    text: text(TEXT_CHARACTERS),
    url: z
      .string()
      .max(URL_CHARACTERS, `must have ${URL_CHARACTERS} characters at most`)
      .refine(isHttps, "must be a URL that begins with https://")
      .optional(),
  })
  .superRefine(({ kind, gtin: product, serials }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (kind !== "service" && product === undefined) fault("gtin", "name the product that this is about");
    if (serials !== undefined && product === undefined) fault("serials", "name the product they are serials of: gtin");
    if (kind === "service" && serials !== undefined)
      fault("serials", "a service message goes to agreements: leave serials out");
  });
export type NoticeInput = z.infer<typeof noticeInput>;

export const withdrawalInput = z.strictObject({ reason: text(REASON_CHARACTERS) });
export const noticeStateInput = z.strictObject({ state: z.enum(NOTICE_STATES) });

export type Withdrawal = { readonly reason: string; readonly at: number };

/** Times in ms. */
export type Notice = {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  readonly maker: { readonly id: Domain; readonly name: string };
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly at: number;
  readonly withdrawn: Withdrawal | null;
};

/** A notice on its way to one owner. */
export type AddressedNotice = Notice & { readonly why: NoticeWhy };

/** As anyone reads it on its product's board. */
export type PublicNotice = Notice & { readonly concerns: "every-item" | "named-items" };

/** A notice changes once: when it is withdrawn. Of two versions the higher stands, in whichever order they come. */
export const versionOf = ({ withdrawn }: Pick<Notice, "withdrawn">): number => (withdrawn === null ? 1 : 2);

/** A notice as its owner reads it. */
export type NoticeView = {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  readonly maker: Notice["maker"];
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly at: string;
  readonly why: NoticeWhy;
  readonly agreement: AgreementId | null;
  readonly state: NoticeState;
  readonly withdrawn: { readonly reason: string; readonly at: string } | null;
};

/** How far a notice came, as its maker may see it. */
export type Reach = { readonly targeted: Band; readonly delivered: Band; readonly finished: boolean };

/** Half a band: one item more or less makes no reading more likely or less by over an eighth. */
const NOISE = 10;
export const NOISE_BYTES = 16;

/** A number in (0, 1) from four bytes. */
const fraction = (bytes: Uint8Array, at: number): number =>
  (new DataView(bytes.buffer, bytes.byteOffset).getUint32(at) + 0.5) / 2 ** 32;
const geometric = (u: number): number => Math.floor(-NOISE * Math.log(u));
const twoSided = (noise: Uint8Array, at: number): number =>
  geometric(fraction(noise, at)) - geometric(fraction(noise, at + 4));

/**
 * A count of claimed items as its maker is shown it: plus two-sided geometric noise, which has no end in either direction. Any band can so
 * come of any count, and no reading is ever proof of one item. A bounded offset is none: a maker who names 19 serials that it never used
 * beside the one it wonders about would, every twentieth time, read the answer off the edge.
 * @param noise `NOISE_BYTES` that the maker can't know, others for every notice
 */
export const shownCount = (count: number, noise: Uint8Array): number => Math.max(0, count + twoSided(noise, 0));

/** More than the noise can ever come to, by a band: fewer items than that are never seen to be left. */
const SPARE = 250;

/**
 * Whether a notice passes for told of which so many items have not heard: about `SPARE` may be left, and nobody can tell how many it
 * takes. It turns once, and says of no item that it was or wasn't among them.
 * @param noise as for `shownCount`
 */
export const passesForTold = (left: number, noise: Uint8Array): boolean => left + twoSided(noise, 8) <= SPARE;

/**
 * What a maker sees of a safety notice or a recall. Nothing of the way there: whoever has all the other items could read the one off it.
 * @param shown `shownCount` of the items it was for when it was posted; a count that moved on with later claims would tell of them
 * @param named how many serials it named; null when it was for every item
 */
export function reachOf(shown: number, named: number | null, finished: boolean): Reach {
  const targeted = named !== null && named < BAND ? bandOf(0) : bandOf(shown);
  return { targeted, delivered: finished ? targeted : bandOf(0), finished };
}
