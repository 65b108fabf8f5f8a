// It is theirs: what to do first with a thing that begins anew.

import { ringState } from "../keys/keyring.ts";
import { companyName } from "../store/makers.ts";
import { faceOf, thingOf } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Emblem } from "../ui/emblem.tsx";
import { Icon } from "../ui/icon.tsx";
import { List, Row } from "../ui/layout.tsx";
import { Page } from "../ui/page.tsx";
import { Loading } from "../ui/states.tsx";
import { words } from "../words/words.ts";

export function Mine({ twin }: { twin: string }) {
  const w = words.value.handover.yours;
  const thing = thingOf(twin);
  if (!thing) return <Loading />;
  const { name } = thing.view.product;
  return (
    <Page title={w.title} back="/" eyebrow={<bdi>{name}</bdi>} start={<Emblem id={faceOf(twin)} size={64} />}>
      <p class="lead">{w.lead(name)}</p>
      <section class="section">
        <h2>{w.first}</h2>
        <List>
          <Row href={`/t/${twin}/write`} start={<Icon name="edit" />} title={w.note} detail={w.noteText} />
          {thing.view.maker !== null && (
            <Row
              href={`/t/${twin}/terms`}
              start={<Icon name="terms" />}
              title={w.terms(companyName(thing))}
              detail={w.termsText}
            />
          )}
          {!ringState.value.confirmed && (
            <Row href="/card" start={<Icon name="card" />} title={w.card} detail={w.cardText} />
          )}
        </List>
      </section>
      <div class="line">
        <LinkButton tone="primary" href={`/t/${twin}`}>
          {w.open}
        </LinkButton>
      </div>
    </Page>
  );
}
