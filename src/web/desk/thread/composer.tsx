// Where a thread is answered, or noted for colleagues only. Nothing leaves that its writer did not edit, and nobody is answered twice
// unawares.

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newKey } from "../../api/call.ts";
import { PhotoPicker } from "../../photo/picker.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { isAsSaved, unfilledOf } from "../../../domain/unedited.ts";
import { charactersLeft } from "../../pages/notes/length.ts";
import { all } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import { words } from "../../words/words.ts";
import { ask } from "../api/ask.ts";
import { troubleWords } from "../api/trouble.ts";
import type { InternalNote, MakerMessageType, Message, Outcome, ThreadDetail } from "../api/views.ts";
import { pathOf } from "../inbox/list.ts";
import { MAKER_MESSAGE_TYPES, OUTCOMES } from "../../../domain/exchange.ts";
import { restKeys } from "../keys.ts";
import { look as lookAt } from "../live.ts";
import { mayAnswer, signature } from "../session.ts";
import { draft, draftOf, dropDraft, isBegun, type Draft } from "./draft.ts";
import { intentFor, settleIntent } from "./intent.ts";
import { look } from "./open.ts";
import { SavedReplies } from "./saved-replies.tsx";
import { sendAnswer } from "./sending.ts";

const WRITING_ENDS_MS = 8_000;

const ours = (thread: ThreadDetail): readonly Message[] => thread.messages.filter(({ from }) => from === "maker");

type SmallProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
};

/** A choice in one line. */
const Small = <V extends string>({ label, value, options, onChange }: SmallProps<V>) => (
  <label class="small-select">
    <span>{label}</span>
    <select class="input" value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </label>
);

/** Tells the colleagues while somebody writes, and when they stopped. */
function useWriting(thread: { twin: string; note: string }): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    lookAt(thread, true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => lookAt(thread, false), WRITING_ENDS_MS);
  };
}

