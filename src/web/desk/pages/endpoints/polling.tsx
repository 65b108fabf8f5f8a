// How a company's software asks for events instead of being told of them.

import { Copy } from "../../../ui/copy.tsx";
import { Section } from "../../../ui/layout.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import { session } from "../../session.ts";
import { InWords } from "./in-words.tsx";

export function Polling() {
  const w = deskWords.value.endpoints.poll;
  const request = `curl -H "Authorization: Bearer $KEY" "${location.origin}/v1/makers/${session.value?.maker}/events?after=$NEXT"`;
  return (
    <Section title={w.title}>
      <p>{w.text}</p>
      <ol class="poll-steps">
        {w.steps.map((step) => (
          <li key={step}>
            <InWords text={step} />
          </li>
        ))}
      </ol>
      <pre class="secret" tabIndex={0} role="region" aria-label={w.code} dir="ltr">
        {request}
      </pre>
      <div>
        <Copy text={request} label={w.copy} />
      </div>
    </Section>
  );
}
