// Any thing of any company: by its name, its barcode or its label.

import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { gtin14 } from "../../domain/gtin.ts";
import { ScanButton } from "../camera/scan-button.tsx";
import { FromSomeone } from "../handover/from-someone.tsx";
import { Choices } from "../ui/field.tsx";
import { Page } from "../ui/page.tsx";
import { words } from "../words/words.ts";
import { ByBarcode } from "./add/by-barcode.tsx";
import { ByLabel } from "./add/by-label.tsx";
import { LABELS_AND_BARCODES, leadOn } from "./add/lead-on.ts";
import { ProductForm } from "./add/product-form.tsx";

const WAYS = ["name", "barcode", "label"] as const;
type Way = (typeof WAYS)[number];

export default function Add() {
  const { add } = words.value.arrive;
  const { query, route } = useLocation();
  const given = gtin14(query["gtin"] ?? "");
  const [way, setWay] = useState<Way>(query["by"] === "label" ? "label" : "name");
  useEffect(() => {
    if (given !== null) setWay("barcode");
  }, [given]);
  const read = (text: string): string | null => leadOn(text, route);
  return (
    <Page title={add.title} back="/">
      <p class="lead">{add.lead}</p>
      <ScanButton whole formats={LABELS_AND_BARCODES} label={add.scanLabel} onText={read}>
        {add.scan}
      </ScanButton>
      <Choices
        legend={add.how}
        options={WAYS.map((value) => ({ value, label: add.ways[value] }))}
        value={way}
        onChange={setWay}
      />
      {way === "name" && <ProductForm />}
      {way === "barcode" && <ByBarcode key={given} given={given} serial={query["serial"] ?? null} />}
      {way === "label" && <ByLabel onText={read} />}
      <FromSomeone />
    </Page>
  );
}
