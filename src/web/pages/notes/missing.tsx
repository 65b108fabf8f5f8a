// A thing that this device doesn't have, or has no longer: said plainly, with a way on.

import { useRoute } from "preact-iso";
import { GoneBefore } from "../../handover/gone.tsx";
import { handedOf } from "../../store/handed.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { Empty } from "../../ui/states.tsx";
import { words } from "../../words/words.ts";

export const Missing = () => {
  const w = words.value.thread.thing.missing;
  const handed = handedOf(useRoute().params["twin"] ?? "");
  return handed ? (
    <GoneBefore handed={handed} />
  ) : (
    <Page title={w.title} back="/">
      <Empty
        title={w.lead}
        action={
          <LinkButton tone="primary" href="/open">
            {w.open}
          </LinkButton>
        }
      >
        {w.text}
      </Empty>
    </Page>
  );
};
