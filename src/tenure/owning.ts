// The twin as its owner sees it, and what of its product they may correct.

import { may, type Caller } from "../domain/access.ts";
import type { Failure } from "../domain/failure.ts";
import type { Alert } from "../domain/handover.ts";
import type { Domain, TwinId } from "../domain/ids.ts";
import { rfc3339 } from "../domain/instant.ts";
import type { Product, ProductChange, Proof } from "../domain/product.ts";
import { err, ok, type Result } from "../domain/result.ts";
import { agreementsWith, agreementView, type OwnAgreementView } from "./agreements.ts";
import { identity, unauthorized, type Ground } from "./ground.ts";
import { heldByOffer } from "./handing-over.ts";
import { alertOf, keepIdentity } from "./identity.ts";
import { noteCounts, ownNoteCounts } from "./notes.ts";
import { hasEnded } from "./showing.ts";

export type TwinView = {
  readonly id: TwinId;
  readonly product: Product;
  readonly maker: Domain | null;
  readonly tenure: number;
  readonly proof: Proof;
  /** With the product's own company: the one in force, else the latest; null while there is none, or the channel may not read it. */
  readonly agreement: Pick<OwnAgreementView, "id" | "state" | "terms" | "recordDigest" | "checkCode"> | null;
  /** Of the notes that the channel may read; of its own where it may read none. */
  readonly counts: { readonly notes: number; readonly sent: number };
  /** Whether its owner says that it is lost or stolen. */
  readonly alert: Alert | null;
  readonly createdAt: string;
};

export function twinView(ground: Ground, caller: Caller, now: number): TwinView {
  const { twin, product, tenure, proof, createdAt } = identity(ground);
  const views =
    product.maker === null || !may(caller, "agreements:read")
      ? []
      : agreementsWith(ground.sql, product.maker).map((agreement) => agreementView(agreement, now));
  const current = views.find((view) => view.state === "accepted" && view.kind === "relationship") ?? views.at(-1);
  return {
    id: twin,
    product,
    maker: product.maker,
    tenure,
    proof,
    agreement: current
      ? {
          id: current.id,
          state: current.state,
          terms: current.terms,
          recordDigest: current.recordDigest,
          checkCode: current.checkCode,
        }
      : null,
    counts: may(caller, "notes:read") ? noteCounts(ground.sql) : ownNoteCounts(ground.sql, caller.id),
    alert: alertOf(ground.storage),
    createdAt: rfc3339(createdAt),
  };
}

/**
 * A labelled item is what its label says: only its name is the owner's. The company can't change once terms were proffered to it, and
 * nothing that goes with the thing while an offer of it stands.
 */
export async function changeProduct(ground: Ground, change: ProductChange): Promise<Result<null, Failure>> {
  const wanted = productAfter(ground, change);
  if (!wanted.ok) return wanted;
  const held = await heldByOffer(ground, wanted.value);
  if (hasEnded(ground)) return unauthorized;
  if (held !== null) return err(held);
  // Something else of it may have been changed meanwhile.
  const product = productAfter(ground, change);
  if (!product.ok) return product;
  keepIdentity(ground.storage, { ...identity(ground), product: product.value });
  return ok(null);
}

function productAfter(ground: Ground, change: ProductChange): Result<Product, Failure> {
  const before = identity(ground);
  const { name, ...facts } = change;
  if (before.proof === "label" && Object.keys(facts).length > 0) {
    return err({ code: "conflict", detail: "This item was claimed with its label: only its name can be changed." });
  }
  const maker = change.maker ?? before.product.maker;
  if (
    maker !== before.product.maker &&
    before.product.maker !== null &&
    agreementsWith(ground.sql, before.product.maker).length > 0
  ) {
    return err({
      code: "conflict",
      detail: "Terms were proffered to this product's company: it can't be another one now.",
    });
  }
  return ok({
    name: name ?? before.product.name,
    maker,
    model: change.model ?? before.product.model,
    gtin: change.gtin ?? before.product.gtin,
    serial: change.serial ?? before.product.serial,
  });
}
