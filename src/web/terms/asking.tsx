// Asking a company for a copy of what it holds: a note like any other, that says so to programs too. Its words are its owner's to change.

import { useState } from "preact/hooks";
import { permits } from "../../domain/terms/permits.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import { wordOfGoing } from "../pages/notes/going-out.tsx";
import { enqueue } from "../store/queue.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { words } from "../words/words.ts";
import { inForce } from "./meaning.tsx";

/** Nothing where these terms, which are in force, let nobody ask. */
export function Asking({ thing, code, company }: { thing: Thing; code: RosterCode; company: string }) {
  const w = words.value.terms.copy;
  const { write } = words.value;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string>(w.words);
  const [fault, setFault] = useState<string | null>(null);
  if (!permits(inForce(code), "machine-export")) return null;
  async function ask(): Promise<void> {
    if (text.trim() === "") {
      setFault(write.empty);
      return;
    }
    const word = wordOfGoing(thing);
    try {
      await enqueue({
        type: "note",
        twin: thing.id,
        input: { kind: "question", text: text.trim(), wants: "copy", send: true },
        photos: [],
      });
    } catch {
      setFault(write.failed);
      return;
    }
    setOpen(false);
    setText(w.words);
    toast(word);
  }
  return (
    <>
      <div class="line">
        <Button icon="copy" onClick={() => setOpen(true)}>
          {w.action}
        </Button>
      </div>
      <Sheet title={w.title(company)} open={open} onClose={() => setOpen(false)}>
        <p>{(permits(inForce(code), "receive-copy") ? w.must : w.may)(company)}</p>
        <p class="soft">{w.how}</p>
        <TextArea
          label={w.text}
          value={text}
          dir="auto"
          error={fault}
          onInput={(value) => {
            setFault(null);
            setText(value);
          }}
        />
        <Button tone="primary" whole icon="send" onClick={() => void ask()}>
          {write.send(company)}
        </Button>
        <Button whole tone="quiet" onClick={() => setOpen(false)}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </>
  );
}
