// The link this page was opened with: out of the address at once, and kept for this tab alone, so that reloading it is no loss.

import { useState } from "preact/hooks";
import { useFragment } from "../../keys/fragment.ts";
import { keepInTab, keptInTab } from "../../keys/tab.ts";

const KEPT = "pico-twins.reply-link";
const WHOLE = /^twin_[0-9a-z]{26}~[A-Za-z0-9_-]{43}$/;

/** The link's secret; null where the page came without a whole one. */
export function useLink(): string | null {
  const [bearer, setBearer] = useState(() => keptInTab(KEPT));
  useFragment((fragment) => {
    const whole = WHOLE.test(fragment);
    if (whole) keepInTab(KEPT, fragment);
    setBearer(whole ? fragment : null);
  });
  return bearer;
}
