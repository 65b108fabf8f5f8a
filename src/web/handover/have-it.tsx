// "I have it in my hands": reminds its owner, and moves nothing. Only whoever accepted is asked.

import { useState } from "preact/hooks";
import { useDoing } from "../pages/doing.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { sayHave } from "./calls.ts";

export function HaveIt({ code }: { code: string }) {
  const w = words.value.handover.take;
  const [said, setSaid] = useState(false);
  const { busy, problem, run } = useDoing();
  if (said) {
    return (
      <Notice tone="good" fresh>
        <p>{w.haveSaid}</p>
      </Notice>
    );
  }
  return (
    <div class="stack-tight">
      <div class="line">
        <Button icon="check" busy={busy} onClick={() => void run(() => sayHave(code)).then(setSaid)}>
          {w.have}
        </Button>
      </div>
      {problem && <Failed problem={problem} />}
    </div>
  );
}
