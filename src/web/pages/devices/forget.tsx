// Everything leaves this device: for one that is sold, given away or shared. Says first what would be lost.

import { useState } from "preact/hooks";
import { forgetEverything } from "../../keys/forgetting.ts";
import { ringState } from "../../keys/keyring.ts";
import { waiting } from "../../store/queue.ts";
import { things } from "../../store/things.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Check } from "../../ui/field.tsx";
import { Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";

export function Forget() {
  const { forget } = words.value.keys.devices;
  const [asking, setAsking] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const [busy, setBusy] = useState(false);
  const { made, confirmed, saved } = ringState.value;
  const safe = things.value.length === 0 || (confirmed && saved);
  // What was handed over is remembered here, and nothing is lost with that.
  const losesNothing = !made && things.value.length === 0;
  const unsent = waiting.value.length;
  return (
    <Section title={forget.title}>
      <p>{forget.text}</p>
      <div class="line">
        <Button tone="danger" onClick={() => setAsking(true)}>
          {forget.open}
        </Button>
        <a href="/help/shared-phone">{words.value.keys.help}</a>
      </div>
      <Sheet title={forget.ask} open={asking} onClose={() => setAsking(false)}>
        {!safe && (
          <Notice tone="bad" action={<LinkButton href="/card">{forget.makeCard}</LinkButton>}>
            <p>{forget.noCard}</p>
          </Notice>
        )}
        {unsent > 0 && (
          <Notice tone="wait">
            <p>{forget.waiting(unsent)}</p>
          </Notice>
        )}
        {!losesNothing && (
          <Check label={safe ? forget.withCard : forget.noCardCheck} checked={understood} onChange={setUnderstood} />
        )}
        <div class="line">
          <Button
            tone="danger"
            busy={busy}
            disabled={!understood && !losesNothing}
            onClick={() => {
              setBusy(true);
              void forgetEverything();
            }}
          >
            {forget.go}
          </Button>
          <Button tone="quiet" onClick={() => setAsking(false)}>
            {words.value.common.cancel}
          </Button>
        </div>
      </Sheet>
    </Section>
  );
}
