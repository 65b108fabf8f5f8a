// How long a first reply takes, always in sight: over the notes whose terms permit counting, and saying so.

import { duration } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { useAsk } from "../api/use-ask.ts";
import type { Insights } from "../api/views.ts";

export function Measure() {
  const w = deskWords.value.inbox.measure;
  const { value } = useAsk<Insights>("/insights");
  if (value === null) return <p class="measure" />;
  const { p50, slowest } = value.firstReplySeconds;
  return (
    <p class="measure">
      <a href="/desk/insights" title={w.counted(value.counted, value.excluded)}>
        {p50 === null || slowest === null ? (
          w.none
        ) : (
          <>
            {w.title}: <b>{w.median(duration(p50))}</b> · <b>{w.slowest(duration(slowest))}</b>
          </>
        )}
        <span class="unseen">{w.counted(value.counted, value.excluded)}</span>
      </a>
    </p>
  );
}
