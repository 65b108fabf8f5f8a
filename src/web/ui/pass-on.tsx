// A link that was just made, to be passed on: by whatever the device has for that, or copied.

import { Button } from "./button.tsx";
import { Copy } from "./copy.tsx";

type Props = {
  readonly url: string;
  /** What goes along with it. */
  readonly says: string;
  readonly pass: string;
  readonly copy: string;
};

export function PassOn({ url, says, pass, copy }: Props) {
  const passOn = (): void => {
    // Who gives up passing it on has it before their eyes still.
    void navigator.share({ title: says, text: says, url }).catch(() => {});
  };
  return (
    <>
      {"share" in navigator && (
        <Button tone="primary" icon="send" onClick={passOn}>
          {pass}
        </Button>
      )}
      <Copy text={url} label={copy} />
    </>
  );
}
