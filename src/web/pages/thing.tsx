// A thing's own page: how it stands with its company, and what was written about it, newest first.

import "./notes/notes.css";
import "./thing.css";
import { useEffect } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { FoundNotices } from "../found/notices.tsx";
import { AlertBanner } from "../handover/alert.tsx";
import { OfferLine } from "../handover/on-thing.tsx";
import { markTermsRead } from "../store/agreements.ts";
import { isWordless, type End } from "../store/db.ts";
import { handedOf } from "../store/handed.ts";
import { companyName, makerOf } from "../store/makers.ts";
import { online } from "../store/queue.ts";
import { faceOf, forgetThing, mayIn, refreshThing, thingOf, type Thing } from "../store/things.ts";
import { OpenNotices, ProductIssues, SettledNotices } from "../notices/of-thing.tsx";
import { Unverified } from "../notices/unverified.tsx";
import { AskedNotice } from "../showing/asked-notice.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { say, toast } from "../ui/say.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { UnderRecovery } from "./keys/under-recovery.tsx";
import { agreed } from "./notes/agreed.ts";
import { useArrivals } from "./notes/arrivals.ts";
import { Missing } from "./notes/missing.tsx";
import { Timeline } from "./thing/timeline.tsx";

/** The state of the terms, always in sight; leads to all of them. */
function TermsLine({ thing }: { thing: Thing }) {
  const w = words.value.thread.thing;
  const company = companyName(thing);
  const { tone, text } = agreed(thing);
  if (thing.view.maker === null) {
    return (
      <p class="soft">
        {w.nobody} {mayIn(thing, "owner") && <a href={`/t/${thing.id}/manage`}>{words.value.terms.noCompany.action}</a>}
      </p>
    );
  }
  // Who may not read them is told nothing of them, not that there are none.
  if (!mayIn(thing, "agreements:read")) return null;
  return (
    <a class="terms-line" href={`/t/${thing.id}/terms`}>
      <Icon name="terms" size={20} />
      <span class="soft">{words.value.terms.title(company)}</span>
      <Mark tone={tone}>{text}</Mark>
      <Unverified maker={makerOf(thing.view.maker)} />
      <Icon name="next" size={18} />
    </a>
  );
}

type WayProps = { readonly href: string; readonly icon: IconName; readonly title: string };
const Way = ({ href, icon, title }: WayProps) => (
  <li>
    <a class="way" href={href}>
      <Icon name={icon} />
      <span class="title">{title}</span>
    </a>
  </li>
);

function Ways({ thing }: { thing: Thing }) {
  const w = words.value.thread.thing;
  const at = `/t/${thing.id}`;
  const owner = mayIn(thing, "owner");
  return (
    <nav aria-label={w.ways}>
      <ul class="ways">
        {owner && <Way href={`${at}/papers`} icon="papers" title={w.papers} />}
        {mayIn(thing, "history:read") && <Way href={`${at}/history`} icon="history" title={words.value.record.name} />}
        {mayIn(thing, "notes:own") && <Way href={`${at}/life`} icon="life" title={w.life} />}
        {owner && <Way href={`${at}/people`} icon="people" title={w.people} />}
        <Way href={`${at}/manage`} icon="settings" title={w.manage} />
      </ul>
    </nav>
  );
}

function Ended({ thing, how }: { thing: Thing; how: End }) {
  const w = words.value.thread.thing;
  const said = w[how];
  const handed = how === "handed" ? handedOf(thing.id) : undefined;
  const { route } = useLocation();
  const forget = async (): Promise<void> => {
    route("/", true);
    await forgetThing(thing.id);
    toast(w.forgotten);
  };
  return (
    <Notice
      tone={how === "handed" ? "calm" : "bad"}
      title={handed ? words.value.handover.gone.lead(handed.name, day(handed.at)) : said.title}
      action={
        <>
          {how === "revoked" && <LinkButton href="/open">{w.revoked.open}</LinkButton>}
          <Button icon="bin" onClick={() => void forget()}>
            {said.forget}
          </Button>
        </>
      }
    >
      <p>{said.text}</p>
      {thing.hadTerms && <p>{w.erased.terms}</p>}
      {how === "revoked" && mayIn(thing, "owner") && <p>{w.revoked.owner}</p>}
    </Notice>
  );
}

function Whose({ thing }: { thing: Thing }) {
  const w = words.value.thread.thing;
  if (mayIn(thing, "owner") || thing.ended !== null) return null;
  if (!mayIn(thing, "notes:own")) {
    return mayIn(thing, "history:write") ? <p class="soft">{words.value.record.repairer.here}</p> : null;
  }
  return <p class="soft">{mayIn(thing, "notes:read") ? w.memberReads : w.member}</p>;
}

function Content({ thing }: { thing: Thing }) {
  const w = words.value.thread.thing;
  const company = companyName(thing);
  useEffect(() => {
    if (thing.ended === null) void refreshThing(thing.id);
  }, [thing.id]);
  useArrivals(thing.id, ({ kind }) => {
    if (kind === "answer") say(w.answered(company));
    if (kind === "recorded") say(words.value.record.arrived);
    if (kind === "challenge") say(words.value.showOut.answer.arrived);
    if (kind === "found") say(words.value.found.notice.arrived);
    if (kind === "notice") say(words.value.notices.arrived(company));
    if (kind === "issue") say(words.value.notices.issues.arrived(company));
    if (kind === "terms") {
      say(w.termsChanged(company));
      // Its mark changes before the eyes of whoever looks at this page.
      void markTermsRead(thing.id);
    }
  });
  const mayWrite = mayIn(thing, "notes:write") && thing.ended === null;
  return (
    <Page
      title={thing.view.product.name}
      back="/"
      start={<Emblem id={faceOf(thing.id)} size={72} />}
      eyebrow={thing.view.maker === null ? undefined : <bdi>{w.by(company)}</bdi>}
    >
      <AlertBanner thing={thing} />
      <OfferLine thing={thing} />
      <AskedNotice thing={thing} />
      <FoundNotices thing={thing} />
      <OpenNotices thing={thing} />
      {thing.ended === null ? (
        <div class="stack-tight">
          <TermsLine thing={thing} />
          <Whose thing={thing} />
        </div>
      ) : (
        <Ended thing={thing} how={thing.ended} />
      )}
      {thing.ended === null && <UnderRecovery thing={thing} />}
      {thing.ended === null && !online.value && <Notice tone="wait">{w.offline}</Notice>}
      {!isWordless(thing.ended) && (
        <>
          {thing.ended === null && <Ways thing={thing} />}
          <ProductIssues thing={thing} />
          <Timeline thing={thing} />
          <SettledNotices thing={thing} />
        </>
      )}
      {mayWrite && (
        <div class="thumb-bar">
          <LinkButton tone="primary" whole icon="edit" href={`/t/${thing.id}/write`}>
            {w.write}
          </LinkButton>
        </div>
      )}
    </Page>
  );
}

export default function ThingPage() {
  const { twin = "" } = useRoute().params;
  const thing = thingOf(twin);
  return thing ? <Content key={twin} thing={thing} /> : <Missing />;
}
