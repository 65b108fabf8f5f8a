// What an agreement lets a company do and what not, as `permits` answers it, and who holds the company to that.

import type { ComponentChildren } from "preact";
import type { Maker } from "../api/views.ts";
import { heldBy, permits, type Action, type AgreementInForce } from "../../domain/terms/permits.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import { Section } from "../ui/layout.tsx";
import { words } from "../words/words.ts";
import { Lines } from "./lines.tsx";

/** The agreement in question, as if it were in force; `gifts` are the contributions that are. */
type Question = {
  readonly code: RosterCode;
  readonly company: string;
  readonly labelled: boolean;
  readonly gifts: readonly RosterCode[];
};

const ASKED = [
  "relay-note",
  "service-message",
  "safety-notice",
  "analytics",
  "read-receipt",
  "profiling",
  "anonymised-third-party-sharing",
  "third-party-sharing",
  "marketing",
  "company-ai",
  "publish",
] as const satisfies readonly Action[];

/** What a gift of its own is for stands at the gift: here it would say too little or too much. */
const GIVEN_BY: Partial<Record<Action, RosterCode>> = {
  marketing: "PDC-INTENT",
  "company-ai": "PDC-AI",
  publish: "PDC-GOOD",
};

/** What to ask `permits` with of terms as such. */
export const inForce = (code: RosterCode): AgreementInForce[] => [
  { id: "agr_" as AgreementInForce["id"], code, kind: "relationship" },
];

const grants = ({ code, labelled }: Question, action: Action): boolean => permits(inForce(code), action, { labelled });

/** It may, it must, it may not. */
export function Meaning({ title, children, ...question }: Question & { title: string; children?: ComponentChildren }) {
  const w = words.value.terms.meaning;
  const asked = ASKED.filter((action) => !question.gifts.includes(GIVEN_BY[action]!));
  const said = (action: Action, granted: boolean): string => {
    const { yes, no } = w.actions[action as keyof typeof w.actions];
    return granted ? yes : no;
  };
  const lines = (granted: boolean): string[] =>
    asked
      .filter((action) => grants(question, action) === granted)
      .map((action) => said(action, granted))
      .filter((line) => line !== "");
  return (
    <Section title={title}>
      <div class="meaning">
        <Lines title={w.may} icon="check" tone="may" lines={lines(true)} />
        <Lines
          title={w.must}
          icon="copy"
          tone="must"
          lines={grants(question, "receive-copy") ? [said("receive-copy", true)] : []}
        />
        <Lines title={w.mayNot} icon="close" tone="may-not" lines={lines(false)} />
      </div>
      {children}
    </Section>
  );
}

/** The two who hold a company to it, told apart: this software here, and beyond it nothing but a signature. */
export function HeldBy({ maker, signed, ...question }: Question & { maker: Maker | undefined; signed: boolean }) {
  const w = words.value.terms.held;
  const { company } = question;
  const not = (action: Action): boolean => heldBy(action) !== "signature" && !grants(question, action);
  const here = [
    w.code.gate(company),
    w.code.withheld(company),
    w.code.reach(company),
    ...(not("read-receipt") ? [w.code.receipts(company)] : []),
    ...(not("analytics") ? [w.code.analytics(company)] : []),
    ...(not("profiling") ? [w.code.profiling(company)] : []),
    ...(not("marketing") && !question.gifts.includes("PDC-INTENT") ? [w.code.marketing(company)] : []),
    ...(question.labelled ? [w.code.safety] : []),
  ];
  const there = [
    grants(question, "analytics") ? w.signature.counted : w.signature.analytics,
    ...(grants(question, "profiling") ? [] : [w.signature.profiling]),
    grants(question, "anonymised-third-party-sharing") ? w.signature.anonymised : w.signature.passing,
    ...(question.gifts.includes("PDC-AI") ? [] : [w.signature.ai]),
    ...(grants(question, "receive-copy") ? [w.signature.copy] : []),
    w.signature.end,
  ];
  return (
    <Section title={w.title}>
      <div class="holders">
        <div class="holder by-code">
          <h3>{w.code.title}</h3>
          <p class="soft">{w.code.lead}</p>
          <ul>
            {here.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div class="holder by-signature">
          <h3>{w.signature.title(company)}</h3>
          <p class="soft">{signed ? w.signature.lead(company) : w.signature.leadWould(company)}</p>
          <ul>
            {there.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {signed && <p class="soft">{w.signature.proof}</p>}
        </div>
      </div>
      {maker?.joined && (
        <p class="small soft">
          {maker.processors.length > 0 ? w.processors(company, maker.processors) : w.noProcessors(company)}
        </p>
      )}
      <p class="small soft">{w.operator}</p>
    </Section>
  );
}
