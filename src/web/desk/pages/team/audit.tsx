// The audit log: who did what, to what, and how it ended. What was written is not in it.

import { useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/field.tsx";
import { List, Row, Section } from "../../../ui/layout.tsx";
import { Mark } from "../../../ui/notice.tsx";
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

const ARRIVAL = "POST /v1/sign-ins";

/** A call without what is the same in all of them. */
const short = (did: string): string => did.replace("/v1/makers/{maker}", "");

/** What was done, in words where there are any. */
function deedOf({ did, about }: Entry) {
  const w = deskWords.value.team;
  if (did === ARRIVAL && about["key"] !== undefined) return w.cameAnew;
  return w.deeds[short(did)] ?? <code>{short(did)}</code>;
}

/** What it was about: somebody of the team by the name they go by now. Whoever came in, the entry names already. */
const aboutOf = ({ did, about }: Entry, keys: readonly TeamKey[]) =>
  Object.values(did === ARRIVAL ? {} : about).map((named) => {
    const label = keys.find(({ id }) => id === named)?.label;
    return (
      <span key={named}>
        {" · "}
        {label === undefined ? <code>{named}</code> : <bdi>{label}</bdi>}
      </span>
    );
  });

/** Said only where it did not go as it was asked. */
function outcomeOf({ status }: Entry) {
  const w = deskWords.value.team;
  if (status === null) return <Mark tone="wait">{w.under}</Mark>;
  return status >= 400 && <Mark tone="bad">{w.refused(status)}</Mark>;
}

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
        <List label={w.audit}>
          {value.map((entry) => (
            <Row
              key={entry.id}
              title={deedOf(entry)}
              detail={
                <>
                  <bdi>{entry.key.label}</bdi> · <When at={entry.at} style="moment" />
                  {aboutOf(entry, keys)}
                </>
              }
              mark={outcomeOf(entry)}
            />
          ))}
        </List>
      )}
      {more && (
        <Button busy={busy} onClick={more}>
          {common.more}
        </Button>
      )}
    </Section>
  );
}
