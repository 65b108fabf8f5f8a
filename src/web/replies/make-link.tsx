// The sheet in which an owner makes a reply link: what it does, for whom, under which terms; then the link, once.

import { useState } from "preact/hooks";
import { defaultTerms } from "../keys/keyring.ts";
import { useDoing } from "../pages/doing.ts";
import { endAfter } from "../pages/lasting.ts";
import { companyName } from "../store/makers.ts";
import type { LocalNote } from "../store/notes.ts";
import type { Thing } from "../store/things.ts";
import { Ladder } from "../terms/ladder.tsx";
import { choiceOf, offerOf, type Offer } from "../terms/rungs.ts";
import { Button } from "../ui/button.tsx";
import { Select, TextField } from "../ui/field.tsx";
import { PassOn } from "../ui/pass-on.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { makeLink } from "./calls.ts";

const LASTS = ["7", "30", "90"] as const;
const COMPANY_CHARACTERS = 200;

type Props = { readonly note: LocalNote; readonly thing: Thing; readonly onClose: () => void };

export function MakeLink({ note, thing, onClose }: Props) {
  const w = words.value.replies.own;
  const [company, setCompany] = useState(thing.view.maker === null ? "" : companyName(thing));
  const [offer, setOffer] = useState<Offer | null>(null);
  const [lasts, setLasts] = useState<(typeof LASTS)[number]>("30");
  const [missing, setMissing] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const { busy, problem, run } = useDoing();
  const offered = offer ?? defaultTerms.value;
  const named = company.trim();

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setMissing(named === "");
    if (named === "") return;
    const expiresAt = endAfter(Number(lasts));
    await run(async () => {
      const answer = await makeLink(thing.id, note.id, { company: named, offer: offered, expiresAt });
      if (answer.ok) setUrl(answer.value.url);
      return answer;
    });
  };
  if (url !== null) return <Made url={url} company={named} thing={thing} onClose={onClose} />;
  return (
    <Sheet title={w.sheet} open onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <ol class="does">
          {w.does.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <TextField
          label={w.company}
          hint={w.companyHint}
          error={missing ? w.companyMissing : null}
          value={company}
          onInput={setCompany}
          maxLength={COMPANY_CHARACTERS}
          autocomplete="off"
        />
        <div class="stack-tight">
          <h3>{w.terms}</h3>
          <p>{words.value.terms.plain(offered.code, named === "" ? words.value.terms.ladder.company : named)}</p>
          <details>
            <summary>{w.otherTerms}</summary>
            <Ladder choice={choiceOf(offered)} onChange={(choice) => setOffer(offerOf(choice))} />
          </details>
        </div>
        <Select
          label={w.lasts}
          value={lasts}
          options={LASTS.map((value) => ({ value, label: w.days(Number(value)) }))}
          onChange={setLasts}
        />
        {problem && <Failed problem={problem} />}
        <Button type="submit" tone="primary" whole icon="link" busy={busy}>
          {w.go}
        </Button>
      </form>
    </Sheet>
  );
}

type MadeProps = {
  readonly url: string;
  readonly company: string;
  readonly thing: Thing;
  readonly onClose: () => void;
};

function Made({ url, company, thing, onClose }: MadeProps) {
  const w = words.value.replies.own;
  return (
    <Sheet title={w.madeTitle} open onClose={onClose}>
      <p>{w.made}</p>
      <TextField label={w.link} value={url} onInput={() => {}} readOnly />
      <div class="line">
        <PassOn url={url} says={w.shareText(thing.view.product.name, company)} pass={w.share} copy={w.copy} />
        <Button tone="quiet" onClick={onClose}>
          {words.value.common.done}
        </Button>
      </div>
    </Sheet>
  );
}
