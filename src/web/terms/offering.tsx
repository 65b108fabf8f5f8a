// Offering terms: the ladder, and the tap that puts them to the company, or keeps them here until there is a connection.

import { useState } from "preact/hooks";
import type { Agreement, Maker } from "../api/views.ts";
import { defaultTerms } from "../keys/keyring.ts";
import { enqueue } from "../store/queue.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { settleAgreement } from "./deeds.ts";
import { useDoing } from "../pages/doing.ts";
import { Ladder } from "./ladder.tsx";
import { choiceOf, offerOf, sameOffer, type Offer } from "./rungs.ts";

type Props = {
  readonly thing: Thing;
  readonly company: string;
  readonly maker: Maker | undefined;
  /** What the ladder begins with; the usual terms unless said. */
  readonly begin?: Offer;
  /** The offer that this one takes the place of: it is taken back first, as only one can be open. */
  readonly instead?: Agreement | undefined;
  /** The terms in force: the same again is no offer. */
  readonly inForce?: Agreement | undefined;
  readonly onDone?: () => void;
};

export function Offering({ thing, company, maker, begin, instead, inForce, onDone }: Props) {
  const w = words.value.terms.offer;
  const usual = defaultTerms.value;
  const [chosen, setChosen] = useState<Offer | null>(null);
  const { busy, problem, run } = useDoing();
  // Until something is chosen here it follows the usual terms, which another device may just have changed.
  const offer = chosen ?? begin ?? usual;
  const same = inForce?.terms === offer.code;

  async function make(): Promise<void> {
    if (instead && !(await run(() => settleAgreement(thing, instead, { do: "rescind" })))) return;
    const { code, alternates } = offer;
    await enqueue({
      type: "proffer",
      twin: thing.id,
      input: { preferred: code, ...(alternates.length > 0 && { alternates }) },
    });
    setChosen(null);
    onDone?.();
  }

  return (
    <>
      <Ladder
        choice={choiceOf(offer)}
        onChange={(choice) => setChosen(offerOf(choice))}
        company={company}
        maker={maker}
      />
      {sameOffer(offer, usual) && (
        <p class="small soft">
          {w.defaults} <a href="/terms">{w.usual}</a>
        </p>
      )}
      {problem && <Failed problem={problem} />}
      {same ? (
        <Mark tone="good">{w.same}</Mark>
      ) : (
        <div class="thumb-bar">
          <Button tone="primary" whole busy={busy} onClick={() => void make()}>
            {w.make(company)}
          </Button>
        </div>
      )}
    </>
  );
}
