// Where somebody is when a page comes: at its heading.

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Whether nothing has the focus, as after what had it was taken away. */
export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Only what came after the first page takes the focus: a reader of the first begins at its top. */
let first = true;

/**
 * Puts the focus to a heading when its page comes, or becomes another's (`of`). Before it is drawn: neither focus nor scroll may jump under
 * somebody who has begun to read, to type or to press. `onCome` is called then, too, with every page but the first.
 */
export function useHeadingFocus(of: unknown, onCome?: () => void): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null);
  const came = useRef(false);
  useLayoutEffect(() => {
    came.current = !first;
    first = false;
    if (!came.current) return;
    heading.current?.focus({ preventScroll: true });
    onCome?.();
  }, [of]);
  useEffect(() => {
    // The page before, with a sheet open in it, lay over this one until now: nothing beneath it takes the focus.
    if (came.current && isFocusLost()) heading.current?.focus({ preventScroll: true });
  }, [of]);
  return heading;
}
