// Being told of news of this thing on this device: off until it is switched on here, and off again with one tap.

import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { pushOff, pushOn, pushState, type PushState } from "../../store/push.ts";
import type { Thing } from "../../store/things.ts";
import { Check } from "../../ui/field.tsx";
import { Section } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

/** Safari on iOS has Web Push only in what was put on the home screen. */
const needsInstalling = (): boolean =>
  (/iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)) &&
  !matchMedia("(display-mode: standalone)").matches;

export function Told({ thing }: { thing: Thing }) {
  const w = words.value.manage.told;
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => void pushState(thing.id).then(setState), [thing.id]);

  async function turn(on: boolean): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await (on ? pushOn(thing.id) : pushOff(thing.id));
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    setState(answer.value);
    if (answer.value === "on") toast(w.on);
    if (answer.value === "off") toast(w.off);
  }

  return (
    <Section title={w.title}>
      {state === "unsupported" ? (
        <p>{needsInstalling() ? w.install : w.unsupported}</p>
      ) : (
        <>
          <Check label={w.label} hint={w.own} checked={state === "on"} onChange={(on) => void turn(on)} />
          {state === "denied" && <p role="status">{w.denied}</p>}
          {problem && <Failed problem={problem} />}
          <p class="soft">
            {w.text} <q>{w.shows}</q>. {w.nothing}
          </p>
        </>
      )}
    </Section>
  );
}
