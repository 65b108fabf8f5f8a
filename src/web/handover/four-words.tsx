// The four words, large, to read aloud to the owner; and the wait until they let go. The page may be closed meanwhile.

import { useCallback, useRef, useState } from "preact/hooks";
import { DONE, type Answer, type Problem } from "../api/call.ts";
import { ringState } from "../keys/keyring.ts";
import { outcome, useDoing } from "../pages/doing.ts";
import { Button, LinkButton } from "../ui/button.tsx";
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
  /** Why this device couldn't take in what is theirs by now. */
  const [unkept, setUnkept] = useState<Problem | null>(null);
  const rounds = useRef(0);
  const over = useRef(false);
  const { access, words: four } = taking.accepted!;
  const ask = useCallback(async (): Promise<void> => {
    // A code that opens nothing isn't tried again and again: wrong ones are counted.
    const asksOffer = !over.current && rounds.current++ % OFFER_EACH === 0;
    const now = await standingOf(taking, asksOffer ? "offer" : "thing");
    over.current ||= now === "over";
    if (now === "awake") {
      const wrong = await outcome(() => wake(taking));
      if (wrong === null) return onMine(access.twin);
      setUnkept(wrong);
    }
    // What the offer said last holds until it is asked again.
    const isNews = typeof now === "string" && (asksOffer || now !== "waiting");
    setStanding((before) => (!isNews && typeof before === "string" && before !== "waiting" ? before : now));
  }, [taking.id]);
  const look = usePoll(ask, "often");
  /** Puts it away unless it may still come: then that is shown. */
  const away = async (why: "over" | "gaveUp", code: string | null): Promise<Answer<null>> => {
    const now = await putAway(taking, why);
    if (typeof now === "object") return { ok: false, problem: now.problem };
    if (now === "put away") onAgain(code);
    else if (now === "awake") await look();
    else setStanding(now);
    return DONE;
  };

  const problem = standing === "awake" ? unkept : typeof standing === "object" ? standing.problem : null;
  const frame = {
    back: "/",
    eyebrow: <bdi>{taking.name}</bdi>,
    start: <Emblem id={twinOfCode(taking.code)} size={52} />,
  };
  if (standing === "again") {
    return (
      <Page title={w.again.title} {...frame}>
        <Lost tone="wait" {...w.again} away={() => away("over", taking.code)} />
      </Page>
    );
  }
  if (standing === "over") {
    return (
      <Page title={w.over.title} {...frame}>
        <Lost tone="bad" {...w.over} away={() => away("over", null)} />
      </Page>
    );
  }
  const isTheirs = taking.gift || standing === "awake";
  if (isTheirs || standing === "moving") {
    return (
      <Page title={isTheirs ? words.value.handover.yours.title : w.moving.title} {...frame}>
        {!isTheirs && <p class="lead">{w.moving.text}</p>}
        {problem ? <Failed problem={problem} again={() => void look()} /> : <Loading label={w.opening} />}
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
      {!ringState.value.confirmed && (
        <Notice
          tone="wait"
          title={w.card.title}
          action={
            <LinkButton href="/card" icon="card">
              {w.card.go}
            </LinkButton>
          }
        >
          <p>{w.card.text}</p>
        </Notice>
      )}
      <Notice tone="wait" title={w.waiting}>
        <p>
          {w.waitingText} {ringState.value.confirmed && ringState.value.saved && w.waitingCard}
        </p>
      </Notice>
      {problem && <Failed problem={problem} again={() => void look()} />}
      <HaveIt code={taking.code} />
      <GiveUp away={() => away("gaveUp", null)} />
    </Page>
  );
}

type Away = { readonly away: () => Promise<Answer<null>> };
type LostProps = Away & {
  readonly tone: "wait" | "bad";
  readonly text: string;
  readonly go: string;
};

/** What was accepted is void: what that means, and the way on. */
function Lost({ tone, text, go, away }: LostProps) {
  const { busy, problem, run } = useDoing();
  return (
    <>
      <Notice
        tone={tone}
        fresh
        action={
          <Button tone={tone === "wait" ? "primary" : "plain"} busy={busy} onClick={() => void run(away)}>
            {go}
          </Button>
        }
      >
        <p>{text}</p>
      </Notice>
      {problem && <Failed problem={problem} />}
    </>
  );
}

function GiveUp({ away }: Away) {
  const w = words.value.handover.words;
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useDoing();
  const close = (): void => setOpen(false);
  return (
    <div class="line">
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {w.giveUp}
      </Button>
      <Sheet title={w.giveUpSheet} open={open} onClose={close}>
        <p>{w.giveUpText}</p>
        {problem && <Failed problem={problem} />}
        <Button tone="danger" whole busy={busy} onClick={() => void run(away)}>
          {w.giveUpGo}
        </Button>
        <Button tone="quiet" whole onClick={close}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </div>
  );
}
