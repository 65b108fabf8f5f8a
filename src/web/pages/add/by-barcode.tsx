// Adding by barcode: its number, typed or scanned, and what it stands for.

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { words } from "../../words/words.ts";
import { readBarcode } from "./barcode.ts";
import { ProductForm } from "./product-form.tsx";
import { productAbout, type ProductAbout } from "./product-about.ts";

type Found = { readonly gtin: string; readonly about: ProductAbout | null; readonly asked: boolean };

/** `given`: a number that was scanned, as 14 digits. */
export function ByBarcode({ given, serial }: { given: string | null; serial: string | null }) {
  const { add } = words.value.arrive;
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const lookUp = async (gtin: string): Promise<void> => {
    setBusy(true);
    const answer = await productAbout(gtin);
    setBusy(false);
    setFound({
      gtin,
      about: answer.ok ? answer.value : null,
      asked: answer.ok,
    });
  };
  useEffect(() => {
    if (given === null) return;
    setTyped(given.replace(/^0(?=\d{13}$)/, ""));
    setWrong(null);
    void lookUp(given);
  }, [given]);

  const submit = (): void => {
    const read = readBarcode(typed);
    if (read.ok) {
      void lookUp(read.gtin);
      return;
    }
    const { barcodeLetters, barcodeLength, barcodeCheck } = add;
    setWrong({ letters: barcodeLetters, length: barcodeLength(read.digits), check: barcodeCheck }[read.wrong]);
    field.current?.focus();
  };
  return (
    <>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) submit();
        }}
      >
        <TextField
          label={add.barcode}
          hint={add.barcodeHint}
          error={wrong}
          value={typed}
          onInput={(value) => {
            setTyped(value);
            setWrong(null);
            setFound(null);
          }}
          inputRef={field}
          inputMode="numeric"
          autocomplete="off"
          enterKeyHint="search"
          maxLength={40}
        />
        {found === null && (
          <Button type="submit" tone="primary" whole busy={busy} icon="search">
            {busy ? add.looking : add.lookUp}
          </Button>
        )}
      </form>
      <div role="status" class="stack">
        {found && (
          <Notice tone={found.about ? "good" : "calm"}>
            <p>
              {found.about
                ? add.found(found.about.model, found.about.maker.name)
                : found.asked
                  ? add.unknown
                  : add.notNow}
            </p>
          </Notice>
        )}
      </div>
      {found && (
        <ProductForm
          key={found.gtin}
          gtin={found.gtin}
          serial={serial}
          name={found.about?.model ?? ""}
          company={found.about?.maker.id ?? ""}
          model={found.about?.model ?? ""}
        />
      )}
    </>
  );
}
