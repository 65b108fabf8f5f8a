// Letting somebody of the household in: a name, whether they may send, and an invitation that is shown once.

import { useState } from "preact/hooks";
import { memberScopes } from "../../keys/rights.ts";
import { Button } from "../../ui/button.tsx";
import { Check, TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { Invitation } from "./invitation.tsx";
import { type GrantingProps, NAME_CHARACTERS, useGranting } from "./granting.ts";

export function InvitePerson(props: GrantingProps) {
  const { thing, onClose } = props;
  const { person } = words.value.keys.people;
  const [name, setName] = useState("");
  const [send, setSend] = useState(false);
  const [missing, setMissing] = useState(false);
  const { busy, problem, token, grant } = useGranting(props);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const label = name.trim();
    setMissing(label === "");
    if (label !== "") await grant({ label, scopes: memberScopes(send) });
  };
  if (token !== null) return <Invitation token={token} name={name.trim()} onClose={onClose} />;
  return (
    <Sheet title={person.title} open onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p>{person.text}</p>
        <TextField
          label={person.name}
          hint={person.nameHint}
          error={missing ? person.nameMissing : null}
          value={name}
          onInput={setName}
          maxLength={NAME_CHARACTERS}
          autocomplete="off"
        />
        {thing.view.maker !== null && (
          <Check label={person.send} hint={person.sendHint} checked={send} onChange={setSend} />
        )}
        {problem && <Failed problem={problem} />}
        <div class="line">
          <Button type="submit" tone="primary" busy={busy}>
            {person.go}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
