// One known issue: where it stands, what owners read of it, how many it concerns as far as that may be known, and the threads linked to it.

import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Button } from "../../ui/button.tsx";
import { Facts, List, Row, Section } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { number } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { queryOf } from "../api/ask.ts";
import { useAsk, useList } from "../api/use-ask.ts";
import type { KnownIssue, ThreadItem } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { useLive } from "../live.ts";
import { mayAnswer } from "../session.ts";
import { IssueForm } from "./issues/form.tsx";
import { Reading } from "./issues/reading.tsx";

function Threads({ issue }: { issue: string }) {
  const w = deskWords.value.issues;
  const { common } = deskWords.value;
  const { value, problem, busy, again, more } = useList<ThreadItem>(`/threads${queryOf({ issue })}`);
  useLive(({ type }) => (type === "threads.changed" || type === "resumed") && again());
  return (
    <Section title={w.threads}>
      <p class="soft">{w.threadsLead}</p>
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <Empty title={w.noThreads}>{w.noThreadsText}</Empty>}
      {value !== null && value.length > 0 && (
        <List label={w.threads}>
          {value.map(({ note, twin, product, state, updatedAt }) => (
            <Row
              key={note.id}
              href={`/desk/t/${twin}/${note.id}${queryOf({ issue, state: "all" })}`}
              title={<span class="two-lines">{note.title ?? note.excerpt}</span>}
              detail={
                <>
                  {common.states[state]} · <bdi>{product.name}</bdi> · <When at={updatedAt} />
                </>
              }
            />
          ))}
        </List>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
    </Section>
  );
}

function Whole({ issue }: { issue: KnownIssue }) {
  const w = deskWords.value.issues;
  const { issueStatus } = deskWords.value.common;
  const { product, status, fixedIn, linked, meToo, updatedAt } = issue;
  return (
    <>
      <Facts
        items={[
          [w.status, issueStatus[status]],
          ...(fixedIn === null ? [] : [[w.fixedIn, <bdi key="fixed-in">{fixedIn}</bdi>] as const]),
          [w.product, product ?? w.everyProduct],
          [w.linked, linked === null ? w.linkedFew : number(linked)],
          [w.meToo, meToo === null ? w.meTooFew : number(meToo)],
          [w.changed, <When key="changed" at={updatedAt} style="moment" />],
        ]}
      />
      <p class="small soft">{w.fewHint}</p>
      <Section title={w.now}>
        <Reading said={issue} />
      </Section>
    </>
  );
}

export default function Issue() {
  const w = deskWords.value.issues;
  const { params } = useRoute();
  const id = params["issue"] ?? "";
  const { value, problem, busy, again, put } = useAsk<KnownIssue>(`/known-issues/${encodeURIComponent(id)}`);
  const [changing, setChanging] = useState(false);
  useLive(({ type }) => (type === "issues.changed" || type === "resumed") && again());
  return (
    <Frame
      title={value?.title ?? w.one}
      back="/desk/issues"
      actions={
        value !== null &&
        mayAnswer.value && (
          <Button tone="primary" icon="edit" onClick={() => setChanging(true)}>
            {w.change}
          </Button>
        )
      }
    >
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value && <Whole issue={value} />}
      {value && <Threads issue={value.id} />}
      <Sheet title={w.change} open={changing} onClose={() => setChanging(false)}>
        {changing && (
          <IssueForm
            issue={value}
            onDone={(changed) => {
              setChanging(false);
              put(changed);
              toast(w.sent);
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}
