// Somebody accepted: their four words are typed as they read them aloud, and the owner lets go. This page never has the words itself.

import { useRef, useState } from "preact/hooks";
import type { Offer } from "../api/views.ts";
import { wordBegun } from "../keys/word-list.ts";
import { useDoing } from "../pages/doing.ts";
import { agreementsOf } from "../store/agreements.ts";
import { companyName } from "../store/makers.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { ago } from "../words/format.ts";
import { words } from "../words/words.ts";
import { OwnCopy } from "./copy.tsx";
import type { Goodbye } from "./gone.tsx";
import { letGo, partWith, type Kept } from "./offered.ts";

const WORDS = 4;

type Fault =
  | { readonly kind: "count"; readonly have: number }
  | { readonly kind: "unknown"; readonly at: number; readonly word: string };
type Read = { readonly ok: true; readonly words: string } | { readonly ok: false; readonly fault: Fault };

/** What was typed as four words of the list. A word that is none costs no try: few are given. */
function readFour(typed: string): Read {
  const each = typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  if (each.length !== WORDS) return { ok: false, fault: { kind: "count", have: each.length } };
  const meant = each.map(wordBegun);
  const at = meant.indexOf(null);
  return at === -1
    ? { ok: true, words: meant.join(" ") }
    : { ok: false, fault: { kind: "unknown", at: at + 1, word: each[at]! } };
}

type Props = {
  readonly thing: Thing;
  readonly offer: Offer;
  readonly kept: Kept;
  readonly look: () => Promise<unknown>;
  readonly onWrong: () => void;
  readonly onGone: (goodbye: Goodbye) => void;
};

export function Release({ thing, offer, kept, look, onWrong, onGone }: Props) {
  const w = words.value.handover.release;
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useDoing();

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const read = readFour(typed);
    setFault(
      read.ok
        ? null
        : read.fault.kind === "count"
          ? w.count(read.fault.have)
          : w.unknown(read.fault.at, read.fault.word),
    );
    if (!read.ok) return input.current?.focus();
    const told = agreementsOf(thing.id).some(({ state }) => state === "accepted");
    const goodbye: Goodbye = {
      name: thing.view.product.name,
      company: told ? companyName(thing) : null,
      copied: kept.copy !== null,
      at: new Date().toISOString(),
    };
    const gone = await run(async () => {
      const answer = await letGo(thing.id, read.words, goodbye);
      if (!answer.ok && answer.problem.code === "wrong-words") onWrong();
      return answer;
    });
    if (!gone) return void (await look());
    onGone(goodbye);
    await partWith(thing.id, goodbye);
  };
  const refused = problem === null ? null : refusedWords(problem.code);
  return (
    <>
      <Notice tone="news" title={w.title} fresh>
        <p>{w.text(ago(offer.acceptedAt ?? offer.createdAt))}</p>
      </Notice>
      {!kept.copy && <OwnCopy thing={thing} kept={kept} />}
      <form class="card four" onSubmit={(event) => void submit(event)}>
        <TextField
          label={w.label}
          hint={w.hint}
          error={fault ?? refused}
          value={typed}
          onInput={setTyped}
          inputRef={input}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
        {problem && refused === null && <Failed problem={problem} />}
        <p class="strong">{w.paid}</p>
        <Button type="submit" tone="primary" whole busy={busy}>
          {w.go}
        </Button>
      </form>
    </>
  );
}

/** What the server's no means here; null where it is a no like any other. */
function refusedWords(code: string): string | null {
  const w = words.value.handover.release;
  switch (code) {
    case "wrong-words":
      return w.wrong;
    case "head-changed":
      return w.changed;
    case "alert-stands":
      return w.alert;
    default:
      return null;
  }
}
