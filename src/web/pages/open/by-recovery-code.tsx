// One thing's way back with its recovery code: at once, or after a day in which whoever uses it may object.

import { useEffect, useState } from "preact/hooks";
import { normalizeCrockford } from "../../../domain/crockford.ts";
import { call, isPassing, newKey, type Problem } from "../../api/call.ts";
import type { Access } from "../../api/views.ts";
import { keepAccess } from "../../keys/keyring.ts";
import { meta, setMeta } from "../../store/meta.ts";
import { Button } from "../../ui/button.tsx";
import { failureWords } from "../../ui/failure-words.ts";
import { TextField } from "../../ui/field.tsx";
import { List, Row } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { moment } from "../../words/format.ts";
import { words } from "../../words/words.ts";

/**
 * A recovery that was begun here, kept before it is asked for: its answer holds the only token and ends the code, so one that is lost on the
 * way is asked for again, by the same `key` and the very same `code`. `readyAt` is when nobody can object any more.
 */
type Waiting = { readonly code: string; readonly key: string; readonly readyAt: string };
const KEY = "recoveries";

type Recovered = Access | { readonly readyAt: string };

export function ByRecoveryCode() {
  const { one } = words.value.keys.open;
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  useEffect(() => void meta<readonly Waiting[]>(KEY).then((kept) => setWaiting(kept ?? [])), []);

  const keepWaiting = async (list: readonly Waiting[]): Promise<void> => {
    setWaiting(list);
    await setMeta(KEY, list);
  };
  const recover = async (typed: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setTold(null);
    const kept = (await meta<readonly Waiting[]>(KEY)) ?? [];
    const asked = normalizeCrockford(typed);
    const begun = kept.find((each) => normalizeCrockford(each.code) === asked);
    const asking = begun ?? { code: typed, key: newKey(), readyAt: new Date().toISOString() };
    const others = kept.filter((each) => each !== begun);
    await setMeta(KEY, [...others, asking]);
    const answer = await call<Recovered>("/v1/recoveries", {
      method: "POST",
      body: { code: asking.code },
      key: asking.key,
    });
    if (!answer.ok) {
      setProblem(answer.problem);
      await keepWaiting(isPassing(answer.problem) ? [...others, asking] : others);
    } else if ("readyAt" in answer.value) {
      const { readyAt } = answer.value;
      await keepWaiting([...others, { ...asking, readyAt }]);
      setTold(one.wait(moment(readyAt)));
      setCode("");
    } else {
      const kept = await keepAccess(answer.value);
      await keepWaiting(others);
      if (kept.ok) setTold(one.done(kept.value.view.product.name));
      else setProblem(kept.problem);
      setCode("");
    }
    setBusy(false);
  };
  const wrong = problem && (problem.code === "recovery-refused" ? one.refused : failureWords(problem));
  const now = new Date().toISOString();
  return (
    <details class="card">
      <summary>{one.title}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void recover(code);
        }}
      >
        <TextField
          label={one.label}
          hint={one.hint}
          error={wrong}
          value={code}
          onInput={setCode}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <div class="line">
          <Button type="submit" busy={busy}>
            {one.go}
          </Button>
        </div>
      </form>
      {told !== null && (
        <Notice tone="news" fresh>
          <p>{told}</p>
        </Notice>
      )}
      {waiting.length > 0 && (
        <List>
          {waiting.map(({ code: kept, key, readyAt }) => (
            <Row
              key={key}
              title={`… ${kept.slice(-4)}`}
              detail={one.waiting(moment(readyAt))}
              mark={
                <span class="line">
                  {readyAt <= now && (
                    <Button busy={busy} onClick={() => void recover(kept)}>
                      {one.again}
                    </Button>
                  )}
                  <Button tone="quiet" onClick={() => void keepWaiting(waiting.filter((other) => other.key !== key))}>
                    {one.forget}
                  </Button>
                </span>
              }
            />
          ))}
        </List>
      )}
    </details>
  );
}
