// The four words, large, to read aloud to the owner; and the wait until they let go. The page may be closed meanwhile.

import { useCallback, useRef, useState } from "preact/hooks";
import { ringState } from "../keys/keyring.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { twinOfCode } from "./calls.ts";
import { HaveIt } from "./have-it.tsx";
import { usePoll } from "./poll.ts";
import { putAway, standingOf, wake, type Standing, type Taking } from "./taking.ts";

/** Whether the thing opens is asked each time; how the offer stands only each so many times, as strangers may ask only so often. */
const OFFER_EACH = 5;

type Props = {
  readonly taking: Taking;
  readonly onMine: (twin: string) => void;
  /** Looks at it anew by its code, or by another where there is none. */
  readonly onAgain: (code: string | null) => void;
};

export function FourWords({ taking, onMine, onAgain }: Props) {
  const w = words.value.handover.words;
  const [standing, setStanding] = useState<Standing>("waiting");
  const rounds = useRef(0);
  const over = useRef(false);
  const { access, words: four } = taking.accepted!;
  const look = useCallback(async (): Promise<void> => {
    // A code that opens nothing isn't tried again and again: wrong ones are counted.
    const asksOffer = !over.current && rounds.current++ % OFFER_EACH === 0;
    const now = await standingOf(taking, asksOffer ? "offer" : "thing");
    over.current ||= now === "over";
    if (now === "awake" && (await wake(taking)).ok) return onMine(access.twin);
    // What the offer said last holds until it is asked again.
    setStanding((before) => (now === "waiting" && !asksOffer && typeof before === "string" ? before : now));
  }, [taking]);
  usePoll(look, "often");
  const away = async (code: string | null): Promise<void> => {
    if ((await putAway(taking)) === "awake") return look();
    onAgain(code);
  };

  const problem = typeof standing === "object" ? standing.problem : null;
  const frame = {
    back: "/",
    eyebrow: <bdi>{taking.name}</bdi>,
    start: <Emblem id={twinOfCode(taking.code)} size={52} />,
  };
  if (taking.gift) {
    return (
      <Page title={words.value.handover.yours.title} {...frame}>
        {problem ? <Failed problem={problem} again={() => void look()} /> : <Loading label={w.opening} />}
      </Page>
    );
  }
  if (standing === "again") {
    return (
      <Page title={w.again.title} {...frame}>
        <Notice
          tone="wait"
          fresh
          action={
            <Button tone="primary" onClick={() => void away(taking.code)}>
              {w.again.go}
            </Button>
          }
        >
          <p>{w.again.text}</p>
        </Notice>
      </Page>
    );
  }
  if (standing === "over") {
    return (
      <Page title={w.over.title} {...frame}>
        <Notice tone="bad" fresh action={<Button onClick={() => void away(null)}>{w.over.go}</Button>}>
          <p>{w.over.text}</p>
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={w.title} {...frame}>
      <p class="lead">{w.lead}</p>
      <ol class="four-words" aria-label={w.list}>
        {four.split(" ").map((word, at) => (
          <li key={at} lang="en" translate={false}>
            <span>{word}</span>
          </li>
        ))}
      </ol>
      <Notice tone="wait" title={w.waiting}>
        <p>
          {w.waitingText} {ringState.value.confirmed && ringState.value.saved && w.waitingCard}
        </p>
      </Notice>
      {problem && <Failed problem={problem} again={() => void look()} />}
      <HaveIt code={taking.code} />
      <GiveUp onAway={() => void away(null)} />
    </Page>
  );
}

function GiveUp({ onAway }: { onAway: () => void }) {
  const w = words.value.handover.words;
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <div class="line">
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {w.giveUp}
      </Button>
      <Sheet title={w.giveUpSheet} open={open} onClose={close}>
        <p>{w.giveUpText}</p>
        <Button tone="danger" whole onClick={onAway}>
          {w.giveUpGo}
        </Button>
        <Button tone="quiet" whole onClick={close}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </div>
  );
}
