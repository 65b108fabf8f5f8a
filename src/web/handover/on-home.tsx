// What changes hands, on the first page: what is on its way to this person, so that whoever closed the tab finds it again; and, once, what
// became theirs meanwhile and what was handed over here.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { handed } from "../store/mirror.ts";
import { handedTold } from "../store/handed.ts";
import { isHere, thingOf } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { List, Row } from "../ui/layout.tsx";
import { Mark, Notice, type Tone } from "../ui/notice.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { twinOfCode } from "./calls.ts";
import { forgetWoken, readTakings, standingOf, takings, type Standing, type Taking } from "./taking.ts";

/** What became theirs while they didn't look, for as long as the first page says so. */
export const cameHere = signal<readonly { readonly twin: string; readonly name: string }[]>([]);

export const HandoversOnHome = () => (
  <>
    <CameHere />
    <HandedOver />
    <Coming />
  </>
);

function CameHere() {
  const { yours } = words.value.handover;
  useEffect(() => {
    void readTakings();
    return () => {
      cameHere.value = [];
    };
  }, []);
  const woken = (takings.value ?? []).flatMap(({ name, accepted }) =>
    accepted !== null && thingOf(accepted.access.twin)?.ended === null ? [{ twin: accepted.access.twin, name }] : [],
  );
  useEffect(() => {
    if (woken.length === 0) return;
    cameHere.value = [...cameHere.peek(), ...woken];
    void forgetWoken();
  }, [woken.length]);
  return cameHere.value.map(({ twin, name }) => (
    <Notice
      key={twin}
      tone="good"
      title={yours.title}
      fresh
      action={
        <LinkButton tone="primary" href={`/t/${twin}`}>
          {yours.open}
        </LinkButton>
      }
    >
      <p>{yours.lead(name)}</p>
    </Notice>
  ));
}

function HandedOver() {
  const { gone } = words.value.handover;
  const [said, setSaid] = useState<readonly string[]>([]);
  const untold = handed.value.filter(({ told }) => !told);
  useEffect(() => {
    if (untold.length === 0) return;
    setSaid((before) => [...before, ...untold.map(({ twin }) => twin)]);
    handedTold().catch(() => {});
  }, [untold.length]);
  return handed.value
    .filter(({ twin }) => said.includes(twin))
    .map(({ twin, name, at }) => (
      <Notice key={twin}>
        <p>{gone.lead(name, day(at))}</p>
      </Notice>
    ));
}

type Said = { readonly tone: Tone; readonly text: string };

function saidOf({ accepted, refused }: Taking, standing: Standing | undefined): Said {
  const { home: w, words: read } = words.value.handover;
  if (refused !== null) return { tone: "bad", text: w.refused };
  if (accepted === null) return { tone: "wait", text: w.unfinished };
  if (standing === "over") return { tone: "bad", text: read.over.title };
  if (standing === "again") return { tone: "wait", text: read.again.title };
  return { tone: "wait", text: w.waiting };
}

function Coming() {
  const w = words.value.handover.home;
  const [standings, setStandings] = useState<ReadonlyMap<string, Standing>>(new Map());
  // One that woke by itself is among the things already.
  const coming = (takings.value ?? []).filter(
    ({ accepted }) => accepted === null || thingOf(accepted.access.twin) === undefined,
  );
  const ids = coming.map(({ id }) => id).join(" ");
  useEffect(() => {
    for (const taking of coming) {
      if (taking.accepted === null) continue;
      void standingOf(taking, "offer").then((standing) => {
        if (!isHere(taking.accepted!.access.twin))
          setStandings((before) => new Map([...before, [taking.id, standing]]));
      });
    }
  }, [ids]);
  return coming.length === 0 ? null : (
    <section class="stack-tight" aria-label={w.title}>
      <List label={w.title}>
        {coming.map((taking) => {
          const { tone, text } = saidOf(taking, standings.get(taking.id));
          return (
            <Row
              key={taking.id}
              href={`/h?of=${taking.id}`}
              start={<Emblem id={twinOfCode(taking.code)} size={40} />}
              title={<bdi>{taking.name}</bdi>}
              detail={tone === "bad" ? undefined : w.title}
              mark={<Mark tone={tone}>{text}</Mark>}
            />
          );
        })}
      </List>
    </section>
  );
}
