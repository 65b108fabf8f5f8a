// A known issue: what it is, where it stands, how many have it, and the owner's own "me too".

import { useEffect } from "preact/hooks";
import type { KnownIssue } from "../api/views.ts";
import { WordsOf } from "../pages/notes/words-of.tsx";
import { companyName } from "../store/makers.ts";
import { countIn, issueUnder } from "../store/notices.ts";
import { refreshNote, type LocalNote } from "../store/notes.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/notice.tsx";
import { ago } from "../words/format.ts";
import { words } from "../words/words.ts";
import { IssueUnderNote, StatusMark } from "./issue-words.tsx";

/** Counting oneself in, which says that there is one more and nothing else. */
function MeToo({ issue, thing }: { issue: KnownIssue; thing: Thing }) {
  const w = words.value.notices.issues;
  const { id, meToo, others } = issue;
  const mayCount = mayIn(thing, "messages:write") && thing.ended === null;
  const number = others === null ? null : <span>{meToo ? w.more(others) : w.others(others)}</span>;
  return (
    <div class="me-too">
      {meToo ? (
        <div class="line">
          <Mark tone="good">{w.counted}</Mark>
          {number}
          {mayCount && (
            <Button tone="quiet" onClick={() => void countIn(thing.id, id, false)}>
              {w.countOut}
            </Button>
          )}
        </div>
      ) : (
        <div class="line">
          {mayCount && (
            <Button icon="add" onClick={() => void countIn(thing.id, id, true)}>
              {w.meToo}
            </Button>
          )}
          {number}
        </div>
      )}
      {mayCount && <p class="small soft">{meToo && others === null ? w.few : w.meTooHint(companyName(thing))}</p>}
    </div>
  );
}

type Props = { readonly issue: KnownIssue; readonly thing: Thing };

const Words = ({ issue, thing }: Props) => (
  <div class="stack-tight">
    {issue.text !== null && <WordsOf text={issue.text} links />}
    <p class="small soft">{words.value.notices.issues.updated(ago(issue.updatedAt))}</p>
    <MeToo issue={issue} thing={thing} />
  </div>
);

/** In a list: folded to its name and where it stands. */
export const Issue = ({ issue, thing }: Props) => (
  <details class="issue">
    <summary>
      <span class="title" dir="auto">
        {issue.title}
      </span>
      <StatusMark issue={issue} />
      <Icon name="next" size={18} />
    </summary>
    <Words issue={issue} thing={thing} />
  </details>
);

/** Under a note that the company linked to it. */
export function IssueOfNote({ note, thing }: { note: LocalNote; thing: Thing }) {
  const issue = issueUnder(note);
  const id = issue?.id;
  useEffect(() => {
    // How many others there are now, only the note by itself tells.
    if (id !== undefined && thing.ended === null) void refreshNote(thing.id, note.id);
  }, [thing.id, note.id, id]);
  return (
    issue && (
      <IssueUnderNote issue={issue} company={companyName(thing)}>
        <Words issue={issue} thing={thing} />
      </IssueUnderNote>
    )
  );
}
