// A thing that is lost or stolen: said by its owner, shown wherever it matters, and taken back by them.

import { useDoing } from "../pages/doing.ts";
import { FinderSwitch } from "../pages/manage/finder.tsx";
import { alertOf, mayIn, refreshThing, type Thing } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Section } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { setAlert } from "./calls.ts";

type Props = { readonly thing: Thing };
type Alert = "lost" | "stolen";

/** What the thing's owner said of it, and the way to say otherwise. */
function useAlert(thing: Thing) {
  const { busy, problem, run } = useDoing();
  const w = words.value.handover.alert;
  return {
    busy,
    problem,
    say: async (alert: Alert | null): Promise<void> => {
      const done = await run(() => setAlert(thing.id, alert));
      if (!done) return;
      await refreshThing(thing.id);
      toast(alert === null ? w.cleared : w.set[alert]);
    },
  };
}

/** In the thing's settings. */
export function AlertSetting({ thing }: Props) {
  const w = words.value.handover.alert;
  const alert = alertOf(thing);
  const { busy, problem, say } = useAlert(thing);
  return (
    <Section title={w.title}>
      {alert === null ? <p>{w.text}</p> : <Standing thing={thing} />}
      {alert === null && (
        <>
          {problem && <Failed problem={problem} />}
          <div class="line">
            <Button icon="alert" busy={busy} onClick={() => void say("lost")}>
              {w.lost}
            </Button>
            <Button icon="alert" busy={busy} onClick={() => void say("stolen")}>
              {w.stolen}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

function Standing({ thing }: Props) {
  const w = words.value.handover.alert;
  const alert = alertOf(thing);
  const { busy, problem, say } = useAlert(thing);
  if (alert === null) return null;
  return (
    <Notice
      tone="bad"
      title={w.is[alert]}
      action={
        mayIn(thing, "owner") && (
          <Button icon="check" busy={busy} onClick={() => void say(null)}>
            {w.back}
          </Button>
        )
      }
    >
      <p>{w.isText}</p>
      {alert === "lost" && mayIn(thing, "owner") && <FinderSwitch thing={thing} />}
      {problem && <Failed problem={problem} />}
    </Notice>
  );
}

/** On the thing's own page: above everything, while it stands. */
export const AlertBanner = ({ thing }: Props) => (thing.ended === null ? <Standing thing={thing} /> : null);

/** Why it can't be handed over now. */
export function Blocked({ thing }: Props) {
  const w = words.value.handover.alert.blocks;
  const alert = alertOf(thing);
  return alert === null ? null : (
    <Notice
      tone="bad"
      title={w.title[alert]}
      action={<LinkButton href={`/t/${thing.id}/manage`}>{w.action}</LinkButton>}
    >
      <p>{w.text}</p>
    </Notice>
  );
}
