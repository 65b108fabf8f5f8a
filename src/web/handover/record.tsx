// The record of what somebody would get, as this device finds it: the verdict first, then its story, then what none of it can show. The
// components are those of the page for buyers, and wear its style only while they stand here.

import { useEffect, useState } from "preact/hooks";
import showStyle from "../show/show.css?inline";
import type { Shown } from "../show/shown.ts";
import { Limits } from "../show/limits.tsx";
import { matches, SameItem } from "../show/same-item.tsx";
import { Story } from "../show/story.tsx";
import { Verdict, verdictOf } from "../show/verdict.tsx";
import { showWords } from "../words/show/words.ts";
import { words } from "../words/words.ts";

/** So many entries stand open; more would push away what is to be decided. */
const FEW = 6;
/** An offer shows words: its pictures come with the thing. */
const withoutPictures = (shown: Shown): Shown => ({
  ...shown,
  findings: { ...shown.findings, bodies: shown.findings.bodies.map((body) => body && { ...body, photos: [] }) },
});

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

/** Whether it is the very thing at hand: with the hash that came along, or, where there could be none, with a link. */
function SameThing({ shown, onOther }: { shown: Shown; onOther: (other: boolean) => void }) {
  const { label, product } = shown.opened;
  if (label !== null) {
    return <SameItem compare={async (read) => matches(label, read)} shown={shown} onOther={onOther} />;
  }
  return product.proof !== "label" ? null : (
    <section class="card" aria-labelledby="item">
      <h2 id="item">{showWords.value.item.title}</h2>
      <p>{words.value.handover.take.counted}</p>
    </section>
  );
}

type Props = { readonly shown: Shown; readonly again: () => Promise<void> };

export function CheckedRecord({ shown, again }: Props) {
  const w = words.value.handover.take;
  const [isOther, setOther] = useState(false);
  const verdict = verdictOf(shown);
  useShowStyle();
  return (
    <div class="checked-record">
      <section class={`document-head ${isOther ? "do-not-rely" : shown.findings.verdict}`} aria-label={w.record}>
        <h2>{isOther ? showWords.value.verdict.otherItem(verdict) : verdict}</h2>
        <Verdict shown={shown} again={again} />
      </section>
      <SameThing shown={shown} onOther={setOther} />
      <details class="whole" open={shown.opened.entries.length <= FEW}>
        <summary>{w.whole(shown.opened.entries.length)}</summary>
        <div class="stack wide-gap">
          <Story shown={withoutPictures(shown)} />
          <Limits shown={shown} keeps={false} />
        </div>
      </details>
    </div>
  );
}
