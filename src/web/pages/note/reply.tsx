// Saying something under a note that was sent; kept as it is typed, like a note.

import { useRef, useState } from "preact/hooks";
import { PhotoPicker } from "../../photo/picker.tsx";
import { companyName } from "../../store/makers.ts";
import type { LocalNote } from "../../store/notes.ts";
import { enqueue, online } from "../../store/queue.ts";
import type { Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { toast } from "../../ui/say.tsx";
import { words } from "../../words/words.ts";
import { footing } from "../notes/agreed.ts";
import { useDraft, type Begun } from "../notes/draft.ts";
import { PersonalWarning } from "../notes/going-out.tsx";
import { charactersLeft } from "../notes/length.ts";
import { answersByLink } from "../notes/stands.ts";

const EMPTY: Begun = { text: "", photos: [] };

type Props = { readonly note: LocalNote; readonly thing: Thing };

export function Reply({ note, thing }: Props) {
  const w = words.value.thread.note;
  const { write } = words.value;
  const byLink = answersByLink(note);
  const company = byLink ?? companyName(thing);
  const { begun, change, drop } = useDraft(note.id, EMPTY);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  if (begun === null) return null;
  const { text, photos } = begun;
  const started = text !== "" || photos.length > 0;

  const submit = async (): Promise<void> => {
    const over = -charactersLeft(text);
    const wrong =
      text.trim() === "" ? write.empty : over > 0 ? write.tooLong(over) : busy ? words.value.photos.busy : null;
    setFault(wrong);
    if (wrong !== null) return area.current?.focus();
    try {
      await enqueue({ type: "message", twin: thing.id, note: note.id, text: text.trim(), photos });
      await drop();
      toast(online.value ? w.sent : w.keptOffline);
    } catch {
      setFault(write.failed);
    }
  };

  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextArea
        label={w.replyTo(company)}
        value={text}
        areaRef={area}
        dir="auto"
        rows={started ? 3 : 1}
        error={fault}
        hint={byLink !== null || footing(thing).kind === "force" ? undefined : w.waitsToo}
        onInput={(value) => {
          setFault(null);
          change({ text: value });
        }}
      />
      {started && (
        <>
          <PersonalWarning
            text={text}
            why={words.value.write.personal.text(company)}
            onShow={({ start, end }) => {
              area.current?.focus();
              area.current?.setSelectionRange(start, end);
            }}
          />
          <PhotoPicker
            photos={photos}
            change={(by) => change((before) => ({ photos: by(before.photos) }))}
            onBusy={setBusy}
          />
          <Button type="submit" tone="primary" whole icon="send">
            {w.send}
          </Button>
        </>
      )}
    </form>
  );
}
