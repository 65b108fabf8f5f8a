// When a thing's warranty ends, for its line on the first page: as this device knew it last, asked for once a day.

import { useEffect, useState } from "preact/hooks";
import { meta, setMeta } from "../../store/meta.ts";
import { mayIn, type Thing } from "../../store/things.ts";
import { keepPapers, keptPapers } from "../papers/kept.ts";
import { readPapers } from "../papers/saving.ts";

const DAY_MS = 86_400_000;
const ASKED = "papers asked for";

type Asked = Readonly<Record<string, number>>;
type Warranty = { readonly warrantyUntil: string | null; readonly remindDays: number };

/** Asks what another device may have written; null when that was done today, or can't be done. */
async function asked(twin: string): Promise<Warranty | null> {
  const before = (await meta<Asked>(ASKED)) ?? {};
  if (Date.now() - (before[twin] ?? 0) < DAY_MS) return null;
  const answer = await readPapers(twin);
  if (!answer.ok) return null;
  await setMeta(ASKED, { ...(await meta<Asked>(ASKED)), [twin]: Date.now() });
  // What is typed and not saved is measured against what was seen then.
  const { typed } = await keptPapers(twin);
  if (typed === null) await keepPapers(twin, { seen: answer.value, typed });
  return answer.value.papers;
}

/** Its last day (`YYYY-MM-DD`) when that is near enough for its owner to be told, else null. */
export function useWarrantyEnding(thing: Thing): string | null {
  const [warranty, setWarranty] = useState<Warranty | null>(null);
  const mayRead = mayIn(thing, "owner") && thing.ended === null;
  useEffect(() => {
    if (!mayRead) return;
    let gone = false;
    const take = (now: Warranty | null | undefined): void => {
      if (now && !gone) setWarranty(now);
    };
    void keptPapers(thing.id).then(({ seen }) => take(seen?.papers));
    void asked(thing.id).then(take);
    return () => {
      gone = true;
    };
  }, [thing.id, mayRead]);
  const until = warranty?.warrantyUntil ?? null;
  if (warranty === null || until === null) return null;
  const left = Date.parse(`${until}T23:59:59`) - Date.now();
  return left >= 0 && left <= warranty.remindDays * DAY_MS ? until : null;
}
