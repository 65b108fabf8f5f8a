// The way to what somebody else passes on, where a person looks for ways to add or open a thing.

import { LinkButton } from "../ui/button.tsx";
import { words } from "../words/words.ts";

export function FromSomeone() {
  const w = words.value.handover.add;
  return (
    <section class="section">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <div class="line">
        <LinkButton href="/h?new">{w.action}</LinkButton>
      </div>
    </section>
  );
}
