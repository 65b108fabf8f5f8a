// What a person is told before a note leaves them: who gets it, who works for those, under which terms, and what in it says who they are.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { personalDetails, type PersonalDetail } from "../../../domain/personal-details.ts";
import { defaultTerms } from "../../keys/keyring.ts";
import { companyName, isHere, makerOf } from "../../store/makers.ts";
import { enqueue, online } from "../../store/queue.ts";
import type { Thing } from "../../store/things.ts";
import { Unverified } from "../../notices/unverified.tsx";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/field.tsx";
import { Facts } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { say } from "../../ui/say.tsx";
import { words } from "../../words/words.ts";
import { footing, hasJoined, type Footing } from "./agreed.ts";

/** What to say of a note that was just told to go: that it does, or what it waits for. To be asked before `profferFirst`. */
export function wordOfGoing(thing: Thing): string {
  const { write } = words.value;
  const company = companyName(thing);
  if (!online.value) return write.offline;
  return footing(thing).kind === "force" ? write.onItsWay(company) : write.waits(company);
}

/** Puts the owner's usual terms to the company first, where sending would otherwise rest on none. */
export async function profferFirst(thing: Thing): Promise<void> {
  if (footing(thing).kind !== "proffer") return;
  const { code, alternates } = defaultTerms.value;
  await enqueue({ type: "proffer", twin: thing.id, input: { preferred: code, alternates } });
}

function Basis({ thing, on }: { thing: Thing; on: Footing }) {
  const w = words.value.write.before;
  const { terms } = words.value;
  const company = companyName(thing);
  switch (on.kind) {
    case "force":
      return <p>{terms.plain(on.agreement.terms ?? on.agreement.preferred, company)}</p>;
    case "open":
      return (
        <>
          <p>{hasJoined(thing) === false ? w.notHere(company) : w.open(company)}</p>
          <p>{terms.plain(on.agreement.preferred, company)}</p>
        </>
      );
    case "countered":
      return <p>{w.countered(company)}</p>;
    case "refused":
      return <p>{w.refused(company)}</p>;
    case "owner":
      return <p>{w.waitsForOwner}</p>;
    case "proffer":
      return (
        <>
          <p>{on.again ? w.profferAgain(company) : w.proffer(company)}</p>
          <p>{terms.plain(defaultTerms.value.code, company)}</p>
          {hasJoined(thing) === false && <p>{w.notHere(company)}</p>}
        </>
      );
  }
}

function processorsOf(thing: Thing): ComponentChildren {
  const w = words.value.write.before;
  const company = companyName(thing);
  const maker = thing.view.maker === null ? undefined : makerOf(thing.view.maker);
  if (maker && !isHere(maker)) return null;
  if (!maker) return w.unknownProcessors(company);
  return maker.processors.length === 0 ? w.noProcessors(company) : w.manyProcessors(maker.processors);
}

type Props = {
  readonly thing: Thing;
  /** Whether the serial number goes along; null where that was settled when it was written. */
  readonly serial: boolean | null;
  readonly onSerial?: (goes: boolean) => void;
};

export function GoingOut({ thing, serial, onSerial }: Props) {
  const w = words.value.write.before;
  const company = companyName(thing);
  const domain = thing.view.maker;
  const own = thing.view.product.serial;
  const processors = processorsOf(thing);
  return (
    <section class="going-out" aria-label={w.title}>
      <Facts
        items={[
          [
            w.to,
            <>
              <bdi>{company}</bdi>
              {domain !== null && domain !== company && <span class="soft"> ({domain})</span>}
              {domain !== null && <Unverified maker={makerOf(domain)} />}
            </>,
          ],
          ...(processors === null ? [] : ([[w.processors, processors]] as const)),
          [
            w.terms,
            <div class="stack-tight">
              <Basis thing={thing} on={footing(thing)} />
              <a href={`/t/${thing.id}/terms`}>{w.otherTerms}</a>
            </div>,
          ],
        ]}
      />
      {serial !== null && own !== null && (
        <Check label={w.serial} hint={w.serialHint(own)} checked={serial} onChange={(goes) => onSerial?.(goes)} />
      )}
    </section>
  );
}

/** Long enough that nobody is interrupted in the middle of an address. */
const SAID_AFTER_MS = 900;

type WarningProps = {
  readonly text: string;
  /** Why nobody needs to know it where it goes. */
  readonly why: string;
  readonly onShow?: (detail: PersonalDetail) => void;
};

/** Warns, shows which words, and never keeps anyone from sending. */
export function PersonalWarning({ text, why, onShow }: WarningProps) {
  const w = words.value.write.personal;
  const details = useMemo(() => personalDetails(text), [text]);
  const kinds = [...new Set(details.map(({ kind }) => w.kinds[kind]))];
  const aloud = kinds.length === 0 ? "" : w.aloud(kinds);
  useEffect(() => {
    if (aloud === "") return;
    const timer = setTimeout(() => say(aloud), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [aloud]);
  if (details.length === 0) return null;
  return (
    <Notice tone="wait" title={w.title}>
      <p>{why}</p>
      <ul class="personal">
        {details.map((detail) => (
          <li key={detail.start}>
            <span>
              <mark>
                <bdi>{text.slice(detail.start, detail.end)}</bdi>
              </mark>{" "}
              <span class="small">{w.kinds[detail.kind]}</span>
            </span>
            {onShow && (
              <Button tone="quiet" onClick={() => onShow(detail)}>
                {w.show}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
