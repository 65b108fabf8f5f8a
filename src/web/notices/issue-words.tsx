// What is said of a known issue, and in which colour: to its owners, and to the company before it says it. Knows nothing of what a device keeps.

import "../pages/notes/notes.css";
import "./notices.css";
import type { ComponentChildren } from "preact";
import type { KnownIssue } from "../api/views.ts";
import { Mark, type Tone } from "../ui/notice.tsx";
import { words } from "../words/words.ts";

const TONES: { readonly [status in KnownIssue["status"]]: Tone } = {
  investigating: "wait",
  "fix-planned": "wait",
  fixed: "good",
  "wont-fix": "calm",
};

export const StatusMark = ({ issue: { status, fixedIn } }: { issue: Pick<KnownIssue, "status" | "fixedIn"> }) => {
  const w = words.value.notices.issues;
  return (
    <Mark tone={TONES[status]}>
      {status === "fixed" && fixedIn !== null ? <bdi>{w.fixedIn(fixedIn)}</bdi> : w.statuses[status]}
    </Mark>
  );
};

const HEADINGS = {
  investigating: "known",
  "fix-planned": "planned",
  fixed: "changed",
  "wont-fix": "declined",
} as const;

type Props = {
  readonly issue: Pick<KnownIssue, "title" | "status" | "fixedIn">;
  readonly company: string;
  readonly children: ComponentChildren;
};

/** Under a note that the company linked to it: what came of what the owner said. */
export function IssueUnderNote({ issue, company, children }: Props) {
  const w = words.value.notices.issues.inNote;
  const heading = HEADINGS[issue.status];
  return (
    <section class={`issue-of-note ${TONES[issue.status]}`} aria-labelledby="issue-of-note">
      <h2 id="issue-of-note">{heading === "known" ? w.known(company) : w[heading]}</h2>
      <div class="stack-tight">
        <StatusMark issue={issue} />
        <p class="title" dir="auto">
          {issue.title}
        </p>
      </div>
      {children}
    </section>
  );
}
