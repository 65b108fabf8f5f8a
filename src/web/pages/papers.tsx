// A thing's papers: receipts, warranty and its reminder, where it comes from, its serial. Its owner's alone, and never told to a company.

import { useRef, useState } from "preact/hooks";
import { online } from "../store/queue.ts";
import { faceOf, mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Choices, Select, TextArea, TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Section } from "../ui/layout.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { toast } from "../ui/say.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { OfThing } from "./of-thing.tsx";
import "./papers.css";
import { useDesk, type Conflict, type Desk } from "./papers/desk.ts";
import { Files } from "./papers/files.tsx";
import type { Field, Fields, Form } from "./papers/form.ts";
import { formOf } from "./papers/form.ts";
import { WarrantyMark } from "./papers/warranty.tsx";

const WORDS_CHARACTERS = 200;
const REMARKS_CHARACTERS = 8_000;
const REMINDERS = [0, 7, 14, 30, 60, 90] as const;

export default function PapersPage() {
  return <OfThing>{(thing) => <Papers thing={thing} />}</OfThing>;
}

function Papers({ thing }: { thing: Thing }) {
  const w = words.value.papers;
  const { id, view } = thing;
  const mine = mayIn(thing, "owner");
  return (
    <Page
      title={w.title}
      back={`/t/${id}`}
      eyebrow={<bdi>{view.product.name}</bdi>}
      start={<Emblem id={faceOf(id)} size={52} />}
    >
      {mine ? <Open thing={thing} /> : <Empty title={w.ownerOnly} />}
    </Page>
  );
}

function Open({ thing }: { thing: Thing }) {
  const w = words.value.papers;
  const desk = useDesk(thing.id);
  const { form, seen, problem, conflict } = desk;
  if (!desk.open || (seen === null && !desk.dirty && problem === null)) return <Loading />;
  const isOffline = problem?.code === "offline" || !online.value;
  return (
    <>
      <div class="stack-tight warranty">
        {form.warrantyUntil !== "" && <WarrantyMark until={form.warrantyUntil} />}
        <p class="small soft privacy">
          <Icon name="lock" size={18} />
          <span>{w.privacy}</span>
        </p>
      </div>
      {isOffline && (
        <Notice tone="wait" fresh>
          <p>{w.offline}</p>
          <p>{seen === null ? w.neverSeen : w.lastSeen}</p>
        </Notice>
      )}
      {problem && problem.code !== "offline" && <Failed problem={problem} again={() => void desk.read()} />}
      {conflict ? <Both conflict={conflict} desk={desk} /> : <Sheets thing={thing} desk={desk} />}
    </>
  );
}

/** Only http and https: another scheme would run in the page that shows it. */
const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

function Sheets({ thing, desk }: { thing: Thing; desk: Desk }) {
  const w = words.value.papers;
  const { form, change } = desk;
  const [wrongLink, setWrongLink] = useState(false);
  const linkField = useRef<HTMLInputElement>(null);
  const set =
    <F extends Field>(field: F) =>
    (value: Fields[F]): void =>
      change((before) => ({ ...before, [field]: value }));
  const link = form.manualUrl.trim();

  async function save(): Promise<void> {
    if (link !== "" && !isWebAddress(link)) {
      setWrongLink(true);
      return linkField.current?.focus();
    }
    const result = await desk.save();
    if (result === "saved") toast(w.saved);
    if (result === "merged") toast(w.conflict.merged);
    // Why not, and what to choose, stands at the head of the page.
    if (result === "failed" || result === "conflict") scrollTo({ top: 0 });
  }

  return (
    <form
      class="main papers-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title={w.files.title}>
        {form.files.length === 0 && <p class="soft">{w.empty}</p>}
        <Files
          twin={thing.id}
          files={form.files}
          change={(to) => change((before) => ({ ...before, files: to(before.files) }))}
        />
      </Section>
      <Section title={w.warranty.title}>
        <TextField
          label={w.warranty.until}
          hint={w.warranty.untilHint}
          type="date"
          value={form.warrantyUntil}
          onInput={set("warrantyUntil")}
        />
        {form.warrantyUntil !== "" && (
          <>
            <Select
              label={w.warranty.remind}
              hint={w.warranty.remindHint}
              value={String(form.remindDays)}
              options={[...new Set<number>([...REMINDERS, form.remindDays])]
                .toSorted((a, b) => a - b)
                .map((days) => ({
                  value: String(days),
                  label: days === 0 ? w.warranty.remindOn : w.warranty.remindBefore(days),
                }))}
              onChange={(days) => set("remindDays")(Number(days))}
            />
            <p class="small">
              <a href={`/t/${thing.id}/manage`}>{w.warranty.tellMe}</a>
            </p>
          </>
        )}
      </Section>
      <Section title={w.bought.title}>
        <TextField label={w.bought.on} type="date" value={form.boughtOn} onInput={set("boughtOn")} />
        <TextField
          label={w.bought.at}
          hint={w.bought.atHint}
          value={form.boughtAt}
          maxLength={WORDS_CHARACTERS}
          onInput={set("boughtAt")}
        />
        <TextField
          label={w.bought.price}
          hint={w.bought.priceHint}
          value={form.price}
          maxLength={WORDS_CHARACTERS}
          onInput={set("price")}
        />
      </Section>
      <Serial thing={thing} value={form.serial} onInput={set("serial")} />
      <Section title={w.manual.title}>
        <TextField
          label={w.manual.label}
          hint={w.manual.hint}
          error={wrongLink ? w.manual.wrong : null}
          type="url"
          inputRef={linkField}
          inputMode="url"
          value={form.manualUrl}
          onInput={(value) => {
            setWrongLink(false);
            set("manualUrl")(value);
          }}
        />
        {isWebAddress(link) && (
          <p>
            <a href={link} target="_blank" rel="noopener noreferrer external">
              {w.manual.open}
            </a>
          </p>
        )}
      </Section>
      <Section title={w.remarks.title}>
        <TextArea
          label={w.remarks.label}
          hint={w.remarks.hint}
          value={form.remarks}
          maxLength={REMARKS_CHARACTERS}
          onInput={set("remarks")}
        />
      </Section>
      <Foot desk={desk} />
    </form>
  );
}

