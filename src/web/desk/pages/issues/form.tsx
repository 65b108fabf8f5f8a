// A known issue, new or as it stands now: written first, then looked at as owners will read it, then sent.

import { useState } from "preact/hooks";
import { gtin14 } from "../../../../domain/gtin.ts";
import { ISSUE_STATUSES, type IssueStatus } from "../../../../domain/issue-status.ts";
import { Button } from "../../../ui/button.tsx";
import { Choices, TextArea, TextField } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { useAsking } from "../../api/use-asking.ts";
import type { KnownIssue } from "../../api/views.ts";
import { Discard } from "../../discard.tsx";
import { keptAt } from "../../kept.ts";
import { ProductField } from "../../product-field.tsx";
import { Trouble } from "../../trouble.tsx";
import { Reading, type Said } from "./reading.tsx";

const TITLE_CHARACTERS = 200;
const FIXED_IN_CHARACTERS = 120;
const TEXT_CHARACTERS = 4_000;

const orNull = (text: string): string | null => text.trim() || null;
const isSame = (said: Said, issue: KnownIssue): boolean =>
  said.title === issue.title &&
  said.status === issue.status &&
  said.fixedIn === issue.fixedIn &&
  said.text === issue.text;

type Props = { readonly issue: KnownIssue | null; readonly onDone: (issue: KnownIssue) => void };

export function IssueForm({ issue, onDone }: Props) {
  const w = deskWords.value.issues;
  const { issueStatus } = deskWords.value.common;
  const kept = keptAt(`issue ${issue?.id ?? "new"}`, {
    title: issue?.title ?? "",
    product: "",
    status: issue?.status ?? ("investigating" as IssueStatus),
    fixedIn: issue?.fixedIn ?? "",
    text: issue?.text ?? "",
  });
  const { title, product, status, fixedIn, text } = kept.now;
  const [looking, setLooking] = useState(false);
  const [fault, setFault] = useState<"product" | "same" | null>(null);
  const { busy, problem, run, clear } = useAsking();

  const mayBeFixed = status === "fixed" || status === "fix-planned";
  const said: Said = { title: title.trim(), status, fixedIn: mayBeFixed ? orNull(fixedIn) : null, text: orNull(text) };
  const of = issue ? issue.product : gtin14(product.trim());

  const look = (): void => {
    const wrong = issue === null && product.trim() !== "" && of === null ? "product" : null;
    const same = issue !== null && isSame(said, issue) ? "same" : null;
    setFault(wrong ?? same);
    setLooking(wrong === null && same === null);
    clear();
  };
  const send = async (): Promise<void> => {
    const { fixedIn: place, text: words, ...rest } = said;
    const fresh = {
      ...rest,
      ...(place && { fixedIn: place }),
      ...(words && { text: words }),
      ...(of && { product: of }),
    };
    const answer = issue
      ? await run<KnownIssue>(`/known-issues/${issue.id}`, { method: "PATCH", body: said })
      : await run<KnownIssue>("/known-issues", { method: "POST", body: fresh });
    if (!answer) return;
    kept.drop();
    onDone(answer.value);
  };

  if (looking) {
    return (
      <div class="stack">
        <p class="soft">
          {w.previewOf(of)} {issue && w.previewTold}
        </p>
        <Reading said={said} />
        <Trouble problem={problem} />
        <div class="line">
          <Button tone="primary" icon="send" busy={busy} onClick={() => void send()}>
            {issue ? w.send : w.publish}
          </Button>
          <Button onClick={() => setLooking(false)}>{w.back}</Button>
        </div>
      </div>
    );
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <TextField
        label={w.name}
        hint={w.nameHint}
        value={title}
        onInput={(now) => kept.put({ title: now })}
        required
        maxLength={TITLE_CHARACTERS}
      />
      {issue === null && (
        <ProductField
          label={w.product}
          hint={w.productHint}
          error={fault === "product" ? w.productFault : null}
          value={product}
          onInput={(now) => kept.put({ product: now })}
        />
      )}
      <Choices
        legend={w.status}
        value={status}
        onChange={(now) => kept.put({ status: now })}
        options={ISSUE_STATUSES.map((value) => ({ value, label: issueStatus[value] }))}
      />
      {mayBeFixed && (
        <TextField
          label={w.fixedIn}
          hint={w.fixedInHint}
          value={fixedIn}
          onInput={(now) => kept.put({ fixedIn: now })}
          maxLength={FIXED_IN_CHARACTERS}
        />
      )}
      <TextArea
        label={w.text}
        hint={w.textHint}
        value={text}
        onInput={(now) => kept.put({ text: now })}
        rows={5}
        maxLength={TEXT_CHARACTERS}
        dir="auto"
      />
      {fault === "same" && (
        <p class="soft" role="status">
          {w.unchanged}
        </p>
      )}
      <div class="line">
        <Button type="submit" tone="primary">
          {w.look}
        </Button>
        <Discard kept={kept} onDiscard={() => setFault(null)} />
      </div>
    </form>
  );
}
