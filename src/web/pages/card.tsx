// The card of twelve words: shown, put on paper, proven to be there, and exchanged for a new one. The words stand in the page only while they are asked for.

import { useState } from "preact/hooks";
import { newSecret, type Secret, wordsOf } from "../keys/card.ts";
import { held } from "../keys/held.ts";
import { adoptCard, cardSecret, confirmCard, refreshRing, ringState } from "../keys/keyring.ts";
import type { Switched } from "../keys/moving.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Mark, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Section } from "../ui/layout.tsx";
import { say } from "../ui/say.tsx";
import { Empty, Loading } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { Confirm } from "./card/confirm.tsx";
import { GoingOn } from "./card/going-on.tsx";
import { Paper } from "./card/paper.tsx";
import { WordList } from "./card/word-list.tsx";
import { Heading } from "./keys/heading.tsx";
import "./keys/keys.css";

/** A card on the table. `fresh`: one that is to take the place of the present one. */
type Shown = { readonly secret: Secret; readonly list: readonly string[]; readonly fresh: boolean };
type Outcome = Switched | "confirmed";

function OutcomeNotice({ outcome }: { outcome: Outcome }) {
  const { card } = words.value.keys;
  switch (outcome) {
    case "confirmed":
      return (
        <Notice tone="good" title={card.doneTitle} fresh>
          <p>{card.done}</p>
        </Notice>
      );
    case "done":
      return (
        <Notice tone="good" title={card.changed.title} fresh>
          <p>
            {card.changed.text} {card.done}
          </p>
        </Notice>
      );
    case "later":
    case "overtaken":
      return (
        <Notice tone={outcome === "later" ? "wait" : "bad"} title={card[outcome].title} fresh>
          <p>{card[outcome].text}</p>
        </Notice>
      );
  }
}

export default function TheCard() {
  const { card, help } = words.value.keys;
  const [shown, setShown] = useState<Shown | null>(null);
  /** The devices that go on, once the words are said to be on paper. */
  const [goesOn, setGoesOn] = useState<readonly string[] | null>(null);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [switching, setSwitching] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { made, confirmed, saved } = ringState.value;
  const others = held.value?.ring.devices.filter(({ id }) => id !== held.value?.device.id) ?? [];
  const confirmedAt = held.value?.ring.confirmedAt ?? null;
  // Also when it was left so by an earlier visit.
  const told = outcome ?? (held.value?.next && !switching ? "later" : null);

  const show = async (secret: Secret | null, fresh: boolean): Promise<void> => {
    if (!secret) return;
    setOutcome(null);
    setGoesOn(null);
    setLeft([]);
    setShown({ secret, list: await wordsOf(secret), fresh });
  };
  const confirm = async ({ secret, fresh }: Shown, devices: readonly string[]): Promise<void> => {
    setShown(null);
    setSwitching(fresh);
    const now = fresh ? await adoptCard(secret, devices) : "confirmed";
    if (!fresh) await confirmCard();
    setSwitching(false);
    setOutcome(now);
    say(card.doneTitle);
  };

  if (held.value === undefined) {
    return (
      <Page title={card.title} back="/settings">
        <Loading />
      </Page>
    );
  }
  if (!made) {
    return (
      <Page title={card.title} back="/settings">
        <Empty
          title={card.none.title}
          action={
            <div class="line">
              <LinkButton tone="primary" href="/add">
                {card.none.add}
              </LinkButton>
              <LinkButton href="/open">{card.none.open}</LinkButton>
            </div>
          }
        >
          {card.none.text}
        </Empty>
      </Page>
    );
  }
  if (shown && goesOn) {
    return (
      <Page title={card.title} back="/settings">
        <Confirm list={shown.list} onConfirmed={() => void confirm(shown, goesOn)} onBack={() => setGoesOn(null)} />
      </Page>
    );
  }
  if (shown) {
    return (
      <Page title={card.title} back="/settings">
        <div class="stack no-print">
          <Heading>{card.listTitle}</Heading>
          <p>
            {card.onPaper} {shown.fresh && card.until}
          </p>
          <WordList words={shown.list} label={card.list} />
          {shown.fresh && others.length > 0 && <GoingOn devices={others} left={left} onChange={setLeft} />}
          <div class="line">
            <Button
              tone="primary"
              onClick={() => setGoesOn(others.map(({ id }) => id).filter((id) => !left.includes(id)))}
            >
              {card.written}
            </Button>
            <Button icon="print" onClick={() => print()}>
              {card.print}
            </Button>
            <Button tone="quiet" onClick={() => setShown(null)}>
              {card.hide}
            </Button>
          </div>
        </div>
        <Paper secret={shown.secret} list={shown.list} />
      </Page>
    );
  }
  return (
    <Page title={card.title} back="/settings">
      <p class="lead">{card.lead}</p>
      {told && <OutcomeNotice outcome={told} />}
      {switching && <Loading label={card.make} />}
      {!saved && !switching && told !== "later" && (
        <Notice tone="wait">
          <p>{card.notSaved}</p>
        </Notice>
      )}
      {confirmedAt !== null && <Mark tone="good">{card.since(day(confirmedAt))}</Mark>}
      <div class="stack-tight">
        <div class="line">
          <Button
            tone={confirmed ? "plain" : "primary"}
            icon="card"
            onClick={() => void cardSecret().then((secret) => show(secret, false))}
          >
            {confirmed ? card.again : card.show}
          </Button>
        </div>
        <p class="soft">{card.alone}</p>
        <p>
          <a href="/help/lost-card">{help}</a>
        </p>
      </div>
      {/* One that is half done is finished first: in its place, another would leave this device with neither. */}
      {confirmed && !held.value?.next && (
        <Section title={card.newTitle}>
          <p>{card.newText}</p>
          <div class="line">
            <Button
              onClick={() => {
                void refreshRing();
                void show(newSecret(), true);
              }}
            >
              {card.make}
            </Button>
          </div>
        </Section>
      )}
    </Page>
  );
}
