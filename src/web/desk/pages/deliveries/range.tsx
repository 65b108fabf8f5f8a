// Sending every event between two times again, to one endpoint.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Select, TextField } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { Endpoint } from "../../api/views.ts";
import { Trouble } from "../../trouble.tsx";
import { instantOf } from "./filter.ts";

/** `endpoint`: how it stands, which says when they go. */
export type Replayed = {
  readonly queued: number;
  readonly gone: number;
  readonly endpoint: "ok" | "failing" | "off";
};
type Props = {
  readonly endpoints: readonly Endpoint[];
  readonly endpoint: string;
  readonly onDone: (replayed: Replayed) => void;
};

export function Range({ endpoints, endpoint: first, onDone }: Props) {
  const w = deskWords.value.deliveries;
  const [endpoint, setEndpoint] = useState(first || (endpoints[0]?.id ?? ""));
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [isWrong, setWrong] = useState(false);
  const { busy, problem, run } = useAsking();
  const send = async (): Promise<void> => {
    const body = { endpoint, from: instantOf(from), to: instantOf(to) };
    const wrong = body.from === null || body.to === null || body.from >= body.to;
    setWrong(wrong);
    if (wrong) return;
    const answer = await run<Replayed>("/deliveries/replay", { method: "POST", body });
    if (answer) onDone(answer.value);
  };
  if (endpoints.length === 0) return <p>{w.range.needs}</p>;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{w.range.lead}</p>
      <Select
        label={w.endpoint}
        value={endpoint}
        onChange={setEndpoint}
        options={endpoints.map(({ id, url }) => ({ value: id, label: url }))}
      />
      <TextField label={w.range.from} type="datetime-local" value={from} onInput={setFrom} required />
      <TextField
        label={w.range.to}
        type="datetime-local"
        value={to}
        onInput={setTo}
        required
        error={isWrong ? w.range.fault : null}
      />
      <p class="small soft">
        {w.range.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)} {w.range.many}
      </p>
      <Trouble problem={problem} />
      <div class="line">
        <Button type="submit" tone="primary" icon="send" busy={busy}>
          {w.range.send}
        </Button>
      </div>
    </form>
  );
}
