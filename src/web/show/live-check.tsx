// "Does the seller hold this history?": this browser makes up a number, the seller is told six digits, and the history's key must sign the number.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { base64urlOf } from "../../domain/base64url.ts";
import { CHALLENGE_LASTS_MS } from "../../domain/record/presence.ts";
import { isShutOut, type Problem } from "../api/call.ts";
import { Button } from "../ui/button.tsx";
import { isFocusLost } from "../ui/heading-focus.ts";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { hour } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { challenge, readStatus } from "./calls.ts";
import { laterRules } from "./later-rules.ts";
import type { Link } from "./link.ts";
import type { ShareStatus } from "./opened.ts";
import type { Shown } from "./shown.ts";
import { against, hasMoved } from "./standing.ts";
import { Faults } from "./verdict.tsx";

const NONCE_BYTES = 32;
const LOOK_EVERY_MS = 3_000;

/** `until`: by this device's own clock, whatever it says. */
type Asked = { readonly nonce: string; readonly code: string; readonly until: Date };
/** `of`: what was shown when it came; `doubted`: the same with what the answer says against it. */
type Yes = {
  readonly how: "yes";
  readonly at: Date;
  readonly status: ShareStatus;
  readonly of: Shown;
  readonly doubted: Shown | null;
};
type Outcome = Yes | { readonly how: "no" | "late" | "over" };
type State =
  | { readonly step: "idle" | "asking" }
  | { readonly step: "waiting"; readonly asked: Asked }
  | { readonly step: "over"; readonly outcome: Outcome }
  | { readonly step: "failed"; readonly problem: Problem };

/** What an answer comes to; null while there is none to this browser's number. */
async function outcomeOf(status: ShareStatus, asked: Asked, link: Link, shown: Shown): Promise<Outcome | null> {
  const { presence } = status;
  const { present } = shown.findings;
  if (presence === null || present === null || presence.nonce !== asked.nonce) return null;
  const { verifyPresence } = await laterRules();
  const fault = await verifyPresence(presence, present, { share: link.share, nonce: asked.nonce });
  if (fault !== null) return { how: "no" };
  // The answer is from now, whatever this device's clock says.
  return { how: "yes", at: new Date(), status, of: shown, doubted: await against(status, shown, Infinity) };
}

const Digits = ({ asked: { code, until } }: { asked: Asked }) => {
  const w = showWords.value.live;
  return (
    <div class="stack-tight" role="status">
      <p>{w.say}</p>
      <p class="digits" aria-hidden="true">
        <span>{code.slice(0, 3)}</span> <span>{code.slice(3)}</span>
      </p>
      <p class="unseen">{w.spoken(code)}</p>
      <p>{w.where}</p>
      <p class="waiting soft small">
        <span class="turning" aria-hidden="true" />
        <span>{w.waiting(hour(until))}</span>
      </p>
    </div>
  );
};

const TONES = { yes: "calm", no: "bad", late: "wait", over: "wait" } as const;

function wordsOf(outcome: Outcome): { readonly title: string; readonly text: string } {
  const { live, ended } = showWords.value;
  if (outcome.how === "over") return ended.gone;
  if (outcome.how !== "yes") return live[outcome.how];
  return { title: live.yes.title, text: live.yes.text(hour(outcome.at)) };
}

const Over = ({ outcome, shown, again }: Pick<Props, "shown" | "again"> & { outcome: Outcome }) => {
  const { live, verdict } = showWords.value;
  const { title, text } = wordsOf(outcome);
  const doubted = outcome.how === "yes" && outcome.of === shown ? outcome.doubted : null;
  return (
    <>
      <Notice tone={TONES[outcome.how]} fresh>
        <p>
          <strong>{title}</strong>
        </p>
        <p>{text}</p>
      </Notice>
      {doubted !== null && (
        <Notice tone="bad" fresh>
          <p>
            <strong>{verdict["do-not-rely"]}</strong> {verdict.why["do-not-rely"]}
          </p>
          <Faults findings={doubted.findings} />
        </Notice>
      )}
      {outcome.how === "yes" && doubted === null && hasMoved(outcome.status, shown) && (
        <Notice tone="wait" action={<Button onClick={() => void again()}>{verdict.again}</Button>}>
          <p>{live.moved}</p>
        </Notice>
      )}
    </>
  );
};

type Props = {
  readonly link: Link;
  readonly shown: Shown;
  readonly again: () => Promise<void>;
  /** Whether there is still anything to ask for. */
  readonly asks: boolean;
  /** Takes what was shown, with what the answer says against it. */
  readonly onAgainst: (doubted: Shown) => void;
};

export function LiveCheck({ link, shown, again, asks, onAgainst }: Props) {
  const w = showWords.value.live;
  const [state, setState] = useState<State>({ step: "idle" });
  const asked = state.step === "waiting" ? state.asked : null;
  const place = useRef<HTMLDivElement>(null);

  // What was pressed is gone, and the focus with it: it goes on to what came in its place, unless its person is elsewhere by now.
  useLayoutEffect(() => {
    if (state.step !== "idle" && isFocusLost()) place.current?.focus({ preventScroll: true });
  }, [state.step]);

  useEffect(() => {
    if (asked === null) return;
    let gone = false;
    let timer = 0;
    const look = async (): Promise<void> => {
      const answer = await readStatus(link);
      // Without the rules there is nothing to say yet.
      const outcome = answer.ok ? await outcomeOf(answer.value, asked, link, shown).catch(() => null) : null;
      if (gone) return;
      if (outcome !== null) {
        setState({ step: "over", outcome });
        if (outcome.how === "yes" && outcome.doubted !== null) onAgainst(outcome.doubted);
      } else if (!answer.ok && isShutOut(answer.problem)) setState({ step: "over", outcome: { how: "over" } });
      else if (Date.now() > asked.until.getTime()) setState({ step: "over", outcome: { how: "late" } });
      else timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [asked, link, shown, onAgainst]);

  const ask = async (): Promise<void> => {
    setState({ step: "asking" });
    const nonce = base64urlOf(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
    const until = new Date(Date.now() + CHALLENGE_LASTS_MS);
    const answer = await challenge(link, nonce);
    if (answer.ok) setState({ step: "waiting", asked: { nonce, code: answer.value.code, until } });
    else if (isShutOut(answer.problem)) setState({ step: "over", outcome: { how: "over" } });
    else setState({ step: "failed", problem: answer.problem });
  };
  if (!asks && state.step !== "over") return null;
  return (
    <section class="card no-print" aria-labelledby="live">
      <h2 id="live">{w.title}</h2>
      {state.step !== "waiting" && <p>{w.text}</p>}
      <div class="came" role="group" aria-labelledby="live" tabIndex={-1} ref={place}>
        {state.step === "waiting" && <Digits asked={state.asked} />}
        {state.step === "over" && <Over outcome={state.outcome} shown={shown} again={again} />}
        {state.step === "failed" && <Failed problem={state.problem} />}
      </div>
      {asks && state.step !== "waiting" && (
        <Button whole busy={state.step === "asking"} onClick={() => void ask()}>
          {state.step === "over" ? w.goAgain : w.go}
        </Button>
      )}
    </section>
  );
}
