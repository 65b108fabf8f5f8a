// A product's public board: what its maker would have everyone know who has one, whether or not this server knows of them.

import "./notices.css";
import { useEffect } from "preact/hooks";
import type { BoardNotice } from "../api/views.ts";
import { say } from "../ui/say.tsx";
import { words } from "../words/words.ts";
import { NoticeWords } from "./told.tsx";

export function BoardOf({ notices }: { notices: readonly BoardNotice[] }) {
  const w = words.value.notices.board;
  const standing = notices.filter(({ withdrawn }) => withdrawn === null);
  const withdrawn = notices.filter((notice) => notice.withdrawn !== null);
  const lead = standing.length === 0 ? null : w.lead(standing.length);
  useEffect(() => {
    if (lead !== null) say(lead);
  }, [lead]);
  return (
    <section class="stack" aria-label={w.title}>
      {lead !== null && <p class="lead">{lead}</p>}
      {standing.map((notice) => (
        <NoticeWords key={notice.id} notice={notice} />
      ))}
      {withdrawn.length > 0 && (
        <details class="small">
          <summary>{w.withdrawn(withdrawn.length)}</summary>
          <div class="stack">
            {withdrawn.map((notice) => (
              <NoticeWords key={notice.id} notice={notice} level={3} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}
