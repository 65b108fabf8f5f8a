// The inbound door: by its secret the company's own software answers without a person's key.

import { Button } from "../../../ui/button.tsx";
import { Section } from "../../../ui/layout.tsx";
import { deskWords } from "../../../words/desk/words.ts";

export function Inbound({ onRotate }: { onRotate: () => void }) {
  const w = deskWords.value.endpoints.inbound;
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      <div class="line">
        <Button onClick={onRotate}>{w.rotate}</Button>
      </div>
    </Section>
  );
}
