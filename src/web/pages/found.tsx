// For whoever found a thing with a label: they write, and its owner gets it if they want to. The page is the same whoever owns it, or nobody.

import { useEffect, useRef, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { CONTACT_CHARACTERS, FIND_CHARACTERS } from "../../domain/find-limits.ts";
import { digitalLink, gtin14, isSerial } from "../../domain/gtin.ts";
import { call } from "../api/call.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { productAbout } from "./add/product-about.ts";
import { NoLabel } from "./arrive.tsx";
import { useDoing } from "./doing.ts";

type Label = { readonly gtin: string; readonly serial: string };

export default function FoundPage() {
  const { params } = useRoute();
  const gtin = gtin14(params["gtin"] ?? "");
  const serial = params["serial"] ?? "";
  return gtin === null || !isSerial(serial) ? (
    <NoLabel />
  ) : (
    <Found key={`${gtin}/${serial}`} label={{ gtin, serial }} />
  );
}

function Found({ label }: { label: Label }) {
  const w = words.value.found.page;
  const { gtin, serial } = label;
  const [model, setModel] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  useEffect(() => {
    const asking = new AbortController();
    void productAbout(gtin, asking.signal).then((answer) => answer.ok && setModel(answer.value?.model ?? null));
    return () => asking.abort();
  }, [gtin]);
  return (
    <Page title={w.title} eyebrow={model ?? undefined} start={<Emblem id={`${gtin}/${serial}`} size={64} />}>
      {told ? (
        <Notice tone="good" title={w.done} fresh>
          <p>{w.doneText}</p>
        </Notice>
      ) : (
        <>
          <p class="lead">{w.lead(model)}</p>
          <FoundForm label={label} onTold={() => setTold(true)} />
        </>
      )}
      {/* Gone with the form: a second press on its button must not land here. */}
      {!told && (
        <section class="stack-tight">
          <h2 class="minor">{w.owner}</h2>
          <div class="line">
            <LinkButton href={digitalLink("", gtin, serial)}>{w.toLabel}</LinkButton>
          </div>
        </section>
      )}
    </Page>
  );
}

function FoundForm({ label, onTold }: { label: Label; onTold: () => void }) {
  const w = words.value.found.page;
  const [text, setText] = useState("");
  const [contact, setContact] = useState("");
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useDoing();
  const area = useRef<HTMLTextAreaElement>(null);
  const send = async (): Promise<void> => {
    if (text.trim() === "") {
      setMissing(true);
      area.current?.focus();
      return;
    }
    const reach = contact.trim();
    const body = { ...label, text: text.trim(), ...(reach !== "" && { contact: reach }) };
    if (await run(() => call("/v1/finds", { method: "POST", body }))) onTold();
  };
  return (
    <form
      class="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <TextArea
        label={w.what}
        hint={w.whatHint}
        error={missing ? w.whatMissing : null}
        value={text}
        onInput={(value) => {
          setText(value);
          setMissing(false);
        }}
        areaRef={area}
        rows={4}
        maxLength={FIND_CHARACTERS}
      />
      <TextField
        label={w.contact}
        hint={w.contactHint}
        value={contact}
        onInput={setContact}
        maxLength={CONTACT_CHARACTERS}
        autocomplete="off"
      />
      <p class="soft">{w.private}</p>
      <div class="line">
        <Button type="submit" tone="primary" busy={busy}>
          {w.go}
        </Button>
      </div>
      {/* Below the button, which stays where it is when this goes: whoever presses twice presses it twice. */}
      {problem?.code === "offline" ? (
        <Notice tone="wait" title={w.offline.title} fresh>
          <p>{w.offline.text}</p>
        </Notice>
      ) : (
        problem && <Failed problem={problem} />
      )}
    </form>
  );
}
