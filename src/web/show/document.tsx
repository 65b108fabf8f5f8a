// What was shown, as one document: the verdict, what speaks against buying, what can be checked on the spot, the story, and its limits.

import { useEffect, useMemo, useState } from "preact/hooks";
import { showWords } from "../words/show/words.ts";
import { AtAGlance } from "./facts.tsx";
import { Frame } from "./frame.tsx";
import { Keep } from "./keep.tsx";
import { Limits } from "./limits.tsx";
import type { Link } from "./link.ts";
import { LiveCheck } from "./live-check.tsx";
import { makerName } from "./maker-name.ts";
import { PicturesOfLink, picturesOf } from "./pictures.ts";
import { Printed } from "./printed.tsx";
import { Recalls } from "./recalls.tsx";
import { isSame, SameItem } from "./same-item.tsx";
import type { Shown } from "./shown.ts";
import { Story } from "./story.tsx";
import { Verdict, verdictOf } from "./verdict.tsx";

type Props = { readonly link: Link; readonly shown: Shown; readonly again: () => Promise<void> };

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

export function Document({ link, shown, again }: Props) {
  const w = showWords.value;
  const { product } = shown.opened;
  const maker = makerName(shown);
  const [isOther, setOther] = useState(false);
  const verdict = verdictOf(shown);
  const drawn = useAfterTheVerdict(shown);
  const pictures = useMemo(() => picturesOf(link), [link]);
  return (
    <PicturesOfLink.Provider value={pictures}>
      <Frame
        title={isOther ? w.verdict.otherItem(verdict) : verdict}
        about={product.name}
        tone={isOther ? "do-not-rely" : shown.findings.verdict}
        eyebrow={
          <>
            <span class="unprinted">{w.eyebrow}</span>
            <strong>
              <bdi>{product.name}</bdi>
              {maker !== null && <span> {w.by(maker)}</span>}
            </strong>
          </>
        }
        head={<Verdict shown={shown} again={again} />}
      >
        <div class="document">
          <Recalls shown={shown} />
          <Printed shown={shown} />
          <div class="columns">
            <div class="on-the-spot">
              <SameItem compare={(label) => isSame(link, shown.opened, label)} shown={shown} onOther={setOther} />
              {!isAlerted(shown) && <LiveCheck link={link} shown={shown} again={again} />}
            </div>
            {drawn && <Story shown={shown} />}
            <div class="beside">
              <AtAGlance shown={shown} />
              <Keep shown={shown} />
            </div>
            <Limits shown={shown} keeps />
          </div>
        </div>
      </Frame>
    </PicturesOfLink.Provider>
  );
}
