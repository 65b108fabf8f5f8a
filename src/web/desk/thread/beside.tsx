// What stands beside a conversation: the agreement in force and what it lets the company do, in plain words, and the thing it is about.

import { useState } from "preact/hooks";
import { Facts } from "../../ui/layout.tsx";
import { When } from "../../ui/when.tsx";
import { all, moment } from "../../words/format.ts";
import { deskWords } from "../../words/desk/words.ts";
import type { ThreadDetail } from "../api/views.ts";
import { session } from "../session.ts";

const CHECK_CHARACTERS = 10;
const WIDE = "(min-width: 75rem), (min-width: 44rem) and (max-width: 59.99rem)";

type Terms = ThreadDetail["agreement"];

/** What is permitted beyond reading and answering, and what is not, each as the end of "You may" and "You may not". */
function meaningOf({ permits, obliges }: Terms): { may: string[]; must: string[]; mayNot: string[] } {
  const w = deskWords.value.thread.terms;
  const has = (use: Terms["permits"][number]): boolean => permits.includes(use);
  return {
    may: [w.answer, ...permits.map((use) => w.permits[use])],
    must: obliges.includes("data-portability") ? [w.copy] : [],
    mayNot: [
      ...(has("analytics") ? [] : [w.not.analytics]),
      ...(has("tracking") ? [] : [w.not.tracking]),
      ...(has("profiling") ? [] : [w.not.profiling]),
      has("anonymised-third-party-sharing") ? w.not.passingAsIs : w.not.passing,
      ...(has("intent-casting") ? [] : [w.not.marketing]),
      ...(has("ai-training-and-operation") ? [] : [w.not.ai]),
      ...(has("public-good") ? [] : [w.not.publish]),
    ],
  };
}

const Lines = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );

export function Beside({ thread }: { thread: ThreadDetail }) {
  const w = deskWords.value.thread;
  const { agreement, product, note, readReceipt } = thread;
  const { may, must, mayNot } = meaningOf(agreement);
  // Beside the conversation there is room for all of it; above it, on a phone, for its name.
  const [isWide] = useState(() => matchMedia(WIDE).matches);
  const mayFollow = agreement.permits.includes("tracking");
  const facts: (readonly [string, string])[] = [];
  if (product.model !== null) facts.push([w.model, product.model]);
  if (product.gtin !== null) facts.push([w.gtin, product.gtin]);
  if (note.serial !== null) facts.push([w.serial, note.serial]);
  return (
    <aside class="beside" aria-label={w.terms.title}>
      <details class="terms-in-force" open={isWide}>
        <summary>
          <h2>{w.terms.title}</h2>
          <span class="mono">{agreement.terms}</span>
          <span class="in-short">
            {w.terms.may} {all(may)}.
          </span>
        </summary>
        <div class="meaning">
          <Lines title={w.terms.may} lines={may} />
          <Lines title={w.terms.must} lines={must} />
          <Lines title={w.terms.mayNot} lines={mayNot} />
          <details>
            <summary>{w.terms.told}</summary>
            <p>{w.terms.plain(agreement.terms, session.value?.name ?? "")}</p>
          </details>
          <p title={w.terms.checkHint}>
            <span class="soft">{w.terms.check}</span>{" "}
            <span class="mono" dir="ltr">
              {agreement.recordDigest.slice(0, CHECK_CHARACTERS)}
            </span>
          </p>
          <Facts
            items={[
              [w.sent, <When key="sent" at={note.sentAt} style="moment" />],
              ...facts.map(([term, value]) => [term, <bdi key={term}>{value}</bdi>] as const),
            ]}
          />
        </div>
      </details>
      {readReceipt !== null ? (
        <p class="receipt" title={moment(readReceipt.at)}>
          {w.receipt.read(moment(readReceipt.at))}
        </p>
      ) : (
        mayFollow && thread.firstReplyAt !== null && <p class="receipt soft">{w.receipt.unread}</p>
      )}
    </aside>
  );
}
