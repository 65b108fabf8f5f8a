// A thing's notices on its own page: the open ones whole and first, the settled ones folded, and the known issues of its product.

import { useEffect } from "preact/hooks";
import { companyName } from "../store/makers.ts";
import { issuesOf, noticesOf, openNoticesOf, refreshTold } from "../store/notices.ts";
import type { Thing } from "../store/things.ts";
import { Section } from "../ui/layout.tsx";
import { words } from "../words/words.ts";
import { NoticeCard, SettledNotice } from "./card.tsx";
import { Issue } from "./issue.tsx";

/** Those that wait for a word. */
export function OpenNotices({ thing }: { thing: Thing }) {
  const w = words.value.notices;
  useEffect(() => void refreshTold(thing, { always: true }), [thing.id]);
  const open = openNoticesOf(thing);
  return open.length === 0 ? null : (
    <section class="stack" aria-label={w.title}>
      {open.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} thing={thing} />
      ))}
    </section>
  );
}

export function SettledNotices({ thing }: { thing: Thing }) {
  const w = words.value.notices;
  const settled = noticesOf(thing).filter(({ state }) => state !== "open");
  return settled.length === 0 ? null : (
    <Section title={w.title}>
      <details>
        <summary>{w.earlier(settled.length)}</summary>
        <div class="stack">
          {settled.map((notice) => (
            <SettledNotice key={notice.id} notice={notice} thing={thing} />
          ))}
        </div>
      </details>
    </Section>
  );
}

/** What the company knows to be wrong with this product, each folded to its name and where it stands. */
export function ProductIssues({ thing }: { thing: Thing }) {
  const w = words.value.notices.issues;
  const company = companyName(thing);
  const issues = issuesOf(thing);
  return issues.length === 0 ? null : (
    <Section title={w.title}>
      <p class="soft small">{w.lead(company)}</p>
      <ul class="list known">
        {issues.map((issue) => (
          <li key={issue.id}>
            <Issue issue={issue} thing={thing} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
