// The question before somebody or something is cut off, and what it means.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";

type Props = {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly action: string;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
};

export function CutOff({ title, children, action, onDone, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <Sheet title={title} open onClose={onClose}>
      {children}
      <div class="line">
        <Button
          tone="danger"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void onDone();
          }}
        >
          {action}
        </Button>
        <Button tone="quiet" onClick={onClose}>
          {words.value.common.cancel}
        </Button>
      </div>
    </Sheet>
  );
}
