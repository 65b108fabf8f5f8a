// The saved replies: what answers often begin with. Nothing of them is sent from here.

import { useState } from "preact/hooks";
import { newKey, type Problem } from "../../api/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { List, Row } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { ask } from "../api/ask.ts";
import { troubleWords } from "../api/trouble.ts";
import { useList } from "../api/use-ask.ts";
import type { SavedReply } from "../api/views.ts";
import { Frame } from "../frame.tsx";
import { mayAnswer } from "../session.ts";

type FormProps = { readonly reply: SavedReply | null; readonly onDone: (word: string) => void };

/** One reply, new or changed; the key stays the same however often it is tried. */
function Form({ reply, onDone }: FormProps) {
  const w = deskWords.value.replies;
  const { common } = deskWords.value;
  const [title, setTitle] = useState(reply?.title ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const [key] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const run = async (method: "POST" | "PATCH" | "DELETE", word: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const answer = await ask(reply ? `/saved-replies/${reply.id}` : "/saved-replies", {
      method,
      ...(method !== "DELETE" && { body: { title: title.trim(), text: text.trim() } }),
      ...(method === "POST" && { key }),
    });
    setBusy(false);
    if (answer.ok) onDone(word);
    else setProblem(answer.problem);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run(reply ? "PATCH" : "POST", w.saved);
      }}
    >
      <TextField label={w.name} value={title} onInput={setTitle} required maxLength={120} />
      <TextArea label={w.text} hint={w.textHint} value={text} onInput={setText} required rows={8} dir="auto" />
      {problem && (
        <Notice tone="bad" fresh>
          <p>{troubleWords(problem)}</p>
        </Notice>
      )}
      <div class="line apart">
        <Button type="submit" tone="primary" busy={busy}>
          {w.save}
        </Button>
        {reply && (
          <Button tone="danger" icon="bin" busy={busy} onClick={() => void run("DELETE", w.removed)}>
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
