// All notes of all things, by their words, kind, state and thing. From this device alone; what is looked for never leaves it, nor stands in the address.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { companyName } from "../store/makers.ts";
import { allNotes, type LocalNote } from "../store/notes.ts";
import { faceOf, thingOf, things, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Select, TextField } from "../ui/field.tsx";
import { List, Row } from "../ui/layout.tsx";
import { Mark } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { When } from "../ui/when.tsx";
import { words } from "../words/words.ts";
import { KINDS, type Kind } from "./notes/kinds.ts";
import { GROUPS, isOf, stands, type Group } from "./notes/stands.ts";
import { isIn, passages, wordsAsked } from "./search/find.ts";
import "./search.css";

const SHOWN = 30;

type Asked = {
  readonly text: string;
  readonly kind: Kind | "all";
  readonly group: Group | "all";
  readonly twin: string;
};
const NOTHING: Asked = { text: "", kind: "all", group: "all", twin: "all" };

/** Kept while the app is open, so that the way back from a note leads to what was found. */
const asked = signal<Asked>(NOTHING);
const shown = signal(SHOWN);

const ask = (change: Partial<Asked>): void => {
  asked.value = { ...asked.value, ...change };
  shown.value = SHOWN;
};
const isNothing = ({ text, kind, group, twin }: Asked): boolean =>
  wordsAsked(text).length === 0 && kind === "all" && group === "all" && twin === "all";

type Text = { readonly by: string | null; readonly text: string };

/** All that is written in a note: by its owner, and by the company under it. */
const textsOf = (note: LocalNote): readonly Text[] => [
  ...(note.title === null ? [] : [{ by: null, text: note.title }]),
  ...(note.text === null ? [] : [{ by: null, text: note.text }]),
  ...note.messages.map(({ from, maker, text }) => ({ by: from === "maker" ? maker : null, text })),
];

function found(): readonly LocalNote[] {
  const { text, kind, group, twin } = asked.value;
  const wanted = wordsAsked(text);
  return allNotes().filter(
    (note) =>
      (kind === "all" || note.kind === kind) &&
      (twin === "all" || note.twin === twin) &&
      (group === "all" || isOf(note, group)) &&
      isIn(
        textsOf(note).map((one) => one.text),
        wanted,
      ),
  );
}

export default function Search() {
  const { search } = words.value.home;
  if (allNotes().length === 0) {
    return (
      <Page title={search.title} back="/">
        <Empty title={search.empty}>{search.emptyText}</Empty>
      </Page>
    );
  }
  const notes = found();
  return (
    <Page title={search.title} back="/">
      <Asking />
      <p role="status" class="soft">
        {isNothing(asked.value) ? search.count(notes.length) : search.found(notes.length)}
      </p>
      {notes.length === 0 ? (
        <Empty title={search.none} action={<Button onClick={() => ask(NOTHING)}>{search.clear}</Button>}>
          {search.noneText}
        </Empty>
      ) : (
        <List label={search.results}>
          {notes.slice(0, shown.value).map((note) => (
            <Found key={note.id} note={note} />
          ))}
        </List>
      )}
      {notes.length > shown.value && (
        <Button whole onClick={() => (shown.value += SHOWN)}>
          {search.more}
        </Button>
      )}
    </Page>
  );
}

function Asking() {
  const { search } = words.value.home;
  const { kinds, thing } = words.value.thread;
  const { text, kind, group, twin } = asked.value;
  // A thing that was taken off this device can't be chosen any more.
  useEffect(() => {
    if (twin !== "all" && !thingOf(twin)) ask({ twin: "all" });
  }, [twin]);
  const every = { value: "all", label: search.every } as const;
  return (
    <form class="stack" role="search" onSubmit={(event) => event.preventDefault()}>
      <TextField
        type="search"
        label={search.label}
        hint={search.hint}
        value={text}
        onInput={(value) => ask({ text: value })}
        autocomplete="off"
        enterKeyHint="search"
        maxLength={200}
      />
      <div class="narrow">
        <Select
          label={search.thing}
          value={twin}
          options={[every, ...things.value.map(({ id, view }) => ({ value: id, label: view.product.name }))]}
          onChange={(value) => ask({ twin: value })}
        />
        <Select<Group | "all">
          label={search.state}
          value={group}
          options={[every, ...GROUPS.map((value) => ({ value, label: thing.states[value] }))]}
          onChange={(value) => ask({ group: value })}
        />
        <Select<Kind | "all">
          label={search.kind}
          value={kind}
          options={[every, ...KINDS.map((value) => ({ value, label: kinds[value] }))]}
          onChange={(value) => ask({ kind: value })}
        />
      </div>
    </form>
  );
}

function Found({ note }: { note: LocalNote }) {
  const thing = thingOf(note.twin);
  if (!thing) return null;
  const { kinds } = words.value.thread;
  const { tone, text } = stands(note, thing);
  return (
    <Row
      href={`/t/${note.twin}/n/${note.id}`}
      start={<Emblem id={faceOf(note.twin)} size={40} />}
      title={<Passage note={note} thing={thing} />}
      detail={
        <>
          {kinds[note.kind]} · {thing.view.product.name} · <When at={note.createdAt} />
        </>
      }
      mark={<Mark tone={tone}>{text}</Mark>}
    />
  );
}

/** The passage of the first text in which any of the words stands, else how the note begins. */
function Passage({ note, thing }: { note: LocalNote; thing: Thing }) {
  const { search } = words.value.home;
  const wanted = wordsAsked(asked.value.text);
  const texts = textsOf(note);
  const best = texts.find(({ text }) => wanted.some((word) => isIn([text], [word]))) ?? texts[0];
  if (!best) return <span class="soft">{words.value.thread.stands.retracted}</span>;
  return (
    <span class="passage" dir="auto">
      {best.by !== null && <span class="news-words">{search.answer(companyName(thing))} </span>}
      {passages(best.text, wanted).map(({ text, isFound }, at) => (isFound ? <mark key={at}>{text}</mark> : text))}
    </span>
  );
}
