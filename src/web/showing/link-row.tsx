// One link in its list: how long it works, how often it was opened, what it shows; and the ways to change it and to cut it off.

import { useState } from "preact/hooks";
import type { ShareView } from "../../domain/share.ts";
import { shows } from "../../domain/shown-by-share.ts";
import { useDoing } from "../pages/doing.ts";
import type { History } from "../record/history.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/notice.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { ago, day } from "../words/format.ts";
import { words } from "../words/words.ts";
import { AnswerBuyer } from "./answer-buyer.tsx";
import { changeLink, cutLink } from "./calls.ts";
import { Choose } from "./choose.tsx";
import { cameSince, choosable, opening, readable, tickedIn } from "./ticked.ts";

type Props = {
  readonly thing: Thing;
  readonly link: ShareView;
  readonly history: History;
  readonly onChange: () => void;
};

const endOf = ({ state, expiresAt, revokedAt }: ShareView): string => {
  const w = words.value.showOut.links;
  if (state === "revoked") return w.cut(day(revokedAt ?? expiresAt));
  return state === "open" ? w.until(day(expiresAt)) : w.ended(day(expiresAt));
};

export function LinkRow({ thing, link, history, onChange }: Props) {
  const w = words.value.showOut.links;
  const [doing, setDoing] = useState<"change" | "cut" | "answer" | null>(null);
  const close = (): void => setDoing(null);
  const isOpen = link.state === "open";
  const entries = choosable(history.entries);
  const since = isOpen ? cameSince(entries, link) : [];
  const name = link.label ?? w.of(day(link.createdAt));
  const change = since.length > 0 ? w.addSince : w.change;
  const answer = words.value.showOut.answer.open;
  return (
    <div class="shown-link">
      <p class="title">
        <bdi>{name}</bdi>
      </p>
      <Mark tone={isOpen ? "good" : "calm"}>{isOpen ? `${w.states.open}, ${endOf(link)}` : endOf(link)}</Mark>
      <p class="small soft">
        {link.lastOpenedAt === null ? w.never : w.openings(link.openings, ago(link.lastOpenedAt))}
        {isOpen &&
          entries.length > 0 &&
          ` · ${w.shows(readable(history, entries.filter((entry) => shows(link, entry)).length), history.entries.length)}`}
      </p>
      {since.length > 0 && <p class="small">{w.since(since.length)}</p>}
      {isOpen && (
        <div class="line">
          {entries.length > 0 && (
            <Button tone="quiet" aria-label={`${change}: ${name}`} onClick={() => setDoing("change")}>
              {change}
            </Button>
          )}
          <Button tone="quiet" aria-label={`${answer}: ${name}`} onClick={() => setDoing("answer")}>
            {answer}
          </Button>
          <Button tone="quiet" aria-label={`${w.cutOff}: ${name}`} onClick={() => setDoing("cut")}>
            {w.cutOff}
          </Button>
        </div>
      )}
      {doing === "change" && <Change thing={thing} link={link} history={history} onChange={onChange} onClose={close} />}
      {doing === "cut" && <CutOff thing={thing} link={link} onChange={onChange} onClose={close} />}
      {doing === "answer" && <AnswerBuyer thing={thing} link={link.id} onClose={close} onDone={close} />}
    </div>
  );
}

type ChangeProps = Props & { readonly onClose: () => void };

function Change({ thing, link, history, onChange, onClose }: ChangeProps) {
  const w = words.value.showOut.links;
  // As it stood when it was ticked: what comes in meanwhile is for another look.
  const [looked] = useState(history);
  const [ticked, setTicked] = useState(() => tickedIn(choosable(looked.entries), link));
  const { busy, problem, run } = useDoing();
  const save = async (): Promise<void> => {
    if (!(await run(() => changeLink(thing.id, link.id, opening(looked, ticked))))) return;
    onClose();
    toast(w.changed);
    onChange();
  };
  return (
    <Sheet title={w.changeTitle} open onClose={onClose}>
      <Choose history={looked} ticked={ticked} onTick={setTicked} />
      {problem && <Failed problem={problem} />}
      <Button tone="primary" whole busy={busy} onClick={() => void save()}>
        {w.save}
      </Button>
    </Sheet>
  );
}

function CutOff({ thing, link, onChange, onClose }: Omit<ChangeProps, "history">) {
  const w = words.value.showOut.links;
  const { busy, problem, run } = useDoing();
  const cut = async (): Promise<void> => {
    if (!(await run(() => cutLink(thing.id, link.id)))) return;
    onClose();
    toast(w.cutDone);
    onChange();
  };
  return (
    <Sheet title={w.cutTitle} open onClose={onClose}>
      <p>{w.cutText}</p>
      {problem && <Failed problem={problem} />}
      <Button tone="danger" whole busy={busy} onClick={() => void cut()}>
        {w.cutYes}
      </Button>
      <Button tone="quiet" whole onClick={onClose}>
        {words.value.common.cancel}
      </Button>
    </Sheet>
  );
}
