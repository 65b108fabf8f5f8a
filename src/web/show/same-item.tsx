// "Is it this very item?": the label on the thing against the one this history is about. The serial is never shown, and where the
// label's number is random, what was scanned leaves this device not even for the server.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { normalizeCrockford } from "../../domain/crockford.ts";
import { isSerial } from "../../domain/gtin.ts";
import { labelText, type LabelHash } from "../../domain/label-hash.ts";
import { hexOf } from "../../domain/hex.ts";
import { digestOf } from "../../domain/record/digest.ts";
import type { Problem } from "../api/call.ts";
import { readLabel } from "../camera/read-label.ts";
import { ScanButton, useCamera } from "../camera/scan-button.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { showWords } from "../words/show/words.ts";
import { compareLabel } from "./calls.ts";
import type { Link } from "./link.ts";
import type { OpenedShare } from "./opened.ts";
import type { Shown } from "./shown.ts";

export type Label = { readonly gtin: string; readonly serial: string };

/** What was scanned or typed as a label: its address, or its serial alone. */
function labelOf(text: string, { product: { gtin } }: OpenedShare): Label | null {
  const read = readLabel(text, location.origin);
  if ((read.kind === "label" || read.kind === "product") && read.serial !== null) return read as Label;
  const serial = text.trim();
  return read.kind !== "product" && gtin !== null && isSerial(serial) && !serial.includes("/01/")
    ? { gtin, serial }
    : null;
}

const RANDOM_LENGTH = 16;

/** Serials of random characters are printed in groups and in capitals, too. */
function spellings({ gtin, serial }: Label): readonly Label[] {
  const plain = normalizeCrockford(serial);
  return plain === serial || plain.length !== RANDOM_LENGTH
    ? [{ gtin, serial }]
    : [serial, plain].map((one) => ({ gtin, serial: one }));
}

/** Whether the hash is this label's. Asks nobody. */
export const matches = (hashed: LabelHash, label: Label): boolean =>
  spellings(label).some(({ gtin, serial }) => hexOf(digestOf(labelText(hashed.salt, gtin, serial))) === hashed.hash);

/** The same for whoever has a link: where there is no hash, the server is asked. */
export async function isSame(link: Link, { label: hashed }: OpenedShare, label: Label): Promise<boolean | Problem> {
  if (hashed !== null) return matches(hashed, label);
  for (const one of spellings(label)) {
    const answer = await compareLabel(link, one);
    if (!answer.ok) return answer.problem;
    if (answer.value.same) return true;
  }
  return false;
}

/** Folded where there is a quicker way. */
const Folded = ({ when, title, children }: { when: boolean; title: string; children: ComponentChildren }) =>
  when ? (
    <details>
      <summary>{title}</summary>
      {children}
    </details>
  ) : (
    <>{children}</>
  );

type Props = {
  readonly compare: (label: Label) => Promise<boolean | Problem>;
  readonly shown: Shown;
  /** Whether the last label was another item's; false while one is compared. */
  readonly onOther?: (isOther: boolean) => void;
};

export function SameItem({ compare: isThis, shown: { opened }, onOther }: Props) {
  const w = showWords.value.item;
  const can = useCamera();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<boolean | Problem | null>(null);
  const [how, setHow] = useState<"typed" | "scanned">("typed");
  if (opened.product.proof !== "label") {
    return (
      <section class="card" aria-labelledby="item">
        <h2 id="item">{w.title}</h2>
        <p>{w.none}</p>
      </section>
    );
  }
  /** Why it is no label, in a sentence; null where it is one. */
  const compare = (text: string, by: typeof how): string | null => {
    const label = labelOf(text, opened);
    if (label === null) return w.scanOther;
    setBusy(true);
    setHow(by);
    setFound(null);
    onOther?.(false);
    void isThis(label).then((same) => {
      setBusy(false);
      setFound(same);
      onOther?.(same === false);
    });
    return null;
  };
  return (
    <section class="card no-print" aria-labelledby="item">
      <h2 id="item">{w.title}</h2>
      <p>{w.text}</p>
      <ScanButton whole formats={["qr_code"]} label={w.scanLabel} onText={(text) => compare(text, "scanned")}>
        {w.scan}
      </ScanButton>
      <Folded when={can} title={w.type}>
        <form
          class="stack-tight"
          onSubmit={(event) => {
            event.preventDefault();
            setError(typed.trim() === "" ? w.short : compare(typed, "typed"));
          }}
        >
          <TextField
            label={w.field}
            hint={opened.label === null ? w.hint : w.hintRandom}
            value={typed}
            error={error}
            onInput={setTyped}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
          />
          <div class="line">
            <Button type="submit" busy={busy}>
              {w.go}
            </Button>
          </div>
        </form>
      </Folded>
      {typeof found === "boolean" && (
        <Notice tone={found ? "calm" : "bad"} fresh>
          <p>
            <strong>{w[found ? "same" : "other"].title}</strong>
          </p>
          <p>{found ? w.same.text : w.other[how]}</p>
        </Notice>
      )}
      {found !== null && typeof found === "object" && <Failed problem={found} />}
    </section>
  );
}
