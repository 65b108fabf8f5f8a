// Answering: what it is, what was done, and the words. A try whose answer got lost is repeated under the same key.

import { useRef, useState } from "preact/hooks";
import { OUTCOMES } from "../../../domain/exchange.ts";
import { newKey, type Problem } from "../../api/call.ts";
import { charactersLeft } from "../../pages/notes/length.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, Select, TextArea } from "../../ui/field.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { postAnswer, type NewAnswer } from "./calls.ts";
import { endAfter, type End } from "./ended.tsx";

const TYPES = ["advice", "fix", "question", "reassurance", "recall", "other"] as const;
const CHOICES = ["none", ...OUTCOMES] as const;

type Props = {
  readonly bearer: string;
  readonly onSent: () => void;
  readonly onEnd: (end: End) => void;
};

export function AnswerForm({ bearer, onSent, onEnd }: Props) {
  const w = words.value.replies.page;
  const [text, setText] = useState("");
  const [type, setType] = useState<(typeof TYPES)[number] | null>(null);
  const [outcome, setOutcome] = useState<(typeof CHOICES)[number]>("none");
  const [fault, setFault] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const sending = useRef<{ readonly body: string; readonly key: string } | null>(null);

  const submit = async (): Promise<void> => {
    const over = -charactersLeft(text);
    const wrong = text.trim() === "" ? w.answerMissing : over > 0 ? w.tooLong(over) : null;
    setFault(wrong);
    if (wrong !== null) return area.current?.focus();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const message: NewAnswer = {
      text: text.trim(),
      ...(type !== null && { type }),
      ...(outcome !== "none" && { outcome }),
    };
    const body = JSON.stringify(message);
    if (sending.current?.body !== body) sending.current = { body, key: newKey() };
    const answer = await postAnswer(bearer, message, sending.current.key);
    setBusy(false);
    if (answer.ok) {
      sending.current = null;
      setText("");
      setType(null);
      setOutcome("none");
      return onSent();
    }
    const end = await endAfter(bearer, answer.problem);
    if (end) onEnd(end);
    else setProblem(answer.problem);
  };
  return (
    <form
      class="card answer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextArea label={w.answer} value={text} areaRef={area} dir="auto" error={fault} onInput={setText} />
      <Choices
        legend={w.as}
        options={TYPES.map((value) => ({ value, label: w.types[value] }))}
        value={type}
        onChange={setType}
      />
      <Select
        label={w.outcome}
        hint={outcome === "none" ? undefined : w.outcomeHint}
        value={outcome}
        options={CHOICES.map((value) => ({ value, label: w.outcomes[value] }))}
        onChange={setOutcome}
      />
      {problem && <Failed problem={problem} />}
      <div class="line">
        <Button type="submit" tone="primary" icon="send" busy={busy}>
          {w.send}
        </Button>
      </div>
    </form>
  );
}
