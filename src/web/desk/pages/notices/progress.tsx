// How far a notice came: in bands, as its company may know it.

import { Mark } from "../../../ui/notice.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import type { Band, SentNotice } from "../../api/views.ts";

const bandOf = ({ from, to }: Band): string => deskWords.value.notices.band(from, to);

export function Progress({ notice }: { notice: SentNotice }) {
  const w = deskWords.value.notices;
  const { kind, targeted, delivered, finished, withdrawn } = notice;
  const isTaken = withdrawn !== null;
  const say = isTaken ? w.withdrawalTold : w.told;
  const sayAll = isTaken ? w.withdrawalToldAll : w.toldAll;
  const mark = <Mark tone={finished ? "good" : "wait"}>{finished ? w.finished : w.underWay}</Mark>;
  // Of the way to everyone who has an item, the company learns nothing.
  if (kind !== "service" && !finished)
    return (
      <div class="reach">
        {mark}
        <p>{w.goesTo(bandOf(targeted))}</p>
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
      <p>{finished ? sayAll(bandOf(targeted)) : say(bandOf(delivered), bandOf(targeted))}</p>
    </div>
  );
}
