// What is public of the companies in a record, for whoever is shown it: who made the thing, and the keys of those who wrote in it. Asks only
// companies that the directory knows.

import type { Domain } from "../domain/ids.ts";
import type { ShownProduct, ShownRecord } from "../domain/record/shown.ts";
import type { z } from "@hono/zod-openapi";
import { didDocumentOf, type didDocument } from "./did-document.ts";
import { listedMaker } from "./listed-maker.ts";

/** A thing's maker as it is known here; one that never joined has no name. */
export async function shownMaker(env: Env, domain: Domain | null): Promise<ShownProduct["maker"]> {
  if (domain === null) return null;
  const about = await (await listedMaker(env, domain))?.about();
  return { id: domain, name: about?.name ?? null, verified: about?.verified ?? false };
}

/** The DID documents of all companies that signed entries or counts, by their domains. */
export async function keysFor(
  env: Env,
  { entries, counts }: Pick<ShownRecord, "entries" | "counts">,
): Promise<Record<Domain, z.infer<typeof didDocument>>> {
  const domains = new Set([...entries, ...counts].flatMap(({ by }) => (by.role === "maker" ? [by.maker] : [])));
  const documents = await Promise.all(
    [...domains].map(async (domain) => {
      const agent = await (await listedMaker(env, domain))?.agentKey();
      return agent ? [[domain, didDocumentOf(agent)] as const] : [];
    }),
  );
  return Object.fromEntries(documents.flat());
}
