// What only paper shows: the day it was printed, and the way to how things stand now.

import { useEffect, useState } from "preact/hooks";
import { Qr } from "../ui/qr.tsx";
import { moment, wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { commandFor } from "./keep.tsx";
import type { Shown } from "./shown.ts";

export function Printed({ shown }: { shown: Shown }) {
  const w = showWords.value.printed;
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    const look = (): void => setAt(new Date().toISOString());
    addEventListener("beforeprint", look);
    return () => removeEventListener("beforeprint", look);
  }, []);
  return (
    <div class="printed" aria-hidden="true">
      <div>
        <p>
          <strong>{w.on(moment(at))}</strong>
        </p>
        <p>{w.text(wholeDay(shown.opened.expiresAt))}</p>
        <p>
          {w.key} <code class="command">{commandFor(shown)}</code>
        </p>
      </div>
      <Qr text={location.href} label={w.qr} />
    </div>
  );
}
