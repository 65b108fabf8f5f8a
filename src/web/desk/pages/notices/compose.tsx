// Writing a notice: the words beside what an owner will see of them, then whom it reaches, and only then is it sent.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { gtin14 } from "../../../../domain/gtin.ts";
import { NOTICE_KINDS } from "../../../../domain/notice-kind.ts";
import { Button } from "../../../ui/button.tsx";
import { Choices, TextArea, TextField } from "../../../ui/field.tsx";
import { Section } from "../../../ui/layout.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { toast } from "../../../ui/say.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import { Discard } from "../../discard.tsx";
import { Frame } from "../../frame.tsx";
import { keptAt, type Kept } from "../../kept.ts";
import { ProductField } from "../../product-field.tsx";
import { Trouble } from "../../trouble.tsx";
import { askedOf, faultIn, namesItems, NEW_DRAFT, serialsIn, type Fault, type NoticeDraft } from "./draft.ts";
import { Reading } from "./reading.tsx";

const TITLE_CHARACTERS = 200;
const TEXT_CHARACTERS = 8_000;

function serialsFault(fault: Fault | null): string | null {
  const w = deskWords.value.notices;
  switch (fault?.at) {
    case "serial":
      return w.serialFault(fault.line, fault.text);
    case "no-serials":
      return w.serialsNone;
    case "many-serials":
      return w.serialsMany;
    case "gtin":
    case "url":
    case undefined:
      return null;
  }
}

type WritingProps = {
  readonly kept: Kept<NoticeDraft>;
  readonly onLook: () => void;
};

function Writing({ kept, onLook }: WritingProps) {
  const w = deskWords.value.notices;
  const { optional } = deskWords.value.common;
  const [fault, setFault] = useState<Fault | null>(null);
  const draft = kept.now;
  const change =
    <K extends keyof NoticeDraft>(name: K) =>
    (value: NoticeDraft[K]): void => {
      kept.put({ [name]: value });
      setFault(null);
    };
  const { kind, gtin, which, serials, title, text, url } = draft;
  const isService = kind === "service";
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const found = faultIn(draft);
        setFault(found);
        if (found === null) onLook();
      }}
    >
      <Choices
        legend={w.kind}
        layout="rows"
        value={kind}
        onChange={change("kind")}
        options={NOTICE_KINDS.map((value) => ({ value, label: w.kinds[value], hint: w.kindHints[value] }))}
      />
      <ProductField
        label={isService ? `${w.gtin} (${optional})` : w.gtin}
        hint={isService ? w.gtinHintService : w.gtinHint}
        error={fault?.at === "gtin" ? w.gtinFault : null}
        value={gtin}
        onInput={change("gtin")}
        required={!isService}
      />
      {!isService && (
        <Choices
          legend={w.items}
          value={which}
          onChange={change("which")}
          options={[
            { value: "every", label: w.everyItem },
            { value: "named", label: w.named },
          ]}
        />
      )}
      {namesItems(draft) && (
        <TextArea
          label={w.serials}
          hint={
            <>
              {w.serialsHint} {serials.trim() !== "" && w.serialCount(serialsIn(serials).length)}
            </>
          }
          error={serialsFault(fault)}
          value={serials}
          onInput={change("serials")}
          rows={5}
          spellcheck={false}
          autocomplete="off"
          class="input serials"
        />
      )}
      <TextField
        label={w.name}
        hint={w.nameHint}
        value={title}
        onInput={change("title")}
        required
        maxLength={TITLE_CHARACTERS}
      />
      <TextArea
        label={w.text}
        hint={w.textHint}
        value={text}
        onInput={change("text")}
        required
        rows={7}
        maxLength={TEXT_CHARACTERS}
        dir="auto"
      />
      <TextField
        label={`${w.url} (${optional})`}
        hint={w.urlHint}
        error={fault?.at === "url" ? w.urlFault : null}
        value={url}
        onInput={change("url")}
        inputMode="url"
        autocomplete="off"
      />
      <div class="line">
        <Button type="submit" tone="primary">
          {w.look}
        </Button>
        <Discard kept={kept} onDiscard={() => setFault(null)} />
      </div>
    </form>
  );
}

/** As a link would be shown: an address that is half written is not. */
const previewOf = ({ kind, title, text, url }: NoticeDraft) => ({
  kind,
  title: title.trim(),
  text: text.trim(),
  url: url.trim() === "" ? null : url.trim(),
  withdrawn: null,
});

const Preview = ({ draft }: { draft: NoticeDraft }) => {
  const w = deskWords.value.notices;
  const isEmpty = draft.title.trim() === "" && draft.text.trim() === "";
  return (
    <Section title={w.preview}>
      {isEmpty ? <p class="soft">{w.previewEmpty}</p> : <Reading notice={previewOf(draft)} />}
    </Section>
  );
};

const Whom = ({ draft }: { draft: NoticeDraft }) => {
  const w = deskWords.value.notices.confirm;
  const gtin = gtin14(draft.gtin.trim());
  const lines =
    draft.kind === "service"
      ? [w.service, ...(gtin === null ? [] : [w.serviceOf(gtin)])]
      : [namesItems(draft) ? w.named(gtin ?? "", serialsIn(draft.serials).length) : w.everyItem(gtin ?? ""), w.board];
  return (
    <Notice tone={draft.kind === "service" ? "news" : "wait"} title={w.whom}>
      {[...lines, w.forGood].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  );
};

export function Compose() {
  const w = deskWords.value.notices;
  const { route } = useLocation();
  const kept = keptAt("notice", NEW_DRAFT);
  const draft = kept.now;
  const [looking, setLooking] = useState(false);
  const { busy, problem, run, clear } = useAsking();
  const send = async (): Promise<void> => {
    const answer = await run<{ id: string }>("/notices", { method: "POST", body: askedOf(draft) });
    if (!answer) return;
    kept.drop();
    toast(w.announced);
    route(`/desk/notices/${answer.value.id}`, true);
  };
  if (looking) {
    return (
      <Frame key="look" title={w.confirm.title} back="/desk/notices">
        <Reading notice={previewOf(draft)} level={2} />
        <Whom draft={draft} />
        <Trouble problem={problem} />
        <div class="line">
          <Button tone="primary" icon="send" busy={busy} onClick={() => void send()}>
            {w.confirm.send(draft.kind)}
          </Button>
          <Button
            onClick={() => {
              clear();
              setLooking(false);
            }}
          >
            {w.back}
          </Button>
        </div>
      </Frame>
    );
  }
  return (
    <Frame key="write" title={w.newTitle} back="/desk/notices" wide>
      <div class="two">
        <Writing kept={kept} onLook={() => setLooking(true)} />
        <Preview draft={draft} />
      </div>
    </Frame>
  );
}
