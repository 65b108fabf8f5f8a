// Labels for items: a sheet to print, or a file for the factory. Stores none of them, here or there: until it is printed, a sheet is kept
// for as long as the tab is open.

import "./labels.css";
import { useEffect, useState } from "preact/hooks";
import { gtin14 } from "../../../domain/gtin.ts";
import { newKey, type Problem } from "../../api/call.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, TextArea, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Qr } from "../../ui/qr.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { ask } from "../api/ask.ts";
import { Frame } from "../frame.tsx";
import { keptAt } from "../kept.ts";
import { may } from "../session.ts";
import { Trouble } from "../trouble.tsx";

type Label = { readonly url: string; readonly gtin: string; readonly serial: string; readonly code: string };
type Made = { readonly labels: readonly Label[]; readonly model: string };
type Form = "sheet" | "csv" | "ndjson";

/** More would make a page that a browser is slow to draw. */
const MOST_DRAWN = 500;
const MOST = 100_000;
const FILES = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** What the code says, to be read and typed: without its scheme, and broken between its parts where it must be. */
const Address = ({ url }: { url: string }) => {
  const { host, pathname } = new URL(url);
  const [before, serial] = pathname.split("/21/");
  return (
    <p class="address" dir="ltr">
      {host}
      <wbr />
      {before}
      <wbr />
      /21/{serial}
    </p>
  );
};

const Pair = ({ label, model }: { label: Label; model: string }) => {
  const w = deskWords.value.labels;
  return (
    <li class="label-pair">
      <div class="piece">
        <p class="where">{w.outside}</p>
        <Qr text={label.url} label={w.qr(label.serial)} />
        <p class="name">
          <bdi>{model}</bdi>
        </p>
        <p>{label.serial}</p>
        <Address url={label.url} />
      </div>
      <div class="piece">
        <p class="where">{w.inside}</p>
        <p class="name">
          <bdi>{model}</bdi>
        </p>
        <p>{label.serial}</p>
        <p class="code">{label.code}</p>
      </div>
    </li>
  );
};

type DrawnProps = {
  readonly made: Made;
  readonly isPrinted: boolean;
  readonly onPrinted: () => void;
  readonly onAgain: () => void;
};

function Drawn({ made: { labels, model }, isPrinted, onPrinted, onAgain }: DrawnProps) {
  const w = deskWords.value.labels;
  const [asking, setAsking] = useState(false);
  // Also by the browser's own keys. That the printing was broken off, no browser tells.
  useEffect(() => {
    addEventListener("afterprint", onPrinted);
    return () => removeEventListener("afterprint", onPrinted);
  }, [onPrinted]);
  return (
    <>
      <div class="no-print stack">
        <Notice tone="good" title={w.done(labels.length)} fresh>
          <p>{w.secret}</p>
        </Notice>
        <div class="line">
          <Button tone="primary" icon="print" onClick={() => print()}>
            {w.print}
          </Button>
          <Button onClick={() => (isPrinted ? onAgain() : setAsking(true))}>{w.again}</Button>
        </div>
        <Sheet title={w.dropTitle} open={asking} onClose={() => setAsking(false)}>
          <p>{w.dropText}</p>
          <div class="line">
            <Button onClick={() => setAsking(false)}>{w.keep}</Button>
            <Button tone="danger" onClick={onAgain}>
              {w.drop}
            </Button>
          </div>
        </Sheet>
      </div>
      <ul class="label-sheet" aria-label={w.sheetLabel}>
        {labels.map((label) => (
          <Pair key={label.serial} label={label} model={model} />
        ))}
      </ul>
    </>
  );
}

const Refused = ({ problem }: { problem: Problem }) => {
  const w = deskWords.value.labels;
  if (problem.code !== "not-verified") return <Trouble problem={problem} />;
  return (
    <Notice tone="wait" title={w.notVerified} fresh>
      <p>{w.notVerifiedText}</p>
      <p>
        <a href="/desk/join">{w.prove}</a>
      </p>
    </Notice>
  );
};

