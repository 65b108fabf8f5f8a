// What stands between one owner and one company: at most one relationship agreement, and the contributions on top of it.
// It says what must commit together, so that one agreement takes another's place without a gap or an overlap.

import type { Failure } from "../failure.ts";
import type { AgreementId } from "../ids.ts";
import { err, ok, type Result } from "../result.ts";
import type { AgreementInForce } from "./permits.ts";
import { agreedTerms } from "./record.ts";
import type { AgreementKind } from "./roster.ts";
import { isOpen, stands, stateOf, type AgreementFacts } from "./states.ts";

/** One of the agreements between an owner and a company. Every list here is of one owner with one company. */
export type Agreement = AgreementFacts & { readonly id: AgreementId };

const kindOf = ({ record }: AgreementFacts): AgreementKind => record.proffer.body.kind;

/** Those in force at `now`, as `permits` asks for them. */
export const inForce = (agreements: readonly Agreement[], now: number): readonly AgreementInForce[] =>
  agreements.flatMap((agreement) => {
    const terms = stateOf(agreement, now) === "accepted" ? agreedTerms(agreement.record) : null;
    return terms === null ? [] : [{ id: agreement.id, code: terms.code, kind: terms.terms.kind }];
  });

/** The one relationship agreement that stands, in force or suspended. */
export const relationship = <A extends Agreement>(agreements: readonly A[], now: number): A | undefined =>
  agreements.find((agreement) => kindOf(agreement) === "relationship" && stands(agreement, now));

/** What a new proffer must name. */
export type Place<A extends Agreement> = { readonly supersedes: A | null; readonly onTopOf: A | null };

/**
 * Where a new proffer of this kind would stand: a relationship supersedes the one that stands, a contribution is on top of it.
 * Two relationship proffers cannot be open at once: the second answer would silently undo the first.
 */
export function placeFor<A extends Agreement>(
  agreements: readonly A[],
  kind: AgreementKind,
  now: number,
): Result<Place<A>, Failure> {
  const standing = relationship(agreements, now) ?? null;
  if (kind === "contribution") return ok({ supersedes: null, onTopOf: standing });
  if (agreements.some((agreement) => kindOf(agreement) === "relationship" && isOpen(agreement, now))) {
    return err({
      code: "agreement-state",
      detail:
        "Another proffer to this company is still open: take it back, or answer its counter, before making a new one.",
    });
  }
  return ok({ supersedes: standing, onTopOf: null });
}

/** Those that `accepted` takes the place of. Their `superseded` events must commit in the same step as its acceptance. */
export const supersededBy = <A extends Agreement>(
  agreements: readonly A[],
  accepted: Agreement,
  now: number,
): readonly A[] =>
  kindOf(accepted) === "contribution"
    ? []
    : agreements.filter((other) => other.id !== accepted.id && kindOf(other) === "relationship" && stands(other, now));

/** Those that end with `ended`, terminated in the same step: the contributions that stood on top of a relationship. */
export const endingWith = <A extends Agreement>(
  agreements: readonly A[],
  ended: Agreement,
  now: number,
): readonly A[] =>
  kindOf(ended) === "contribution"
    ? []
    : agreements.filter(
        (other) => kindOf(other) === "contribution" && other.record.proffer.body.onTopOf !== null && stands(other, now),
      );
