// What is chosen from in a sheet, which may be on its way when the sheet opens. Never takes the focus from where somebody put it.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Holds the focus from the start, so that no key closes the sheet, and gives it to the first choice once they are `ready`. */
export function Starting({ ready, children }: { ready: boolean; children: ComponentChildren }) {
  const all = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ready && document.activeElement === all.current) all.current?.querySelector<HTMLElement>("button, a")?.focus();
  }, [ready]);
  return (
    <div class="stack starting" ref={all} tabIndex={-1} autofocus>
      {children}
    </div>
  );
}
