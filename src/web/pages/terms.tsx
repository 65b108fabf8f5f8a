// The terms of one thing with its company: how they stand, what they mean, who holds them, the record, and every way to change them.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Agreement, Maker } from "../api/views.ts";
import { kindOf } from "../../domain/terms/roster.ts";
import { agreementsOf, latest, markTermsRead } from "../store/agreements.ts";
import { companyName, isUnverified, makerOf } from "../store/makers.ts";
import { discard, retry, waiting } from "../store/queue.ts";
import { faceOf, mayIn, type Thing } from "../store/things.ts";
import { Asking } from "../terms/asking.tsx";
import { Counter, Said } from "../terms/counter.tsx";
import { refreshAgreements, settleAgreement } from "../terms/deeds.ts";
import { useDoing } from "./doing.ts";
import { Ending } from "../terms/ending.tsx";
import { Gifts } from "../terms/gifts.tsx";
import { HeldBy, Meaning } from "../terms/meaning.tsx";
import { Offering } from "../terms/offering.tsx";
import { Contract, RecordOf } from "../terms/record.tsx";
import { isOpen, standingOf, toneOf } from "../terms/standing-words.ts";
import "../terms/terms.css";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { failureWords } from "../ui/failure-words.ts";
import { Section } from "../ui/layout.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say, toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Empty, Failed } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { OfThing } from "./of-thing.tsx";

export default function TermsPage() {
  return <OfThing also={["revoked"]}>{(thing) => <Terms thing={thing} />}</OfThing>;
}

