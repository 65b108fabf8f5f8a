// The terms an owner usually offers: set once for all things, taken up by the next offers. What is in force stays.

import { useEffect, useState } from "preact/hooks";
import { readHeld } from "../keys/held.ts";
import { defaultTerms, setDefaultTerms } from "../keys/keyring.ts";
import { agreementsOf } from "../store/agreements.ts";
import { companyName } from "../store/makers.ts";
import { faceOf, things, type Thing } from "../store/things.ts";
import { Ladder } from "../terms/ladder.tsx";
import { choiceOf, offerOf, sameOffer, type Offer } from "../terms/rungs.ts";
import "../terms/terms.css";
import { Button } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { List, Row, Section } from "../ui/layout.tsx";
import { Mark } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { toast } from "../ui/say.tsx";
import { Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";

export default function DefaultTermsPage() {
  const w = words.value.terms.defaults;
  // Until it is known which they are, none are shown: a moment later they might be others.
  const [known, setKnown] = useState(false);
  useEffect(() => {
    const show = (): void => setKnown(true);
    readHeld().then(show, show);
  }, []);
  return (
    <Page title={w.title} back="/settings">
      <p class="lead">{w.lead}</p>
      {known ? <Usual /> : <Loading />}
    </Page>
  );
}

function Usual() {
  const w = words.value.terms.defaults;
  const kept = defaultTerms.value;
  const [chosen, setChosen] = useState<Offer | null>(null);
  const offer = chosen ?? kept;
  const unchanged = sameOffer(offer, kept);
  async function keep(): Promise<void> {
    await setDefaultTerms(offer);
    setChosen(null);
    toast(w.saved);
  }
  return (
    <>
      <Ladder choice={choiceOf(offer)} onChange={(choice) => setChosen(offerOf(choice))} />
      {unchanged && <Mark tone="good">{w.unchanged}</Mark>}
      <p class="soft">{w.note}</p>
      <Others usual={kept} />
      {!unchanged && (
        <div class="thumb-bar">
          <Button tone="primary" whole onClick={() => void keep()}>
            {w.save}
          </Button>
        </div>
      )}
    </>
  );
}

/** The terms in force of a thing with its own company. */
const inForceOf = (thing: Thing) =>
  agreementsOf(thing.id).find(
    ({ kind, state, maker }) => kind === "relationship" && state === "accepted" && maker === thing.view.maker,
  )?.terms;

/** The companies with which other terms are in force, each a way there. */
function Others({ usual }: { usual: Offer }) {
  const { defaults: w, plain } = words.value.terms;
  const all = things.value.flatMap((thing) => {
    const code = inForceOf(thing);
    return code ? [{ thing, code }] : [];
  });
  const others = all.filter(({ code }) => code !== usual.code);
  return (
    <Section title={w.others}>
      {others.length === 0 ? (
        <p class="soft">{all.length === 0 ? w.othersEmpty : w.othersNone}</p>
      ) : (
        <List label={w.others}>
          {others.map(({ thing, code }) => (
            <Row
              key={thing.id}
              href={`/t/${thing.id}/terms`}
              start={<Emblem id={faceOf(thing.id)} size={40} />}
              title={
                <>
                  <bdi>{companyName(thing)}</bdi> · <bdi>{thing.view.product.name}</bdi>
                </>
              }
              detail={plain(code, companyName(thing))}
              end={<span class="mono">{code}</span>}
            />
          ))}
        </List>
      )}
    </Section>
  );
}
