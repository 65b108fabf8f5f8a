// What can be done about an entry that is in the history: it can't be changed, and that is its worth.

import { useState } from "preact/hooks";
import { useDoing } from "../pages/doing.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { toast } from "../ui/say.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { eraseWords } from "./calls.ts";
import { nameOf } from "./entry.tsx";
import type { Writing } from "./entry-form.tsx";
import { isOurs, type History, type RecordedEntry } from "./history.ts";
import { companyOf } from "./said-by.ts";

type Props = {
  readonly thing: Thing;
  readonly history: History;
  readonly entry: RecordedEntry;
  readonly onWrite: (writing: Writing) => void;
  readonly onErased: () => void;
  readonly onClose: () => void;
};

type ChoiceProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly does: string;
  readonly onClick: () => void;
};
const Deed = ({ icon, title, does, onClick }: ChoiceProps) => (
  <li>
    <button type="button" class="deed" onClick={onClick}>
      <Icon name={icon} />
      <span class="title">{title}</span>
      <span class="detail">{does}</span>
    </button>
  </li>
);

export function AboutEntry({ thing, history, entry, onWrite, onErased, onClose }: Props) {
  const w = words.value.record.actions;
  const [erasing, setErasing] = useState(false);
  if (erasing) return <Erase thing={thing} entry={entry} onErased={onErased} onClose={onClose} />;
  const ours = isOurs(entry, history);
  const { by } = entry;
  return (
    <Sheet title={w.title} open onClose={onClose}>
      <p class="soft">{words.value.record.form.about(...nameOf(entry))}</p>
      <p>{w.fixed}</p>
      <ul class="deeds">
        {ours && by.role === "owner" && (
          <Deed
            icon="edit"
            title={w.correct}
            does={w.correctDoes}
            onClick={() => onWrite({ as: "correction", about: entry })}
          />
        )}
        {!(ours && by.role === "owner") && (
          <Deed
            icon="problem"
            title={w.dispute}
            does={w.disputeDoes}
            onClick={() => onWrite({ as: "dispute", about: entry })}
          />
        )}
        {ours && !entry.erased && (
          <Deed icon="bin" title={w.erase} does={w.eraseDoes} onClick={() => setErasing(true)} />
        )}
      </ul>
      {by.role === "maker" && <p class="small soft">{w.makers(companyOf(by.maker))}</p>}
      {by.role !== "maker" && !ours && <p class="small soft">{w.earlier}</p>}
    </Sheet>
  );
}

function Erase({ thing, entry, onErased, onClose }: Pick<Props, "thing" | "entry" | "onErased" | "onClose">) {
  const w = words.value.record.erase;
  const { busy, problem, run } = useDoing();
  const erase = async (): Promise<void> => {
    if (!(await run(() => eraseWords(thing.id, entry.seq)))) return;
    onClose();
    toast(w.done);
    onErased();
  };
  return (
    <Sheet title={w.title} open onClose={onClose}>
      {w.does.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {entry.body?.note && <p>{w.note}</p>}
      <p class="soft">{w.cant}</p>
      {problem && <Failed problem={problem} />}
      <Button tone="danger" whole icon="bin" busy={busy} onClick={() => void erase()}>
        {w.go}
      </Button>
      <Button tone="quiet" whole onClick={onClose}>
        {words.value.common.cancel}
      </Button>
    </Sheet>
  );
}
