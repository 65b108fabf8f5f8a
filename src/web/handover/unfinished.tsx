// Somebody said yes and no answer came: the same is asked again, by itself and at their word, so that the key isn't lost with the connection.
// What the server said no to is told before it is put away.

import type { Answer } from "../api/call.ts";
import { useDoing } from "../pages/doing.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { twinOfCode } from "./calls.ts";
import { putAway, resume, type Taking } from "./taking.ts";

type Props = {
  readonly taking: Taking;
  /** Looks at it anew by its code, or by another where there is none. */
  readonly onAgain: (code: string | null) => void;
};

export function Unfinished({ taking, onAgain }: Props) {
  const w = words.value.handover.take;
  return (
    <Page title={taking.name} back="/" eyebrow={w.eyebrow} start={<Emblem id={twinOfCode(taking.code)} size={64} />}>
      {taking.refused === null ? (
        <Unanswered taking={taking} onAgain={onAgain} />
      ) : (
        <Refused taking={taking} code={taking.refused} onAgain={onAgain} />
      )}
    </Page>
  );
}

function Unanswered({ taking, onAgain }: Props) {
  const w = words.value.handover.take;
  const { busy, problem, run } = useDoing();
  const finish = async (): Promise<Answer<Taking>> => {
    const answer = await resume(taking);
    // The record has grown since it was looked at: what is to be looked at is shown anew.
    if (!answer.ok && answer.problem.code === "head-changed") {
      await putAway(taking, "over");
      onAgain(taking.code);
    }
    return answer;
  };
  return (
    <>
      <Notice
        tone="wait"
        title={w.unfinished.title}
        action={
          <Button tone="primary" busy={busy} onClick={() => void run(finish)}>
            {w.finish}
          </Button>
        }
      >
        <p>{w.unfinished.text}</p>
      </Notice>
      {problem && <Failed problem={problem} />}
    </>
  );
}

function Refused({ taking, code, onAgain }: Props & { readonly code: string }) {
  const { take, late, words: w } = words.value.handover;
  const isNews = code === "head-changed";
  const { title, text } = isNews ? take.changed : code === "conflict" ? take.taken : late;
  const away = async (): Promise<void> => {
    await putAway(taking, "over");
    onAgain(isNews ? taking.code : null);
  };
  return (
    <Notice
      tone={isNews ? "wait" : "bad"}
      title={title}
      fresh
      action={
        <Button tone={isNews ? "primary" : "plain"} onClick={() => void away()}>
          {isNews ? w.again.go : w.over.go}
        </Button>
      }
    >
      <p>{text}</p>
    </Notice>
  );
}
