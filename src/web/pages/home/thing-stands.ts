// The one thing to know of a thing at a glance: what waits for its owner first, then what waits for others, then what was last.

import { isAlarm, openNoticesOf } from "../../store/notices.ts";
import { notesOf } from "../../store/notes.ts";
import { companyName } from "../../store/makers.ts";
import { alertOf, findsOf, takerOf, type Thing } from "../../store/things.ts";
import { ago } from "../../words/format.ts";
import { words } from "../../words/words.ts";
import { termsState } from "../notes/agreed.ts";
import { isOf, stands, waitsForTap, waitsForVerdict, type Stands } from "../notes/stands.ts";

/** Reactive. */
export function thingStands(thing: Thing): Stands {
  const { mine } = words.value.home;
  if (thing.ended === "handed") return { tone: "calm", text: mine.handed };
  if (thing.ended !== null) return { tone: "bad", text: thing.ended === "revoked" ? mine.closed : mine.erased };
  if (findsOf(thing).length > 0) return { tone: "news", text: words.value.found.notice.title };
  const taker = takerOf(thing);
  if (taker) return { tone: "news", text: words.value.handover.onThing[taker === "accepted" ? "accepted" : "have"] };
  const alert = alertOf(thing);
  if (alert !== null) return { tone: "bad", text: words.value.handover.alert.mark[alert] };
  const alarm = openNoticesOf(thing).find(isAlarm);
  if (alarm) return { tone: "bad", text: words.value.notices.kinds[alarm.kind] };
  const notes = notesOf(thing.id);
  const forTheOwner =
    notes.find(({ queued }) => queued === "refused") ??
    notes.find(waitsForVerdict) ??
    notes.find(({ unread }) => unread > 0);
  if (forTheOwner) return stands(forTheOwner, thing);
  if (termsState(thing) === "countered") return { tone: "news", text: mine.countered(companyName(thing)) };
  // What is new and in no note is what the company decided.
  if (thing.unread > 0) return { tone: "news", text: words.value.thread.thing.termsChanged(companyName(thing)) };
  const underWay =
    notes.find(waitsForTap) ?? notes.find(({ queued }) => queued !== null) ?? notes.find((note) => isOf(note, "open"));
  if (underWay) return stands(underWay, thing);
  const [last] = notes;
  return {
    tone: "calm",
    text: last ? mine.notes(notes.length, ago(last.createdAt)) : thing.view.tenure > 0 ? mine.noneYours : mine.none,
  };
}
