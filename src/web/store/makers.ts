// What is known of companies: asked once a while, kept for when there is no connection.

import { signal, type Signal } from "@preact/signals";
import { call } from "../api/call.ts";
import type { JoinedMaker, Maker } from "../api/views.ts";
import { words } from "../words/words.ts";
import { db, type StoredThing } from "./db.ts";

const FRESH_MS = 3_600_000;
const known = new Map<string, Signal<Maker | undefined>>();

/** A company by its domain; undefined until something is known of it. Reactive; asks when what is known is old. */
export function makerOf(domain: string): Maker | undefined {
  let maker = known.get(domain);
  if (!maker) {
    known.set(domain, (maker = signal<Maker | undefined>(undefined)));
    const found = maker;
    learn(domain, found).catch(() => {});
  }
  return maker.value;
}

async function learn(domain: string, found: Signal<Maker | undefined>): Promise<void> {
  const database = await db();
  const kept = await database.get("maker", domain);
  if (kept) found.value = kept.maker;
  if (kept && Date.now() - kept.at < FRESH_MS) return;
  const answer = await call<Maker>(`/v1/makers/${encodeURIComponent(domain)}`);
  if (answer.ok) {
    found.value = answer.value;
    await database.put("maker", { id: domain, maker: answer.value, at: Date.now() });
  } else {
    // Whoever looks next asks again.
    if (!kept) known.delete(domain);
  }
}

/** Whether a company is here to decide and to answer: joined, and proven to be who it says. */
export const isHere = (maker: Maker): maker is JoinedMaker => maker.joined && maker.verified;

/** Whether somebody joined under a domain who has not proven that it is theirs. */
export const isUnverified = (maker: Maker | undefined): boolean => maker?.joined === true && !maker.verified;

/** The name to call a thing's company by: the one it registered, else its domain, else what stands for one. */
export function companyName({ view }: Pick<StoredThing, "view">): string {
  if (view.maker === null) return words.value.common.maker;
  const maker = makerOf(view.maker);
  return maker?.joined ? maker.name : view.maker;
}
