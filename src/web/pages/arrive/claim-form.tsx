// The inner code, typed, scanned or brought along in the address, and what came of it.

import { useEffect, useRef, useState } from "preact/hooks";
import { grouped, normalizeCrockford } from "../../../domain/crockford.ts";
import type { Problem } from "../../api/call.ts";
import { readCode, readLabel } from "../../camera/read-label.ts";
import { ScanButton } from "../../camera/scan-button.tsx";
import { Button } from "../../ui/button.tsx";
import { failureWords } from "../../ui/failure-words.ts";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { claim, codeUnderway, type Label } from "./claiming.ts";
import { ownOrigin } from "./right-place.ts";

const CODE_LENGTH = 16;

type Props = {
  readonly label: Label;
  /** A code that came along, as the API takes it. */
  readonly given: string | null;
  readonly onClaimed: (twin: string) => void;
};

export function ClaimForm({ label, given, onClaimed }: Props) {
  const { claim: w } = words.value.arrive;
  const [typed, setTyped] = useState("");
  const [came, setCame] = useState<"with" | "kept" | null>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const fill = (code: string, from: typeof came): void => {
    setTyped(grouped(code));
    setCame(from);
    setWrong(null);
    setProblem(null);
  };
  useEffect(() => {
    if (given !== null) fill(given, "with");
    else void codeUnderway(label).then((code) => code !== null && fill(code, "kept"));
  }, [given]);

  const refuse = (why: string): void => {
    setWrong(why);
    field.current?.focus();
  };
  const send = async (): Promise<void> => {
    const code = readCode(typed);
    if (code === null) {
      const have = normalizeCrockford(typed.trim()).length;
      refuse(have === CODE_LENGTH ? w.letters : w.short(have));
      return;
    }
    setBusy(true);
    setWrong(null);
    setProblem(null);
    const claimed = await claim(label, code);
    setBusy(false);
    if (claimed.ok) onClaimed(claimed.value);
    else if (claimed.problem.code === "claim-refused") refuse(failureWords(claimed.problem));
    else setProblem(claimed.problem);
  };
  const scanned = (text: string): string | null => {
    const read = readLabel(text, ownOrigin());
    const code =
      read.kind === "code"
        ? read.code
        : read.kind === "label" && read.gtin === label.gtin && read.serial === label.serial
          ? read.code
          : null;
    if (code === null) return w.scanOther;
    fill(code, "with");
    return null;
  };

  return (
    <form
      class="card claim"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <h2>{w.title}</h2>
      <TextField
        label={w.code}
        hint={came === "with" ? w.ready : came === "kept" ? w.kept : w.hint}
        error={wrong}
        value={typed}
        onInput={(value) => {
          setTyped(value);
          setWrong(null);
          setCame(null);
        }}
        inputRef={field}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        enterKeyHint="go"
        maxLength={80}
        placeholder="XXXX-XXXX-XXXX-XXXX"
      />
      {problem?.code === "offline" ? (
        <Notice tone="wait" title={w.offline.title} fresh>
          <p>{w.offline.text}</p>
        </Notice>
      ) : (
        problem && <Failed problem={problem} />
      )}
      <div class="claim-go">
        <Button type="submit" tone="primary" busy={busy}>
          {busy ? w.working : problem ? words.value.common.again : w.go}
        </Button>
        <ScanButton formats={["qr_code"]} label={w.scanLabel} onText={scanned}>
          {w.scan}
        </ScanButton>
      </div>
    </form>
  );
}
