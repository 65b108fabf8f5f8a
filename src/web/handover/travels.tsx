// What goes with a thing and what doesn't, in two columns.

import { Icon, type IconName } from "../ui/icon.tsx";

type Side = {
  readonly title: string;
  readonly icon: IconName;
  readonly tone: "goes" | "stays";
  readonly lines: readonly string[];
  /** What to know of all of them. */
  readonly note?: string;
};

const Column = ({ title, icon, tone, lines, note }: Side) => (
  <section class={`side ${tone}`}>
    <h2>{title}</h2>
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <Icon name={icon} size={18} />
          <span>{line}</span>
        </li>
      ))}
    </ul>
    {note !== undefined && <p class="small soft">{note}</p>}
  </section>
);

type Said = Omit<Side, "icon" | "tone">;
type Props = { readonly goes: Said; readonly stays: Said };

export const TwoSides = ({ goes, stays }: Props) => (
  <div class="sides">
    <Column {...goes} tone="goes" icon="check" />
    <Column {...stays} tone="stays" icon="lock" />
  </div>
);
