// Letting a repairer add to the history: who they are as the owner calls them, for how long, and an invitation that is shown once.

import { useState } from "preact/hooks";
import { REPAIRER_SCOPES } from "../../keys/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { type GrantingProps, NAME_CHARACTERS, useGranting } from "./granting.ts";
import { Invitation } from "./invitation.tsx";

const DAY_MS = 24 * 3_600_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Span = keyof typeof SPANS;

export function InviteRepairer(props: GrantingProps) {
  const { onClose } = props;
  const w = words.value.record.repairer;
  const [name, setName] = useState("");
  const [span, setSpan] = useState<Span>("week");
  const [missing, setMissing] = useState(false);
  const { busy, problem, token, grant } = useGranting(props);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const label = name.trim();
    setMissing(label === "");
    if (label === "") return;
    await grant({ label, scopes: REPAIRER_SCOPES, expiresAt: new Date(Date.now() + SPANS[span]).toISOString() });
  };
  if (token !== null) return <Invitation token={token} name={name.trim()} onClose={onClose} />;
  return (
    <Sheet title={w.title} open onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p>{w.text}</p>
        <TextField
          label={w.name}
          hint={w.nameHint}
          error={missing ? words.value.keys.people.person.nameMissing : null}
          value={name}
          onInput={setName}
          maxLength={NAME_CHARACTERS}
          autocomplete="off"
        />
        <Choices
          legend={w.until}
          options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: w.spans[value] }))}
          value={span}
          onChange={setSpan}
        />
        {problem && <Failed problem={problem} />}
        <div class="line">
          <Button type="submit" tone="primary" busy={busy}>
            {w.go}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
