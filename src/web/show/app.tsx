// What a buyer sees, from the link to the verdict. Nothing is asked of the server before a person presses the button.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { OFFLINE, type Problem } from "../api/call.ts";
import { Button } from "../ui/button.tsx";
import { Voice } from "../ui/say.tsx";
import { Failed } from "../ui/states.tsx";
import { showWords } from "../words/show/words.ts";
import { openShare } from "./calls.ts";
import { Document } from "./document.tsx";
import { startExaminers } from "./examiners.ts";
import { Frame } from "./frame.tsx";
import { useLink, type Link } from "./link.ts";
import { checked, type Shown } from "./shown.ts";

type End = "partial" | "unknown" | "gone" | "old";
type Asking = { readonly busy: "opening" | "checking" | null; readonly problem: Problem | null };
/** `shown` stays while it is asked for anew, and where no answer comes. */
type State = (Asking & { readonly shown: Shown | null }) | { readonly end: End };

const endOf = ({ status }: Problem): End | null =>
  status === 410 ? "gone" : status === 401 || status === 404 ? "unknown" : null;

const Ended = ({ end }: { end: End }) => {
  const { eyebrow, ended } = showWords.value;
  return <Frame title={ended[end].title} eyebrow={eyebrow} head={<p class="lead">{ended[end].text}</p>} />;
};

function Opening({ link }: { link: Link }) {
  const { before, eyebrow } = showWords.value;
  const [state, setState] = useState<State>({ busy: null, problem: null, shown: null });
  const wasOpened = useRef(false);
  useEffect(startExaminers, []);
  const open = useCallback(async () => {
    const put = (asking: Asking): void =>
      setState((before) => ({ ...asking, shown: "end" in before ? null : before.shown }));
    put({ busy: "opening", problem: null });
    const answer = await openShare(link, wasOpened.current);
    if (!answer.ok) {
      const end = endOf(answer.problem);
      return end ? setState({ end }) : put({ busy: null, problem: answer.problem });
    }
    wasOpened.current = true;
    put({ busy: "checking", problem: null });
    const shown = await checked(link, answer.value).catch(() => "unfetched" as const);
    if (shown === "unfetched") return put({ busy: null, problem: OFFLINE });
    setState(shown ? { busy: null, problem: null, shown } : { end: "old" });
  }, [link]);

  if ("end" in state) return <Ended key="end" end={state.end} />;
  const { busy, problem, shown } = state;
  if (shown)
    return <Document key="shown" link={link} shown={shown} again={open} busy={busy !== null} problem={problem} />;
  return (
    <Frame
      key="before"
      title={before.title}
      eyebrow={eyebrow}
      head={
        <>
          <p class="lead">{before.lead}</p>
          <div class="line">
            <Button tone="primary" busy={busy !== null} onClick={() => void open()}>
              {busy === null ? before.go : before[busy]}
            </Button>
          </div>
          <p class="unseen" role="status">
            {busy && before[busy]}
          </p>
          {problem && <Failed problem={problem} again={() => void open()} />}
          <ul class="before-points">
            {before.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </>
      }
    />
  );
}

export function App() {
  const link = useLink();
  return (
    <>
      {link === null ? <Ended end="partial" /> : <Opening key={link.token} link={link} />}
      <Voice />
    </>
  );
}
