// What a story is made of: who owns what, under which terms, and what is said. Stories are data; play.ts plays them.

export type Terms = "SD-BASE" | "SD-BASE-DP" | "SD-BASE-A" | "SD-BASE-A-DP";

type Answer = {
  readonly type: "advice" | "reassurance" | "question" | "fix" | "recall" | "other";
  readonly outcome: "answered" | "fixed" | "changed" | "declined" | "forwarded";
  readonly text: string;
};
export type Verdict = "addressed" | "not-addressed";

export type Note = {
  readonly kind: "problem" | "safety" | "question" | "idea" | "praise" | "diary";
  readonly title?: string;
  readonly text: string;
  readonly wants?: "answer" | "repair" | "change";
  /** Stays with its owner. */
  readonly private?: true;
  /** Written before there is an agreement, so that it waits. */
  readonly early?: true;
  readonly picture?: true;
  /** What the company's server answers by itself, to a note of this kind that holds one of the words. */
  readonly canned?: Answer & { readonly words: readonly string[] };
  readonly verdict?: Verdict;
  /** A person at the company, where the canned answer missed the point. */
  readonly person?: Answer & { readonly name: string; readonly verdict: Verdict };
};

/** What becomes of the proffer. */
export type Dealing =
  | { readonly by: "policy"; readonly accepts: Terms }
  | { readonly by: "person"; readonly name: string; readonly accepts: Terms; readonly reason: string }
  | { readonly by: "counter"; readonly offers: Terms };

export type Story = {
  readonly title: string;
  readonly opening: string;
  readonly owner: string;
  /** The thing, as a sentence names it. */
  readonly thing: string;
  readonly product: { readonly gtin: string; readonly model: string };
  readonly maker: { readonly domain: string; readonly name: string; readonly policy: Readonly<Record<string, string>> };
  readonly proffer: { readonly preferred: Terms; readonly alternates: readonly Terms[] };
  readonly dealing: Dealing;
  readonly notes: readonly Note[];
};
