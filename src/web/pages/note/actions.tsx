// What can be done with a note: sent, corrected, copied, taken back. Each says what it does before it does it.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { DONE } from "../../api/call.ts";
import { companyName } from "../../store/makers.ts";
import type { LocalNote } from "../../store/notes.ts";
import { enqueue } from "../../store/queue.ts";
import { mayIn, type Thing } from "../../store/things.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";
import { PutNote } from "../../record/put-note.tsx";
import { useDoing } from "../doing.ts";
import { GoingOut, PersonalWarning, profferFirst, wordOfGoing } from "../notes/going-out.tsx";
import { charactersLeft } from "../notes/length.ts";
import { isLocal, waitsForTap } from "../notes/stands.ts";

type Props = { readonly note: LocalNote; readonly thing: Thing };
type SheetProps = Props & { readonly onClose: () => void };

function SendSheet({ note, thing, onClose }: SheetProps) {
  const { write } = words.value;
  const company = companyName(thing);
  const { busy, problem, run } = useDoing();
  const send = async (): Promise<void> => {
    const word = wordOfGoing(thing);
    const isKept = await run(async () => {
      await profferFirst(thing);
      await enqueue({ type: "send", twin: thing.id, note: note.id });
      return DONE;
    });
    if (!isKept) return;
    onClose();
    toast(word);
  };
  return (
    <div class="stack">
      <GoingOut thing={thing} serial={null} />
      <PersonalWarning text={note.text ?? ""} why={write.personal.text(company)} />
      {problem && <Failed problem={problem} />}
      <Button tone="primary" whole icon="send" busy={busy} onClick={() => void send()}>
        {write.send(company)}
      </Button>
    </div>
  );
}

function EditSheet({ note, thing, onClose }: SheetProps) {
  const w = words.value.thread.note;
  const { write } = words.value;
  const { ofNote } = words.value.record;
  const company = companyName(thing);
  const [text, setText] = useState(note.text ?? "");
  const [fault, setFault] = useState<string | null>(null);
  const { busy, problem, run } = useDoing();
  const save = async (): Promise<void> => {
    const left = charactersLeft(text);
    if (text.trim() === "") return setFault(write.empty);
    if (left < 0) return setFault(write.tooLong(-left));
    const isKept = await run(async () => {
      if (text !== note.text) await enqueue({ type: "revise", twin: thing.id, note: note.id, text: text.trim() });
      return DONE;
    });
    if (!isKept) return;
    onClose();
    toast(words.value.common.saved);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        label={write.text}
        value={text}
        dir="auto"
        error={fault}
        hint={note.sent ? w.editSent(company) : undefined}
        onInput={setText}
      />
      {note.onRecord && <p class="small soft">{ofNote.edits}</p>}
      {(note.sent || note.onRecord) && (
        <PersonalWarning text={text} why={note.onRecord ? ofNote.personal : write.personal.text(company)} />
      )}
      {problem && <Failed problem={problem} />}
      <Button type="submit" tone="primary" whole busy={busy}>
        {w.save}
      </Button>
    </form>
  );
}

function RetractSheet({ note, thing, onClose }: SheetProps) {
  const w = words.value.thread.note;
  const { record } = words.value;
  const company = companyName(thing);
  const { route } = useLocation();
  const here = isLocal(note);
  const { busy, problem, run } = useDoing();
  const retract = async (): Promise<void> => {
    const isKept = await run(async () => {
      await enqueue({ type: "retract", twin: thing.id, note: note.id });
      return DONE;
    });
    if (!isKept) return;
    onClose();
    toast(w.retracted);
    // Of a note that nobody was sent nothing stays to be looked at.
    if (!note.sent || here) route(`/t/${thing.id}`, true);
  };
  return (
    <div class="stack">
      {here ? (
        <p>{w.retractWaits}</p>
      ) : note.sent ? (
        <>
          {w.retractSent(company).map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p>{w.retractCant(company)}</p>
        </>
      ) : (
        <p>
          {w.retractPrivate} {!note.onRecord && w.retractUnsent}
        </p>
      )}
      {note.onRecord && !here && (
        <>
          <p>{record.ofNote.retracts}</p>
          <p>{record.erase.cant}</p>
        </>
      )}
      {problem && <Failed problem={problem} />}
      <Button tone="danger" whole icon="bin" busy={busy} onClick={() => void retract()}>
        {w.retractYes}
      </Button>
    </div>
  );
}

export function Actions({ note, thing }: Props) {
  const w = words.value.thread.note;
  const { common, record } = words.value;
  const [open, setOpen] = useState<"send" | "edit" | "put" | "retract" | null>(null);
  const close = (): void => setOpen(null);
  const company = companyName(thing);
  const mayChange = mayIn(thing, "notes:write") && note.queued !== "sending";
  const maySend = mayIn(thing, "notes:send") && thing.view.maker !== null && note.queued === null;
  const sheet = { note, thing, onClose: close };
  return (
    <div class="line actions">
      {!note.sent && maySend && (
        <Button tone="primary" icon="send" onClick={() => setOpen("send")}>
          {w.sendIt(company)}
        </Button>
      )}
      {waitsForTap(note) && maySend && (
        <Button tone="primary" icon="send" onClick={() => setOpen("send")}>
          {w.sendAgain}
        </Button>
      )}
      {mayChange && (
        <Button tone="quiet" icon="edit" onClick={() => setOpen("edit")}>
          {w.edit}
        </Button>
      )}
      {!note.onRecord && note.queued !== "sending" && mayIn(thing, "history:write") && (
        <Button tone="quiet" icon="history" onClick={() => setOpen("put")}>
          {record.ofNote.put}
        </Button>
      )}
      <Button
        tone="quiet"
        icon="copy"
        onClick={() => {
          void navigator.clipboard.writeText(note.text ?? "").then(
            () => toast(common.copied),
            () => toast(common.notCopied),
          );
        }}
      >
        {w.copy}
      </Button>
      {mayChange && (
        <Button tone="quiet" icon="bin" onClick={() => setOpen("retract")}>
          {w.retract}
        </Button>
      )}
      <Sheet title={words.value.write.before.title} open={open === "send"} onClose={close}>
        <SendSheet {...sheet} />
      </Sheet>
      <Sheet title={w.editing} open={open === "edit"} onClose={close}>
        <EditSheet {...sheet} />
      </Sheet>
      <Sheet title={record.ofNote.putTitle} open={open === "put"} onClose={close}>
        <PutNote {...sheet} />
      </Sheet>
      <Sheet title={w.retractTitle} open={open === "retract"} onClose={close}>
        <RetractSheet {...sheet} />
      </Sheet>
    </div>
  );
}
