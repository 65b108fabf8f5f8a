// A button that copies a text and says that it did.

import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { toast } from "./say.tsx";

type Props = { readonly text: string; readonly label: string };

export const Copy = ({ text, label }: Props) => (
  <Button
    icon="copy"
    onClick={() => {
      void navigator.clipboard.writeText(text).then(
        () => toast(words.value.common.copied),
        () => toast(words.value.common.notCopied),
      );
    }}
  >
    {label}
  </Button>
);
