// What is on its way to this person, on the first page: whoever closed the tab finds it again.

import { useEffect } from "preact/hooks";
import { thingOf } from "../store/things.ts";
import { Emblem } from "../ui/emblem.tsx";
import { List, Row } from "../ui/layout.tsx";
import { Mark } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { twinOfCode } from "./calls.ts";
import { forgetWoken, readTakings, takings } from "./taking.ts";

export function TakingsOnHome() {
  const w = words.value.handover.home;
  useEffect(() => void readTakings().then(forgetWoken), []);
  // One that woke by itself is among the things already.
  const coming = (takings.value ?? []).filter(
    ({ accepted }) => accepted === null || thingOf(accepted.access.twin) === undefined,
  );
  return coming.length === 0 ? null : (
    <section class="stack-tight" aria-label={w.title}>
      <List label={w.title}>
        {coming.map(({ id, code, name, accepted, refused }) => (
          <Row
            key={id}
            href={`/h?of=${id}`}
            start={<Emblem id={twinOfCode(code)} size={40} />}
            title={<bdi>{name}</bdi>}
            detail={w.title}
            mark={
              refused === null ? (
                <Mark tone="wait">{accepted === null ? w.unfinished : w.waiting}</Mark>
              ) : (
                <Mark tone="bad">{w.refused}</Mark>
              )
            }
          />
        ))}
      </List>
    </section>
  );
}