function Order({ onMade }: { onMade: (made: Made) => void }) {
  const w = deskWords.value.labels;
  const [gtin, setGtin] = useState("");
  const [model, setModel] = useState("");
  const [which, setWhich] = useState<"make" | "given">("make");
  const [count, setCount] = useState("12");
  const [given, setGiven] = useState("");
  const [form, setForm] = useState<Form>("sheet");
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isGtinWrong, setGtinWrong] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const most = form === "sheet" ? MOST_DRAWN : MOST;
  const serials = given
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

  const run = async (): Promise<void> => {
    setProblem(null);
    const isGtin = gtin14(gtin.trim()) !== null;
    setGtinWrong(!isGtin);
    const many = which === "make" ? Number(count) : serials.length;
    const isSound = Number.isInteger(many) && many >= 1 && many <= most;
    setFault(isSound ? null : which === "given" && many === 0 ? w.serialsFault : w.countFault(most));
    if (!isSound || !isGtin) return;
    setBusy(true);
    const body = { gtin: gtin.trim(), model: model.trim(), ...(which === "make" ? { count: many } : { serials }) };
    if (form === "sheet") {
      const answer = await ask<{ labels: Label[] }>("/labels", { method: "POST", body, key });
      if (answer.ok) onMade({ labels: answer.value.labels, model: body.model });
      else setProblem(answer.problem);
    } else {
      const headers = { Accept: FILES[form] };
      const answer = await ask<Blob>("/labels", { method: "POST", body, key, headers, as: "blob" });
      if (answer.ok) {
        saveFile(`labels-${body.gtin}.${form}`, answer.value);
        toast(w.saved);
        setKey(newKey());
      } else setProblem(answer.problem);
    }
    setBusy(false);
  };

  const isAt = (field: string): boolean => problem?.errors.some(({ path }) => path === field) ?? false;

  /** What is asked for anew needs a key of its own. */
  const change =
    <V,>(set: (value: V) => void) =>
    (value: V): void => {
      set(value);
      setKey(newKey());
    };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <TextField
        label={w.gtin}
        hint={w.gtinHint}
        value={gtin}
        onInput={(value) => {
          change(setGtin)(value);
          setGtinWrong(false);
          setProblem(null);
        }}
        inputMode="numeric"
        autocomplete="off"
        required
        error={isGtinWrong || isAt("gtin") ? w.gtinFault : problem?.code === "gtin-taken" ? w.gtinTaken : null}
      />
      <TextField label={w.model} hint={w.modelHint} value={model} onInput={change(setModel)} required maxLength={200} />
      <Choices
        legend={w.which}
        layout="rows"
        value={which}
        onChange={change(setWhich)}
        options={[
          { value: "make", label: w.make, hint: w.makeHint },
          { value: "given", label: w.given, hint: w.givenHint },
        ]}
      />
      {which === "make" ? (
        <TextField
          label={w.count}
          value={count}
          onInput={change(setCount)}
          inputMode="numeric"
          required
          error={fault}
        />
      ) : (
        <TextArea
          label={w.serials}
          value={given}
          onInput={change(setGiven)}
          rows={6}
          spellcheck={false}
          error={fault}
        />
      )}
      <Choices
        legend={w.form}
        layout="rows"
        value={form}
        onChange={setForm}
        options={[
          { value: "sheet", label: w.sheet, hint: w.sheetHint(MOST_DRAWN) },
          { value: "csv", label: w.csv, hint: w.fileHint },
          { value: "ndjson", label: w.ndjson, hint: w.fileHint },
        ]}
      />
      {problem && !isAt("gtin") && problem.code !== "gtin-taken" && <Refused problem={problem} />}
      <div class="line">
        <Button type="submit" tone="primary" busy={busy}>
          {w.submit}
        </Button>
      </div>
    </form>
  );
}

export default function Labels() {
  const w = deskWords.value.labels;
  const fresh = keptAt<{ made: Made | null }>("labels", { made: null });
  const [printed, setPrinted] = useState<Made | null>(null);
  const made = fresh.now.made ?? printed;
  return (
    <Frame title={w.title} lead={w.lead} wide={made !== null}>
      {!may("admin") ? (
        <Notice>
          <p>{deskWords.value.common.adminOnly}</p>
        </Notice>
      ) : made ? (
        <Drawn
          made={made}
          isPrinted={printed !== null}
          onPrinted={() => {
            setPrinted(made);
            fresh.drop();
          }}
          onAgain={() => {
            setPrinted(null);
            fresh.drop();
          }}
        />
      ) : (
        <Order onMade={(now) => fresh.put({ made: now })} />
      )}
    </Frame>
  );
}
