// What this owner and companies agreed, thing by thing.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Agreement } from "../api/views.ts";
import { takeAgreement } from "./catchup.ts";
import { publish } from "./change.ts";
import { db } from "./db.ts";
import { keptAgreements } from "./mirror.ts";
import { termsSeenNow } from "./replica.ts";

const lists = new Map<string, ReadonlySignal<readonly Agreement[]>>();

/** Newest first, contributions among them. Reactive. */
export function agreementsOf(twin: string): readonly Agreement[] {
  let list = lists.get(twin);
  if (!list) {
    list = computed(() =>
      [...keptAgreements(twin).value.values()].toSorted((a, b) =>
        a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0,
      ),
    );
    lists.set(twin, list);
  }
  return list.value;
}

const OPEN: ReadonlySet<string> = new Set(["proffered", "held", "countered"]);

const lastStep = ({ events, decision, createdAt }: Agreement): number =>
  Date.parse(events.at(-1)?.body.at ?? decision?.decidedAt ?? createdAt);

/** The one that something happened to last: terms that ended today, before an offer that was refused yesterday. */
export const latest = (agreements: readonly Agreement[]): Agreement | undefined =>
  agreements.toSorted((one, other) => lastStep(other) - lastStep(one))[0];

/** Whether it is of somebody who answers by a reply link, and not of the thing's company. */
export const isByLink = ({ maker }: { readonly maker: string | null }): boolean => maker?.startsWith("link:") === true;

/** The relationship that matters now: the one in force, else one that waits for an answer, else the latest. */
export function standing(twin: string): Agreement | undefined {
  const all = agreementsOf(twin).filter((one) => one.kind === "relationship" && !isByLink(one));
  return all.find(({ state }) => state === "accepted") ?? all.find(({ state }) => OPEN.has(state)) ?? latest(all);
}

/** Keeps what a call answered. The person is looking at it, so it is no news. */
export async function keepAgreement(agreement: Agreement): Promise<void> {
  await takeAgreement(agreement);
  await markTermsRead(agreement.twin);
}

/** Every decision about this thing that is known here was seen on this device now. */
export async function markTermsRead(twin: string): Promise<void> {
  const tx = (await db()).transaction(["agreement", "thing"], "readwrite");
  const thing = await tx.objectStore("thing").get(twin);
  const agreements = await tx.objectStore("agreement").index("twin").getAll(twin);
  const seen = thing && thing.since !== null ? termsSeenNow(agreements, thing) : null;
  const read = thing && seen !== null && seen !== thing.termsSeen ? { ...thing, termsSeen: seen } : null;
  if (read) await tx.objectStore("thing").put(read);
  await tx.done;
  if (read) publish({ things: [read] });
}
