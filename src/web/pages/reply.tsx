// Where a reply link leads: the terms first, then the note of one owner and an answer to it. For somebody at a company who has no account,
// and never heard of any of this. Shows no word of the note before its terms were accepted, and touches nothing of an owner's on this device.

import { useCallback, useEffect, useState } from "preact/hooks";
import type { OpenedLink } from "../../domain/reply-link.ts";
import type { Problem } from "../api/call.ts";
import { openLink } from "../replies/person/calls.ts";
import { Ended, endOf, type End } from "../replies/person/ended.tsx";
import { useLink } from "../replies/person/link.ts";
import { Terms } from "../replies/person/terms.tsx";
import { Conversation } from "../replies/person/conversation.tsx";
import { Page } from "../ui/page.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import "../replies/replies.css";
import "./notes/notes.css";
import "./note.css";

export default function ReplyPage() {
  const bearer = useLink();
  return bearer === null ? <Ended end={{ how: "partial", signed: false }} /> : <Opening key={bearer} bearer={bearer} />;
}

type State = { readonly opened: OpenedLink } | { readonly end: End } | { readonly problem: Problem } | null;

function Opening({ bearer }: { bearer: string }) {
  const w = words.value.replies.page;
  const [state, setState] = useState<State>(null);
  const look = useCallback(() => {
    setState(null);
    void openLink(bearer).then(async (answer) => {
      const end = await endOf(bearer, answer);
      if (end) setState({ end });
      else if (answer.ok) setState({ opened: answer.value });
      else setState({ problem: answer.problem });
    });
  }, [bearer]);
  useEffect(look, [look]);
  const ended = (end: End): void => setState({ end });

  if (state === null || "problem" in state) {
    return (
      <Page title={w.title(w.noProduct)}>{state ? <Failed problem={state.problem} again={look} /> : <Loading />}</Page>
    );
  }
  if ("end" in state) return <Ended end={state.end} />;
  const { opened } = state;
  return opened.state === "accepted" ? (
    <Conversation bearer={bearer} opened={opened} onEnd={ended} />
  ) : (
    <Terms bearer={bearer} opened={opened} onAccepted={look} onEnd={ended} />
  );
}
