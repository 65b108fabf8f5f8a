// Letting somebody of the household in: a name, whether they may send, and an invitation that is shown once.

import { useState } from "preact/hooks";
import { memberScopes } from "../../keys/rights.ts";
import { Check } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";
import { GrantingForm } from "./granting-form.tsx";
import type { GrantingProps } from "./granting.ts";
import { Invitation } from "./invitation.tsx";

export function InvitePerson(props: GrantingProps) {
  const { person } = words.value.keys.people;
  const [send, setSend] = useState(false);

  return (
    <GrantingForm
      {...props}
      says={person}
      wanted={() => ({ scopes: memberScopes(send) })}
      made={(token, name) => <Invitation token={token} name={name} onClose={props.onClose} />}
    >
      {props.thing.view.maker !== null && (
        <Check label={person.send} hint={person.sendHint} checked={send} onChange={setSend} />
      )}
    </GrantingForm>
  );
}
