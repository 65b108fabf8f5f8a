// The goodbye: what became of everything. Said in full once; after that only that it was handed over, and when.

import { useLocation } from "preact-iso";
import { forgetThing, type Thing } from "../store/things.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import type { Kept } from "./offered.ts";

export type Goodbye = {
  readonly name: string;
  /** The company whose terms ended by it; null where none were in force. */
  readonly company: string | null;
  /** Whether the owner saved their own copy. */
  readonly copied: boolean;
  readonly at: string;
};

const Lines = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <section class="side goes">
    <h2>{title}</h2>
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <Icon name="check" size={18} />
          <span>{line}</span>
        </li>
      ))}
    </ul>
  </section>
);

export function Gone({ goodbye: { name, company, copied, at } }: { goodbye: Goodbye }) {
  const w = words.value.handover.gone;
  const lines = [...w.lines, ...(company === null ? [] : [w.company(company)]), ...(copied ? [w.copy] : [])];
  return (
    <Page title={w.title} back="/">
      <p class="lead">{w.lead(name, day(at))}</p>
      <Lines title={w.what} lines={lines} />
      <div class="line">
        <LinkButton tone="primary" href="/">
          {w.home}
        </LinkButton>
      </div>
    </Page>
  );
}

/** At the address of what was handed over here: what is remembered of it. */
export const GoneBefore = ({ handed: { name, at } }: { handed: Pick<Goodbye, "name" | "at"> }) => (
  <Gone goodbye={{ name, at, company: null, copied: false }} />
);

type MaybeProps = { readonly thing: Thing; readonly kept: Kept };

/**
 * A gift is accepted while nobody looks: all that shows it is that the thing doesn't open any more, and it may be closed for another reason.
 * On a guess it leaves no other device.
 */
export function GoneMaybe({ thing, kept: { asked, copy } }: MaybeProps) {
  const w = words.value.handover.gone;
  const { route } = useLocation();
  const forget = async (): Promise<void> => {
    route("/", true);
    await forgetThing(thing.id);
  };
  return (
    <Page title={w.giftTitle} back="/">
      <p class="lead">{w.gift(thing.view.product.name, asked && day(asked.at))}</p>
      <Lines title={w.giftWhat} lines={[...w.giftLines, ...(copy ? [w.copy] : [])]} />
      <p>{w.giftUnsure}</p>
      <div class="line">
        <Button tone="primary" onClick={() => void forget()}>
          {w.forget}
        </Button>
        <LinkButton tone="quiet" href="/">
          {w.home}
        </LinkButton>
      </div>
    </Page>
  );
}
