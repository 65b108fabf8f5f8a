// The thing at a glance: what it is, how many had it, what its maker stated, and what those who worked on it counted.

import type { CountFinding } from "../../domain/record/verify.ts";
import { Mark } from "../ui/notice.tsx";
import { Facts } from "../ui/layout.tsx";
import { wholeDay } from "../words/format.ts";
import { showWords } from "../words/show/words.ts";
import { makerName } from "./maker-name.ts";
import { companyName, type Shown } from "./shown.ts";
import { warrantyOf } from "./warranty.ts";

const Counted = ({ count: { by, stated, asOf, found, short }, shown }: { count: CountFinding; shown: Shown }) => {
  const w = showWords.value.facts;
  const who = by.role === "maker" ? companyName(shown.opened, by.maker) : w.channel;
  return (
    <li>
      {w.count(who, stated, wholeDay(asOf), found)}
      {short && (
        <>
          {" "}
          <Mark tone="bad">{w.short}</Mark>
        </>
      )}
    </li>
  );
};

function warrantyWords(shown: Shown): string {
  const w = showWords.value.facts;
  const { stated, corrected, unread } = warrantyOf(shown);
  if (stated === null) return w.noWarranty[unread ? "unread" : corrected ? "corrected" : "none"];
  const { until, by, recordedOn } = stated;
  return w.warrantyText(wholeDay(until), companyName(shown.opened, by), wholeDay(recordedOn), unread);
}

export function AtAGlance({ shown }: { shown: Shown }) {
  const w = showWords.value.facts;
  const { opened, findings } = shown;
  const { name, model, gtin } = opened.product;
  /** Nobody signed what a thing is called. */
  const typed = (what: string) => (
    <>
      <bdi>{what}</bdi>
      {findings.claim !== "label" && `, ${w.typed}`}
    </>
  );
  const maker = makerName(shown);
  const began = opened.entries.filter(({ opens }) => opens !== undefined);
  return (
    <section class="section" aria-labelledby="glance">
      <h2 id="glance">{w.title}</h2>
      <Facts
        items={[
          [w.product, typed(name)],
          ...(model !== null && model !== name ? [[w.model, typed(model)] as const] : []),
          ...(maker === null ? [] : [[w.maker, maker] as const]),
          ...(gtin === null ? [] : [[w.gtin, gtin] as const]),
          [
            w.owners,
            <ol key="owners">
              {began.map(({ recordedOn, seq }, at) => (
                <li key={seq}>{w.ownerFrom(at + 1, wholeDay(recordedOn))}</li>
              ))}
            </ol>,
          ],
          [w.warranty, warrantyWords(shown)],
          [
            w.counts,
            findings.counts.length === 0 ? (
              w.noCounts
            ) : (
              <ul key="counts">
                {findings.counts.map((count, at) => (
                  <Counted key={at} count={count} shown={shown} />
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </section>
  );
}
