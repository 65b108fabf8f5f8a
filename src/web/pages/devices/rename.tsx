// What this device is called, where its person and their other devices read it.

import { useState } from "preact/hooks";
import { held } from "../../keys/held.ts";
import { nameDevice } from "../../keys/keyring.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { toast } from "../../ui/say.tsx";
import { words } from "../../words/words.ts";

const NAME_CHARACTERS = 60;

export function Rename() {
  const { devices } = words.value.keys;
  const name = held.value?.device.name ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanted = (typed ?? "").trim();
    if (busy || wanted === "" || wanted === name) return;
    setBusy(true);
    await nameDevice(wanted);
    setTyped(null);
    setBusy(false);
    toast(devices.renamed);
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <TextField
        label={devices.name}
        value={typed ?? name}
        onInput={setTyped}
        maxLength={NAME_CHARACTERS}
        autocomplete="off"
      />
      <div class="line">
        <Button type="submit" busy={busy}>
          {devices.rename}
        </Button>
      </div>
    </form>
  );
}
