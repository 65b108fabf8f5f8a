// Letting a repairer add to the history: who they are as the owner calls them, for how long, and an invitation that is shown once.

import { useState } from "preact/hooks";
import { REPAIRER_SCOPES } from "../../keys/rights.ts";
import { Choices } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";
import { GrantingForm } from "./granting-form.tsx";
import type { GrantingProps } from "./granting.ts";
import { Invitation } from "./invitation.tsx";

const DAY_MS = 24 * 3_600_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Span = keyof typeof SPANS;

export function InviteRepairer(props: GrantingProps) {
  const w = words.value.record.repairer;
  const [span, setSpan] = useState<Span>("week");

  return (
    <GrantingForm
      {...props}
      says={w}
      wanted={() => ({ scopes: REPAIRER_SCOPES, lastsMs: SPANS[span] })}
      made={(token, name) => <Invitation token={token} name={name} onClose={props.onClose} />}
    >
      <Choices
        legend={w.until}
        options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: w.spans[value] }))}
        value={span}
        onChange={setSpan}
      />
    </GrantingForm>
  );
}
