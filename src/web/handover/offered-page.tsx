// While an offer stands: the code to give, what the other side has done so far, and the way back.

import { useEffect, useState } from "preact/hooks";
import type { Offer } from "../api/views.ts";
import { useDoing } from "../pages/doing.ts";
import { Button } from "../ui/button.tsx";
import { Card, Section } from "../ui/layout.tsx";
import { Notice } from "../ui/notice.tsx";
import { PassOn } from "../ui/pass-on.tsx";
import { Qr } from "../ui/qr.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { alertOf, type Thing } from "../store/things.ts";
import { ago, moment } from "../words/format.ts";
import { words } from "../words/words.ts";
import { cancel as cancelOffer } from "./calls.ts";
import { OpenCases } from "./cases.tsx";
import type { Goodbye } from "./gone.tsx";
import { makeOffer, type Kept } from "./offered.ts";
import type { Props as Before } from "./prepare.tsx";
import { Release } from "./release.tsx";

type Props = Before & { readonly offer: Offer; readonly onGone: (goodbye: Goodbye) => void };

export function Offered({ thing, handover, kept, look, offer, onGone }: Props) {
  const w = words.value.handover;
  const { made, asked } = kept;
  const { problem, run } = useDoing();
  const accepted = offer.state !== "open";
  /** Wrong words were typed: too many of them make what was accepted void. */
  const [wrong, setWrong] = useState(false);
  const askAgain = (): void => {
    if (made === null && asked !== null) void run(() => makeOffer(thing.id, asked));
  };
  // It was made here and its answer got lost on the way: the same is asked again.
  useEffect(askAgain, [made, asked]);
  // While it is lost or stolen an offer can only be taken back.
  if (alertOf(thing) !== null) return <TakeBack thing={thing} until={offer.expiresAt} look={look} />;
  return (
    <>
      {accepted ? (
        <Release thing={thing} offer={offer} kept={kept} look={look} onWrong={() => setWrong(true)} onGone={onGone} />
      ) : (
        <Waiting offer={offer} voided={wrong && !offer.stale} />
      )}
      {offer.haveAt !== null && (
        <Notice tone="news" title={w.offer.have} fresh>
          <p>{w.offer.haveText(ago(offer.haveAt))}</p>
          {!accepted && <p>{w.offer.haveAccept}</p>}
        </Notice>
      )}
      {problem && asked !== null && made === null && <Failed problem={problem} again={askAgain} />}
      {!accepted && (made !== null || asked === null) && <Give thing={thing} made={made} gift={offer.gift} />}
      {!accepted && !offer.gift && (
        <Section title={w.offer.next}>
          <ol class="in-turn">
            {w.offer.steps.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </Section>
      )}
      <OpenCases cases={handover.openCases} text={w.cases.seller} />
      <TakeBack thing={thing} until={offer.expiresAt} look={look} />
    </>
  );
}

function Waiting({ offer: { gift, stale }, voided }: { offer: Offer; voided: boolean }) {
  const w = words.value.handover.offer;
  if (voided) {
    return (
      <Notice tone="bad" title={words.value.handover.release.voidTitle} fresh>
        <p>{words.value.handover.release.void}</p>
      </Notice>
    );
  }
  return stale ? (
    <Notice tone="wait" title={w.stale} fresh>
      <p>{w.staleText}</p>
    </Notice>
  ) : (
    <Notice tone="wait" title={w.waiting}>
      <p>{gift ? w.waitingGift : w.waitingText}</p>
    </Notice>
  );
}

/** The code in all the ways in which it can be given. */
function Give({ thing, made, gift }: { thing: Thing; made: Kept["made"]; gift: boolean }) {
  const w = words.value.handover.offer;
  if (made === null) {
    return (
      <Notice title={w.elsewhere.title}>
        <p>{w.elsewhere.text}</p>
      </Notice>
    );
  }
  return (
    <Section title={w.give}>
      <p>{w.giveText}</p>
      {gift && <p class="strong">{w.giftOnly}</p>}
      <Card>
        <Qr text={made.url} label={w.qr} />
        <div class="line centred">
          <PassOn url={made.url} says={w.sendText(thing.view.product.name)} pass={w.send} copy={w.copyLink} />
        </div>
        <div class="stack-tight">
          <h3 id="offer-code">{w.code}</h3>
          <p class="offer-code" aria-labelledby="offer-code">
            {made.code.split("-").map((group, at) => (
              <span key={at}>{group}</span>
            ))}
          </p>
          <p class="small soft">{w.where(location.host)}</p>
        </div>
      </Card>
    </Section>
  );
}

type TakeBackProps = { readonly thing: Thing; readonly until: string; readonly look: () => Promise<unknown> };

function TakeBack({ thing, until, look }: TakeBackProps) {
  const w = words.value.handover.offer;
  const [open, setOpen] = useState(false);
  const { busy, problem, run } = useDoing();
  const close = (): void => setOpen(false);
  const cancel = async (): Promise<void> => {
    if (!(await run(() => cancelOffer(thing.id)))) return;
    close();
    toast(w.cancelled);
    // What is kept of it goes as it is looked at: the offer is over whether or not this device can change what it keeps.
    await look();
  };
  return (
    <div class="stack-tight taking-back">
      <p class="soft">{w.until(moment(until))}</p>
      <div class="line">
        <Button tone="danger" onClick={() => setOpen(true)}>
          {w.cancel}
        </Button>
      </div>
      <Sheet title={w.cancelSheet} open={open} onClose={close}>
        <p>{w.cancelText}</p>
        {problem && <Failed problem={problem} />}
        <Button tone="danger" whole busy={busy} onClick={() => void cancel()}>
          {w.cancel}
        </Button>
        <Button tone="quiet" whole onClick={close}>
          {words.value.common.cancel}
        </Button>
      </Sheet>
    </div>
  );
}
