// One delivery: its state in words, and folded under it every attempt with what the company's server answered.

import { Button, LinkButton } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Mark, type Tone } from "../../../ui/notice.tsx";
import { When } from "../../../ui/when.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import type { Delivery, DeliveryState } from "../../api/views.ts";

const TONES: { readonly [state in DeliveryState]: Tone } = {
  queued: "calm",
  delivering: "wait",
  delivered: "good",
  delayed: "wait",
  dead: "bad",
  aside: "wait",
  gap: "news",
};

const Attempts = ({ delivery }: { delivery: Delivery }) => {
  const w = deskWords.value.deliveries;
  const { attempts } = delivery;
  if (attempts.length === 0) return <p class="small soft">{w.noAttempts}</p>;
  return (
    <ol class="attempts" aria-label={w.attempts(attempts.length)}>
      {attempts.map(({ n, at, status, ms, outcome, reason, head }) => (
        <li key={n} class={outcome}>
          <p class="line">
            <strong>{w.attempt(n, w.outcomes[outcome])}</strong>
            <span>{status === null ? w.noAnswer : w.answered(status)}</span>
            {ms !== null && <span>{w.ms(ms)}</span>}
            <When at={at} style="moment" />
          </p>
          {reason !== null && status === null && (
            <p class="small soft" lang="en">
              {reason}
            </p>
          )}
          {head !== null && head !== "" && (
            <pre tabIndex={0} role="group" aria-label={w.head(n)} dir="ltr">
              {head}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
};

export type Again = { readonly endpoint: string } & (
  | { readonly event: string }
  | { readonly twin: string; readonly note: string }
);

/** The announcement of a gap is none of the events that are kept: those it tells of are sent again, not it. */
export const mayGoAgain = ({ type }: Delivery): boolean => type !== "thread.gap";

type Props = {
  readonly delivery: Delivery;
  /** The endpoint's address. */
  readonly to: string;
  readonly busy: boolean;
  readonly onAgain: (again: Again) => void;
};

export function One({ delivery, to, busy, onAgain }: Props) {
  const w = deskWords.value.deliveries;
  const { event, type, twin, note, product, seq, endpoint, state, reason, attempts, nextAt, createdAt } = delivery;
  return (
    <li>
      <details class="delivery" data-event={event} data-endpoint={endpoint}>
        <summary>
          <span class="what">
            <code>{type}</code>
            <span class="small soft">
              {attempts.length > 0 && `${w.attempts(attempts.length)} · `}
              <When at={createdAt} />
            </span>
          </span>
          <bdi class="to small soft">{to}</bdi>
          <Mark tone={TONES[state]}>{w.states[state]}</Mark>
          <Icon name="next" size={18} />
        </summary>
        <div class="stack">
          <p>
            {w.stateHints[state]}
            {reason !== null && <span lang="en"> {reason}</span>}
            {nextAt !== null && (
              <>
                {" "}
                {w.next}: <When at={nextAt} />.
              </>
            )}
          </p>
          <Attempts delivery={delivery} />
          <p class="small soft">
            {w.seq(seq)} · <code class="id">{event}</code>
          </p>
          <div class="line">
            {mayGoAgain(delivery) && (
              <Button icon="send" busy={busy} onClick={() => onAgain({ endpoint, event })}>
                {w.againOne}
              </Button>
            )}
            {note !== null && (
              <>
                <Button busy={busy} onClick={() => onAgain({ endpoint, twin, note })}>
                  {w.againThread}
                </Button>
                <LinkButton tone="quiet" href={`/desk/t/${twin}/${note}`}>
                  {w.toThread}
                </LinkButton>
              </>
            )}
          </div>
        </div>
      </details>
      {/* Not within the line that unfolds: what is pressed holds nothing else to press. */}
      {note !== null && (
        <p class="about small">
          <a href={`/desk/t/${twin}/${note}`}>
            <bdi>{product ?? w.toThread}</bdi>
          </a>
        </p>
      )}
    </li>
  );
}
