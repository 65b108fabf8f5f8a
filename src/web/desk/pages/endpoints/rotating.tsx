// A new key for an endpoint, and how long the one before it holds beside it.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Choices } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { Endpoint } from "../../api/views.ts";
import { Trouble } from "../../trouble.tsx";
import type { Secret } from "./secret.tsx";

const HOURS = ["24", "72", "168", "0"] as const;

type Rotated = {
  readonly secret?: string;
  readonly inboundSecret?: string;
  readonly publicKey?: string;
  readonly previousUntil: string;
};

/** `endpoint`: null for the inbound door, by which the company's own software answers. */
export function Rotating({ endpoint, onDone }: { endpoint: Endpoint | null; onDone: (secret: Secret) => void }) {
  const { rotating, inbound } = deskWords.value.endpoints;
  const w = { ...rotating, ...(endpoint === null && inbound.rotating) };
  const [hours, setHours] = useState<(typeof HOURS)[number]>("24");
  const { busy, problem, run } = useAsking();
  const rotate = async (): Promise<void> => {
    const body = { overlapHours: Number(hours) };
    const path = endpoint === null ? "/inbound-secret/rotate" : `/endpoints/${endpoint.id}/rotate`;
    const answer = await run<Rotated>(path, { method: "POST", body });
    if (answer) onDone({ ...answer.value, secret: answer.value.secret ?? answer.value.inboundSecret ?? "" });
  };
  return (
    <div class="stack">
      <p>{w.text}</p>
      <Choices
        legend={w.overlap}
        value={hours}
        onChange={setHours}
        options={HOURS.map((value) => ({ value, label: w.options[value] }))}
      />
      {hours === "0" && (
        <Notice tone="wait">
          <p>{w.now}</p>
        </Notice>
      )}
      <Trouble problem={problem} />
      <div class="line">
        <Button tone={hours === "0" ? "danger" : "primary"} busy={busy} onClick={() => void rotate()}>
          {w.run}
        </Button>
      </div>
    </div>
  );
}
