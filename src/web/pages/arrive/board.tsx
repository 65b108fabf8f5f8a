// The product's public board on a label's page. The page stands before it is asked for, and what shows it is loaded only where something
// is on it: a scanned label stays small.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import type { BoardNotice } from "../../api/views.ts";
import { allWords } from "../../words/words.ts";

export function Board({ gtin }: { gtin: string }) {
  const [board, setBoard] = useState<ComponentChildren>(null);
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    void (async () => {
      const answer = await call<{ items: readonly BoardNotice[] }>(`/v1/products/${gtin}/notices`, { signal });
      if (!answer.ok || answer.value.items.length === 0) return;
      const [{ BoardOf }] = await Promise.all([import("../../notices/board.tsx"), allWords()]);
      if (!signal.aborted) setBoard(<BoardOf notices={answer.value.items} />);
    })().catch(() => {});
    return () => asking.abort();
  }, [gtin]);
  return <>{board}</>;
}
