// An entry of the record: a header that everyone always sees, and a body that it only commits to. No header ever names a person.

import type { Domain, PhotoId } from "../ids.ts";
import type { Kind } from "../note-kind.ts";
import type { PhotoType } from "../photo/photo.ts";
import type { Proof } from "../product.ts";
import type { DataIntegrityProof } from "./proof.ts";

export const ENTRY_SCHEMA = "pico-twins/entry/1";

/** What a twin says by itself: that a tenure begins. */
const TWIN_KINDS = ["commissioning", "accepting"] as const;
/** What an owner may write. */
export const OWNER_KINDS = [
  "retail_selling",
  "inspecting",
  "repairing",
  "replacing",
  "installing",
  "removing",
  "decommissioning",
  "other",
  "disputed",
] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];
/** Most are bizSteps of GS1's Core Business Vocabulary; `disputed` is this project's own: an owner disagrees with an entry. */
export const ENTRY_KINDS = [...TWIN_KINDS, ...OWNER_KINDS] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
/** What a channel that is not the owner's may write. */
export const CHANNEL_KINDS = OWNER_KINDS.filter((kind) => kind !== "disputed");
/** What a maker may write of its own items. */
export const MAKER_KINDS = ["commissioning", ...CHANNEL_KINDS] as const;

/** Dispositions of GS1's Core Business Vocabulary: what state the thing is in after what happened. */
export const DISPOSITIONS = ["active", "damaged", "recalled", "needs_replacement", "stolen", "destroyed"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** A day in UTC, `YYYY-MM-DD`. */
export type Day = string;
/** Older days are slips of the hand: nobody records them. */
export const FIRST_DAY: Day = "1900-01-01";

/** Who wrote an entry. Which channel it was, in the owner's words, only the body says. */
export type Author =
  | { readonly role: "twin" }
  | { readonly role: "owner" }
  | { readonly role: "channel" }
  | { readonly role: "maker"; readonly maker: Domain };
/** What each author may write. */
export const KINDS_OF: Readonly<Record<Author["role"], readonly EntryKind[]>> = {
  twin: TWIN_KINDS,
  owner: OWNER_KINDS,
  channel: CHANNEL_KINDS,
  maker: MAKER_KINDS,
};

/** A head of the record: how many entries, and the root of the tree over them (64 of hex). */
export type Head = { readonly size: number; readonly root: string };

/** The keys that a tenure begins with, both as did:key, how the item was claimed, and which it is. */
export type TenureKeys = {
  readonly twin: string;
  readonly owner: string;
  readonly claim: Proof;
  /** `hashOfLabel` with the record's salt, the same in every opening; null where there is no label. */
  readonly item: string | null;
};

export type Header = {
  readonly schema: typeof ENTRY_SCHEMA;
  /** The item: 16 characters of a twin's id. */
  readonly record: string;
  readonly kind: EntryKind;
  /** The tenure that was open; of an entry with `opens`, the one that it opens. Null: before the first owner. */
  readonly tenure: number | null;
  readonly by: Author;
  readonly recordedOn: Day;
  readonly occurredOn: Day;
  /** The place (seq) of the earlier entry that this one corrects or disputes. */
  readonly corrects: number | null;
  /** `commitmentOf` the disclosure. */
  readonly commitment: string;
  /** The head that its author saw. */
  readonly seen: Head;
  /** Of the twin's own entries: commissioning opens tenure 0, accepting the next one. */
  readonly opens?: TenureKeys;
};

/** A header with its author's proof: what is a leaf of the tree. Its place there is its `seq`, from 1. */
export type Entry = Header & { readonly proof: DataIntegrityProof };

/** A photo by its name in the record and its digest (64 of hex). */
export type BodyPhoto = {
  readonly id: PhotoId;
  readonly sha256: string;
  readonly type: PhotoType;
  readonly width: number;
  readonly height: number;
};

/** What an entry says. All of it can be withheld. */
export type Body = {
  readonly text: string | null;
  readonly disposition: Disposition | null;
  /** What the owner calls the channel that wrote it; null when it was not a channel. */
  readonly author: string | null;
  /** The kind of the note it was made from. */
  readonly note: Kind | null;
  readonly title: string | null;
  readonly warrantyUntil: Day | null;
  readonly photos: readonly BodyPhoto[];
};

export const EMPTY_BODY: Body = {
  text: null,
  disposition: null,
  author: null,
  note: null,
  title: null,
  warrantyUntil: null,
  photos: [],
};

/** An entry as it is shown: `disclosure` opens the body, null when it is withheld or erased. */
export type ShownEntry = Entry & {
  readonly seq: number;
  readonly disclosure: string | null;
  readonly erased: boolean;
};

/** The entry alone, as it was signed, of one that is shown. */
export function entryOf(shown: Entry): Entry {
  const { schema, record, kind, tenure, by, recordedOn, occurredOn, corrects, commitment, seen, opens, proof } = shown;
  const header = { schema, record, kind, tenure, by, recordedOn, occurredOn, corrects, commitment, seen };
  return opens === undefined ? { ...header, proof } : { ...header, opens, proof };
}

/**
 * The canonical texts (RFC 8785) of an entry that has its form: `whole`, which its leaf is a digest of, and `unproven`, without its proof,
 * which is what was signed. The members are named in the order of that canonical form, so that the engine writes them by itself.
 */
export function entryTexts(entry: Entry): { readonly whole: string; readonly unproven: string } {
  const { schema, record, kind, tenure, by, recordedOn, occurredOn, corrects, commitment, seen, opens, proof } = entry;
  const { cryptosuite, proofPurpose, proofValue, type, verificationMethod } = proof;
  const author = by.role === "maker" ? { maker: by.maker, role: by.role } : { role: by.role };
  const begins = opens && { claim: opens.claim, item: opens.item, owner: opens.owner, twin: opens.twin };
  const head = { root: seen.root, size: seen.size };
  const before = JSON.stringify({ by: author, commitment, corrects, kind, occurredOn, opens: begins }).slice(1, -1);
  const proven = JSON.stringify({ cryptosuite, proofPurpose, proofValue, type, verificationMethod });
  const after = JSON.stringify({ record, recordedOn, schema, seen: head, tenure }).slice(1, -1);
  return { whole: `{${before},"proof":${proven},${after}}`, unproven: `{${before},${after}}` };
}

/** The canonical text of all of an entry: how it is best kept. */
export const entryText = (entry: Entry): string => entryTexts(entry).whole;