export function Composer({ thread, name }: { thread: ThreadDetail; name: string }) {
  const w = deskWords.value.thread;
  const { common } = deskWords.value;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const start = useRef<HTMLButtonElement>(null);
  const [going, setGoing] = useState<"field" | "start" | null>(null);
  const tried = useRef(false);
  const ref = { twin: thread.twin, note: thread.note.id };
  const now = draftOf(name);
  const [isOpen, setOpen] = useState(isBegun(now));
  const [picking, setPicking] = useState(false);
  const [busy, setBusy] = useState<"sending" | "photos" | null>(null);
  const [fault, setFault] = useState<{ readonly text: string } | null>(null);
  const [conflict, setConflict] = useState<Message | null>(null);
  const tellWriting = useWriting(ref);
  const intent = intentFor(name);
  /** To the field, with all that stands around it in sight. */
  const toField = (): void => {
    area.current?.focus({ preventScroll: true });
    area.current?.form?.scrollIntoView({ block: "nearest" });
  };

  /** What was here when the writing began: whatever comes later came while it went on. */
  const begin = (): readonly string[] => ours(thread).map(({ id: message }) => message);
  /** What is changed after a try is another answer: under the old key it would be taken for the first. */
  const change = (by: Partial<Draft> | ((before: Draft) => Partial<Draft>)): void => {
    const wasTried = tried.current;
    tried.current = false;
    draft(name, (before) => ({
      ...(typeof by === "function" ? by(before) : by),
      seen: before.seen ?? begin(),
      ...(wasTried && { key: newKey() }),
    }));
  };
  const write = (text: string): void => {
    setFault(null);
    change({ text });
    tellWriting();
  };
  useLayoutEffect(() => {
    if (intent === null) return;
    settleIntent();
    setOpen(true);
    draft(name, (before) => ({
      isInternal: intent === "internal",
      outcome: intent === "close" ? (before.outcome ?? "answered") : before.outcome,
    }));
    setGoing("field");
  }, [intent, name]);
  // Where the focus goes once what it goes to is there.
  useLayoutEffect(() => {
    if (going === null) return;
    setGoing(null);
    if (going === "start") return start.current?.focus();
    toField();
    restKeys(0);
  }, [going, isOpen]);

  if (!mayAnswer.value) return <p class="composer-closed soft">{w.reply.reader}</p>;

  const over = -charactersLeft(now.text);
  const saved = now.isInternal ? null : now.saved;
  const unfilled = saved === null ? [] : unfilledOf(saved.text, now.text);
  const asSaved = saved !== null && isAsSaved(saved.text, now.text);
  const wrong = (): string | null => {
    if (now.text.trim() === "") return w.reply.empty;
    if (over > 0) return w.reply.tooLong(over);
    if (busy === "photos") return words.value.photos.busy;
    if (asSaved) return w.reply.edit;
    return unfilled.length > 0 ? w.reply.placeholders(all(unfilled)) : null;
  };
  const done = (word: string): void => {
    dropDraft(name);
    setConflict(null);
    setOpen(false);
    setGoing("start");
    lookAt(ref, false);
    toast(word);
    void look(ref);
  };
  const keep = async (): Promise<void> => {
    const answer = await ask<InternalNote>(`${pathOf(ref)}/internal-notes`, {
      method: "POST",
      key: now.key,
      body: { text: now.text.trim() },
    });
    if (answer.ok) done(w.internal.saved);
    else setFault({ text: troubleWords(answer.problem) });
  };
  const send = async (anyway: boolean): Promise<void> => {
    if (!anyway) {
      const latest = await look(ref);
      const other = latest && ours(latest).findLast((message) => !(now.seen ?? begin()).includes(message.id));
      if (other) return setConflict(other);
    }
    const answer = await sendAnswer(pathOf(ref), now, signature.value);
    if (answer.ok) return done(w.reply.sent);
    const told = answer.problem.errors.length > 0 && answer.problem.status === 422;
    setFault({ text: told ? answer.problem.errors[0]!.message : troubleWords(answer.problem) });
  };
  const submit = async (anyway = false): Promise<void> => {
    if (busy === "sending") return;
    const text = wrong();
    if (text !== null) {
      setFault({ text });
      return area.current?.focus();
    }
    setFault(null);
    setBusy("sending");
    tried.current = true;
    await (now.isInternal ? keep() : send(anyway));
    setBusy(null);
  };

  if (!isOpen) {
    return (
      <div class="composer shut">
        <button
          type="button"
          ref={start}
          onClick={() => {
            setOpen(true);
            setGoing("field");
          }}
        >
          <span>{w.reply.start}</span>
          <kbd aria-hidden="true">r</kbd>
        </button>
      </div>
    );
  }
  return (
    <form
      class={now.isInternal ? "composer internal" : "composer"}
      aria-label={now.isInternal ? w.internal.text : w.reply.text}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void submit();
        } else if (event.key === "Escape" && event.target === area.current) {
          event.preventDefault();
          area.current?.blur();
          if (!isBegun(draftOf(name))) setOpen(false);
        }
      }}
    >
      <div class="composer-head">
        <fieldset class="tabs">
          <legend class="unseen">{w.reply.legend}</legend>
          {[false, true].map((isInternal) => (
            <label key={String(isInternal)}>
              <input
                type="radio"
                name={id}
                checked={now.isInternal === isInternal}
                onChange={() => change({ isInternal })}
              />
              <span>
                {isInternal && <Icon name="lock" size={15} />}
                {isInternal ? w.reply.internal : w.reply.answer}
              </span>
            </label>
          ))}
        </fieldset>
        {!now.isInternal && (
          <Button tone="quiet" icon="copy" onClick={() => setPicking(true)}>
            {w.reply.saved}
          </Button>
        )}
        <span class="end">
          <IconButton
            icon={isBegun(now) ? "bin" : "close"}
            label={isBegun(now) ? w.reply.discard : words.value.common.close}
            onClick={() => {
              dropDraft(name);
              setFault(null);
              setConflict(null);
              setOpen(false);
            }}
          />
        </span>
      </div>
      <textarea
        ref={area}
        class="input"
        dir="auto"
        rows={4}
        value={now.text}
        aria-label={now.isInternal ? w.internal.text : w.reply.text}
        placeholder={now.isInternal ? w.internal.hint : w.reply.placeholder}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-below`}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <p class="composer-note small" id={`${id}-below`}>
        {fault ? (
          <strong class="bad" role="alert">
            {fault.text}
          </strong>
        ) : now.isInternal ? (
          <span class="stays">
            <Icon name="lock" size={15} />
            {w.internal.stays}. {w.internal.hint}
          </span>
        ) : asSaved ? (
          <span class="wait">{w.reply.edit}</span>
        ) : unfilled.length > 0 ? (
          <span class="wait">{w.reply.placeholders(all(unfilled))}</span>
        ) : (
          <span class="soft">
            {now.outcome !== null
              ? w.reply.outcomeHint
              : signature.value === null
                ? w.reply.asCompany
                : w.reply.as(signature.value)}
          </span>
        )}
      </p>
      {conflict !== null && (
        <Notice
          tone="wait"
          fresh
          title={w.reply.conflict(conflict.author?.name ?? w.anonymous)}
          action={
            <>
              <Button onClick={() => void submit(true)}>{w.reply.sendAnyway}</Button>
              <Button
                tone="quiet"
                onClick={() => {
                  draft(name, { seen: begin() });
                  setConflict(null);
                }}
              >
                {w.reply.keep}
              </Button>
            </>
          }
        >
          <blockquote class="said-words" dir="auto">
            {conflict.text}
          </blockquote>
          <p>{w.reply.conflictText}</p>
        </Notice>
      )}
      <div class="composer-foot">
        {!now.isInternal && (
          <>
            <PhotoPicker
              photos={now.photos}
              change={(by) => change((before) => ({ photos: by(before.photos) }))}
              onBusy={(isBusy) => setBusy(isBusy ? "photos" : null)}
            />
            <Small<MakerMessageType>
              label={w.reply.type}
              value={now.type}
              options={MAKER_MESSAGE_TYPES.map((type) => ({ value: type, label: common.types[type] }))}
              onChange={(type) => change({ type })}
            />
            <Small<Outcome | "">
              label={w.reply.outcome}
              value={now.outcome ?? ""}
              options={[
                { value: "", label: w.reply.noOutcome },
                ...OUTCOMES.map((outcome) => ({ value: outcome, label: w.reply.outcomes[outcome] })),
              ]}
              onChange={(outcome) => change({ outcome: outcome === "" ? null : outcome })}
            />
          </>
        )}
        <Button type="submit" tone="primary" icon={now.isInternal ? "lock" : "send"} busy={busy === "sending"}>
          {now.isInternal ? w.internal.save : w.reply.send}
        </Button>
      </div>
      <Sheet title={w.reply.saved} open={picking} onClose={() => setPicking(false)}>
        <SavedReplies
          onPick={(reply) => {
            setPicking(false);
            change((before) => ({
              saved: reply,
              text: before.text.trim() === "" ? reply.text : `${before.text.trimEnd()}\n\n${reply.text}`,
            }));
            area.current?.focus();
          }}
        />
      </Sheet>
    </form>
  );
}
