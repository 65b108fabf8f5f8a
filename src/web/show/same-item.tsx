// "Is it this very item?": the label on the thing against the one that this history's key signed. The serial is never shown, and where the
// label's number is random, what was scanned leaves this device not even for the server. Nobody's yes is believed without its proof.

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { isSerial, readElements } from "../../domain/gtin.ts";
import {
  hashOfLabel,
  hasRandomForm,
  isHashOf,
  spellings,
  type Label,
  type LabelAnswer,
} from "../../domain/label-hash.ts";
import { isSound } from "../../domain/record/faults.ts";
import type { Answer, Problem } from "../api/call.ts";
import { readLabel } from "../camera/read-label.ts";
import { ScanButton, useCamera } from "../camera/scan-button.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed } from "../ui/states.tsx";
import { showWords } from "../words/show/words.ts";
import type { OpenedShare } from "./opened.ts";
import type { Shown } from "./shown.ts";

/** `isElsewhere`: by an address that isn't this server's. */
type Read = { readonly label: Label; readonly isElsewhere: boolean };

/** What was scanned or typed as a label: its address, what stands in numbers beneath its code, or its serial alone. Or why it is none. */
function labelOf(text: string, { product: { gtin }, label }: OpenedShare): Read | "scanOther" | "otherForm" {
  const printed = readElements(text);
  if (printed !== null) return { label: printed, isElsewhere: false };
  const read = readLabel(text, location.origin);
  if ((read.kind === "label" || read.kind === "product") && read.serial !== null)
    return { label: { gtin: read.gtin, serial: read.serial }, isElsewhere: read.kind === "product" };
  const serial = text.trim();
  // A serial may well be a number that could be a product's: this product's own is none.
  const isProduct = read.kind === "product" && read.gtin === gtin;
  if (isProduct || gtin === null || !isSerial(serial) || serial.includes("/01/")) return "scanOther";
  // Only of a random serial a hash comes along: then nothing of another form is one.
  return label === null || hasRandomForm(serial) ? { label: { gtin, serial }, isElsewhere: false } : "otherForm";
}

/** Another item's label; or one that is said to be this item's, and no signature that holds says so. With what was compared. */
export type Doubt = { readonly kind: "other" | "unproven"; readonly label: Label };
type Found = "same" | Doubt["kind"];
type Ask = (label: Label) => Promise<Answer<LabelAnswer>>;

/** By what was signed. Only where nothing came to compare with is anyone asked, and a yes is one if its salt makes that label the signed one. */
async function compared(
  label: Label,
  { opened, findings: { item, faults } }: Shown,
  ask: Ask,
): Promise<Found | Problem> {
  const hash = item ?? "";
  const same = isSound(faults) ? "same" : "unproven";
  if (opened.label !== null) return isHashOf({ salt: opened.label.salt, hash }, label) ? same : "other";
  for (const one of spellings(label)) {
    const answer = await ask(one);
    if (!answer.ok) return answer.problem;
    const { same: isSame, salt } = answer.value;
    if (isSame) return salt !== null && hashOfLabel(salt, one) === hash ? same : "unproven";
  }
  return "other";
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

/** What was compared, for a doubt is worth no more than that. */
export const Compared = ({ label: { serial, gtin } }: Doubt) => <p>{showWords.value.item.compared(serial, gtin)}</p>;

type Props = {
  /** Asks who knows the label. */
  readonly ask: Ask;
  readonly shown: Shown;
  /** What speaks against the last label; null while one is compared. */
  readonly onDoubt: (doubt: Doubt | null) => void;
};

export function SameItem({ ask, shown, onDoubt }: Props) {
  const { opened } = shown;
  const w = showWords.value.item;
  const can = useCamera();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | Problem | null>(null);
  const asked = useRef(0);
  const [how, setHow] = useState<"typed" | "scanned">("typed");
  const [isElsewhere, setElsewhere] = useState(false);
  if (opened.product.proof !== "label") {
    return (
      <section class="card" aria-labelledby="item">
        <h2 id="item">{w.title}</h2>
        <p>{w.none}</p>
      </section>
    );
  }
  /** What was found holds for what was compared, and for nothing that is typed or scanned after it. */
  const forget = (): void => {
    asked.current += 1;
    setBusy(false);
    setError(null);
    setFound(null);
    onDoubt(null);
  };
  /** Why it is no label, in a sentence; null where it is one. */
  const compare = (text: string, by: typeof how): string | null => {
    forget();
    if (text.trim() === "") return w.short;
    const read = labelOf(text, opened);
    if (typeof read === "string") return w[read];
    const { label } = read;
    const mine = asked.current;
    setBusy(true);
    setHow(by);
    setElsewhere(read.isElsewhere);
    void compared(label, shown, ask).then((one) => {
      // Another label was scanned or typed meanwhile: its answer alone counts.
      if (mine !== asked.current) return;
      setBusy(false);
      setFound(one);
      if (one === "other" || one === "unproven") onDoubt({ kind: one, label });
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
            setError(compare(typed, "typed"));
          }}
        >
          <TextField
            label={w.field}
            hint={opened.label === null ? w.hint : w.hintRandom}
            value={typed}
            error={error}
            onInput={(text) => {
              setTyped(text);
              if (busy || found !== null || error !== null) forget();
            }}
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
      {typeof found === "string" && (
        <Notice tone={found === "same" ? "calm" : "bad"} fresh>
          <p>
            <strong>{w[found].title}</strong>
          </p>
          <p>{found === "other" ? w.other[how] : w[found].text}</p>
          {found === "same" && isElsewhere && <p>{w.elsewhere}</p>}
        </Notice>
      )}
      {found !== null && typeof found === "object" && <Failed problem={found} />}
    </section>
  );
}
