// What a product's number stands for, as far as its maker has told this server.

import { call, type Answer } from "../../api/call.ts";

export type ProductAbout = {
  readonly gtin: string;
  readonly model: string;
  readonly maker: { readonly id: string; readonly name: string };
};

/** As GET /v1/products/{gtin} answers. */
type Told = ({ readonly known: true } & ProductAbout) | { readonly known: false };

/** Asks for it; `gtin` has 14 digits. Null for a number that no maker told this server of. */
export async function productAbout(gtin: string, signal?: AbortSignal): Promise<Answer<ProductAbout | null>> {
  const answer = await call<Told>(`/v1/products/${gtin}`, { signal });
  return answer.ok ? { ...answer, value: answer.value.known ? answer.value : null } : answer;
}
