// "Does the seller hold this history?": this browser makes up a number, the seller is told six digits, and the history's key must sign the number.

import { useEffect, useState } from "preact/hooks";
import { base64urlOf } from "../../domain/base64url.ts";
import { verifyPresence } from "../../domain/record/verify.ts";
import type { Problem } from "../api/call.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { hour } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { challenge, readStatus } from "./calls.ts";
import type { Link } from "./link.ts";
import type { ShareStatus } from "./opened.ts";
import type { Shown } from "./shown.ts";

const NONCE_BYTES = 32;
const LOOK_EVERY_MS = 3_000;

type Asked = { readonly nonce: string; readonly code: string; readonly expiresAt: string };
type Outcome = { readonly how: "yes"; readonly at: Date; readonly moved: boolean } | { readonly how: "no" | "late" };
type State =
  | { readonly step: "idle" | "asking" }
  | { readonly step: "waiting"; readonly asked: Asked }
  | { readonly step: "over"; readonly outcome: Outcome }
  | { readonly step: "failed"; readonly problem: Problem };

/** Whether more was recorded, or an alert raised, since this page was opened. */
const hasMoved = ({ checkpoint: now }: ShareStatus, { opened: { checkpoint: then } }: Shown): boolean =>
  now.root !== then.root || now.status !== then.status;

/** What an answer comes to; null while there is none to this browser's number. */
async function outcomeOf(status: ShareStatus, asked: Asked, link: Link, shown: Shown): Promise<Outcome | null> {
  const { presence } = status;
  const { present } = shown.findings;
  if (presence === null || present === null || presence.nonce !== asked.nonce) return null;
  const fault = await verifyPresence(presence, present, { share: link.share, nonce: asked.nonce }, Date.now());
  return fault === null ? { how: "yes", at: new Date(presence.at), moved: hasMoved(status, shown) } : { how: "no" };
}

const Digits = ({ asked: { code, expiresAt } }: { asked: Asked }) => {
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
        <span>{w.waiting(hour(new Date(expiresAt)))}</span>
      </p>
    </div>
  );
};

const Over = ({ outcome, again }: { outcome: Outcome; again: () => Promise<void> }) => {
  const { live, verdict } = showWords.value;
  return (
    <>
      <Notice tone={outcome.how === "yes" ? "calm" : outcome.how === "no" ? "bad" : "wait"} fresh>
        <p>
          <strong>{live[outcome.how].title}</strong>
        </p>
        <p>{outcome.how === "yes" ? live.yes.text(hour(outcome.at)) : live[outcome.how].text}</p>
      </Notice>
      {outcome.how === "yes" && outcome.moved && (
        <Notice tone="wait" action={<Button onClick={() => void again()}>{verdict.again}</Button>}>
          <p>{live.moved}</p>
        </Notice>
      )}
    </>
  );
};

type Props = { readonly link: Link; readonly shown: Shown; readonly again: () => Promise<void> };

export function LiveCheck({ link, shown, again }: Props) {
  const w = showWords.value.live;
  const [state, setState] = useState<State>({ step: "idle" });
  const asked = state.step === "waiting" ? state.asked : null;

  useEffect(() => {
    if (asked === null) return;
    let gone = false;
    let timer = 0;
    const look = async (): Promise<void> => {
      const answer = await readStatus(link);
      const outcome = answer.ok ? await outcomeOf(answer.value, asked, link, shown) : null;
      if (gone) return;
      if (outcome !== null) setState({ step: "over", outcome });
      else if (Date.now() > Date.parse(asked.expiresAt)) setState({ step: "over", outcome: { how: "late" } });
      else timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [asked, link, shown]);

  const ask = async (): Promise<void> => {
    setState({ step: "asking" });
    const nonce = base64urlOf(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
    const answer = await challenge(link, nonce);
    setState(
      answer.ok ? { step: "waiting", asked: { nonce, ...answer.value } } : { step: "failed", problem: answer.problem },
    );
  };
  return (
    <section class="card no-print" aria-labelledby="live">
      <h2 id="live">{w.title}</h2>
      {state.step === "waiting" ? (
        <Digits asked={state.asked} />
      ) : (
        <>
          <p>{w.text}</p>
          {state.step === "over" && <Over outcome={state.outcome} again={again} />}
          {state.step === "failed" && <Failed problem={state.problem} />}
          <Button whole busy={state.step === "asking"} onClick={() => void ask()}>
            {state.step === "over" ? w.goAgain : w.go}
          </Button>
        </>
      )}
    </section>
  );
}
