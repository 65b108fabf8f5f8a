// When something happened: nearly always now, so it takes a tap only where it wasn't.

import { FIRST_DAY } from "../../../domain/record/entry.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";

/** Today by this device's calendar, `YYYY-MM-DD`. */
export const today = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

type Props = {
  /** Null: now. */
  readonly day: string | null;
  readonly onDay: (day: string | null) => void;
  readonly says: { readonly when: string; readonly now: string; readonly earlier: string };
  readonly error?: string | null;
};

export const Happened = ({ day, onDay, says, error = null }: Props) =>
  day === null ? (
    <Button tone="quiet" icon="clock" onClick={() => onDay(today())}>
      {says.earlier}
    </Button>
  ) : (
    <div class="happened">
      <TextField
        label={says.when}
        type="date"
        min={FIRST_DAY}
        max={today()}
        error={error}
        value={day}
        onInput={onDay}
      />
      <Button tone="quiet" onClick={() => onDay(null)}>
        {says.now}
      </Button>
    </div>
  );
