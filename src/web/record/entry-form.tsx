// Adding to a thing's history: a new entry, the correction of one, or a word against one. Kept on this device as it is typed.

import { useRef, useState } from "preact/hooks";
import type { Disposition } from "../../domain/record/entry.ts";
import { useDraft } from "../pages/notes/draft.ts";
import { PersonalWarning } from "../pages/notes/going-out.tsx";
import { Happened, today } from "../pages/notes/happened.tsx";
import { charactersLeft } from "../pages/notes/length.ts";
import { PhotoPicker } from "../photo/picker.tsx";
import { entryDraft } from "../store/drafts.ts";
import type { NewEntry } from "../store/operation.ts";
import { enqueue, online } from "../store/queue.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Choices, Select, TextArea } from "../ui/field.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { nameOf } from "./entry.tsx";
import type { RecordedEntry } from "./history.ts";
import { entryIcon, OFFERED, STATES, type Offered } from "./kinds.ts";
import { goneIn } from "./use-history.ts";

/** What is being written: something new, or about an entry that is there. */
export type Writing = { readonly as: "new" } | { readonly as: "correction" | "dispute"; readonly about: RecordedEntry };

type Props = { readonly thing: Thing; readonly writing: Writing; readonly onClose: () => void };

export function EntrySheet({ thing, writing, onClose }: Props) {
  const w = words.value.record.form;
  const title = { new: w.title, correction: w.correcting, dispute: w.disputing }[writing.as];
  return (
    <Sheet title={title} open onClose={onClose}>
      <EntryForm thing={thing} writing={writing} onClose={onClose} />
    </Sheet>
  );
}

/** What the new entry begins from. */
function beginning(writing: Writing): { kind: Offered; text: string; day: string | null } {
  if (writing.as !== "correction") return { kind: "repairing", text: "", day: null };
  const { kind, body, occurredOn } = writing.about;
  return { kind: OFFERED.find((one) => one === kind) ?? "other", text: body?.text ?? "", day: occurredOn };
}

function EntryForm({ thing, writing, onClose }: Props) {
  const w = words.value.record.form;
  const about = writing.as === "new" ? null : writing.about;
  const from = beginning(writing);
  const draft = useDraft(entryDraft(thing.id, about?.seq ?? null), { text: from.text, photos: [] });
  const [kind, setKind] = useState<Offered>(from.kind);
  const [day, setDay] = useState(from.day);
  const [state, setState] = useState<Disposition | "">("");
  const [fault, setFault] = useState<string | null>(null);
  const [wrongDay, setWrongDay] = useState<string | null>(null);
  const [busy, setBusy] = useState<"photos" | "keeping" | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  if (draft.begun === null) return <Loading />;
  const { text, photos } = draft.begun;
  const isDispute = writing.as === "dispute";

  const submit = async (): Promise<void> => {
    const left = charactersLeft(text);
    const { write } = words.value;
    const wrong =
      text.trim() === ""
        ? w.empty
        : left < 0
          ? write.tooLong(-left)
          : busy === "photos"
            ? words.value.photos.busy
            : null;
    const noDay = day === "" ? w.noDay : day !== null && day > today() ? w.future : null;
    setFault(wrong);
    setWrongDay(noDay);
    if (wrong !== null) area.current?.focus();
    if (wrong !== null || noDay !== null) return;
    setBusy("keeping");
    const input: NewEntry = {
      kind: isDispute ? "disputed" : kind,
      text: text.trim(),
      occurredOn: day ?? today(),
      ...(state !== "" && { disposition: state }),
      ...(about && { corrects: about.seq }),
    };
    let queued: string;
    try {
      queued = await enqueue({ type: "entry", twin: thing.id, input, photos });
      await draft.drop();
    } catch {
      setBusy(null);
      setFault(w.failed);
      return;
    }
    onClose();
    toast(online.value ? w.added : w.kept, { text: w.isIn, holds: goneIn(thing.id, queued) });
  };

  return (
    <form
      class="stack entry-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy !== "keeping") void submit();
      }}
    >
      {draft.found && (
        <p class="line small soft">
          {words.value.write.draftFound}
          <Button tone="quiet" onClick={() => void draft.drop()}>
            {words.value.write.discardDraft}
          </Button>
        </p>
      )}
      {about && (
        <blockquote class="about">
          <p class="small soft">{w.about(...nameOf(about))}</p>
          {about.body?.text && <p dir="auto">{about.body.text}</p>}
        </blockquote>
      )}
      {!isDispute && (
        <div class="kinds">
          <Choices
            legend={w.kind}
            options={OFFERED.map((value) => ({ value, label: w.kinds[value], icon: entryIcon[value] }))}
            value={kind}
            onChange={setKind}
          />
        </div>
      )}
      <TextArea
        label={isDispute ? w.wrong : about ? w.right : w.text}
        placeholder={w.placeholder[isDispute ? "disputed" : kind]}
        value={text}
        areaRef={area}
        dir="auto"
        error={fault}
        onInput={(value) => {
          setFault(null);
          draft.change({ text: value });
        }}
      />
      <PersonalWarning
        text={text}
        why={w.personal}
        onShow={({ start, end }) => {
          area.current?.focus();
          area.current?.setSelectionRange(start, end);
        }}
      />
      <PhotoPicker
        photos={photos}
        change={(by) => draft.change((before) => ({ photos: by(before.photos) }))}
        onBusy={(is) => setBusy(is ? "photos" : null)}
      />
      {!isDispute && (
        <Happened
          day={day}
          onDay={(next) => {
            setWrongDay(null);
            setDay(next);
          }}
          says={{ when: w.when, now: w.today, earlier: w.earlier }}
          error={wrongDay}
        />
      )}
      {!isDispute && (
        <Select
          label={w.state}
          hint={w.stateHint}
          value={state}
          options={[
            { value: "", label: w.unsaid },
            ...STATES.map((value) => ({ value, label: words.value.record.dispositions[value] })),
          ]}
          onChange={setState}
        />
      )}
      <p class="small soft">{mayIn(thing, "owner") ? w.who : w.whoChannel(thing.view.product.name)}</p>
      <Button type="submit" tone="primary" whole icon="check" busy={busy === "keeping"}>
        {w.go}
      </Button>
    </form>
  );
}
