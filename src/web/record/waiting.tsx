// An entry that was put in on this device and isn't in the history yet: its words, and what it waits for.

import { WordsOf } from "../pages/notes/words-of.tsx";
import { discard, online, retry } from "../store/queue.ts";
import { Button } from "../ui/button.tsx";
import { failureWords } from "../ui/failure-words.ts";
import { Icon } from "../ui/icon.tsx";
import { Mark } from "../ui/notice.tsx";
import { When } from "../ui/when.tsx";
import { words } from "../words/words.ts";
import { entryIcon } from "./kinds.ts";
import type { QueuedEntry } from "./use-history.ts";

export function Waiting({ queued }: { queued: QueuedEntry }) {
  const w = words.value.record;
  const { note } = words.value.thread;
  const { kind, text, occurredOn } = queued.op.input;
  const refused = queued.state === "refused";
  return (
    <li class="entry-of-history waits">
      <span class="knot">
        <Icon name={entryIcon[kind]} size={20} />
      </span>
      <div class="head-line">
        <h2>{w.kinds[kind]}</h2>
      </div>
      <p class="days">
        <When at={occurredOn} style="day" />
      </p>
      <WordsOf text={text} />
      <Mark tone={refused ? "bad" : "wait"}>
        {refused ? w.refused(queued.problem ? failureWords(queued.problem) : "") : online.value ? w.goesIn : w.waits}
      </Mark>
      {refused && (
        <div class="line">
          <Button onClick={() => void retry(queued.seq)}>{note.again}</Button>
          <Button tone="quiet" onClick={() => void discard(queued.seq)}>
            {note.drop}
          </Button>
        </div>
      )}
    </li>
  );
}
