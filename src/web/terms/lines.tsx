// What somebody may, must or may not do, line by line; nothing where there is none.

import { Icon, type IconName } from "../ui/icon.tsx";

type Props = {
  readonly title: string;
  readonly icon: IconName;
  readonly lines: readonly string[];
  readonly tone: string;
};

export const Lines = ({ title, icon, lines, tone }: Props) =>
  lines.length === 0 ? null : (
    <div class={`means ${tone}`}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Icon name={icon} size={18} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  );
