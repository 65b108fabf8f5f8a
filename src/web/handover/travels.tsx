// What goes with a thing and what doesn't, in two columns.

import { Icon, type IconName } from "../ui/icon.tsx";

type Side = {
  readonly title: string;
  readonly icon: IconName;
  readonly tone: "goes" | "stays";
  readonly lines: readonly string[];
};

const Column = ({ title, icon, tone, lines }: Side) => (
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
  </section>
);

type Props = { readonly goes: Pick<Side, "title" | "lines">; readonly stays: Pick<Side, "title" | "lines"> };

export const TwoSides = ({ goes, stays }: Props) => (
  <div class="sides">
    <Column {...goes} tone="goes" icon="next" />
    <Column {...stays} tone="stays" icon="lock" />
  </div>
);
