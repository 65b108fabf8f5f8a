// An invitation, once it is made: to be scanned, or passed on as a link. It is shown once.

import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Qr } from "../../ui/qr.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { words } from "../../words/words.ts";

type Props = { readonly token: string; readonly name: string; readonly onClose: () => void };

export function Invitation({ token, name, onClose }: Props) {
  const { invite } = words.value.keys.people;
  const link = `${location.origin}/join#${token}`;
  return (
    <Sheet title={invite.title(name)} open onClose={onClose} holds>
      <Qr text={link} label={invite.code(name)} />
      <p>{invite.text}</p>
      <div class="line">
        <Copy text={link} label={invite.copy} />
        <Button tone="quiet" onClick={onClose}>
          {words.value.common.done}
        </Button>
      </div>
    </Sheet>
  );
}
