// Sends events to a company again: those of a thread, or by their seqs. What they say is rendered anew, so that nothing goes out that no longer may.

import type { ReplayOrder } from "../domain/delivery.ts";
import type { Domain } from "../domain/ids.ts";
import { Lines } from "../relay/line.ts";
import { seqsAbout } from "../relay/outgoing.ts";
import { markDelivery } from "./delivery-news.ts";
import type { Ground } from "./ground.ts";
import { noteRelayed } from "./relaying.ts";

/** How many go out: again, or, where they are still in their line, in their turn. */
export function replay(ground: Ground, maker: Domain, order: ReplayOrder, now: number): number {
  const { sql } = ground;
  return ground.storage.transactionSync(() => {
    const queued = new Lines(sql).replay(maker, order.endpoint, seqsOf(sql, maker, order), now);
    for (const seq of queued) {
      noteRelayed(ground, maker, seq, now);
      markDelivery(sql, maker, seq);
    }
    if (queued.length > 0) ground.wakeAt(now);
    return queued.length;
  });
}

const seqsOf = (sql: SqlStorage, maker: Domain, order: ReplayOrder): readonly number[] =>
  "seqs" in order ? order.seqs : seqsAbout(sql, maker, order.note);
