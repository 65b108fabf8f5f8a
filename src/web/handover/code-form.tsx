// The code of whoever passes a thing on: typed, pasted or scanned.

import { useRef, useState } from "preact/hooks";
import { ScanButton } from "../camera/scan-button.tsx";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import { words } from "../words/words.ts";
import { codeInLink, readCode } from "./code.ts";

type Props = {
  /** What stands in it at first: a code that opened nothing, to be corrected. */
  readonly first: string;
  readonly onCode: (code: string) => void;
};

export function CodeForm({ first, onCode }: Props) {
  const w = words.value.handover.take;
  const [typed, setTyped] = useState(first);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = readCode(typed);
    if (read.ok) return onCode(read.code);
    setFault(read.fault === "letters" ? w.letters : w.short(read.have));
    input.current?.focus();
  };
  return (
    <form class="card code-form" onSubmit={submit}>
      <TextArea
        label={w.code}
        hint={w.codeHint}
        error={fault}
        value={typed}
        onInput={(text) => {
          setFault(null);
          setTyped(text);
        }}
        areaRef={input}
        rows={3}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
      />
      <div class="line">
        <Button type="submit" tone="primary">
          {w.go}
        </Button>
        <ScanButton
          formats={["qr_code"]}
          label={w.scanLabel}
          onText={(text) => {
            const code = codeInLink(text, location.origin);
            if (code === null) return w.notOurs;
            onCode(code);
            return null;
          }}
        >
          {w.scan}
        </ScanButton>
      </div>
    </form>
  );
}
