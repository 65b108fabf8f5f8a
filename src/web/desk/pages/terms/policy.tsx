// The policy: a standing answer to each agreement of the roster. What is not named is refused.

import "../terms.css";
import { useState } from "preact/hooks";
import type { Problem } from "../../../api/call.ts";
import { kindOf, ROSTER, ROSTER_CODES, type RosterCode } from "../../../../domain/terms/roster.ts";
import { Button } from "../../../ui/button.tsx";
import { Section } from "../../../ui/layout.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { toast } from "../../../ui/say.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { ask } from "../../api/ask.ts";
import { troubleWords } from "../../api/trouble.ts";
import { may } from "../../session.ts";
import { Bounds } from "./bounds.tsx";

export type Policy = { readonly rules: Readonly<Record<string, string>>; readonly since: string | null };

const RULES = ["accept", "hold", "refuse"] as const;

/** What an agreement lets the company do, and what it obliges it to, in a line. */
function meaningOf(code: RosterCode): string {
  const w = deskWords.value.terms;
  const { permits, obliges } = ROSTER[code];
  const uses = permits.length === 0 ? w.nothing : permits.map((use) => w.uses[use]).join(", ");
  return obliges.includes("data-portability") ? `${uses}. ${w.copyDue}` : uses;
}

function Rule({ code, rule, onChange }: { code: RosterCode; rule: string; onChange: (rule: string) => void }) {
  const w = deskWords.value.terms;
  const counters = ROSTER_CODES.filter((other) => other !== code && kindOf(other) === kindOf(code));
  return (
    <select
      class="input"
      aria-label={`${w.rule}: ${code}`}
      value={rule}
      disabled={!may("admin")}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {RULES.map((one) => (
        <option key={one} value={one}>
          {w.rules[one]}
        </option>
      ))}
      {counters.map((other) => (
        <option key={other} value={`counter:${other}`}>
          {w.counter(other, meaningOf(other))}
        </option>
      ))}
    </select>
  );
}

export function PolicyTable({ policy, onSaved }: { policy: Policy; onSaved: (policy: Policy) => void }) {
  const w = deskWords.value.terms;
  const [rules, setRules] = useState<Readonly<Record<string, string>>>(policy.rules);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const answer = await ask<Policy>("/policy", { method: "PUT", body: { rules } });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    toast(w.saved);
    onSaved(answer.value);
  };
  return (
    <Section title={w.policy}>
      <p>{w.policyLead}</p>
      {policy.since === null && (
        <Notice tone="wait">
          <p>{w.none}</p>
        </Notice>
      )}
      {/* The roles are said because on a small screen it is laid out as no table. */}
      <div class="table-scroll" tabIndex={0} role="region" aria-label={w.policy}>
        <table class="table policy" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {w.codeMeans}
              </th>
              <th scope="col" role="columnheader">
                {w.rule}
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {ROSTER_CODES.map((code) => (
              <tr key={code} role="row">
                <th scope="row" role="rowheader">
                  <code>{code}</code>
                  <Bounds permits={ROSTER[code].permits} obliges={ROSTER[code].obliges} />
                </th>
                <td role="cell">
                  <Rule
                    code={code}
                    rule={rules[code] ?? "refuse"}
                    onChange={(rule) => setRules({ ...rules, [code]: rule })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && (
        <Notice tone="bad" fresh>
          <p>{troubleWords(problem)}</p>
        </Notice>
      )}
      {may("admin") && (
        <div class="line">
          <Button tone="primary" busy={busy} onClick={() => void save()}>
            {w.save}
          </Button>
        </div>
      )}
    </Section>
  );
}
