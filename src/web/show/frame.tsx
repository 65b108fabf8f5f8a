// The frame of what a buyer is shown: whose page it is, the language, and one heading, which is read out when it changes.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { useHeadingFocus } from "../ui/heading-focus.ts";
import { toast } from "../ui/say.tsx";
import { language, type Language } from "../words/language.ts";
import { showWords, speakShow } from "../words/show/words.ts";
import { words } from "../words/words.ts";

type Props = {
  readonly title: string;
  /** What the window is called beside the heading. */
  readonly about?: string;
  readonly eyebrow: ComponentChildren;
  /** Stands under the heading, in the head's own colour. */
  readonly head?: ComponentChildren;
  readonly tone?: string;
  /** What is shown, which the title is about: once that is another, the heading takes the focus again. */
  readonly of?: unknown;
  readonly children?: ComponentChildren;
};

const OTHER: { readonly [tag in Language]: { readonly tag: Language; readonly name: string } } = {
  en: { tag: "de", name: "Deutsch" },
  de: { tag: "en", name: "English" },
};

export function Frame({ title, about, eyebrow, head, tone = "", of, children }: Props) {
  const heading = useHeadingFocus(of, () => scrollTo(0, 0));
  const content = useRef<HTMLElement>(null);
  const { common } = words.value;
  const { foot, stuck } = showWords.value;
  const other = OTHER[language.value];
  useEffect(() => {
    document.title = `${title} · ${about ?? common.name}`;
  }, [title, about, common.name]);
  return (
    <div class="page show">
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // The address holds the link's secret: a place within the page must not take its room.
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {common.skip}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <img src="/icon.svg" alt="" width="28" height="28" />
          {common.name}
        </a>
        <div class="end">
          <Button tone="quiet" lang={other.tag} onClick={() => void speakShow(other.tag).catch(() => toast(stuck))}>
            {other.name}
          </Button>
        </div>
      </header>
      <main id="content" tabIndex={-1} ref={content}>
        <div class={`document-head ${tone}`}>
          <p class="eyebrow">{eyebrow}</p>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {head}
        </div>
        {children}
      </main>
      <footer class="foot small soft">{of === undefined ? location.host : foot(location.host)}</footer>
    </div>
  );
}
