// Beginning without the inner code: the same twin, without its proof.

import { useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

type Props = {
  /** Whether the page also asks for a code; else this is the way to begin. */
  readonly beside: boolean;
  /** Answers what went wrong, or null when it is done. */
  readonly onAdd: () => Promise<Problem | null>;
};

export function WithoutCode({ beside, onAdd }: Props) {
  const { add, without } = words.value.arrive;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const begin = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const wrong = await onAdd();
    setBusy(false);
    setProblem(wrong);
  };
  return (
    <section class="stack-tight">
      {beside && <h2 class="minor">{without.title}</h2>}
      {beside && <p>{without.text}</p>}
      {beside && <p>{without.used}</p>}
      <div class="line">
        <Button tone={beside ? "plain" : "primary"} busy={busy} onClick={() => void begin()}>
          {beside ? without.go : add.go}
        </Button>
        {beside && <LinkButton href="/h?new">{without.handed}</LinkButton>}
      </div>
      {problem && <Failed problem={problem} />}
    </section>
  );
}
