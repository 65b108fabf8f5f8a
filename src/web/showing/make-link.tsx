// Making a link for a buyer: what they can read, how long, a name for oneself; then the link, once.

import { useState } from "preact/hooks";
import { useDoing } from "../pages/doing.ts";
import { endAfter } from "../pages/lasting.ts";
import type { History } from "../record/history.ts";
import type { Thing } from "../store/things.ts";
import { Button } from "../ui/button.tsx";
import { Select, TextField } from "../ui/field.tsx";
import { PassOn } from "../ui/pass-on.tsx";
import { Qr } from "../ui/qr.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Failed } from "../ui/states.tsx";
import { words } from "../words/words.ts";
import { makeLink } from "./calls.ts";
import { Choose } from "./choose.tsx";
import { Preview } from "./preview.tsx";
import { choosable, opening, tickedAtFirst } from "./ticked.ts";

const LASTS = ["7", "14", "30", "90"] as const;
const LABEL_CHARACTERS = 120;

type Props = {
  readonly thing: Thing;
  readonly history: History;
  readonly onMade: () => void;
  readonly onClose: () => void;
};

export function MakeLink({ thing, history, onMade, onClose }: Props) {
  const w = words.value.showOut;
  // As it stood when it was ticked: what comes in meanwhile is for another look.
  const [looked] = useState(history);
  const [ticked, setTicked] = useState(() => tickedAtFirst(choosable(looked.entries)));
  const [lasts, setLasts] = useState<(typeof LASTS)[number]>("14");
  const [label, setLabel] = useState("");
  const [looking, setLooking] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const { busy, problem, run } = useDoing();

  const make = async (): Promise<void> => {
    const named = label.trim();
    const expiresAt = endAfter(Number(lasts));
    await run(async () => {
      const link = { ...opening(looked, ticked), expiresAt, ...(named !== "" && { label: named }) };
      const answer = await makeLink(thing.id, link);
      if (answer.ok) {
        setUrl(answer.value.url);
        onMade();
      }
      return answer;
    });
  };
  if (url !== null) return <Made url={url} thing={thing} onClose={onClose} />;
  return (
    <>
      <Sheet title={w.title} open onClose={onClose}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <Choose history={looked} ticked={ticked} onTick={setTicked} />
          <div class="line">
            <Button icon="eye" onClick={() => setLooking(true)}>
              {w.look}
            </Button>
          </div>
          <Select
            label={w.lasts}
            value={lasts}
            options={LASTS.map((value) => ({ value, label: w.days(Number(value)) }))}
            onChange={setLasts}
          />
          <TextField
            label={w.label}
            hint={w.labelHint}
            value={label}
            onInput={setLabel}
            maxLength={LABEL_CHARACTERS}
            autocomplete="off"
          />
          {problem && <Failed problem={problem} />}
          <Button type="submit" tone="primary" whole icon="link" busy={busy}>
            {w.go}
          </Button>
        </form>
      </Sheet>
      {looking && <Preview history={looked} ticked={ticked} onClose={() => setLooking(false)} />}
    </>
  );
}

function Made({ url, thing, onClose }: { url: string; thing: Thing; onClose: () => void }) {
  const w = words.value.showOut.made;
  return (
    <Sheet title={w.title} open onClose={onClose}>
      <Qr text={url} label={w.code} />
      <p>{w.text}</p>
      <TextField label={w.link} value={url} onInput={() => {}} readOnly />
      <div class="line">
        <PassOn url={url} says={w.says(thing.view.product.name)} pass={w.pass} copy={w.copy} />
        <Button tone="quiet" onClick={onClose}>
          {words.value.common.done}
        </Button>
      </div>
    </Sheet>
  );
}
