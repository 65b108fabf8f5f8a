// What its owner calls a thing, and who made it where no label says so.

import { useState } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { ask } from "../ask.ts";
import { agreementsOf } from "../../store/agreements.ts";
import { companyName } from "../../store/makers.ts";
import { refreshThing, type Thing } from "../../store/things.ts";
import { companyDomain, otherwiseSpelled } from "../add/company-domain.ts";
import { useDoing } from "../doing.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/layout.tsx";
import { Mark, Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

const NAME_CHARACTERS = 200;

/** Changes the product of an owner's thing, and keeps what it then is. */
function useChange(thing: Thing) {
  const { busy, problem, run } = useDoing();
  return {
    busy,
    problem,
    change: async (product: { readonly name: string } | { readonly maker: string }): Promise<boolean> => {
      const done = await run(() => ask(thing.id, "", { method: "PATCH", body: { product } }));
      if (done) await refreshThing(thing.id);
      return done;
    },
  };
}

/** What goes along with a thing stays as it is while an offer of it stands. */
function Refused({ thing, problem }: { thing: Thing; problem: Problem }) {
  const w = words.value.manage.offered;
  return problem.code === "conflict" && problem.reason === "offered" ? (
    <Notice tone="wait" fresh action={<LinkButton href={`/t/${thing.id}/handover`}>{w.look}</LinkButton>}>
      <p>{w.text}</p>
    </Notice>
  ) : (
    <Failed problem={problem} />
  );
}

export function Naming({ thing }: { thing: Thing }) {
  const w = words.value.manage.name;
  const { name } = thing.view.product;
  const [typed, setTyped] = useState<string | null>(null);
  const { busy, problem, change } = useChange(thing);
  const wanted = (typed ?? name).trim();
  async function rename(): Promise<void> {
    if (wanted === "" || wanted === name || !(await change({ name: wanted }))) return;
    setTyped(null);
    toast(w.saved);
  }
  return (
    <Section title={w.title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <TextField
          label={w.label}
          value={typed ?? name}
          error={wanted === "" ? w.empty : null}
          maxLength={NAME_CHARACTERS}
          onInput={setTyped}
        />
        {problem && <Refused thing={thing} problem={problem} />}
        {wanted !== name && wanted !== "" && (
          <div class="line">
            <Button type="submit" busy={busy}>
              {w.save}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}

/** Of a labelled thing its label says it; otherwise the owner may correct it until terms were offered. */
export function Company({ thing }: { thing: Thing }) {
  const w = words.value.manage.company;
  const { maker, proof } = thing.view;
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const { busy, problem, change } = useChange(thing);
  const spelled = otherwiseSpelled(typed ?? "");
  const proven = proof === "label" && maker !== null;
  const fixed = maker !== null && agreementsOf(thing.id).some((agreement) => agreement.maker === maker);
  async function keep(): Promise<void> {
    const domain = companyDomain(typed ?? "");
    setWrong(domain === null);
    if (domain === null || !(await change({ maker: domain }))) return;
    setTyped(null);
    toast(w.saved);
  }
  if (proven || fixed) {
    return (
      <Section title={w.title}>
        {proven ? <Mark tone="good">{w.proven(companyName(thing))}</Mark> : <p>{w.fixed(companyName(thing))}</p>}
      </Section>
    );
  }
  return (
    <Section title={w.title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <TextField
          label={w.label}
          hint={w.hint}
          error={wrong ? w.wrong : null}
          value={typed ?? maker ?? ""}
          inputMode="url"
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          onInput={(text) => {
            setWrong(false);
            setTyped(text);
          }}
        />
        <p class="small soft" role="status">
          {spelled && w.spelled(spelled)}
        </p>
        {problem && <Refused thing={thing} problem={problem} />}
        {typed !== null && typed !== maker && (
          <div class="line">
            <Button type="submit" busy={busy}>
              {w.save}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
