// Letting a helper or a program in: what it may do, for how long, and its key, which is shown once.

import { useState } from "preact/hooks";
import { PROGRAM_SCOPES, type ProgramScope, rightIn } from "../../keys/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Check, Choices } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";
import { GrantingForm } from "./granting-form.tsx";
import type { GrantingProps } from "./granting.ts";

const DAY_MS = 24 * 3_600_000;
const SPANS = { day: DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS, open: null } as const;
type Span = keyof typeof SPANS;

export function LetProgramIn(props: GrantingProps) {
  const { thing, onClose } = props;
  const { program } = words.value.keys.people;
  const [scopes, setScopes] = useState<readonly ProgramScope[]>(["notes:read"]);
  const [span, setSpan] = useState<Span>("month");

  const wanted = () => {
    const lasts = SPANS[span];
    if (scopes.length === 0) return null;
    return {
      scopes: ["twin:read", ...PROGRAM_SCOPES.filter((scope) => scopes.includes(scope))],
      ...(lasts !== null && { lastsMs: lasts }),
    };
  };
  const made = (token: string, name: string) => (
    <Sheet title={program.key(name)} open onClose={onClose} holds>
      <p>{program.keyText}</p>
      <p class="secret-key">{token}</p>
      <p class="soft">{program.address(`${location.origin}/v1/twins/${thing.id}`)}</p>
      <div class="line">
        <Copy text={token} label={program.copy} />
        <Button tone="quiet" onClick={onClose}>
          {words.value.common.done}
        </Button>
      </div>
    </Sheet>
  );
  return (
    <GrantingForm {...props} says={program} wanted={wanted} made={made}>
      <fieldset>
        <legend>
          <strong>{program.rights}</strong>
        </legend>
        {PROGRAM_SCOPES.map((scope) => (
          <Check
            key={scope}
            label={rightIn(scope)}
            checked={scopes.includes(scope)}
            onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
          />
        ))}
        {scopes.length === 0 && <p role="alert">{program.noRights}</p>}
      </fieldset>
      <Choices
        legend={program.until}
        options={(Object.keys(SPANS) as Span[]).map((value) => ({ value, label: program.spans[value] }))}
        value={span}
        onChange={setSpan}
      />
    </GrantingForm>
  );
}
