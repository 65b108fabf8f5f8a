// The record of what somebody would get, as this device finds it: the verdict first, then its story, then what none of it can show. The
// components are those of the page for buyers, and wear its style only while they stand here.

import { useEffect } from "preact/hooks";
import showStyle from "../show/show.css?inline";
import { AtAGlance } from "../show/facts.tsx";
import type { Shown } from "../show/shown.ts";
import { Limits } from "../show/limits.tsx";
import { PicturesOfLink, usePictures } from "../show/pictures.ts";
import { Recalls } from "../show/recalls.tsx";
import { Compared, SameItem, type Doubt } from "../show/same-item.tsx";
import { Story } from "../show/story.tsx";
import { Verdict, verdictOf } from "../show/verdict.tsx";
import { showWords } from "../words/show/words.ts";
import { words } from "../words/words.ts";
import { compareLabel, readPhoto } from "./calls.ts";

/** So many entries stand open; more would push away what is to be decided. */
const FEW = 6;

/** That page's rules are its own and would change others here, which share some names of classes. */
function useShowStyle(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(showStyle);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, []);
}

export type Props = {
  readonly code: string;
  readonly shown: Shown;
  readonly again: () => Promise<void>;
  /** What speaks against the label that was compared last. */
  readonly doubt: Doubt | null;
  readonly onDoubt: (doubt: Doubt | null) => void;
};

export function CheckedRecord({ code, shown, again, doubt, onDoubt }: Props) {
  const w = words.value.handover.take;
  const verdict = verdictOf(shown);
  const pictures = usePictures((photo) => readPhoto(code, photo), code);
  useShowStyle();
  return (
    <div class="checked-record">
      <section class={`document-head ${doubt ? "do-not-rely" : shown.findings.verdict}`} aria-label={w.record}>
        <h2>{doubt ? showWords.value.verdict.doubt[doubt.kind](verdict) : verdict}</h2>
        {doubt && <Compared {...doubt} />}
        <Verdict shown={shown} again={again} />
      </section>
      <Recalls shown={shown} />
      {shown.opened.product.proof === "label" && (
        <SameItem ask={(label) => compareLabel(code, label)} shown={shown} onDoubt={onDoubt} />
      )}
      <details class="whole" open={shown.opened.entries.length <= FEW}>
        <summary>{w.whole(shown.opened.entries.length)}</summary>
        <div class="stack wide-gap">
          <PicturesOfLink.Provider value={pictures}>
            <Story shown={shown} />
          </PicturesOfLink.Provider>
          <AtAGlance shown={shown} />
          <Limits shown={shown} offered />
        </div>
      </details>
    </div>
  );
}
