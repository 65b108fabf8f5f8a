// The owner's word on an answer: what each says and does, and what happens if nothing is said.

import { enqueue } from "../../store/queue.ts";
import type { LocalNote } from "../../store/notes.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/say.tsx";
import { day } from "../../words/format.ts";
import { words } from "../../words/words.ts";

type Props = { readonly note: LocalNote; readonly thing: Thing };

export function VerdictPanel({ note, thing }: Props) {
  const w = words.value.thread.note.verdict;
  const { state, verdict, closesAt } = note.thread;
  if (state === "closed") return <p class="soft">{verdict === "addressed" ? w.saidYes : w.closedItself}</p>;
  if (state !== "answered") return verdict === "not-addressed" ? <p class="soft">{w.saidNo}</p> : null;
  const give = (given: "addressed" | "not-addressed", done: string): void => {
    void enqueue({ type: "verdict", twin: thing.id, note: note.id, verdict: given });
    toast(done);
  };
  return (
    <section class="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{w.ask}</h2>
      <div class="answers">
        <div>
          <Button tone="primary" whole icon="check" onClick={() => give("addressed", w.doneYes)}>
            {w.yes}
          </Button>
          <p class="small soft">{w.yesDoes}</p>
        </div>
        <div>
          <Button whole onClick={() => give("not-addressed", w.doneNo)}>
            {w.no}
          </Button>
          <p class="small soft">{w.noDoes}</p>
        </div>
      </div>
      {closesAt !== null && <p class="small">{w.closes(day(closesAt))}</p>}
    </section>
  );
}
