// The open notices of all things on the first page: what is about safety stands out there until its owner settled it.

import "./notices.css";
import { useEffect } from "preact/hooks";
import { isAlarm, refreshTold, waitingNoticesOf, type KeptNotice } from "../store/notices.ts";
import { faceOf, things, type Thing } from "../store/things.ts";
import { Emblem } from "../ui/emblem.tsx";
import { Icon } from "../ui/icon.tsx";
import { List, Row } from "../ui/layout.tsx";
import { Mark } from "../ui/notice.tsx";
import { beginningOf } from "../pages/notes/words-of.tsx";
import { words } from "../words/words.ts";

const BEGINNING = 160;

export function NoticesOnHome() {
  const w = words.value.notices;
  const all = things.value;
  const ids = all.map(({ id }) => id).join(" ");
  useEffect(() => {
    // One after the other: whoever has many things asks for many.
    void (async () => {
      for (const thing of all) await refreshTold(thing, { always: false });
    })();
  }, [ids]);
  const open = all.flatMap((thing) => waitingNoticesOf(thing).map((notice) => ({ thing, notice })));
  const [alarms, others] = [
    open.filter(({ notice }) => isAlarm(notice)),
    open.filter(({ notice }) => !isAlarm(notice)),
  ];
  return open.length === 0 ? null : (
    <section class="stack" aria-label={w.title}>
      {alarms.map((one) => (
        <Alarm key={`${one.thing.id} ${one.notice.id}`} {...one} />
      ))}
      {others.length > 0 && (
        <List>
          {others.map(({ thing, notice }) => (
            <Row
              key={`${thing.id} ${notice.id}`}
              href={`/t/${thing.id}`}
              start={<Icon name="bell" />}
              title={<span dir="auto">{notice.title}</span>}
              detail={w.here(nameOf(thing), notice.maker.name)}
              mark={notice.withdrawn !== null && <Mark tone="calm">{w.withdrawn.title}</Mark>}
            />
          ))}
        </List>
      )}
    </section>
  );
}

const nameOf = ({ view }: Thing): string => view.product.name;

/** What is about safety: the whole card leads to its thing, where it is read and settled. */
function Alarm({ thing, notice }: { thing: Thing; notice: KeptNotice }) {
  const w = words.value.notices;
  return (
    <a class="told on-home alarm" href={`/t/${thing.id}`}>
      <span class="notice-kind">
        <Icon name="alert" size={20} />
        <span>
          <strong>{w.kinds[notice.kind]}</strong> <bdi>{w.from(notice.maker.name)}</bdi>
        </span>
      </span>
      <span class="title" dir="auto">
        {notice.title}
      </span>
      <span class="text" dir="auto">
        {beginningOf(notice.text, BEGINNING)}
      </span>
      <span class="whose">
        <Emblem id={faceOf(thing.id)} size={28} />
        <bdi>{nameOf(thing)}</bdi>
      </span>
      <span class="go">
        {w.read}
        <Icon name="next" size={18} />
      </span>
    </a>
  );
}
