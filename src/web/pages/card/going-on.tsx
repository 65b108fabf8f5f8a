// Which devices go on with a new card: its owner sees each by name, as somebody who knew the old card could have added one.

import type { RingDevice } from "../../keys/ring.ts";
import { Check } from "../../ui/field.tsx";
import { words } from "../../words/words.ts";

type Props = {
  readonly devices: readonly RingDevice[];
  /** Ids of those that don't. */
  readonly left: readonly string[];
  readonly onChange: (left: readonly string[]) => void;
};

export function GoingOn({ devices, left, onChange }: Props) {
  const { goingOn } = words.value.keys.card;
  return (
    <fieldset>
      <legend>
        <strong>{goingOn.title}</strong>
      </legend>
      <p class="soft">{goingOn.text}</p>
      {devices.map(({ id, name }) => (
        <Check
          key={id}
          label={<bdi>{name}</bdi>}
          checked={!left.includes(id)}
          onChange={(on) => onChange(on ? left.filter((other) => other !== id) : [...left, id])}
        />
      ))}
    </fieldset>
  );
}
