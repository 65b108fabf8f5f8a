// The way to begin anew in a form whose draft is kept.

import { Button } from "../ui/button.tsx";
import { deskWords } from "../words/desk/words.ts";
import type { Kept } from "./kept.ts";

type Props<T> = {
  readonly kept: Kept<T>;
  /** What else the form says of the draft goes with it. */
  readonly onDiscard?: () => void;
};

export const Discard = <T,>({ kept, onDiscard }: Props<T>) =>
  kept.isBegun && (
    <Button
      tone="quiet"
      onClick={({ currentTarget }) => {
        kept.drop();
        onDiscard?.();
        // The button goes with the draft: the focus doesn't.
        (currentTarget as HTMLElement).closest("form")?.querySelector<HTMLElement>("input, textarea")?.focus();
      }}
    >
      {deskWords.value.thread.reply.discard}
    </Button>
  );
