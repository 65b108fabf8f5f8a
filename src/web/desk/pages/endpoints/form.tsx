// An endpoint, new or changed: its address, who runs it, and which events go there.

import { useState } from "preact/hooks";
import { EVENT_TYPES } from "../../../../domain/event-types.ts";
import { Button } from "../../../ui/button.tsx";
import { Check, Choices, TextField } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { Endpoint, EventType } from "../../api/views.ts";
import { Trouble } from "../../trouble.tsx";
import { addressFault } from "./address-fault.ts";
import type { Secret } from "./secret.tsx";

/** The test is sent on request only. */
const OFFERED = EVENT_TYPES.filter((type) => type !== "endpoint.test");
const NAME_CHARACTERS = 200;

type Props = {
  readonly endpoint: Endpoint | null;
  readonly onMade: (secret: Secret) => void;
  readonly onChanged: () => void;
};

export function EndpointForm({ endpoint, onMade, onChanged }: Props) {
  const w = deskWords.value.endpoints;
  const { optional } = deskWords.value.common;
  const [url, setUrl] = useState(endpoint?.url ?? "https://");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [processor, setProcessor] = useState(endpoint?.processor ?? "");
  const [which, setWhich] = useState<"every" | "some">(endpoint?.types ? "some" : "every");
  const [types, setTypes] = useState<ReadonlySet<EventType>>(new Set(endpoint?.types));
  const [isWrong, setWrong] = useState(false);
  const [asked, setAsked] = useState("");
  const { busy, problem, run } = useAsking();
  // Of what was asked, and not of what is typed since.
  const fault = problem?.errors[0]?.path === "url" ? addressFault(asked) : null;
  const unnamed = problem?.errors[0]?.path === "processor" && processor.trim() === "";

  const save = async (): Promise<void> => {
    const wrong = which === "some" && types.size === 0;
    setWrong(wrong);
    if (wrong) return;
    setAsked(url);
    const chosen = which === "every" ? null : OFFERED.filter((type) => types.has(type));
    const said = { description: description.trim() || null, processor: processor.trim() || null, types: chosen };
    if (endpoint) {
      const body = { ...(url.trim() !== endpoint.url && { url: url.trim() }), ...said };
      if (await run(`/endpoints/${endpoint.id}`, { method: "PATCH", body })) onChanged();
      return;
    }
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
    const made = await run<Secret>("/endpoints", { method: "POST", body: { url: url.trim(), ...given } });
    if (made) onMade(made.value);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={w.url}
        hint={w.urlHint}
        error={fault && w.urlFaults[fault]}
        value={url}
        onInput={setUrl}
        required
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
      />
      <TextField
        label={`${w.description} (${optional})`}
        hint={w.descriptionHint}
        value={description}
        onInput={setDescription}
        maxLength={NAME_CHARACTERS}
      />
      <TextField
        label={`${w.processor} (${optional})`}
        hint={w.processorHint}
        error={unnamed ? w.processorFault : null}
        value={processor}
        onInput={setProcessor}
        maxLength={NAME_CHARACTERS}
      />
      <Choices
        legend={w.types}
        value={which}
        onChange={setWhich}
        options={[
          { value: "every", label: w.everyType },
          { value: "some", label: w.someTypes },
        ]}
      />
      {which === "some" && (
        <div class="type-checks" role="group" aria-label={w.types}>
          {OFFERED.map((type) => (
            <Check
              key={type}
              label={<code>{type}</code>}
              checked={types.has(type)}
              onChange={(on) => {
                const next = new Set(types);
                if (on) next.add(type);
                else next.delete(type);
                setTypes(next);
                setWrong(false);
              }}
            />
          ))}
        </div>
      )}
      {isWrong && (
        <p class="fault" role="alert">
          {w.typesFault}
        </p>
      )}
      <Trouble problem={fault || unnamed ? null : problem} />
      <div class="line">
        <Button type="submit" tone="primary" busy={busy}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}
