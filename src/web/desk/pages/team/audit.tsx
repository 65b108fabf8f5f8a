// The audit log: who did what, to what, and how it ended. What was written is not in it.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/field.tsx";
import { Section } from "../../../ui/layout.tsx";
import { Failed, Loading } from "../../../ui/states.tsx";
import { When } from "../../../ui/when.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { queryOf } from "../../api/ask.ts";
import { useList } from "../../api/use-ask.ts";
import type { TeamKey } from "../../api/views.ts";
import type { Role } from "../../session.ts";

type Entry = {
  readonly id: number;
  readonly at: string;
  readonly key: { readonly id: string; readonly label: string; readonly role: Role };
  readonly did: string;
  readonly about: Readonly<Record<string, string>>;
  readonly status: number | null;
};

/** A call without what is the same in all of them. */
const short = (did: string): string => did.replace("/v1/makers/{maker}", "");

export function Audit({ keys }: { keys: readonly TeamKey[] }) {
  const w = deskWords.value.team;
  const { common } = deskWords.value;
  const [of, setOf] = useState("");
  const { value, problem, busy, again, more } = useList<Entry>(`/audit${queryOf({ key: of })}`);
  return (
    <Section title={w.audit}>
      <p>{w.auditLead}</p>
      <Select
        label={w.of}
        value={of}
        onChange={setOf}
        options={[{ value: "", label: w.everybody }, ...keys.map(({ id, label }) => ({ value: id, label }))]}
      />
      {problem && <Failed problem={problem} again={again} />}
      {value === null && busy && <Loading />}
      {value?.length === 0 && <p>{w.auditEmpty}</p>}
      {value !== null && value.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={w.audit}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w.when}</th>
                <th scope="col">{w.who}</th>
                <th scope="col">{w.did}</th>
                <th scope="col">{w.about}</th>
                <th scope="col" class="num">
                  {w.result}
                </th>
              </tr>
            </thead>
            <tbody>
              {value.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <When at={entry.at} style="moment" />
                  </td>
                  <td>
                    <bdi>{entry.key.label}</bdi>
                  </td>
                  <td>
                    <code>{short(entry.did)}</code>
                  </td>
                  <td>
                    {Object.entries(entry.about).map(([name, named]) => (
                      <div key={name}>
                        <code>{named}</code>
                      </div>
                    ))}
                  </td>
                  <td class="num">{entry.status ?? w.under}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
    </Section>
  );
}
