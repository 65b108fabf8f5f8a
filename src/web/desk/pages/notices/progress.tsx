// How far a notice came: in bands, as its company may know it.

import { Mark } from "../../../ui/notice.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import type { Band, SentNotice } from "../../api/views.ts";

const bandOf = ({ from, to }: Band): string => deskWords.value.notices.band(from, to);

export function Progress({ notice }: { notice: SentNotice }) {
  const w = deskWords.value.notices;
  const { kind, targeted, delivered, finished, withdrawn } = notice;
  const isService = kind === "service";
  const isTaken = withdrawn !== null;
  const goesTo = isTaken ? w.withdrawalGoesTo : w.goesTo;
  const wentTo = isTaken ? w.withdrawalWentTo : w.wentTo;
  const told = isTaken ? w.withdrawalTold : w.told;
  const toldAll = isTaken ? w.withdrawalToldAll : w.toldAll;
  const whole = bandOf(targeted);
  const mark = <Mark tone={finished ? "good" : "wait"}>{finished ? w.finished : w.underWay}</Mark>;
  // Of the way to everyone who has an item, the company learns nothing.
  if (!isService && !finished)
    return (
      <div class="reach">
        {mark}
        <p>{goesTo(whole)}</p>
      </div>
    );
  return (
    <div class="reach">
      {mark}
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="1" class="whole" />
        <rect width={finished ? 100 : (delivered.to / targeted.to) * 100} height="1" class="could" />
        <rect width={finished ? 100 : (delivered.from / targeted.to) * 100} height="1" class="sure" />
      </svg>
      {/* Whoever it goes to without terms may still be out of reach when it has gone out. */}
      <p>{!finished ? told(bandOf(delivered), whole) : isService ? toldAll(whole) : wentTo(whole)}</p>
    </div>
  );
}
