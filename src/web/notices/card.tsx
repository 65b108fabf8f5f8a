// One notice: what it is, from whom, what it says, why it came here, and what its owner says to it.

import { isAlarm, settle, type KeptNotice, type NoticeState } from "../store/notices.ts";
import { mayIn, type Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { words } from "../words/words.ts";
import { NoticeWords } from "./told.tsx";

function Why({ notice, thing }: { notice: KeptNotice; thing: Thing }) {
  const w = words.value.notices;
  return (
    <details class="small">
      <summary>{w.why.title}</summary>
      <p>{w.why[notice.why](notice.maker.name)}</p>
      {notice.why === "agreement" && mayIn(thing, "agreements:read") && (
        <p>
          <a href={`/t/${thing.id}/terms`}>{w.terms}</a>
        </p>
      )}
    </details>
  );
}

/** One that its thing's owner got, with their word on it. */
export function NoticeCard({ notice, thing }: { notice: KeptNotice; thing: Thing }) {
  const w = words.value.notices.settle;
  const mayAnswer = mayIn(thing, "owner") && thing.ended === null;
  const say = (state: Exclude<NoticeState, "open">): void => {
    void settle(thing, notice, state).then(() => toast(w.noted[state]));
  };
  const alarm = isAlarm(notice);
  return (
    <NoticeWords notice={notice}>
      {mayAnswer ? (
        <div class="settle" role="group" aria-label={w.ask}>
          {alarm ? (
            <>
              <Button tone="primary" icon="check" onClick={() => say("done")}>
                {w.done}
              </Button>
              <Button icon="clock" onClick={() => say("booked")}>
                {w.booked}
              </Button>
              <Button onClick={() => say("not-mine")}>{w["not-mine"]}</Button>
            </>
          ) : (
            <Button icon="check" onClick={() => say("done")}>
              {w.read}
            </Button>
          )}
        </div>
      ) : (
        thing.ended === null && <p class="small">{w.owner}</p>
      )}
      {mayAnswer && alarm && <p class="small">{notice.why === "board" ? w.staysHere : w.stays(notice.maker.name)}</p>}
      <Why notice={notice} thing={thing} />
    </NoticeWords>
  );
}

/** One that is settled: what was said, and the way back. */
export function SettledNotice({ notice, thing }: { notice: KeptNotice; thing: Thing }) {
  const w = words.value.notices;
  const mayAnswer = mayIn(thing, "owner") && thing.ended === null;
  return (
    <NoticeWords notice={notice} level={3} settled>
      <div class="line apart">
        {notice.withdrawn === null && <Mark tone="good">{w.settle.said[notice.state]}</Mark>}
        {mayAnswer && notice.withdrawn === null && (
          <Button
            tone="quiet"
            onClick={() => void settle(thing, notice, "open").then(() => toast(w.settle.noted.open))}
          >
            {w.settle.again}
          </Button>
        )}
      </div>
      <Why notice={notice} thing={thing} />
    </NoticeWords>
  );
}
