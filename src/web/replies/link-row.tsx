// One reply link in its list: for whom it is, where it stands, who accepted it, and the way to cut it off.

import { useState } from "preact/hooks";
import type { LinkEnd, LinkState, ReplyLinkView } from "../../domain/reply-link.ts";
import { useDoing } from "../pages/doing.ts";
import { agreementsOf } from "../store/agreements.ts";
import type { LocalNote } from "../store/notes.ts";
import type { Thing } from "../store/things.ts";
import { RecordOf } from "../terms/record.tsx";
import "../terms/terms.css";
import { Button } from "../ui/button.tsx";
import { Mark, type Tone } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { cutLink } from "./calls.ts";

type Stands = Exclude<LinkState, "ended"> | LinkEnd;
const TONES: { readonly [state in Stands]: Tone } = {
  offered: "wait",
  accepted: "good",
  refused: "bad",
  revoked: "calm",
  terminated: "calm",
  expired: "calm",
  joined: "good",
  retracted: "calm",
};

/** Where it stands; of one that is over, why. */
const standsOf = ({ state, ended }: ReplyLinkView): Stands => (state === "ended" ? (ended ?? "revoked") : state);

type Props = {
  readonly link: ReplyLinkView;
  readonly note: LocalNote;
  readonly thing: Thing;
  readonly onChange: () => void;
};

export function LinkRow({ link, note, thing, onChange }: Props) {
  const w = words.value.replies.own;
  const [asking, setAsking] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const agreement = agreementsOf(thing.id).find(({ id }) => id === link.agreement);
  const { accepted, company, expiresAt } = link;
  const state = standsOf(link);
  const open = state === "offered" || state === "accepted";
  return (
    <div class="reply-link">
      <p class="title">
        <bdi>{accepted ? w.by(accepted.name, accepted.company) : company === null ? w.someone : w.for(company)}</bdi>
      </p>
      <Mark tone={TONES[state]}>
        {w.states[state]}
        {state === "accepted" && accepted && ` ${day(accepted.at)}`}
        {open && `, ${w.until(day(expiresAt))}`}
      </Mark>
      {accepted && (
        <>
          <Mark tone="wait">{w.unverified(accepted.company)}</Mark>
          {open && <p class="small soft">{w.unverifiedText(accepted.company)}</p>}
        </>
      )}
      {agreement && accepted && (
        <details onToggle={(event) => setUnfolded(event.currentTarget.open)}>
          <summary class="small">{w.agreed}</summary>
          {unfolded && (
            <div class="stack">
              <p>{words.value.terms.plain(agreement.terms ?? agreement.preferred, accepted.company)}</p>
              <RecordOf thing={thing} agreement={agreement} company={accepted.company} maker={undefined} />
            </div>
          )}
        </details>
      )}
      {open && (
        <div class="line">
          <Button tone="quiet" onClick={() => setAsking(true)}>
            {w.off}
          </Button>
        </div>
      )}
      {asking && <CutOff link={link} note={note} thing={thing} onChange={onChange} onClose={() => setAsking(false)} />}
    </div>
  );
}

function CutOff({ link, note, thing, onChange, onClose }: Props & { onClose: () => void }) {
  const w = words.value.replies.own;
  const { busy, problem, run } = useDoing();
  const cut = async (): Promise<void> => {
    if (!(await run(() => cutLink(thing.id, note.id, link.id)))) return;
    onClose();
    toast(w.offDone);
    onChange();
  };
  return (
    <Sheet title={w.offTitle} open onClose={onClose}>
      <p>{link.accepted ? w.offAccepted(link.accepted.name) : w.offOpen}</p>
      {problem && <Failed problem={problem} />}
      <Button tone="danger" whole busy={busy} onClick={() => void cut()}>
        {w.offYes}
      </Button>
      <Button whole tone="quiet" onClick={onClose}>
        {words.value.common.cancel}
      </Button>
    </Sheet>
  );
}
