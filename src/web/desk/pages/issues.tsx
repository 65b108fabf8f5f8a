// The known issues, by where they stand: what the company knows is wrong, and what owners read of it.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ISSUE_STATUSES } from "../../../domain/issue-status.ts";
import { Button } from "../../ui/button.tsx";
import { List, Row, Section } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import type { KnownIssue } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { useLive } from "../live.ts";
import { mayAnswer } from "../session.ts";
import { IssueForm } from "./issues/form.tsx";

const MOST_AT_ONCE = 200;

function Line({ issue }: { issue: KnownIssue }) {
  const w = deskWords.value.issues;
  const numbers = [
    issue.linked === null ? null : w.linkedNumber(issue.linked),
    issue.meToo === null ? null : w.meTooNumber(issue.meToo),
  ].filter((part) => part !== null);
  return (
    <Row
      href={`/desk/issues/${issue.id}`}
      title={<bdi>{issue.title}</bdi>}
      detail={
        <>
          {issue.product ?? w.everyProduct}
          {issue.fixedIn !== null && (
            <>
              {" · "}
              {w.fixedIn} <bdi>{issue.fixedIn}</bdi>
            </>
          )}
          {" · "}
          <When at={issue.updatedAt} />
        </>
      }
      mark={numbers.length > 0 && <span class="small">{numbers.join(" · ")}</span>}
    />
  );
}

export default function Issues() {
  const w = deskWords.value.issues;
  const { common } = deskWords.value;
  const { route } = useLocation();
  const { value, problem, busy, again, more } = useList<KnownIssue>("/known-issues", MOST_AT_ONCE);
  const [adding, setAdding] = useState(false);
  useLive(({ type }) => (type === "issues.changed" || type === "resumed") && again());
  return (
    <Frame
      title={w.title}
      lead={w.lead}
      actions={
        mayAnswer.value && (
          <Button tone="primary" icon="add" onClick={() => setAdding(true)}>
            {w.add}
          </Button>
        )
      }
    >
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <Empty title={w.empty}>{w.emptyText}</Empty>}
      {ISSUE_STATUSES.map((status) => {
        const here = value?.filter((issue) => issue.status === status) ?? [];
        return (
          here.length > 0 && (
            <Section key={status} title={w.group[status]}>
              <List label={w.group[status]}>
                {here.map((issue) => (
                  <Line key={issue.id} issue={issue} />
                ))}
              </List>
            </Section>
          )
        );
      })}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
      {value !== null && value.length > 0 && <p class="small soft">{w.fewHint}</p>}
      <Sheet title={w.add} open={adding} onClose={() => setAdding(false)}>
        {adding && (
          <IssueForm
            issue={null}
            onDone={({ id }) => {
              toast(w.published);
              route(`/desk/issues/${id}`);
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}
