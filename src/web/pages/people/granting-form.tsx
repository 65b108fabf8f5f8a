// The sheet on which a channel is made for somebody else: their name, and what is asked besides. What came of it is shown once, in its place.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { type GrantingProps, useGranting, type Wish } from "./granting.ts";

const NAME_CHARACTERS = 60;

type Props = GrantingProps & {
  readonly says: Readonly<Record<"title" | "text" | "name" | "go", string>> & { readonly nameHint?: string };
  /** What the channel is to be, but for its name; null while too little was chosen. */
  readonly wanted: () => Omit<Wish, "label"> | null;
  readonly made: (token: string, name: string) => ComponentChildren;
  readonly children?: ComponentChildren;
};

export function GrantingForm({ says, wanted, made, children, ...props }: Props) {
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const { busy, problem, token, grant } = useGranting(props);
  const label = name.trim();

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setMissing(label === "");
    const rest = wanted();
    if (label !== "" && rest !== null) await grant({ label, ...rest });
  };
  if (token !== null) return <>{made(token, label)}</>;
  return (
    <Sheet title={says.title} open onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p>{says.text}</p>
        <TextField
          label={says.name}
          hint={says.nameHint}
          error={missing ? words.value.keys.people.person.nameMissing : null}
          value={name}
          onInput={setName}
          maxLength={NAME_CHARACTERS}
          autocomplete="off"
        />
        {children}
        {problem && <Failed problem={problem} />}
        <div class="line">
          <Button type="submit" tone="primary" busy={busy}>
            {says.go}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
