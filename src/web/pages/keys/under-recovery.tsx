// Somebody uses a thing's recovery code: said to everyone who can open the thing, with the way to stop it.

import { useEffect, useState } from "preact/hooks";
import { call, type Problem } from "../../api/call.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { failureWords } from "../../ui/failure-words.ts";
import { Notice } from "../../ui/notice.tsx";
import { moment } from "../../words/format.ts";
import { words } from "../../words/words.ts";

type Recovery = { readonly state: "none" } | { readonly state: "waiting"; readonly readyAt: string };

export function UnderRecovery({ thing: { id, token } }: { thing: Pick<Thing, "id" | "token"> }) {
  const { recovery } = words.value.keys.people;
  const path = `/v1/twins/${id}/recovery`;
  const [readyAt, setReadyAt] = useState<string | null>(null);
  const [objected, setObjected] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void call<Recovery>(path, { token }).then((answer) => {
      if (answer.ok) setReadyAt(answer.value.state === "waiting" ? answer.value.readyAt : null);
    });
  }, [path, token]);

  const object = async (): Promise<void> => {
    const stopped = await call(path, { method: "DELETE", token });
    // Nothing to object to any more: another device did.
    const is = stopped.ok || stopped.problem.status === 404;
    setObjected(is);
    setProblem(stopped.ok || is ? null : stopped.problem);
  };
  if (objected) {
    return (
      <Notice tone="good" fresh>
        <p>{recovery.stopped}</p>
      </Notice>
    );
  }
  if (readyAt === null) return null;
  return (
    <Notice
      tone="bad"
      fresh
      title={recovery.title}
      action={<Button onClick={() => void object()}>{recovery.object}</Button>}
    >
      <p>{recovery.text(moment(readyAt))}</p>
      {problem && <p>{failureWords(problem)}</p>}
    </Notice>
  );
}
