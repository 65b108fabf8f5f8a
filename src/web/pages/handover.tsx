// Where an owner hands a thing over: what goes and what stays, the offer, the four words, and the goodbye. Moves nothing by itself.

import { useCallback, useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Problem } from "../api/call.ts";
import { readHandover } from "../handover/calls.ts";
import { Gone, GoneMaybe, type Goodbye } from "../handover/gone.tsx";
import { forgetOffer, isReleasing, keptOf, notReleased, partWith, readKept, type Kept } from "../handover/offered.ts";
import { Offered } from "../handover/offered-page.tsx";
import { Prepare } from "../handover/prepare.tsx";
import { usePoll } from "../handover/poll.ts";
import type { Handover, Offer } from "../api/views.ts";
import { Blocked } from "../handover/alert.tsx";
import "../handover/handover.css";
import { handedOf } from "../store/handed.ts";
import { alertOf, faceOf, mayIn, sawTaker, thingOf, type Thing } from "../store/things.ts";
import { Emblem } from "../ui/emblem.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { outcome } from "./doing.ts";
import { OfThing } from "./of-thing.tsx";

export default function HandoverPage() {
  const { twin = "" } = useRoute().params;
  // Once it is theirs the thing leaves this device, and most of what there is to say of it is kept nowhere but here.
  const [goodbye, setGoodbye] = useState<Goodbye | null>(null);
  const thing = thingOf(twin);
  if (goodbye) return <Gone goodbye={goodbye} />;
  if (thing && thing.ended !== null) return <AfterTheEnd thing={thing} onGone={setGoodbye} />;
  return <OfThing>{(own) => <Frame key={own.id} thing={own} onGone={setGoodbye} />}</OfThing>;
}

/** What is to be said of a thing of which this device was told that it changed hands; null where it wasn't. */
function goodbyeTo({ id, ended }: Thing, { copy }: Kept): Goodbye | null {
  const handed = ended === "handed" ? handedOf(id) : undefined;
  return handed ? { name: handed.name, at: handed.at, company: null, copied: copy !== null } : null;
}

/** It doesn't open any more. If it was let go of, or stood as a gift, that is why. */
function AfterTheEnd({ thing, onGone }: Props) {
  useEffect(() => void readKept(thing.id), [thing.id]);
  const kept = keptOf(thing.id);
  const isAnswered = !isReleasing(thing.id);
  // The answer to letting go got lost, and that this device is shut out says what it was. Or it was let go of elsewhere, or was a gift.
  const goodbye = isAnswered && kept ? (kept.releasing ?? goodbyeTo(thing, kept)) : null;
  useEffect(() => {
    if (goodbye === null) return;
    onGone(goodbye);
    void partWith(thing.id, goodbye);
  }, [goodbye?.at]);
  if (kept === undefined || !isAnswered || goodbye !== null) {
    return (
      <Page title={words.value.handover.title} back="/">
        <Loading />
      </Page>
    );
  }
  return kept.made?.gift === true ? <GoneMaybe thing={thing} kept={kept} /> : <OfThing>{() => null}</OfThing>;
}

type Props = { readonly thing: Thing; readonly onGone: (goodbye: Goodbye) => void };

function Frame({ thing, onGone }: Props) {
  const w = words.value.handover;
  const { id, view } = thing;
  return (
    <Page
      title={w.title}
      back={`/t/${id}/manage`}
      eyebrow={<bdi>{view.product.name}</bdi>}
      start={<Emblem id={faceOf(id)} size={52} />}
    >
      {mayIn(thing, "owner") ? <Content thing={thing} onGone={onGone} /> : <Empty title={w.notOwner} />}
    </Page>
  );
}

const isOver = (offer: Offer | null): boolean => offer === null || offer.state === "expired";

const isSame = (a: Kept, b: Kept): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Brings what is kept here in line with how it stands. */
async function settle(twin: string, offer: Offer | null, { asked, releasing }: Kept): Promise<void> {
  // What was offered here and isn't any more ran out, or was taken back elsewhere.
  if (isOver(offer)) {
    if (asked !== null || releasing !== null) await forgetOffer(twin);
  } else if (releasing !== null && offer?.state !== "committing") await notReleased(twin);
}

function Content({ thing, onGone }: Props) {
  const { id } = thing;
  const [handover, setHandover] = useState<Handover | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const kept = keptOf(id);
  const ask = useCallback(async (): Promise<void> => {
    const wrong = await outcome(async () => {
      const before = await readKept(id);
      const wasReleasing = isReleasing(id);
      const answer = await readHandover(id);
      if (!answer.ok) return answer;
      // What came to be kept while this was asked is newer than its answer.
      if (!wasReleasing && isSame(before, await readKept(id))) await settle(id, answer.value.offer, before);
      setHandover(answer.value);
      if (thingOf(id)?.taker) await sawTaker(id);
      return answer;
    });
    setProblem(wrong);
  }, [id]);
  const stands = handover && !isOver(handover.offer) ? handover.offer : null;
  const look = usePoll(ask, stands ? "often" : "once");
  if (handover === null || kept === undefined) {
    return problem ? <Failed problem={problem} again={() => void look()} /> : <Loading />;
  }
  const props = { thing, handover, kept, look };
  return (
    <>
      {problem && <Failed problem={problem} again={() => void look()} />}
      <Blocked thing={thing} />
      {stands ? (
        <Offered {...props} offer={stands} onGone={onGone} />
      ) : (
        alertOf(thing) === null && <Prepare {...props} />
      )}
    </>
  );
}
