// The frame of a page: its way back, its one heading, and where the focus goes when it opens.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../words/words.ts";
import { useHeadingFocus } from "./heading-focus.ts";
import { Icon } from "./icon.tsx";

type Props = {
  readonly title: string;
  readonly eyebrow?: ComponentChildren;
  /** Where the arrow leads; without it the top shows the app's name. */
  readonly back?: string;
  readonly actions?: ComponentChildren;
  /** Stands beside the heading, such as a thing's emblem. */
  readonly start?: ComponentChildren;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
};

export function Page({ title, eyebrow, back, actions, start, wide, children }: Props) {
  const heading = useHeadingFocus(null, () => scrollTo(0, 0));
  const { common } = words.value;
  useEffect(() => {
    document.title = title === common.name ? title : `${title} · ${common.name}`;
  }, [title, common.name]);
  return (
    <div class={wide ? "page wide" : "page"}>
      <a class="skip" href="#content">
        {common.skip}
      </a>
      <header class="top">
        {back === undefined ? (
          <a class="brand" href="/">
            <img src="/icon.svg" alt="" width="28" height="28" />
            {common.name}
          </a>
        ) : (
          <a class="icon-button back" href={back} aria-label={common.back}>
            <Icon name="back" />
          </a>
        )}
        <div class="end">{actions}</div>
      </header>
      <main id="content" tabIndex={-1}>
        <div class="head">
          {eyebrow !== undefined && <div class="eyebrow">{eyebrow}</div>}
          <div class={start === undefined ? undefined : "line"}>
            {start}
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
          </div>
        </div>
        <div class="main">{children}</div>
      </main>
    </div>
  );
}
