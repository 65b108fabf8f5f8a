// Letting somebody of the household in: a name, whether they may send, and an invitation that is shown once.

import { useState } from "preact/hooks";
import { newKey, type Problem } from "../../api/call.ts";
import { makeChannel } from "../../keys/channels.ts";
import { memberScopes } from "../../keys/rights.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Check, TextField } from "../../ui/field.tsx";
import { Qr } from "../../ui/qr.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

const NAME_CHARACTERS = 60;
type Props = { readonly thing: Thing; readonly onMade: () => void; readonly onClose: () => void };

export function InvitePerson({ thing, onMade, onClose }: Props) {
  const { person, invite } = words.value.keys.people;
  const [name, setName] = useState("");
  const [send, setSend] = useState(false);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const [key] = useState(newKey);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const label = name.trim();
    setMissing(label === "");
    if (label === "" || busy) return;
    setBusy(true);
    const made = await makeChannel({ twin: thing.id, token: thing.token }, { label, scopes: memberScopes(send) }, key);
    setBusy(false);
    setProblem(made.ok ? null : made.problem);
    if (!made.ok) return;
    setToken(made.value.token);
    onMade();
  };
  if (token !== null) {
    const link = `${location.origin}/join#${token}`;
    return (
      <Sheet title={invite.title(name.trim())} open onClose={onClose}>
        <Qr text={link} label={invite.code(name.trim())} />
        <p>{invite.text}</p>
        <div class="line">
          <Copy text={link} label={invite.copy} />
          <Button tone="quiet" onClick={onClose}>
            {words.value.common.done}
          </Button>
        </div>
      </Sheet>
    );
  }
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