function Serial({ thing, value, onInput }: { thing: Thing; value: string; onInput: (value: string) => void }) {
  const w = words.value.papers.serial;
  const { product, proof } = thing.view;
  const proven = proof === "label" && product.serial !== null;
  return (
    <Section title={w.title}>
      {proven && (
        <div class="stack-tight">
          <p class="mono serial" dir="ltr">
            {product.serial}
          </p>
          <Mark tone="good">{w.proven}</Mark>
        </div>
      )}
      {(!proven || value !== "") && (
        <TextField
          label={w.label}
          hint={
            <>
              {w.typed} {!proven && product.serial !== null && value === "" && w.fromAdding(product.serial)}
            </>
          }
          value={value}
          autocapitalize="characters"
          spellcheck={false}
          maxLength={WORDS_CHARACTERS}
          onInput={onInput}
        />
      )}
    </Section>
  );
}

function Foot({ desk }: { desk: Desk }) {
  const w = words.value.papers;
  const { saving, dirty, seen } = desk;
  if (!dirty) {
    return seen?.papers.updatedAt ? (
      <div class="line">
        <Mark tone="good">{w.savedOn}</Mark>
      </div>
    ) : null;
  }
  return (
    <div class="thumb-bar save-bar stack-tight">
      <p class="small soft" role="status">
        {saving && saving.of > 0 ? w.saving(saving.done, saving.of) : w.unsaved}
      </p>
      <div class="line apart">
        <Button tone="primary" type="submit" busy={saving !== null}>
          {w.save}
        </Button>
        <Button tone="quiet" onClick={desk.undo}>
          {w.undo}
        </Button>
      </div>
    </div>
  );
}

/** What this device and another wrote against each other; the rest was put together already. */
function Both({ conflict, desk }: { conflict: Conflict; desk: Desk }) {
  const w = words.value.papers;
  const there = formOf(conflict.there.papers);
  const [chosen, setChosen] = useState<Readonly<Partial<Record<Field, "here" | "there">>>>({});
  const complete = conflict.fields.every((field) => chosen[field] !== undefined);
  const names: { readonly [field in Field]: string } = {
    boughtOn: w.bought.on,
    boughtAt: w.bought.at,
    price: w.bought.price,
    serial: w.serial.label,
    warrantyUntil: w.warranty.until,
    remindDays: w.warranty.remind,
    manualUrl: w.manual.label,
    remarks: w.remarks.label,
  };
  const shown = (form: Form, field: Field): string => {
    const value = form[field];
    if (typeof value === "number") return value === 0 ? w.warranty.remindOn : w.warranty.remindBefore(value);
    if (value === "") return w.conflict.nothing;
    return field === "boughtOn" || field === "warrantyUntil" ? day(value) : value;
  };
  async function settle(): Promise<void> {
    const picked = Object.fromEntries(
      conflict.fields.filter((field) => chosen[field] === "there").map((field) => [field, there[field]]),
    );
    if ((await desk.settle({ ...conflict.merged, ...picked })) === "saved") toast(w.saved);
  }
  return (
    <>
      <Notice tone="wait" title={w.conflict.title} fresh>
        <p>{w.conflict.text}</p>
      </Notice>
      {conflict.fields.map((field) => (
        <Choices
          key={field}
          legend={names[field]}
          layout="rows"
          value={chosen[field] ?? null}
          options={[
            { value: "here", label: w.conflict.here(shown(conflict.merged, field)) },
            { value: "there", label: w.conflict.there(shown(there, field)) },
          ]}
          onChange={(side) => setChosen((before) => ({ ...before, [field]: side }))}
        />
      ))}
      {complete && (
        <div class="thumb-bar">
          <Button tone="primary" whole busy={desk.saving !== null} onClick={() => void settle()}>
            {w.conflict.save}
          </Button>
        </div>
      )}
    </>
  );
}
