// Somebody said yes and no answer came: the same is asked again, so that the key isn't lost with the connection.

import { useDoing } from "../pages/doing.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { twinOfCode } from "./calls.ts";
import { resume, type Taking } from "./taking.ts";

export function Unfinished({ taking }: { taking: Taking }) {
  const w = words.value.handover.take;
  const { busy, problem, run } = useDoing();
  return (
    <Page title={taking.name} back="/" eyebrow={w.eyebrow} start={<Emblem id={twinOfCode(taking.code)} size={64} />}>
      <Notice
        tone="wait"
        title={w.unfinished.title}
        action={
          <Button tone="primary" busy={busy} onClick={() => void run(() => resume(taking))}>
            {w.finish}
          </Button>
        }
      >
        <p>{w.unfinished.text}</p>
      </Notice>
      {problem && <Failed problem={problem} />}
    </Page>
  );
}
