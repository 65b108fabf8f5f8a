// Where somebody takes a thing over: its code, what they would get, their yes, the four words, and the first steps. Shows everything before
// it asks for anything, and loses no key: what is accepted is kept before it is asked for.

import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Problem } from "../api/call.ts";
import { openOffer, twinOfCode } from "../handover/calls.ts";
import { CodeForm } from "../handover/code-form.tsx";
import { readCode } from "../handover/code.ts";
import { FourWords } from "../handover/four-words.tsx";
import { Look } from "../handover/look.tsx";
import { Mine } from "../handover/mine.tsx";
import { readTakings, takingOf, takings, type Taking } from "../handover/taking.ts";
import { Unfinished } from "../handover/unfinished.tsx";
import type { OpenedOffer } from "../api/views.ts";
import "../handover/handover.css";
import { useFragment } from "../keys/fragment.ts";
import { keepInTab, keptInTab } from "../keys/tab.ts";
import { thingOf, things } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";

const KEPT = "pico-twins.offer-code";

/** The code in hand, until it is done with: out of the address at once, and kept for this tab alone. */
function useCode(): readonly [string | null, (code: string | null) => void] {
  const [code, setCode] = useState(() => keptInTab(KEPT));
  const keep = (next: string | null): void => {
    keepInTab(KEPT, next);
    setCode(next);
  };
  useFragment((fragment) => {
    const read = readCode(fragment);
    keep(read.ok ? read.code : fragment);
  });
  return [code, keep];
}

export default function TakeOverPage() {
  const { query } = useLocation();
  const [code, setCode] = useCode();
  /** Its twin, once it is theirs. */
  const [mine, setMine] = useState<string | null>(null);
  /** What opened nothing, as it was typed. */
  const [refused, setRefused] = useState("");
  const correct = (): void => {
    setRefused(code ?? "");
    setCode(null);
  };
  useEffect(() => void readTakings(), []);

  const all = takings.value;
  const isMine = (twin: string): void => {
    setCode(null);
    setMine(twin);
  };
  // What was begun here goes on where it was left, whichever way one comes.
  const last = query["new"] === undefined ? all?.at(-1) : undefined;
  const begun = all?.find(({ id }) => id === query["of"]) ?? (code === null ? last : takingOf(code));
  const shown = useRef(begun);
  shown.current = begun ?? shown.current;
  // Another tab, or settling, may have brought it here, and then it isn't among these any more.
  const awake = begun ? undefined : thingOf(shown.current?.accepted?.access.twin ?? "");
  const woke = awake?.ended === null ? awake.id : null;
  useEffect(() => {
    if (woke !== null) isMine(woke);
  }, [woke]);
  if (mine !== null || woke !== null) return <Mine twin={(mine ?? woke)!} />;
  if (all === undefined) {
    return (
      <Frame>
        <Loading />
      </Frame>
    );
  }
  if (begun) return <Begun key={begun.id} taking={begun} onMine={isMine} onAgain={setCode} />;
  return code === null ? (
    <Frame lead={words.value.handover.take.lead}>
      <CodeForm first={refused} onCode={setCode} />
    </Frame>
  ) : (
    <Opening key={code} code={code} onOther={correct} />
  );
}

const Frame = ({ lead, children }: { lead?: string; children: ComponentChildren }) => (
  <Page title={words.value.handover.take.title} back="/">
    {lead !== undefined && <p class="lead">{lead}</p>}
    {children}
  </Page>
);

type BegunProps = {
  readonly taking: Taking;
  readonly onMine: (twin: string) => void;
  readonly onAgain: (code: string | null) => void;
};

function Begun({ taking, onMine, onAgain }: BegunProps) {
  return taking.accepted === null ? (
    <Unfinished taking={taking} onAgain={onAgain} />
  ) : (
    <FourWords taking={taking} onMine={onMine} onAgain={onAgain} />
  );
}

type OpeningProps = {
  readonly code: string;
  readonly onOther: () => void;
};

type State = { readonly opened: OpenedOffer } | { readonly problem: Problem } | null;

function Opening({ code, onOther }: OpeningProps) {
  const w = words.value.handover.take;
  const [state, setState] = useState<State>(null);
  const look = useCallback(async (): Promise<void> => {
    const answer = await openOffer(code);
    setState(answer.ok ? { opened: answer.value } : { problem: answer.problem });
  }, [code]);
  useEffect(() => void look(), [look]);

  const twin = twinOfCode(code);
  const own = things.value.find(({ id, ended }) => id === twin && ended === null);
  if (own) {
    return (
      <Frame>
        <Notice
          tone="news"
          title={w.own.title}
          action={<LinkButton href={`/t/${own.id}/handover`}>{w.own.action}</LinkButton>}
        >
          <p>{w.own.text}</p>
        </Notice>
      </Frame>
    );
  }
  if (state === null) {
    return (
      <Frame>
        <Loading label={w.looking} />
      </Frame>
    );
  }
  if ("opened" in state) return <Look code={code} opened={state.opened} look={look} />;
  const { problem } = state;
  // A code that can't be one is refused like one that opens nothing.
  const refused = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  return (
    <Frame>
      {refused ? (
        <Notice tone="bad" title={w.refused.title} fresh action={<Button onClick={onOther}>{w.refused.other}</Button>}>
          <p>{w.refused.text}</p>
        </Notice>
      ) : (
        <Failed problem={problem} again={() => void look()} />
      )}
    </Frame>
  );
}
