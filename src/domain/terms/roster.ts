// The roster's thirteen agreements and what each means to a machine (W3C DPV, p7012). It holds no legal text: that is the roster host's.
// The digests are written out so that a changed meaning fails a test instead of passing under an old code.

/** Where the roster is kept, by a non-profit that is party to nothing. */
export const ROSTER_URL = "https://customercommons.org/p7012/";

/** What a page says for as long as `legalText` is null. */
export const NO_LEGAL_TEXT =
  "The contract's legal text isn't loaded here yet. What both sides sign is its code and its meaning for machines.";

export const ROSTER_CODES = [
  "SD-BASE",
  "SD-BASE-DP",
  "SD-BASE-A",
  "SD-BASE-A-DP",
  "SD-BASE-AT",
  "SD-BASE-AT-DP",
  "SD-BASE-ATP",
  "SD-BASE-ATP-DP",
  "SD-BASE-ATP-S3P",
  "SD-BASE-ATP-S3P-DP",
  "PDC-INTENT",
  "PDC-AI",
  "PDC-GOOD",
] as const;
export type RosterCode = (typeof ROSTER_CODES)[number];

/** A relationship carries words both ways; a contribution gives some data for one use. */
export const AGREEMENT_KINDS = ["relationship", "contribution"] as const;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];

export const OBLIGATIONS = ["service-delivery", "data-portability"] as const;
export type Obligation = (typeof OBLIGATIONS)[number];

