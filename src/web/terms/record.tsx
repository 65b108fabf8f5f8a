// The record of one agreement as both sides keep it: its check code, what was signed and when, and the file itself.

import type { Agreement, Maker } from "../api/views.ts";
import type { EndObligation } from "../../domain/terms/obligations.ts";
import { ROSTER, ROSTER_URL } from "../../domain/terms/roster.ts";
import { isHere } from "../store/makers.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Facts, Section } from "../ui/layout.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { saveFile } from "../ui/save-file.ts";
import { toast } from "../ui/say.tsx";
import { When } from "../ui/when.tsx";
import { words } from "../words/words.ts";
import { Said } from "./counter.tsx";
import { useRecord, type CheckedRecord } from "./record-bytes.ts";

type Props = {
  readonly thing: Thing;
  readonly agreement: Agreement;
  readonly company: string;
  readonly maker: Maker | undefined;
};

/** In groups, as people read a code to each other. */
const GROUP = /.{1,5}/g;

/** To a screen reader each character by itself: read as a word it would tell nothing. */
export function CheckCode({ code }: { code: string }) {
  return (
    <p class="check-code" dir="ltr">
      <span class="unseen">{words.value.terms.record.spoken(code.split("").join(" "))}</span>
      <span aria-hidden="true">{code.match(GROUP)?.join(" ")}</span>
    </p>
  );
}

export function RecordOf({ thing, agreement, company, maker }: Props) {
  const w = words.value.terms.record;
  const { record, again } = useRecord(thing, agreement);
  async function download(): Promise<void> {
    const found = record.kind === "checked" ? record : await again();
    if (found.kind !== "checked") return;
    saveFile(w.file(agreement.checkCode), new Blob([found.bytes], { type: "application/json" }));
    toast(w.saved);
  }
  const alone = maker !== undefined && !isHere(maker);
  return (
    <div class="stack">
      <div class="code-block">
        <h3>{w.code}</h3>
        <CheckCode code={agreement.checkCode} />
        {!alone && <p class="soft">{w.read(company)}</p>}
        <Mark tone={alone ? "calm" : agreement.acknowledged ? "good" : "wait"}>
          {alone ? w.waits(company) : agreement.acknowledged ? w.inStep(company) : w.notInStep(company)}
        </Mark>
        <Checked record={record} />
      </div>
      <div class="stack-tight">
        <h3>{w.history}</h3>
        <History agreement={agreement} company={company} record={record} />
      </div>
      <div class="line">
        <Button icon="download" onClick={() => void download()}>
          {w.download}
        </Button>
      </div>
    </div>
  );
}

function Checked({ record }: { record: CheckedRecord }) {
  const w = words.value.terms.record;
  switch (record.kind) {
    case "asking":
      return null;
    case "checked":
      return <Mark tone="good">{w.verified}</Mark>;
    case "none":
      return <Mark tone="calm">{w.offline}</Mark>;
    case "wrong":
      return (
        <Notice tone="bad" fresh>
          <p>{w.wrong}</p>
        </Notice>
      );
  }
}

/** What happened, oldest first, each step with who signed it. */
function History({ agreement, company, record }: { agreement: Agreement; company: string; record: CheckedRecord }) {
  const w = words.value.terms.record;
  const { preferred, alternates, decision, counter, terms, createdAt, events, state } = agreement;
  const declined = counter !== null && terms === null && state === "refused";
  const confirmed = counter !== null && terms === counter;
  const signedBy = (side: "first" | "second"): string => (side === "first" ? w.signed.first : w.signed.second(company));
  return (
    <ol class="history">
      <li>
        <p>{w.events.proffered(preferred, alternates)}</p>
        <Stamp at={createdAt} by={w.signed.first} />
      </li>
      {decision && (
        <li>
          <p>
            {decision.decision === "refused"
              ? w.events.refused(company)
              : w.events[decision.decision](company, decision.chosen ?? preferred)}
          </p>
          <Stamp
            at={decision.decidedAt}
            by={`${w.signed.second(company)}, ${decision.decidedBy === "policy" ? w.byPolicy : w.byHuman}`}
          />
          {decision.reason !== null && decision.decidedBy === "human" && (
            <Said company={company} text={decision.reason} />
          )}
        </li>
      )}
      {(confirmed || declined) && (
        <li>
          <p>{confirmed ? w.events.confirmed(counter) : w.events.declined}</p>
          <Stamp at={record.kind === "checked" ? record.confirmedAt : null} by={w.signed.first} />
        </li>
      )}
      {events.map(({ body, ack, signature }) => {
        const { kind, by, at, reason, obligations } = body;
        const said = w.events[kind as keyof typeof w.events] as typeof w.events.terminated | string;
        const text = typeof said === "string" ? said : by === "first" ? said.first : said.second(company);
        return (
          <li key={signature}>
            <p>{text}</p>
            <Stamp at={at} by={`${signedBy(by)} ${ack ? w.acked : `(${w.notAcked})`}`} />
            {by === "second" && reason !== null && <Said company={company} text={reason} />}
            {obligations.length > 0 && kind !== "superseded" && (
              <Duties duties={obligations as readonly EndObligation[]} company={company} title={w.duties(company)} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

const Stamp = ({ at, by }: { at: string | null; by: string }) => (
  <p class="small soft">
    {at !== null && (
      <>
        <When at={at} style="moment" />
        {" · "}
      </>
    )}
    {by}
  </p>
);

/** What the company must do once it has ended. */
export const Duties = ({
  duties,
  company,
  title,
}: {
  duties: readonly EndObligation[];
  company: string;
  title: string;
}) => (
  <div class="duties">
    <p class="duties-title">{title}</p>
    <ul>
      {duties.map((duty) => (
        <li key={`${duty.duty} ${duty.what}`}>{words.value.terms.end.duty(duty, company)}</li>
      ))}
    </ul>
  </div>
);

/** The agreement's code, its roster, and that its legal text is not here. */
export function Contract({ agreement }: { agreement: Agreement }) {
  const w = words.value.terms.contract;
  const code = agreement.terms ?? agreement.counter ?? agreement.preferred;
  return (
    <Section title={w.title}>
      <Facts
        items={[
          [w.code, <span class="mono">{code}</span>],
          [
            w.roster,
            <a href={ROSTER_URL} rel="noopener noreferrer external" target="_blank" dir="ltr">
              {ROSTER_URL}
            </a>,
          ],
        ]}
      />
      <p>{w.notLoaded}</p>
      <p class="mono small soft digest" dir="ltr">
        {ROSTER[code].digest}
      </p>
      <p class="small soft">{w.basis}</p>
    </Section>
  );
}
