// Instead of the code's field, for whoever came by a link: why no code is asked for, and how to come by the label.

import { readLabel } from "../../camera/read-label.ts";
import { ScanButton } from "../../camera/scan-button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";
import type { Label } from "./claiming.ts";
import { followLabel, hostOf, ownOrigin } from "./right-place.ts";

type Props = {
  readonly label: Label;
  /** The person held this very label up to the camera; with the inner code, where that was in it. */
  readonly onScanned: (code: string | null) => void;
};

export function Elsewhere({ label, onScanned }: Props) {
  const { elsewhere } = words.value.arrive;
  const scanned = (text: string): string | null => {
    const read = readLabel(text, ownOrigin());
    if (read.kind !== "label" || read.gtin !== label.gtin || read.serial !== label.serial) return elsewhere.scanOther;
    followLabel(location.pathname);
    onScanned(read.code);
    return null;
  };
  return (
    <Notice
      tone="wait"
      title={elsewhere.title}
      action={
        <ScanButton formats={["qr_code"]} label={elsewhere.scanLabel} onText={scanned}>
          {elsewhere.scan}
        </ScanButton>
      }
    >
      <p>{elsewhere.text}</p>
      <ol class="steps">
        {elsewhere.steps(hostOf(ownOrigin())).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Notice>
  );
}
