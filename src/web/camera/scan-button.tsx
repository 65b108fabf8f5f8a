// A button that opens the camera; it is there only where this browser can read codes, and loads the camera only when pressed.

import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/say.tsx";
import { words } from "../words/words.ts";
import { canScan } from "./barcode-detector.ts";
import type { ScanProps } from "./scan.tsx";

type Props = Omit<ScanProps, "onClose"> & {
  readonly tone?: "primary" | "plain" | "quiet";
  readonly whole?: boolean;
  readonly children: ComponentChildren;
};

/** Whether the camera can be used here; false until that is known. */
export function useCamera(): boolean {
  const [can, setCan] = useState(false);
  useEffect(() => {
    void canScan().then(setCan);
  }, []);
  return can;
}

export function ScanButton({ tone, whole, children, onText, ...rest }: Props) {
  const can = useCamera();
  const [open, setOpen] = useState(false);
  const [Scan, setScan] = useState<{ readonly view: ComponentType<ScanProps> } | null>(null);
  if (!can) return null;

  const begin = (): void => {
    setOpen(true);
    if (Scan) return;
    import("./scan.tsx").then(
      (loaded) => setScan({ view: loaded.Scan }),
      () => {
        setOpen(false);
        toast(words.value.common.failures.offline);
      },
    );
  };
  return (
    <>
      <Button tone={tone} whole={whole} icon="scan" busy={open && Scan === null} onClick={begin}>
        {children}
      </Button>
      {open && Scan && (
        <Scan.view
          {...rest}
          onText={(text) => {
            const why = onText(text);
            if (why === null) setOpen(false);
            return why;
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
