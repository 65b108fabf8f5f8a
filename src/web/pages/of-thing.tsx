// What a page about one thing stands in: it shows nothing of a thing that isn't on this device, or that this device was cut off from.

import { useRoute } from "preact-iso";
import type { ComponentChildren } from "preact";
import { GoneBefore } from "../handover/gone.tsx";
import { handedOf } from "../store/handed.ts";
import { thingOf, type Thing } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { Empty } from "../ui/states.tsx";
import { words } from "../words/words.ts";

type Props = {
  /** Also shown of a thing that was ended so; what is kept here of a thing that this device was cut off from stays readable. */
  readonly also?: readonly NonNullable<Thing["ended"]>[];
  readonly children: (thing: Thing) => ComponentChildren;
};

export function OfThing({ also = [], children }: Props) {
  const { twin = "" } = useRoute().params;
  const thing = thingOf(twin);
  const { common, manage } = words.value;
  const handed = handedOf(twin);
  if (!thing && handed) return <GoneBefore handed={handed} />;
  if (!thing) {
    return (
      <Page title={manage.missing.title} back="/">
        <Empty title={manage.missing.text} action={<LinkButton href="/">{common.lost.home}</LinkButton>} />
      </Page>
    );
  }
  if (thing.ended !== null && !also.includes(thing.ended)) {
    return (
      <Page title={thing.view.product.name} back={`/t/${thing.id}`}>
        <Empty
          title={manage.ended[thing.ended]}
          action={<LinkButton href={`/t/${thing.id}/manage`}>{manage.remove.action}</LinkButton>}
        />
      </Page>
    );
  }
  return <>{children(thing)}</>;
}
