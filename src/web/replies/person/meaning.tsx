// What the terms let the company's person do, what they must and what they may not, said to that person.

import "../../terms/terms.css";
import type { RosterCode } from "../../../domain/terms/roster.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { words } from "../../words/words.ts";

const Lines = ({
  title,
  icon,
  tone,
  lines,
}: {
  title: string;
  icon: IconName;
  tone: string;
  lines: readonly string[];
}) => (
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

export function MeaningForThem({ code }: { code: RosterCode }) {
  const w = words.value.replies.page;
  const { may, must, mayNot } = w.sides(code);
  return (
    <div class="stack">
      <div class="meaning">
        <Lines title={w.may} icon="check" tone="may" lines={may} />
        <Lines title={w.mayNot} icon="close" tone="may-not" lines={mayNot} />
        <Lines title={w.must} icon="terms" tone="must" lines={must} />
      </div>
      <p class="small soft">
        {w.code(code)}. {w.contract}
      </p>
    </div>
  );
}
