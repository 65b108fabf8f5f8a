// What each key does, shown on "?".

import { Check } from "../ui/field.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { deskWords } from "../words/desk/words.ts";
import { keysAreOn, switchKeys } from "./keys.ts";
import { PLACES } from "./nav.ts";
import { may } from "./session.ts";

type Line = readonly [keys: string, does: string];

const Keyed = ({ keys }: { keys: string }) => {
  const { after } = deskWords.value.shell.keys;
  return (
    <>
      {keys.split(" ").map((key, at) => (
        <span key={key}>
          {at > 0 && ` ${after} `}
          <kbd>{key}</kbd>
        </span>
      ))}
    </>
  );
};

const Part = ({ title, lines }: { title: string; lines: readonly Line[] }) => (
  <section>
    <h3>{title}</h3>
    <dl class="keys">
      {lines.map(([keys, does]) => (
        <div key={keys}>
          <dt>
            <Keyed keys={keys} />
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
);

export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { keys: w, places } = deskWords.value.shell;
  return (
    <Sheet title={w.title} open={open} onClose={onClose}>
      <Part
        title={w.inbox}
        lines={[
          ["j", w.next],
          ["k", w.previous],
          ["o", w.openThread],
          ["u", w.up],
          ["x", w.select],
          [".", w.fresh],
          ["Esc", w.clear],
        ]}
      />
      <Part
        title={w.thread}
        lines={[
          ["r", w.reply],
          ["e", w.close],
          ["n", w.note],
          ["a", w.assignMe],
          ["A", w.assign],
          ["l", w.label],
          ["i", w.issue],
          ["Ctrl+Enter", w.send],
        ]}
      />
      <Part
        title={w.everywhere}
        lines={[
          ["/", w.search],
          ["?", w.help],
          ...PLACES.filter(({ role }) => may(role)).map(({ key, name }): Line => [`g ${key}`, w.goTo(places[name])]),
        ]}
      />
      <Check label={w.on} hint={w.onHint} checked={keysAreOn.value} onChange={switchKeys} />
    </Sheet>
  );
}
