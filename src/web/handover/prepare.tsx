// Before an offer: what it means, the owner's own copy, and in which way the thing changes hands.

import { useState } from "preact/hooks";
import type { Handover } from "../api/views.ts";
import { unmadeCard } from "../keys/held.ts";
import { useDoing } from "../pages/doing.ts";
import { endAfter } from "../pages/lasting.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Check, Choices, Select } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { OpenCases } from "./cases.tsx";
import { OwnCopy } from "./copy.tsx";
import { makeOffer, type Kept } from "./offered.ts";
import { TwoSides } from "./travels.tsx";

const LASTS = ["3", "14", "30", "60"] as const;
type Way = "steps" | "gift";

export type Props = {
  readonly thing: Thing;
  readonly handover: Handover;
  readonly kept: Kept;
  readonly look: () => Promise<unknown>;
};

/** Lines that count nothing aren't said. */
const counted = (n: number, line: (n: number) => string): readonly string[] => (n === 0 ? [] : [line(n)]);

function Meaning({ thing, handover: { travels, stays } }: Pick<Props, "thing" | "handover">) {
  const { goes, stays: w } = words.value.handover;
  // A card that isn't on paper is no way in yet.
  const waysIn = stays.channels - (unmadeCard(thing.id) === null ? 0 : 1);
  return (
    <TwoSides
      goes={{
        title: goes.title,
        lines: [
          goes.product,
          ...(thing.view.proof === "label" ? [goes.label] : []),
          goes.record(travels.entries),
          ...counted(travels.photos, goes.photos),
          goes.notices,
        ],
        note: goes.read,
      }}
      stays={{
        title: w.title,
        lines: [
          stays.notes === 0 ? w.noNotes : w.notes(stays.notes),
          ...counted(stays.photos, w.photos),
          ...counted(stays.papers, w.papers),
          ...counted(stays.agreements, w.agreements),
          ...counted(waysIn, w.channels),
          ...counted(stays.links, w.links),
        ],
        note: w.name,
      }}
    />
  );
}

export function Prepare({ thing, handover, kept, look }: Props) {
  const w = words.value.handover;
  const [way, setWay] = useState<Way>("steps");
  const [lasts, setLasts] = useState<(typeof LASTS)[number]>("14");
  const [noCopy, setNoCopy] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useDoing();
  const gift = way === "gift";

  const lacks = !kept.copy && !noCopy ? w.copy.missing : gift && !understood ? w.how.giftWarning.missing : null;

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (lacks !== null) return;
    const expiresAt = endAfter(Number(lasts));
    await run(() => makeOffer(thing.id, { gift, expiresAt }));
    await look();
  };
  return (
    <>
      {handover.offer && (
        <Notice title={w.offer.over.title}>
          <p>{w.offer.over.text}</p>
        </Notice>
      )}
      <p class="lead">{w.lead(thing.view.product.name)}</p>
      <Meaning thing={thing} handover={handover} />
      <p>
        <a href={`/t/${thing.id}/history`}>{w.goes.look}</a>
      </p>
      <OpenCases cases={handover.openCases} text={w.cases.seller} />
      <form class="stack wide-gap" onSubmit={(event) => void submit(event)}>
        <div class="stack-tight">
          <OwnCopy thing={thing} kept={kept} />
          {!kept.copy && <Check label={w.copy.without} checked={noCopy} onChange={setNoCopy} />}
        </div>
        <div class="stack">
          <Choices
            legend={w.how.title}
            layout="rows"
            value={way}
            onChange={setWay}
            options={[
              { value: "steps", label: w.how.steps, hint: w.how.stepsHint },
              { value: "gift", label: w.how.gift, hint: w.how.giftHint },
            ]}
          />
          {gift && (
            <Notice tone="bad" title={w.how.giftWarning.title} fresh>
              <p>{w.how.giftWarning.text}</p>
              <Check label={w.how.giftWarning.check} checked={understood} onChange={setUnderstood} />
            </Notice>
          )}
          <Select
            label={w.how.lasts}
            hint={w.how.parcel}
            value={lasts}
            options={LASTS.map((value) => ({ value, label: w.how.days(Number(value)) }))}
            onChange={setLasts}
          />
        </div>
        {tried && lacks !== null && (
          <p class="lacks" role="alert">
            {lacks}
          </p>
        )}
        {problem && <Failed problem={problem} />}
        <Button type="submit" tone="primary" whole busy={busy}>
          {gift ? w.how.goGift : w.how.go}
        </Button>
      </form>
    </>
  );
}
