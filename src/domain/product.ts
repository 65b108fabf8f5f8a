// What a twin is a twin of. For a labelled item the maker's words; otherwise the owner's claim, which proves nothing.

import * as z from "zod";
import type { ProductBrief } from "./exchange.ts";
import { gtin14 } from "./gtin.ts";
import { isDomain, type Domain } from "./ids.ts";
import { text } from "./text.ts";

const NAME_CHARACTERS = 200;
const TYPED_SERIAL_CHARACTERS = 80;

export const gtin = z.string().transform((typed, context) => {
  const normal = gtin14(typed);
  if (normal !== null) return normal;
  context.addIssue({ code: "custom", message: "must be a GTIN of 8, 12, 13 or 14 digits with a right check digit" });
  return z.NEVER;
});

export const domain = z.string().refine(isDomain, "must be a domain name in lower case, like lamo.example");

export const productInput = z.strictObject({
  name: text(NAME_CHARACTERS),
  maker: domain.optional(),
  model: text(NAME_CHARACTERS).optional(),
  gtin: gtin.optional(),
  serial: text(TYPED_SERIAL_CHARACTERS).optional(),
});
export const productChange = z
  .strictObject({
    name: text(NAME_CHARACTERS).optional(),
    maker: domain.optional(),
    model: text(NAME_CHARACTERS).optional(),
    gtin: gtin.optional(),
    serial: text(TYPED_SERIAL_CHARACTERS).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "name at least one of name, maker, model, gtin, serial");
export type ProductChange = z.infer<typeof productChange>;

export type Product = {
  readonly name: string;
  readonly maker: Domain | null;
  readonly model: string | null;
  readonly gtin: string | null;
  readonly serial: string | null;
};

/** How the item was claimed: with its label's inner code, or by the owner's word. */
export type Proof = "label" | "none";

/** What a thing is called where others read it: a labelled one as its maker calls it, for its owner's own name for it is theirs. */
export const nameOnRecord = ({ name, model }: Product, proof: Proof): string =>
  proof === "label" && model !== null ? model : name;

export const briefOf = (product: Product): ProductBrief => ({
  name: product.name,
  model: product.model,
  gtin: product.gtin,
});
