// The frame of a page of the desk: its one heading, what can be done from there, and where the focus goes when it opens.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { useHeadingFocus } from "../ui/heading-focus.ts";
import { Icon } from "../ui/icon.tsx";
import { words } from "../words/words.ts";
import { deskWords } from "../words/desk/words.ts";

type FrameProps = {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Buttons beside the heading. */
  readonly actions?: ComponentChildren;
  /** Where the arrow before the heading leads. */
  readonly back?: string;
  /** Over the whole width, for tables and drawings. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
};

/** Puts the focus to a heading when its page opens, or becomes another's. */
export function useHeading(title: string, of: string = title): { current: HTMLHeadingElement | null } {
  const heading = useHeadingFocus(of);
  const name = deskWords.value.common.name;
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return heading;
}

export function Frame({ title, lead, actions, back, wide, children }: FrameProps) {
  const heading = useHeading(title);
  useLayoutEffect(() => scrollTo(0, 0), []);
  return (
    <main id="content" class={wide ? "frame wide" : "frame"} tabIndex={-1}>
      <div class="frame-head">
        {back !== undefined && (
          <a class="icon-button" href={back} aria-label={words.value.common.back}>
            <Icon name="back" />
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div class="line frame-actions">{actions}</div>}
        {lead && <p class="frame-lead">{lead}</p>}
      </div>
      {children}
    </main>
  );
}
