// On a thing's own page: that it is on offer, and what the other side did. Asks only where an offer was made on this device.

import { useCallback, useEffect, useState } from "preact/hooks";
import type { Offer } from "../api/views.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Icon } from "../ui/icon.tsx";
import { Mark, type Tone } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { readHandover } from "./calls.ts";
import { keptOf, readKept, type Kept } from "./offered.ts";

type Said = { readonly tone: Tone; readonly text: string };

function saidOf({ state, stale, haveAt, gift }: Offer): Said | null {
  const w = words.value.handover.onThing;
  if (state === "expired") return null;
  if (state !== "open") return { tone: "news", text: w.accepted };
  if (stale) return { tone: "wait", text: w.stale };
  if (haveAt !== null) return { tone: "news", text: w.have };
  return { tone: "wait", text: gift ? w.gift : w.offered };
}

/** Why it doesn't open any more, if it changed hands. */
function endOf(kept: Kept | undefined, { ended }: Thing): Said | null {
  const w = words.value.handover.onThing;
  const isGift = kept?.made?.gift === true;
  if (kept?.releasing || (isGift && ended === "handed")) return { tone: "news", text: w.released };
  return isGift ? { tone: "news", text: w.taken } : null;
}

export function OfferLine({ thing }: { thing: Thing }) {
  const { id } = thing;
  const [offer, setOffer] = useState<Offer | null>(null);
  useEffect(() => void readKept(id), [id]);
  const kept = keptOf(id);
  const made = kept?.made ?? null;
  const look = useCallback(async () => {
    const answer = await readHandover(id);
    if (answer.ok) setOffer(answer.value.offer);
  }, [id]);
  useEffect(() => {
    if (made !== null && mayIn(thing, "owner") && thing.ended === null) void look();
  }, [made, look]);
  const said = thing.ended !== null ? endOf(kept, thing) : offer !== null && made !== null ? saidOf(offer) : null;
  if (said === null) return null;
  const { tone, text } = said;
  return (
    <a class="terms-line" href={`/t/${id}/handover`}>
      <Icon name="leave" size={20} />
      <span class="soft">{words.value.handover.title}</span>
      <Mark tone={tone}>{text}</Mark>
      <Icon name="next" size={18} />
    </a>
  );
}
