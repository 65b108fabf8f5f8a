// Twelve words, typed or pasted from a card.

import { useRef, useState } from "preact/hooks";
import { readWords, type Secret, type WordsFault } from "../../keys/card.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";

function faultWords(fault: WordsFault): string {
  const { faults } = words.value.keys.open;
  switch (fault.kind) {
    case "count":
      return faults.count(fault.count);
    case "unknown":
      return faults.unknown(fault.at, fault.word);
    case "checksum":
      return faults.checksum;
  }
}

type Props = {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly onSecret: (secret: Secret) => void;
};

export function ByWords({ typed, onTyped, onSecret }: Props) {
  const { open } = words.value.keys;
  const [fault, setFault] = useState<WordsFault | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const read = await readWords(typed);
    setFault(read.ok ? null : read.fault);
    if (read.ok) onSecret(read.secret);
    else area.current?.focus();
  };
  return (
    <form class="stack words-typed" onSubmit={(event) => void submit(event)}>
      <TextArea
        label={open.words}
        hint={open.hint}
        error={fault && faultWords(fault)}
        value={typed}
        onInput={onTyped}
        areaRef={area}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        rows={4}
      />
      <div class="line">
        <Button type="submit" tone="primary">
          {open.go}
        </Button>
      </div>
    </form>
  );
}
