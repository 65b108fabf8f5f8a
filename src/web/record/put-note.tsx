// A note put into the thing's history: what that means is said before it is done.

import { DONE } from "../api/call.ts";
import { useDoing } from "../pages/doing.ts";
import { PersonalWarning } from "../pages/notes/going-out.tsx";
import { noteOf, type LocalNote } from "../store/notes.ts";
import { enqueue } from "../store/queue.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { toast } from "../ui/say.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { placeOf } from "./entry.tsx";

type Props = { readonly note: LocalNote; readonly thing: Thing; readonly onClose: () => void };

export function PutNote({ note, thing, onClose }: Props) {
  const w = words.value.record.ofNote;
  const { busy, problem, run } = useDoing();
  const put = async (): Promise<void> => {
    const isKept = await run(async () => {
      await enqueue({ type: "on-record", twin: thing.id, note: note.id });
      return DONE;
    });
    if (!isKept) return;
    onClose();
    const holds = (): boolean => typeof noteOf(note.twin, note.id)?.record?.seq === "number";
    toast(w.putDone, { text: w.isIn, holds });
  };
  return (
    <div class="stack">
      <p>{w.putText}</p>
      <p class="soft">{w.putErase}</p>
      <PersonalWarning text={[note.title, note.text].filter(Boolean).join("\n")} why={w.personal} />
      {problem && <Failed problem={problem} />}
      <Button tone="primary" whole icon="history" busy={busy} onClick={() => void put()}>
        {w.put}
      </Button>
    </div>
  );
}

/** That a note is in the history, and the way there. */
export function InHistory({ note }: { note: LocalNote }) {
  const w = words.value.record.ofNote;
  const seq = note.record?.seq ?? null;
  return (
    <a class="in-history" href={`/t/${note.twin}/history${seq === null ? "" : `#${placeOf(seq)}`}`}>
      <Icon name="history" size={18} />
      {seq === null ? w.waits : w.inIt}
    </a>
  );
}
