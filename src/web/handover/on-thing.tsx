// On a thing's own page: that it is on offer, and what the other side did. Asks only where an offer was made on this device.

import { useCallback, useEffect, useState } from "preact/hooks";
import type { Offer } from "../api/views.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Icon } from "../ui/icon.tsx";
import { Mark, type Tone } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { readHandover } from "./calls.ts";
import { keptOf, readKept } from "./offered.ts";

function saidOf({ state, stale, haveAt, gift }: Offer): { tone: Tone; text: string } {
  const w = words.value.handover.onThing;
  if (state !== "open") return { tone: "news", text: w.accepted };
  if (stale) return { tone: "wait", text: w.stale };
  if (haveAt !== null) return { tone: "news", text: w.have };
  return { tone: "wait", text: gift ? w.gift : w.offered };
}

export function OfferLine({ thing }: { thing: Thing }) {
  const { id } = thing;
  const [offer, setOffer] = useState<Offer | null>(null);
  useEffect(() => void readKept(id), [id]);
  const made = keptOf(id)?.made ?? null;
  const look = useCallback(async () => {
    const answer = await readHandover(id);
    if (answer.ok) setOffer(answer.value.offer);
  }, [id]);
  useEffect(() => {
    if (made !== null && mayIn(thing, "owner") && thing.ended === null) void look();
  }, [made, look]);
  const taken = thing.ended !== null && made?.gift === true;
  if (!taken && (offer === null || made === null || offer.state === "expired")) return null;
  const { tone, text } = taken ? { tone: "news" as const, text: words.value.handover.onThing.taken } : saidOf(offer!);
  return (
    <a class="terms-line" href={`/t/${id}/handover`}>
      <Icon name="leave" size={20} />
      <span class="soft">{words.value.handover.title}</span>
      <Mark tone={tone}>{text}</Mark>
      <Icon name="next" size={18} />
    </a>
  );
}
