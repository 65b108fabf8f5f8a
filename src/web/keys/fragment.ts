// What stands after `#` in the address: read once, taken out of the address bar at once, kept nowhere but in this page's memory.

import { useLayoutEffect } from "preact/hooks";

let kept: string | null = null;

/** Takes the fragment out of the address bar, also before the page that wants it is loaded. */
export function captureFragment(): void {
  const { hash, pathname, search } = location;
  // A place within the page, such as where its content begins, is no secret.
  if (hash.length < 2 || document.getElementById(hash.slice(1)) !== null) return;
  kept = hash.slice(1);
  history.replaceState(history.state, "", pathname + search);
}

/** The fragment, the first time it is asked for; null after that, and where there was none. */
export function takeFragment(): string | null {
  captureFragment();
  const fragment = kept;
  kept = null;
  return fragment;
}

/**
 * Hands the fragment to the page: the one it was opened with, before anybody sees the page without it, and any that is pasted over
 * it.
 */
export function useFragment(take: (fragment: string) => void): void {
  useLayoutEffect(() => {
    const look = (): void => {
      const fragment = takeFragment();
      if (fragment !== null) take(fragment);
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
}

/** Hands a fragment that was scanned here to the page that is opened next. */
export function keepFragment(fragment: string): void {
  kept = fragment;
}
