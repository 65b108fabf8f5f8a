// The heading of a step that took another's place: the focus goes to it, as it would on a page of its own.

import { useLayoutEffect, useRef } from "preact/hooks";

export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <h2 class="step" ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}
