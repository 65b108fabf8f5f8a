// Two of the twelve words, typed from the paper: the proof that there is a paper.

import { useState } from "preact/hooks";
import { isWord, WORD_COUNT } from "../../keys/card.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";
import { Heading } from "../keys/heading.tsx";

/** Two positions, counted from 0, in their order. */
function twoOf(count: number): readonly [number, number] {
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = one % count;
  const second = (first + 1 + (other % (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}

type Props = { readonly list: readonly string[]; readonly onConfirmed: () => void; readonly onBack: () => void };

export function Confirm({ list, onConfirmed, onBack }: Props) {
  const { card } = words.value.keys;
  const [asked] = useState(() => twoOf(WORD_COUNT));
  const [typed, setTyped] = useState<readonly [string, string]>(["", ""]);
  const [wrong, setWrong] = useState<readonly boolean[]>([false, false]);

  const check = async (event: Event): Promise<void> => {
    event.preventDefault();
    const right = await Promise.all(asked.map((at, n) => isWord(typed[n] ?? "", list[at] ?? "")));
    setWrong(right.map((is) => !is));
    if (right.every(Boolean)) onConfirmed();
  };
  const field = (n: 0 | 1) => (
    <TextField
      label={card.word(asked[n] + 1)}
      value={typed[n]}
      onInput={(value) => setTyped(n === 0 ? [value, typed[1]] : [typed[0], value])}
      error={wrong[n] ? card.wrong(asked[n] + 1) : null}
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
    />
  );
  return (
    <form class="stack" onSubmit={(event) => void check(event)}>
      <Heading>{card.confirmTitle}</Heading>
      {field(0)}
      {field(1)}
      <div class="line">
        <Button type="submit" tone="primary">
          {card.check}
        </Button>
        <Button tone="quiet" onClick={onBack}>
          {card.back}
        </Button>
      </div>
    </form>
  );
}
