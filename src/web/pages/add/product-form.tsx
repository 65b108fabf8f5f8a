// What a thing is, in its owner's words, and the way to its twin. A name is enough.

import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Problem } from "../../api/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { say } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { companyDomain } from "./company-domain.ts";
import { CompanyField } from "./company-field.tsx";
import { startTwin } from "./start.ts";

type Props = {
  readonly name?: string;
  readonly company?: string;
  readonly model?: string;
  readonly gtin?: string;
  readonly serial?: string | null;
};

const NAME_CHARACTERS = 200;

export function ProductForm({
  name: givenName = "",
  company: givenCompany = "",
  model: givenModel = "",
  gtin,
  serial,
}: Props) {
  const { add } = words.value.arrive;
  const { common } = words.value;
  const { route } = useLocation();
  const [name, setName] = useState(givenName);
  const [company, setCompany] = useState(givenCompany);
  const [model, setModel] = useState(givenModel);
  const [nameWrong, setNameWrong] = useState<string | null>(null);
  const [companyWrong, setCompanyWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (): Promise<void> => {
    const maker = company.trim() === "" ? undefined : companyDomain(company);
    setNameWrong(name.trim() === "" ? add.nameMissing : null);
    setCompanyWrong(maker === null ? add.companyWrong : null);
    if (name.trim() === "") field.current?.focus();
    if (name.trim() === "" || maker === null) return;
    setBusy(true);
    setProblem(null);
    const started = await startTwin({
      name: name.trim(),
      ...(maker !== undefined && { maker }),
      ...(model.trim() !== "" && { model: model.trim() }),
      ...(gtin !== undefined && { gtin }),
      ...(serial && { serial }),
    });
    setBusy(false);
    if (!started.ok) {
      setProblem(started.problem);
      return;
    }
    say(add.done(name.trim()));
    route(`/t/${started.value}/write`);
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <TextField
        label={add.name}
        hint={add.nameHint}
        error={nameWrong}
        value={name}
        onInput={(value) => {
          setName(value);
          setNameWrong(null);
        }}
        inputRef={field}
        autocomplete="off"
        enterKeyHint="done"
        maxLength={NAME_CHARACTERS}
        required
      />
      <CompanyField
        value={company}
        error={companyWrong}
        onInput={(value) => {
          setCompany(value);
          setCompanyWrong(null);
        }}
      />
      <TextField
        label={`${add.model} (${common.optional})`}
        hint={add.modelHint}
        value={model}
        onInput={setModel}
        autocomplete="off"
        maxLength={NAME_CHARACTERS}
      />
      {problem?.code === "offline" ? (
        <Notice tone="wait" fresh>
          <p>{add.offline}</p>
        </Notice>
      ) : (
        problem && <Failed problem={problem} />
      )}
      <div class="thumb-bar">
        <Button type="submit" tone="primary" whole busy={busy}>
          {problem ? common.again : add.go}
        </Button>
      </div>
    </form>
  );
}
