// Taking everything along: one file, with how much of it came.

import { useRef, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/layout.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { bytes } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { exportThing } from "./exporting.ts";

/** What file systems can't have in a name. */
const UNNAMABLE = /[\\/:*?"<>|\p{Cc}]+/gu;

type SaveProps = {
  readonly thing: Thing;
  readonly action: string;
  readonly tone?: "primary" | "plain";
  readonly onSaved?: (file: Blob) => void;
};

/** The button that saves it, with how far it is and the way to stop it. */
export function SaveEverything({ thing, action, tone, onSaved }: SaveProps) {
  const w = words.value.manage.take;
  const [got, setGot] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = useRef<AbortController | null>(null);
  async function take(): Promise<void> {
    const controller = new AbortController();
    stop.current = controller;
    setProblem(null);
    setGot(0);
    const answer = await exportThing(thing.id, setGot, controller.signal);
    setGot(null);
    if (controller.signal.aborted) return;
    if (!answer.ok) return setProblem(answer.problem);
    saveFile(w.file(thing.view.product.name.replace(UNNAMABLE, " ").trim()), answer.value);
    toast(w.done(bytes(answer.value.size)));
    onSaved?.(answer.value);
  }
  return (
    <>
      {problem && <Failed problem={problem} />}
      <div class="line">
        <Button icon="download" tone={tone} busy={got !== null} onClick={() => void take()}>
          {action}
        </Button>
        {got !== null && (
          <>
            <span role="progressbar" aria-label={action} aria-valuetext={w.going(bytes(got))}>
              {w.going(bytes(got))}
            </span>
            <Button tone="quiet" onClick={() => stop.current?.abort()}>
              {w.stop}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

export function Take({ thing }: { thing: Thing }) {
  const w = words.value.manage.take;
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      <p class="small soft">{w.kinds}</p>
      <SaveEverything thing={thing} action={w.action} />
    </Section>
  );
}
