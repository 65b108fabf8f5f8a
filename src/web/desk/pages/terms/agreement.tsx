// One agreement, from the company's side: what was signed, and what can still be decided about it.

import { useState } from "preact/hooks";
import type { z } from "zod";
import type { agreementView } from "../../../../api/schemas.ts";
import type { Problem } from "../../../api/call.ts";
import { Button } from "../../../ui/button.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Facts } from "../../../ui/layout.tsx";
import { Mark, Notice, type Tone } from "../../../ui/notice.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import { toast } from "../../../ui/say.tsx";
import { When } from "../../../ui/when.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { ask } from "../../api/ask.ts";
import { troubleWords } from "../../api/trouble.ts";
import { mayAnswer } from "../../session.ts";
import { Bounds } from "./bounds.tsx";

export type Agreement = z.infer<typeof agreementView>;

const TONES: Partial<Record<Agreement["state"], Tone>> = {
  accepted: "good",
  held: "wait",
  proffered: "wait",
  countered: "wait",
  suspended: "wait",
};

export const StateMark = ({ state }: Pick<Agreement, "state">) => (
  <Mark tone={TONES[state] ?? "bad"}>{deskWords.value.terms.states[state]}</Mark>
);

/** What it is about, in terms of the roster. */
export const codeOf = ({ terms, preferred }: Agreement): string => terms ?? preferred;

export function OneAgreement({ agreement, onDone }: { agreement: Agreement; onDone: () => void }) {
  const w = deskWords.value.terms;
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const act = async (path: string, body: object, word: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const said = reason.trim();
    const answer = await ask(`/agreements/${agreement.id}${path}`, {
      method: "POST",
      body: { ...body, ...(said !== "" && { reason: said }) },
    });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    toast(word);
    onDone();
  };
  const download = async (): Promise<void> => {
    const answer = await ask<Blob>(`/agreements/${agreement.id}/record`, { as: "blob" });
    if (answer.ok) saveFile(`${agreement.id}.json`, answer.value);
    else setProblem(answer.problem);
  };

  const mayDecide = mayAnswer.value && (agreement.state === "held" || agreement.state === "proffered");
  const mayEnd = mayAnswer.value && agreement.state === "accepted";
  return (
    <div class="stack">
      <Facts
        items={[
          [w.state, <StateMark state={agreement.state} />],
          [w.product, <bdi>{agreement.product.name}</bdi>],
          [w.permits, <Bounds permits={agreement.permits} obliges={agreement.obliges} />],
          [w.prohibits, agreement.prohibits.map((use) => w.uses[use]).join(", ") || "–"],
          [w.since, <When at={agreement.createdAt} style="moment" />],
          [w.checkCode, <code>{agreement.checkCode}</code>],
        ]}
      />
      {(mayDecide || mayEnd) && (
        <TextField label={w.reason} hint={w.reasonHint} value={reason} onInput={setReason} maxLength={1000} />
      )}
      {mayEnd && <p>{w.endText}</p>}
      {problem && (
        <Notice tone="bad" fresh>
          <p>{troubleWords(problem)}</p>
        </Notice>
      )}
      <div class="line apart">
        <Button icon="download" onClick={() => void download()}>
          {w.record}
        </Button>
        {mayDecide && (
          <span class="line">
            <Button busy={busy} onClick={() => void act("/decision", { decision: "refused" }, w.decided)}>
              {w.refuse}
            </Button>
            <Button
              tone="primary"
              busy={busy}
              onClick={() => void act("/decision", { decision: "accepted", chosen: agreement.preferred }, w.decided)}
            >
              {w.accept}
            </Button>
          </span>
        )}
        {mayEnd && (
          <Button tone="danger" busy={busy || reason.trim() === ""} onClick={() => void act("/terminate", {}, w.ended)}>
            {w.end}
          </Button>
        )}
      </div>
    </div>
  );
}
