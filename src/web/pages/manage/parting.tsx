// The ways to part with a thing: off this device, out of a household, or everything of it erased. Each says what it means before it is done.

import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useCallback, useRef, useState } from "preact/hooks";
import { DONE, isShutOut, isUnanswered, type Answer } from "../../api/call.ts";
import type { Offer } from "../../api/views.ts";
import { readHandover } from "../../handover/calls.ts";
import { usePoll } from "../../handover/poll.ts";
import { ask } from "../ask.ts";
import { dropTwin, ringState } from "../../keys/keyring.ts";
import { agreementsOf } from "../../store/agreements.ts";
import { companyName } from "../../store/makers.ts";
import { waiting } from "../../store/queue.ts";
import { forgetThing, type Thing } from "../../store/things.ts";
import { useDoing } from "../doing.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import type { IconName } from "../../ui/icon.tsx";
import { Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { toast } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Failed } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

type Props = { readonly thing: Thing };

/** Leaves the household. Who is shut out already is out. */
async function leaveIt(thing: Thing): Promise<Answer<null>> {
  const answer = await ask<null>(thing.id, "/channels/current", { method: "DELETE" });
  return !answer.ok && isShutOut(answer.problem) ? DONE : answer;
}

/**
 * Erases the thing. Who is shut out is told so by a 401, and so is who asks again after an answer that was lost: only `unanswered` says that
 * it was this device's doing. To be cut off must never pass for an erasure.
 */
async function eraseIt(thing: Thing, unanswered: { current: boolean }): Promise<Answer<null>> {
  const answer = await ask<null>(thing.id, "", { method: "DELETE" });
  if (answer.ok) return answer;
  const { problem } = answer;
  if (isUnanswered(problem)) unanswered.current = true;
  return isShutOut(problem) && (problem.status !== 401 || unanswered.current) ? DONE : answer;
}

type PartingProps = {
  readonly said: { readonly title: string; readonly text: string; readonly action: string };
  readonly sheet: string;
  /** How its button looks; plain unless said. */
  readonly tone?: "danger";
  readonly icon?: IconName;
  readonly children: ComponentChildren;
};

/** One way to part: what it is, and a sheet on which it is done or left. */
function Parting({ said, sheet, tone, icon, children }: PartingProps) {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <Section title={said.title}>
      <p>{said.text}</p>
      <div class="line">
        <Button tone={tone} icon={icon} onClick={() => setOpen(true)}>
          {said.action}
        </Button>
      </div>
      <Sheet title={sheet} open={open} onClose={close}>
        {children}
        <Button tone="quiet" whole onClick={close}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </Section>
  );
}

export function Remove({ thing }: Props) {
  const w = words.value.manage.remove;
  const { route } = useLocation();
  const { name } = thing.view.product;
  const unsent = waiting.value.filter(({ op }) => op.twin === thing.id).length;
  const owner = thing.scopes.includes("owner") && thing.ended === null;
  async function remove(): Promise<void> {
    route("/");
    await forgetThing(thing.id);
    toast(w.done);
  }
  return (
    <Parting said={w} sheet={w.sheet(name)}>
      <p>{w.text}</p>
      {unsent > 0 && (
        <Notice tone="wait">
          <p>{w.unsent(unsent)}</p>
        </Notice>
      )}
      {owner &&
        (ringState.value.confirmed ? (
          <p>{w.card}</p>
        ) : (
          <Notice tone="bad">
            <p>{w.noCard}</p>
          </Notice>
        ))}
      <Button tone="danger" whole onClick={() => void remove()}>
        {w.yes}
      </Button>
    </Parting>
  );
}

export function Leave({ thing }: Props) {
  const w = words.value.manage.leave;
  const { route } = useLocation();
  const { busy, problem, run } = useDoing();
  async function leave(): Promise<void> {
    const left = await run(() => leaveIt(thing));
    if (!left) return;
    route("/");
    await dropTwin(thing.id);
    toast(w.done);
  }
  return (
    <Parting said={w} sheet={w.sheet(thing.view.product.name)} tone="danger" icon="leave">
      <p>{w.text}</p>
      {problem && <Failed problem={problem} />}
      <Button tone="danger" whole busy={busy} onClick={() => void leave()}>
        {w.yes}
      </Button>
    </Parting>
  );
}

/** Names are compared as people write them: case and spaces don't tell. */
const sameName = (a: string, b: string): boolean => {
  const plain = (text: string): string => text.normalize("NFKC").toLocaleLowerCase().replace(/\s+/g, " ").trim();
  return plain(a) === plain(b);
};

const Lines = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <div class="means-list">
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </div>
);

/** Whoever waits for it gets nothing once it is erased. Asked as the sheet opens. */
function OnOffer({ thing }: Props) {
  const w = words.value.manage.erase.offered;
  const [offer, setOffer] = useState<Offer | null>(null);
  const look = useCallback(async () => {
    const answer = await readHandover(thing.id);
    if (answer.ok) setOffer(answer.value.offer);
  }, [thing.id]);
  usePoll(look, "once");
  if (offer === null || offer.state === "expired") return null;
  // What was accepted and has gone stale is waited for all the same.
  const { title, text } = offer.acceptedAt === null ? w.open : w.accepted;
  return (
    <Notice
      tone="bad"
      title={title}
      fresh
      action={<LinkButton href={`/t/${thing.id}/handover`}>{w.action}</LinkButton>}
    >
      <p>{text}</p>
    </Notice>
  );
}

export function Erase({ thing }: Props) {
  const w = words.value.manage.erase;
  const { route } = useLocation();
  const [typed, setTyped] = useState("");
  const [early, setEarly] = useState(false);
  const unanswered = useRef(false);
  const { busy, problem, run } = useDoing();
  const { name } = thing.view.product;
  const told = agreementsOf(thing.id).some(({ terms }) => terms !== null);
  const company = companyName(thing);
  async function erase(): Promise<void> {
    if (!sameName(typed, name)) return setEarly(true);
    const erased = await run(() => eraseIt(thing, unanswered));
    if (!erased) return;
    route("/");
    await dropTwin(thing.id);
    toast(w.done);
  }
  return (
    <Parting said={w} sheet={w.sheet(name)} tone="danger" icon="bin">
      <OnOffer thing={thing} />
      <Lines title={w.goes} lines={w.goesLines} />
      {told && <Lines title={w.company(company)} lines={w.companyLines(company)} />}
      <Lines title={w.stays} lines={w.staysLines(told ? company : null, thing.view.proof === "label")} />
      <Notice tone="bad">
        <p>{w.never}</p>
        <p>{w.first}</p>
      </Notice>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <TextField
          label={w.label}
          hint={w.type(name)}
          value={typed}
          error={early && !sameName(typed, name) ? w.other : null}
          autocomplete="off"
          spellcheck={false}
          onInput={setTyped}
        />
        {problem && <Failed problem={problem} />}
        <Button tone="danger" type="submit" whole busy={busy}>
          {w.yes}
        </Button>
      </form>
    </Parting>
  );
}
