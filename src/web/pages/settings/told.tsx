// Being told while the app is closed, thing by thing: off until its owner wants it, one tap to stop.

import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { pushOff, pushOn, pushState, type PushState } from "../../store/push.ts";
import { things, type Thing } from "../../store/things.ts";
import { Check } from "../../ui/field.tsx";
import { Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { say } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

export function Told() {
  const { settings } = words.value.home;
  const reachable = things.value.filter(({ ended }) => ended === null);
  const [states, setStates] = useState<Readonly<Record<string, PushState>>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = (twin: string, state: PushState): void => setStates((now) => ({ ...now, [twin]: state }));
  const ids = reachable.map(({ id }) => id).join(" ");
  useEffect(() => {
    for (const { id } of reachable) void pushState(id).then((state) => set(id, state));
  }, [ids]);

  const change = async ({ id, view }: Thing, on: boolean): Promise<void> => {
    setProblem(null);
    const answer = await (on ? pushOn(id) : pushOff(id));
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    set(id, answer.value);
    const { name } = view.product;
    if (answer.value === "on") say(settings.toldOn(name));
    if (answer.value === "off") say(settings.toldOff(name));
  };
  const all = Object.values(states);
  const can = !all.includes("unsupported") && !all.includes("denied");
  return (
    <Section title={settings.told}>
      <p class="soft">{reachable.length === 0 ? settings.toldNone : settings.toldText}</p>
      {all.includes("unsupported") && (
        <Notice>
          <p>{settings.toldUnsupported}</p>
        </Notice>
      )}
      {all.includes("denied") && (
        <Notice tone="wait" fresh>
          <p>{settings.toldDenied}</p>
        </Notice>
      )}
      {problem && <Failed problem={problem} />}
      {can && reachable.length > 0 && (
        <div>
          {reachable.map((thing) => (
            <Check
              key={thing.id}
              label={thing.view.product.name}
              checked={states[thing.id] === "on"}
              onChange={(on) => void change(thing, on)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}
