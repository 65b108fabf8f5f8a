// Which company made it: its website, and whether it is here to answer.

import { useEffect, useState } from "preact/hooks";
import { Unverified } from "../../notices/unverified.tsx";
import { isHere, makerOf } from "../../store/makers.ts";
import { TextField } from "../../ui/field.tsx";
import { Mark } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";
import { companyDomain } from "./company-domain.ts";

/** Long enough that no half-typed domain is asked for. */
const TYPED_MS = 600;

type Props = { readonly value: string; readonly error: string | null; readonly onInput: (value: string) => void };

export function CompanyField({ value, error, onInput }: Props) {
  const { add } = words.value.arrive;
  const domain = companyDomain(value);
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(domain), TYPED_MS);
    return () => clearTimeout(timer);
  }, [domain]);
  return (
    <div class="stack-tight">
      <TextField
        label={`${add.company} (${words.value.common.optional})`}
        hint={add.companyHint}
        error={error}
        value={value}
        onInput={onInput}
        inputMode="url"
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        maxLength={300}
      />
      <div role="status">{settled !== null && settled === domain && <Standing domain={settled} />}</div>
    </div>
  );
}

/** Whether the company is here to answer, once that is known. */
export function Standing({ domain }: { domain: string }) {
  const { add } = words.value.arrive;
  const maker = makerOf(domain);
  if (maker === undefined) return null;
  return isHere(maker) ? (
    <Mark tone="good">{add.joined(maker.name)}</Mark>
  ) : (
    <span class="line">
      <Mark tone="wait">{add.waits(maker.id)}</Mark>
      <Unverified maker={maker} />
    </span>
  );
}
