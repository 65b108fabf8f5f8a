// What a company still owes an answer, a repair or a refund: said to both sides, never what was written.

import type { Handover } from "../api/views.ts";
import { makerOf } from "../store/makers.ts";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";

type Props = {
  readonly cases: Handover["openCases"];
  readonly text: string;
};

/** What a company is called: the name it registered, else its domain. Reactive. */
function nameOf(domain: string): string {
  const maker = makerOf(domain);
  return maker?.joined === true ? maker.name : domain;
}

export function OpenCases({ cases, text }: Props) {
  const w = words.value.handover.cases;
  return cases.length === 0 ? null : (
    <Notice tone="wait" title={w.title}>
      <ul class="cases">
        {cases.map(({ wants, maker, since }, at) => (
          <li key={at}>
            <Icon name="clock" size={18} />
            <span>{w.one(w.wants[wants], nameOf(maker), day(since))}</span>
          </li>
        ))}
      </ul>
      <p>{text}</p>
    </Notice>
  );
}
