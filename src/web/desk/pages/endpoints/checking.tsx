// The guided check: three test events, what each must come to, what it came to, and what to do where it came to something else.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Mark, Notice } from "../../../ui/notice.tsx";
import { say } from "../../../ui/say.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { Endpoint, EndpointCheck } from "../../api/views.ts";
import { Trouble } from "../../trouble.tsx";
import { InWords } from "./in-words.tsx";

type Step = EndpointCheck["steps"][number];
const ORDER = [
  { step: "wrong-signature", expected: "refused" },
  { step: "stale", expected: "refused" },
  { step: "right", expected: "accepted" },
] as const satisfies readonly Pick<Step, "step" | "expected">[];

const tookIn = ({ status }: Step): boolean => status !== null && status >= 200 && status <= 299;

/** What to do about a step that went wrong. */
function helpFor(step: Step): string {
  const { help } = deskWords.value.endpoints.checking;
  if (step.status === null) return help.silent;
  return step.expected === "refused" && !tookIn(step) ? help.busy : help[step.step];
}

/** None is tried after one that got no answer. */
const wasTried = (steps: readonly Step[], at: number): boolean =>
  steps.slice(0, at).every(({ status }) => status !== null);

function Outcome({ steps, at }: { steps: readonly Step[]; at: number }) {
  const w = deskWords.value.endpoints.checking;
  const step = steps[at];
  if (!step) return null;
  if (!wasTried(steps, at)) return <Mark tone="calm">{w.notTried}</Mark>;
  const { status, ms, ok } = step;
  return (
    <>
      <Mark tone={ok ? "good" : "bad"}>
        {status === null ? w.silent : `${w.answered(status, ms ?? 0)}: ${ok ? w.right : w.wrong}`}
      </Mark>
      {!ok && (
        <p>
          <InWords text={helpFor(step)} />
        </p>
      )}
    </>
  );
}

export function Checking({ endpoint, onChecked }: { endpoint: Endpoint; onChecked: () => void }) {
  const w = deskWords.value.endpoints.checking;
  const [check, setCheck] = useState<EndpointCheck | null>(null);
  const { busy, problem, run } = useAsking();
  const send = async (): Promise<void> => {
    setCheck(null);
    say(w.running);
    const answer = await run<EndpointCheck>(`/endpoints/${endpoint.id}/check`, { method: "POST" });
    if (!answer) return;
    setCheck(answer.value);
    onChecked();
  };
  return (
    <div class="stack">
      <p>{w.lead}</p>
      <ol class="check-steps">
        {ORDER.map(({ step, expected }, at) => (
          <li key={step}>
            <p>
              <strong>{w.steps[step]}</strong> <span class="soft">{w.expected[expected]}</span>
            </p>
            <Outcome steps={check?.steps ?? []} at={at} />
          </li>
        ))}
      </ol>
      {check && (
        <Notice tone={check.verifies ? "good" : "bad"} title={check.verifies ? w.passed : w.failed} fresh>
          {check.verifies && <p>{w.passedText}</p>}
        </Notice>
      )}
      {busy && <p class="soft">{w.running}</p>}
      <Trouble problem={problem} />
      <div class="line">
        <Button tone={check?.verifies ? "plain" : "primary"} icon="send" busy={busy} onClick={() => void send()}>
          {check ? w.again : w.run}
        </Button>
      </div>
    </div>
  );
}
