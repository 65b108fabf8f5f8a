// What was shown, as one document: the verdict, what speaks against buying, what can be checked on the spot, the story, and its limits.

import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/call.ts";
import { say } from "../ui/say.tsx";
import { showWords } from "../words/show/words.ts";
import { compareLabel, readPhoto } from "./calls.ts";
import { AtAGlance } from "./facts.tsx";
import { Frame } from "./frame.tsx";
import { Keep } from "./keep.tsx";
import { laterRules } from "./later-rules.ts";
import { Limits } from "./limits.tsx";
import type { Link } from "./link.ts";
import { LiveCheck } from "./live-check.tsx";
import { makerName } from "./maker-name.ts";
import { PicturesOfLink, usePictures } from "./pictures.ts";
import { Printed } from "./printed.tsx";
import { Recalls } from "./recalls.tsx";
import { Compared, SameItem, type Doubt } from "./same-item.tsx";
import type { Shown } from "./shown.ts";
import { useStanding } from "./standing.ts";
import { Story } from "./story.tsx";
import { Verdict, verdictOf } from "./verdict.tsx";

type Props = {
  readonly link: Link;
  readonly shown: Shown;
  /** Has it opened and checked once more; what is shown stays meanwhile, and where that fails. */
  readonly again: () => Promise<void>;
  readonly busy: boolean;
  readonly problem: Problem | null;
};

/** More than these would hold up the verdict. */
const DRAWN_WITH_IT = 60;

/** Whether the story may be drawn: a long one comes once the verdict is before the reader's eyes. */
function useAfterTheVerdict({ opened }: Shown): boolean {
  const [drawn, setDrawn] = useState(opened.entries.length <= DRAWN_WITH_IT);
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(true));
    return () => clearTimeout(timer);
  }, []);
  return drawn;
}

/** Whoever holds the history of what was lost or stolen: nobody should buy it, so nothing is asked of them. */
const isAlerted = ({ findings: { status } }: Shown): boolean => status === "lost" || status === "stolen";

/** Says a verdict that became another while its reader may be far below it. */
function useSaid(verdict: string, isNew: boolean): void {
  useEffect(() => {
    if (isNew) say(verdict);
  }, [verdict]);
}

export function Document({ link, shown, again, busy, problem }: Props) {
  const w = showWords.value;
  const { product } = shown.opened;
  const { item, claim } = shown.findings;
  const maker = makerName(shown);
  // What a label was found to be holds for the item that it was compared with.
  const [found, setFound] = useState<{ readonly item: string | null; readonly doubt: Doubt | null } | null>(null);
  const doubt = found?.item === item ? found.doubt : null;
  const [now, stands] = useStanding(link, shown);
  const verdict = verdictOf(now);
  useSaid(verdict, now !== shown);
  const drawn = useAfterTheVerdict(shown);
  useEffect(() => void laterRules().catch(() => {}), []);
  const pictures = usePictures((photo) => readPhoto(link, photo), link);
  return (
    <PicturesOfLink.Provider value={pictures}>
      <Frame
        title={doubt ? w.verdict.doubt[doubt.kind](verdict) : verdict}
        about={product.name}
        tone={doubt ? "do-not-rely" : now.findings.verdict}
        of={shown}
        eyebrow={
          <>
            <span class="unprinted">{w.eyebrow}</span>
            <strong>
              <bdi>{product.name}</bdi>
              {maker !== null && <span> {w.by(maker)}</span>}
              {maker === null && claim !== "label" && <span>, {w.facts.typed}</span>}
            </strong>
          </>
        }
        head={
          <>
            {doubt && <Compared {...doubt} />}
            <Verdict shown={now} again={again} busy={busy} problem={problem} />
          </>
        }
      >
        <div class="document">
          <Recalls shown={shown} />
          <Printed shown={now} />
          <div class="columns">
            <div class="on-the-spot">
              <SameItem
                key={item}
                ask={(label) => compareLabel(link, label)}
                shown={shown}
                onDoubt={(one) => setFound({ item, doubt: one })}
              />
              {!isAlerted(shown) && (
                <LiveCheck link={link} shown={shown} again={again} asks={!isAlerted(now)} onAgainst={stands} />
              )}
            </div>
            {drawn && <Story shown={shown} />}
            <div class="beside">
              <AtAGlance shown={shown} />
              <Keep shown={now} />
            </div>
            <Limits shown={shown} />
          </div>
        </div>
      </Frame>
    </PicturesOfLink.Provider>
  );
}
