// Terms: what the company accepts at once, what waits for its people, and every agreement it has or had.

import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { List, Row, Section } from "../../ui/layout.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Empty, Failed, Loading } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { deskWords } from "../../words/desk/words.ts";
import { queryOf } from "../api/ask.ts";
import { useAsk, useList } from "../api/use-ask.ts";
import { Frame } from "../frame.tsx";
import { codeOf, OneAgreement, StateMark, type Agreement } from "./terms/agreement.tsx";
import { PolicyTable, type Policy } from "./terms/policy.tsx";

const Rows = ({
  agreements,
  label,
  onOpen,
}: {
  agreements: readonly Agreement[];
  label: string;
  onOpen: (agreement: Agreement) => void;
}) => {
  const w = deskWords.value.terms;
  return (
    <List label={label}>
      {agreements.map((agreement) => (
        <Row
          key={agreement.id}
          title={<bdi>{agreement.product.name}</bdi>}
          detail={
            <>
              <code>{codeOf(agreement)}</code> · <code>{agreement.checkCode}</code> ·{" "}
              <When at={agreement.createdAt} style="day" />
              {agreement.decideBy !== null && (
                <>
                  {" · "}
                  {w.by} <When at={agreement.decideBy} style="day" />
                </>
              )}
            </>
          }
          mark={<StateMark state={agreement.state} />}
          end={
            <Button tone="quiet" onClick={() => onOpen(agreement)} aria-label={`${w.look}: ${agreement.checkCode}`}>
              {w.look}
            </Button>
          }
        />
      ))}
    </List>
  );
};

export default function Terms() {
  const w = deskWords.value.terms;
  const { common } = deskWords.value;
  const policy = useAsk<Policy>("/policy");
  const held = useList<Agreement>("/agreements?state=held", 200);
  const [state, setState] = useState<keyof typeof w.states | "">("");
  const all = useList<Agreement>(`/agreements${queryOf({ state })}`);
  const [open, setOpen] = useState<Agreement | null>(null);
  return (
    <Frame title={w.title} lead={w.lead} wide>
      {held.value !== null && held.value.length > 0 && (
        <Section title={w.held}>
          <p>{w.heldLead}</p>
          <Rows agreements={held.value} label={w.held} onOpen={setOpen} />
        </Section>
      )}
      {policy.problem && <Failed problem={policy.problem} again={policy.again} />}
      {policy.value === null && policy.busy && <Loading />}
      {policy.value && <PolicyTable policy={policy.value} onSaved={policy.put} />}
      <Section title={w.agreements}>
        <Select
          label={w.state}
          value={state}
          onChange={setState}
          options={[
            { value: "", label: w.all },
            ...Object.entries(w.states)
              // No agreement that is listed has none.
              .filter(([value]) => value !== "none")
              .map(([value, label]) => ({ value: value as keyof typeof w.states, label })),
          ]}
        />
        {all.problem && <Failed problem={all.problem} again={all.again} />}
        {all.value === null && all.busy && <Loading />}
        {all.value?.length === 0 && <Empty title={w.empty}>{w.emptyText}</Empty>}
        {all.value !== null && all.value.length > 0 && (
          <Rows agreements={all.value} label={w.agreements} onOpen={setOpen} />
        )}
        {all.more && (
          <Button busy={all.busy} onClick={all.more}>
            {common.more}
          </Button>
        )}
      </Section>
      <Sheet title={open ? w.open(open.checkCode) : ""} open={open !== null} onClose={() => setOpen(null)}>
        {open && (
          <OneAgreement
            agreement={open}
            onDone={() => {
              setOpen(null);
              held.again();
              all.again();
            }}
          />
        )}
      </Sheet>
    </Frame>
  );
}
