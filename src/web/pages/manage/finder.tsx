// Whether the owner is told when somebody reports the thing as found: off until it is switched on, here or on another of their devices.

import { useEffect, useState } from "preact/hooks";
import { askFor } from "../../store/catchup.ts";
import { alertOf, type Thing } from "../../store/things.ts";
import { Check } from "../../ui/field.tsx";
import { Section } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { OFFLINE } from "../../api/call.ts";
import { useDoing } from "../doing.ts";

type Finder = { readonly on: boolean };

/** The switch alone. */
export function FinderSwitch({ thing }: { thing: Thing }) {
  const w = words.value.found.setting;
  /** Null until it is known, or chosen. */
  const [on, setOn] = useState<boolean | null>(null);
  const { problem, run } = useDoing();
  useEffect(() => {
    void askFor<Finder>(thing.id, "/finder").then((answer) => {
      if (answer?.ok) setOn((now) => now ?? answer.value.on);
    });
  }, [thing.id]);
  if (thing.view.proof !== "label") return null;
  const turn = async (wanted: boolean): Promise<void> => {
    setOn(wanted);
    const turned = await run(
      async () =>
        (await askFor<Finder>(thing.id, "/finder", { method: "PUT", body: { on: wanted } })) ?? {
          ok: false,
          problem: OFFLINE,
        },
    );
    if (turned) toast(wanted ? w.on : w.off);
    else setOn(!wanted);
  };
  return (
    <>
      <Check label={w.label} hint={w.hint} checked={on === true} onChange={(wanted) => void turn(wanted)} />
      {problem && <Failed problem={problem} />}
    </>
  );
}

/** Where it is marked as lost the switch stands in that box. */
export function FinderSetting({ thing }: { thing: Thing }) {
  const w = words.value.found.setting;
  return thing.view.proof !== "label" || alertOf(thing) === "lost" ? null : (
    <Section title={w.title}>
      <FinderSwitch thing={thing} />
      <p class="soft">{w.text}</p>
    </Section>
  );
}
