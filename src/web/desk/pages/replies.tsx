// The saved replies: what answers often begin with. Nothing of them is sent from here.

import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { List, Row } from "../../ui/layout.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { useList } from "../api/use-ask.ts";
import { useAsking } from "../api/use-asking.ts";
import type { SavedReply } from "../api/views.ts";
import { Discard } from "../discard.tsx";
import { Frame } from "../frame.tsx";
import { keptAt } from "../kept.ts";
import { mayAnswer } from "../session.ts";
import { Trouble } from "../trouble.tsx";

type FormProps = { readonly reply: SavedReply | null; readonly onDone: (word: string) => void };

/** One reply, new or changed. */
function Form({ reply, onDone }: FormProps) {
  const w = deskWords.value.replies;
  const { common } = deskWords.value;
  const kept = keptAt(`reply ${reply?.id ?? "new"}`, { title: reply?.title ?? "", text: reply?.text ?? "" });
  const { title, text } = kept.now;
  const { busy, problem, run } = useAsking();

  const done = (word: string): void => {
    kept.drop();
    onDone(word);
  };
  const save = async (): Promise<void> => {
    const body = { title: title.trim(), text: text.trim() };
    const saved = reply
      ? await run(`/saved-replies/${reply.id}`, { method: "PATCH", body })
      : await run("/saved-replies", { method: "POST", body });
    if (saved) done(w.saved);
  };
  const remove = async ({ id }: SavedReply): Promise<void> => {
    if (await run(`/saved-replies/${id}`, { method: "DELETE" })) done(w.removed);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label={w.name} value={title} onInput={(now) => kept.put({ title: now })} required maxLength={120} />
      <TextArea
        label={w.text}
        hint={w.textHint}
        value={text}
        onInput={(now) => kept.put({ text: now })}
        required
        rows={8}
        dir="auto"
      />
      <Trouble problem={problem} />
      <div class="line apart">
        <Button type="submit" tone="primary" busy={busy}>
          {w.save}
        </Button>
        <Discard kept={kept} />
        {reply && (
          <Button tone="danger" icon="bin" busy={busy} onClick={() => void remove(reply)}>
            {common.remove}
          </Button>
        )}
      </div>
    </form>
  );
}

export default function Replies() {
  const w = deskWords.value.replies;
  const { common } = deskWords.value;
  const { value, problem, busy, again, more } = useList<SavedReply>("/saved-replies");
  const [open, setOpen] = useState<SavedReply | "new" | null>(null);
  const add = mayAnswer.value && (
    <Button tone="primary" icon="add" onClick={() => setOpen("new")}>
      {w.add}
    </Button>
  );
  return (
    <Frame title={w.title} lead={w.lead} actions={add}>
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <Empty title={w.empty}>{w.emptyText}</Empty>}
      {value !== null && value.length > 0 && (
        <List label={w.list}>
          {value.map((reply) => (
            <Row
              key={reply.id}
              title={<bdi>{reply.title}</bdi>}
              detail={<span class="two-lines">{reply.text}</span>}
              end={
                mayAnswer.value && (
                  <Button
                    tone="quiet"
                    icon="edit"
                    aria-label={`${common.edit}: ${reply.title}`}
                    onClick={() => setOpen(reply)}
                  >
                    {common.edit}
                  </Button>
                )
              }
            />
          ))}
        </List>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
      <Sheet title={open === "new" ? w.add : w.change} open={open !== null} onClose={() => setOpen(null)}>
        {open !== null && (
          <Form
            reply={open === "new" ? null : open}
            onDone={(word) => {
              setOpen(null);
              toast(word);
              again();
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}