function Terms({ thing }: { thing: Thing }) {
  const w = words.value.terms;
  const { id, view } = thing;
  const frame = {
    back: `/t/${id}`,
    eyebrow: <bdi>{view.product.name}</bdi>,
    start: <Emblem id={faceOf(id)} size={52} />,
  };
  if (!mayIn(thing, "agreements:read")) {
    return (
      <Page title={w.titleAlone} {...frame}>
        <Empty title={w.notYours} />
      </Page>
    );
  }
  if (view.maker === null) {
    return (
      <Page title={w.titleAlone} {...frame}>
        <Empty
          title={w.noCompany.title}
          action={
            mayIn(thing, "owner") && (
              <LinkButton tone="primary" href={`/t/${id}/manage`}>
                {w.noCompany.action}
              </LinkButton>
            )
          }
        >
          {w.noCompany.text}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={w.title(companyName(thing))} {...frame}>
      <TermsWith thing={thing} domain={view.maker} />
    </Page>
  );
}

/** What stands between this owner and one company, told apart. */
function dealings(twin: string, domain: string) {
  const all = agreementsOf(twin).filter(({ maker }) => maker === domain);
  const relationships = all.filter(({ kind }) => kind === "relationship");
  const inForce = relationships.find(({ state }) => state === "accepted");
  const open = relationships.find(isOpen);
  const shown = inForce ?? open ?? latest(relationships);
  return {
    inForce,
    open,
    shown,
    gifts: all.filter(({ kind }) => kind === "contribution"),
    others: relationships.filter((one) => one !== shown && one !== open),
    /** An offer made after the terms in force that came to nothing, until another is made. */
    vain: relationships[0] !== inForce && inForce ? relationships[0] : undefined,
  };
}

function TermsWith({ thing, domain }: { thing: Thing; domain: string }) {
  const w = words.value.terms;
  const company = companyName(thing);
  const maker = makerOf(domain);
  const mayChange = mayIn(thing, "agreements:write") && thing.ended === null;
  const mayAsk = mayIn(thing, "notes:write") && mayIn(thing, "notes:send") && thing.ended === null;
  const { inForce, open, shown, gifts, others, vain } = dealings(thing.id, domain);
  const standing = standingOf(shown, maker);
  const queued = waiting.value.find(
    ({ op }) => op.type === "proffer" && op.twin === thing.id && kindOf(op.input.preferred) === "relationship",
  );
  useSaid(`${company}: ${w.states[standing].mark}`, `${shown?.id} ${standing}`);
  useEffect(() => void refreshAgreements(thing), [thing.id]);
  // Whatever arrives while it is looked at is read.
  useEffect(() => void markTermsRead(thing.id), [thing.id, shown?.id, standing, open?.state]);

  const labelled = thing.view.proof === "label";
  const given = gifts.filter(({ state }) => state === "accepted").flatMap(({ terms }) => terms ?? []);
  const code = inForce?.terms ?? (open && standing !== "countered" ? open.preferred : null);
  const question = code !== null && { code, company, labelled, gifts: given };
  return (
    <>
      {isUnverified(maker) && (
        <Notice tone="wait" title={words.value.notices.unverified}>
          <p>{words.value.notices.unverifiedText(company, domain)}</p>
        </Notice>
      )}
      {queued && <InQueue queued={queued} />}
      {vain && !queued && mayChange && <InVain agreement={vain} company={company} maker={maker} />}
      {open && inForce && (
        <Open thing={thing} agreement={open} company={company} maker={maker} beside={inForce} mayChange={mayChange} />
      )}
      {shown === open && open ? (
        <Open thing={thing} agreement={open} company={company} maker={maker} mayChange={mayChange} />
      ) : (
        <Stands agreement={shown} company={company} maker={maker}>
          {inForce && mayChange && (
            <div class="line">
              <Ending thing={thing} agreement={inForce} company={company} withGifts={given.length > 0} />
            </div>
          )}
        </Stands>
      )}
      {!mayChange && thing.ended === null && <p class="soft">{w.readOnly}</p>}
      {question && (
        <>
          <Meaning title={inForce ? w.meaning.now(company) : w.meaning.offered(company)} {...question}>
            {inForce && mayAsk && <Asking twin={thing.id} code={question.code} company={company} />}
          </Meaning>
          <HeldBy {...question} maker={maker} signed={inForce !== undefined} />
        </>
      )}
      {!inForce && !open && !queued && mayChange && (
        <Section title={w.offer.title}>
          <Offering thing={thing} company={company} maker={maker} />
        </Section>
      )}
      {shown && (
        <>
          <Section title={w.record.title}>
            <RecordOf thing={thing} agreement={shown} company={company} maker={maker} />
          </Section>
          <Contract agreement={shown} />
        </>
      )}
      {(inForce || gifts.length > 0) && (
        <Gifts thing={thing} company={company} gifts={gifts} ready={inForce !== undefined} mayChange={mayChange} />
      )}
      {others.length > 0 && <Others thing={thing} agreements={others} company={company} maker={maker} />}
      {inForce && !open && !queued && mayChange && (
        <div class="thumb-bar">
          <Change thing={thing} company={company} maker={maker} inForce={inForce} />
        </div>
      )}
    </>
  );
}

/** Has a screen reader say what changed while the page was open. */
function useSaid(text: string, key: string): void {
  const before = useRef(key);
  useEffect(() => {
    if (before.current !== key) say(text);
    before.current = key;
  }, [key]);
}

type SideProps = { readonly company: string; readonly maker: Maker | undefined };

/** An agreement that waits for nobody: in force, ended, or none at all. */
function Stands({
  agreement,
  company,
  maker,
  children,
}: SideProps & { agreement: Agreement | undefined; children: ComponentChildren }) {
  const w = words.value.terms;
  const standing = standingOf(agreement, maker);
  const ending = agreement?.events.at(-1)?.body;
  const inForce = standing === "accepted" ? (agreement?.terms ?? null) : null;
  return (
    <section class={`standing ${toneOf(standing)}`}>
      <Mark tone={toneOf(standing)}>
        {w.states[standing].mark}
        {inForce && agreement?.decision && ` ${w.since(day(agreement.decision.decidedAt))}`}
      </Mark>
      <p class="lead">{inForce ? w.plain(inForce, company) : w.states[standing].text(company)}</p>
      {standing === "terminated" && ending && (
        <p class="soft">
          {ending.by === "first" ? w.endedBy.first(day(ending.at)) : w.endedBy.second(company, day(ending.at))}
        </p>
      )}
      {standing === "terminated" && ending?.by === "second" && ending.reason !== null && (
        <Said company={company} text={ending.reason} />
      )}
      {standing === "refused" && agreement?.decision?.decidedBy === "human" && agreement.decision.reason !== null && (
        <Said company={company} text={agreement.decision.reason} />
      )}
      {children}
    </section>
  );
}

type OpenProps = SideProps & {
  readonly thing: Thing;
  readonly agreement: Agreement;
  /** The terms in force that it would replace. */
  readonly beside?: Agreement;
  readonly mayChange: boolean;
};

/** An offer that waits for an answer, the company's or the owner's own. */
function Open({ thing, agreement, company, maker, beside, mayChange }: OpenProps) {
  const w = words.value.terms;
  const { busy, problem, run } = useDoing();
  const [changing, setChanging] = useState(false);
  const standing = standingOf(agreement, maker);
  const countered = standing === "countered";
  const saysBeside = countered ? w.beside.countered : standing === "held" ? w.beside.held : w.beside.text;
  async function takeBack(): Promise<void> {
    if (await run(() => settleAgreement(thing, agreement, { do: "rescind" }))) toast(w.offer.takenBack);
  }
  return (
    <section class={`standing ${toneOf(standing)}`}>
      <Mark tone={toneOf(standing)}>{w.states[standing].mark}</Mark>
      <p class="lead">{beside ? saysBeside(company) : w.states[standing].text(company)}</p>
      {!countered && (
        <blockquote class="own-words">
          <p>{w.plain(agreement.preferred, company)}</p>
          <p class="mono small soft">{w.ladder.codes(agreement.preferred, agreement.alternates[0] ?? null)}</p>
        </blockquote>
      )}
      {!countered && agreement.decideBy !== null && (
        <p class="soft">{(beside ? w.beside.until : w.until)(day(agreement.decideBy))}</p>
      )}
      {countered && <Counter thing={thing} agreement={agreement} company={company} mayAnswer={mayChange} />}
      {problem && <Failed problem={problem} />}
      {!countered && mayChange && (
        <div class="line">
          <Button onClick={() => setChanging(true)}>{w.offer.changeOffer}</Button>
          <Button tone="quiet" busy={busy} onClick={() => void takeBack()}>
            {w.offer.back}
          </Button>
          <Sheet title={w.offer.changeTitle} open={changing} onClose={() => setChanging(false)}>
            <p class="soft">{w.offer.replaceText}</p>
            <Offering
              thing={thing}
              company={company}
              maker={maker}
              begin={{ code: agreement.preferred, alternates: agreement.alternates }}
              instead={agreement}
              inForce={beside}
              onDone={() => setChanging(false)}
            />
          </Sheet>
        </div>
      )}
    </section>
  );
}

function Change({ thing, company, maker, inForce }: SideProps & { thing: Thing; inForce: Agreement }) {
  const w = words.value.terms.offer;
  const [open, setOpen] = useState(false);
  const code = inForce.terms ?? inForce.preferred;
  return (
    <>
      <Button tone="primary" whole onClick={() => setOpen(true)}>
        {w.change}
      </Button>
      <Sheet title={w.changeTitle} open={open} onClose={() => setOpen(false)}>
        <p class="soft">{w.changeText}</p>
        <Offering
          thing={thing}
          company={company}
          maker={maker}
          begin={{ code, alternates: [] }}
          inForce={inForce}
          onDone={() => {
            setOpen(false);
            // What becomes of it is told at the head of the page.
            scrollTo({ top: 0 });
          }}
        />
      </Sheet>
    </>
  );
}

/** What became of a newer offer, while the older terms stay. What the owner ended, the owner knows. */
function InVain({ agreement, company, maker }: SideProps & { agreement: Agreement }) {
  const { states, beside } = words.value.terms;
  const standing = standingOf(agreement, maker);
  if (standing !== "refused" && standing !== "lapsed") return null;
  const { reason = null, decidedBy = null } = agreement.decision ?? {};
  return (
    <Notice tone="bad" title={states[standing].mark} fresh>
      <p>{beside[standing](company)}</p>
      {decidedBy === "human" && reason !== null && <Said company={company} text={reason} />}
    </Notice>
  );
}

/** An offer that is on this device yet, or that the server didn't take. */
function InQueue({ queued }: { queued: (typeof waiting.value)[number] }) {
  const w = words.value.terms;
  const { problem } = queued;
  const drop = (
    <Button tone="quiet" onClick={() => void discard(queued.seq)}>
      {w.queued.drop}
    </Button>
  );
  if (queued.state !== "refused" || !problem) {
    return (
      <Notice tone="wait" title={w.queued.mark} action={drop} fresh>
        <p>{w.queued.text}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="bad"
      fresh
      title={w.queueRefused}
      action={
        <>
          <Button onClick={() => void retry(queued.seq)}>{words.value.common.again}</Button>
          {drop}
        </>
      }
    >
      <p>{failureWords(problem)}</p>
    </Notice>
  );
}

function Others({ thing, agreements, company, maker }: SideProps & { thing: Thing; agreements: readonly Agreement[] }) {
  const w = words.value.terms;
  return (
    <Section title={w.others.title}>
      <div class="others">
        {agreements.map((agreement) => (
          <Folded key={agreement.id} thing={thing} agreement={agreement} company={company} maker={maker} />
        ))}
      </div>
    </Section>
  );
}

/** Its record is asked for when it is unfolded. */
function Folded({ thing, agreement, company, maker }: SideProps & { thing: Thing; agreement: Agreement }) {
  const w = words.value.terms;
  const [open, setOpen] = useState(false);
  const standing = standingOf(agreement, maker);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Mark tone={toneOf(standing)}>{w.states[standing].mark}</Mark>
        <span class="soft small">
          {agreement.terms ?? agreement.preferred} · {day(agreement.createdAt)}
        </span>
      </summary>
      {open && <RecordOf thing={thing} agreement={agreement} company={company} maker={maker} />}
    </details>
  );
}
