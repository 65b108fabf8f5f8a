// Adding by the address that is printed on a label, for whoever can't scan it.

import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";
import { hostOf, ownOrigin } from "../arrive/right-place.ts";

/** `onText` answers null when the text led somewhere, else why it didn't. */
export function ByLabel({ onText }: { onText: (text: string) => string | null }) {
  const { add } = words.value.arrive;
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(onText(typed) === null ? null : add.labelWrong);
      }}
    >
      <TextField
        label={add.label}
        hint={add.labelHint(hostOf(ownOrigin()))}
        error={wrong}
        value={typed}
        onInput={(value) => {
          setTyped(value);
          setWrong(null);
        }}
        inputMode="url"
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        enterKeyHint="go"
        maxLength={500}
      />
      <div class="thumb-bar">
        <Button type="submit" tone="primary" whole>
          {add.openLabel}
        </Button>
      </div>
    </form>
  );
}
