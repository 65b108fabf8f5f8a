// In a thing's settings: the way to hand it over.

import type { Thing } from "../store/things.ts";
import { LinkButton } from "../ui/button.tsx";
import { Section } from "../ui/layout.tsx";
import { words } from "../words/words.ts";

export function PassOn({ thing }: { thing: Thing }) {
  const w = words.value.handover.manage;
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      <div class="line">
        <LinkButton href={`/t/${thing.id}/handover`} icon="leave">
          {w.action}
        </LinkButton>
      </div>
    </Section>
  );
}