export const PERMISSIONS = [
  "analytics",
  "tracking",
  "profiling",
  "anonymised-third-party-sharing",
  "intent-casting",
  "ai-training-and-operation",
  "public-good",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const PROHIBITIONS = ["analytics", "tracking", "profiling", "third-party-sharing"] as const;
export type Prohibition = (typeof PROHIBITIONS)[number];

/** Anything that is not permitted is prohibited; what `prohibits` names is prohibited by name. */
export type MachineTerms = {
  readonly kind: AgreementKind;
  readonly obliges: readonly Obligation[];
  readonly permits: readonly Permission[];
  readonly prohibits: readonly Prohibition[];
};

export type RosterEntry = MachineTerms & {
  readonly code: RosterCode;
  /** One of the five agreements the roster launched with. */
  readonly launch: boolean;
  /** SHA-256 in lower-case hex of the canonical form (RFC 8785) of `{code, kind, obliges, permits, prohibits}`. */
  readonly digest: string;
  readonly legalText: null;
};

/** An agreement named so that its meaning cannot drift: the code, the roster it is from, and a digest of the terms beside it. */
export type Pinned = {
  readonly code: RosterCode;
  readonly roster: typeof ROSTER_URL;
  readonly digest: string;
  readonly terms: MachineTerms;
};

type Uses = Pick<MachineTerms, "obliges" | "permits" | "prohibits">;

const entry = (code: RosterCode, kind: AgreementKind, launch: boolean, uses: Uses, digest: string): RosterEntry => ({
  code,
  kind,
  launch,
  ...uses,
  digest,
  legalText: null,
});

const BASE: Uses = {
  obliges: ["service-delivery"],
  permits: [],
  prohibits: ["analytics", "tracking", "profiling", "third-party-sharing"],
};
const A: Uses = { ...BASE, permits: ["analytics"], prohibits: ["tracking", "profiling", "third-party-sharing"] };
const AT: Uses = { ...BASE, permits: ["analytics", "tracking"], prohibits: ["profiling", "third-party-sharing"] };
const ATP: Uses = { ...BASE, permits: ["analytics", "tracking", "profiling"], prohibits: ["third-party-sharing"] };
const S3P: Uses = { ...ATP, permits: ["analytics", "tracking", "profiling", "anonymised-third-party-sharing"] };
const portable = (uses: Uses): Uses => ({ ...uses, obliges: ["service-delivery", "data-portability"] });
const contributes = (permission: Permission): Uses => ({ obliges: [], permits: [permission], prohibits: [] });

export const ROSTER: { readonly [code in RosterCode]: RosterEntry } = {
  "SD-BASE": entry(
    "SD-BASE",
    "relationship",
    true,
    BASE,
    "1ed5c09fbf8e4fa4e2272b1316850443d7a9af9ba1c7ec3ac3cc867f4ebbb191",
  ),
  "SD-BASE-DP": entry(
    "SD-BASE-DP",
    "relationship",
    true,
    portable(BASE),
    "2f3c040afd96f41ae890ba288ebc978cdce320aef372d8f991a102b49e069bd1",
  ),
  "SD-BASE-A": entry(
    "SD-BASE-A",
    "relationship",
    false,
    A,
    "dcebb6a71887fc8a755cf61456963a4580ce62a2eb79054fbf92e7c99e5c53cf",
  ),
  "SD-BASE-A-DP": entry(
    "SD-BASE-A-DP",
    "relationship",
    false,
    portable(A),
    "002589c69d0da1ddc2665e077cf884072e06877b0a88467d34aa93244f991bbe",
  ),
  "SD-BASE-AT": entry(
    "SD-BASE-AT",
    "relationship",
    false,
    AT,
    "dbb55e1f5218a68b606cea1616124efe00a5065f51928618f559fbfa380dc2d7",
  ),
  "SD-BASE-AT-DP": entry(
    "SD-BASE-AT-DP",
    "relationship",
    false,
    portable(AT),
    "6fc5fa381fcf71745ba9679aa75397c51259cc00804d5ca6b72ee9bc293c415c",
  ),
  "SD-BASE-ATP": entry(
    "SD-BASE-ATP",
    "relationship",
    false,
    ATP,
    "10c632ba5269c3d18c2a58e9b6a29d23cf4acbd6410af92d5c23ca3f69762d68",
  ),
  "SD-BASE-ATP-DP": entry(
    "SD-BASE-ATP-DP",
    "relationship",
    false,
    portable(ATP),
    "697a934d114103065a12fffa03c7a2d6acd01847dccfd1e0fcfe398d0b524fb7",
  ),
  "SD-BASE-ATP-S3P": entry(
    "SD-BASE-ATP-S3P",
    "relationship",
    false,
    S3P,
    "636d04b77b8a5bfdce4ce846318622415bc4c0fdbe16f74eef2327582c0a680b",
  ),
  "SD-BASE-ATP-S3P-DP": entry(
    "SD-BASE-ATP-S3P-DP",
    "relationship",
    false,
    portable(S3P),
    "a5cb05bf4b6fd1258c170e2d95c0bf184c5fabec3e45378e2cefc64d8056409c",
  ),
  "PDC-INTENT": entry(
    "PDC-INTENT",
    "contribution",
    true,
    contributes("intent-casting"),
    "2e7aa92311a84cac373d091aa8a84d8cd76af6f1227c0f624ec05d4a30998a23",
  ),
  "PDC-AI": entry(
    "PDC-AI",
    "contribution",
    true,
    contributes("ai-training-and-operation"),
    "edd9777b0684244ae356bef876d381d951b12597070248daa7d64e79d0c47d0c",
  ),
  "PDC-GOOD": entry(
    "PDC-GOOD",
    "contribution",
    true,
    contributes("public-good"),
    "624994a9ccc2ba46b67c274b068bce7326fcb7c6318a4289764058c801ef1e62",
  ),
};

/** What an owner proffers who has chosen nothing else: no counting, no following, no passing on, and a copy on request. */
export const DEFAULT_PROFFER = { preferred: "SD-BASE-DP", alternates: ["SD-BASE"] } as const satisfies {
  readonly preferred: RosterCode;
  readonly alternates: readonly RosterCode[];
};

export const isRosterCode = (text: string): text is RosterCode => Object.hasOwn(ROSTER, text);

export const kindOf = (code: RosterCode): AgreementKind => ROSTER[code].kind;

/** The agreement as it stands in a signed body. */
export function pin(code: RosterCode): Pinned {
  const { kind, obliges, permits, prohibits, digest } = ROSTER[code];
  return { code, roster: ROSTER_URL, digest, terms: { kind, obliges, permits, prohibits } };
}
