// How long a sign-in link works.

import { Select } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";

const HOURS = ["24", "48", "168"] as const;
export type Hours = (typeof HOURS)[number];

export function Lasting({ value, onChange }: { value: Hours; onChange: (hours: Hours) => void }) {
  const w = deskWords.value.team;
  return (
    <Select
      label={w.hours}
      value={value}
      onChange={onChange}
      options={HOURS.map((hours) => ({ value: hours, label: w.days[hours] }))}
    />
  );
}
