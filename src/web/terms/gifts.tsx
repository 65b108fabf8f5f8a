// Contributions: what an owner may give beside the terms, each for one purpose. Apart from the terms, and never asked for.

import type { Agreement } from "../api/views.ts";
import type { RosterCode } from "../../domain/terms/roster.ts";
import { enqueue, waiting } from "../store/queue.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/notice.tsx";
import { words } from "../words/words.ts";
import { Counter } from "./counter.tsx";
import { settleAgreement } from "./deeds.ts";
import { useDoing } from "../pages/doing.ts";
import { Ending } from "./ending.tsx";
import { isOpen, standingOf, toneOf } from "./standing-words.ts";

export const GIFTS = ["PDC-AI", "PDC-GOOD", "PDC-INTENT"] as const satisfies readonly RosterCode[];

type Props = {
  readonly thing: Thing;
  readonly company: string;
  /** This company's contributions, newest first. */
  readonly gifts: readonly Agreement[];
  /** Whether terms are in force that a gift can come on top of. */
  readonly ready: boolean;
  readonly mayChange: boolean;
};

export function Gifts({ thing, company, gifts, ready, mayChange }: Props) {
  const w = words.value.terms.gifts;
  return (
    <details class="gifts">
      <summary>
        <h2>{w.title}</h2>
      </summary>
      <div class="stack">
        <p class="soft">{ready ? w.lead(company) : w.needTerms}</p>
        <ul class="stack">
          {GIFTS.map((code) => (
            <Gift
              key={code}
              code={code}
              thing={thing}
              company={company}
              latest={gifts.find(({ preferred }) => preferred === code)}
              may={ready && mayChange}
            />
          ))}
        </ul>
      </div>
    </details>
  );
}

type GiftProps = {
  readonly code: (typeof GIFTS)[number];
  readonly thing: Thing;
  readonly company: string;
  readonly latest: Agreement | undefined;
  readonly may: boolean;
};

function Gift({ code, thing, company, latest, may }: GiftProps) {
  const { gifts: w, offer, states, plain, queued } = words.value.terms;
  const { busy, run } = useDoing();
  const standing = standingOf(latest);
  const inForce = standing === "accepted";
  const open = latest !== undefined && isOpen(latest);
  const waits = waiting.value.some(
    ({ op }) => op.type === "proffer" && op.twin === thing.id && op.input.preferred === code,
  );
  return (
    <li class="gift">
      <div class="line apart">
        <h3>{w.names[code]}</h3>
        {waits ? (
          <Mark tone="wait">{queued.mark}</Mark>
        ) : (
          latest && <Mark tone={toneOf(standing)}>{states[standing].mark}</Mark>
        )}
      </div>
      <p>{plain(code, company)}</p>
      <p class="mono small soft">{code}</p>
      {inForce && may && (
        <div class="line">
          <Ending thing={thing} agreement={latest!} company={company} action={w.stop} title={w.stopTitle} />
        </div>
      )}
      {open && standing === "countered" && (
        <Counter thing={thing} agreement={latest} company={company} mayAnswer={may} />
      )}
      {open && standing !== "countered" && may && (
        <Button busy={busy} onClick={() => void run(() => settleAgreement(thing, latest, { do: "rescind" }))}>
          {offer.back}
        </Button>
      )}
      {!inForce && !open && !waits && may && (
        <div class="line">
          <Button onClick={() => void enqueue({ type: "proffer", twin: thing.id, input: { preferred: code } })}>
            {w.give}
          </Button>
        </div>
      )}
    </li>
  );
}
