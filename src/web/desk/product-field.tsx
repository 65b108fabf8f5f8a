// A product by its GTIN, with those that owners wrote of offered.

import { useId } from "preact/hooks";
import { gtin14 } from "../../domain/gtin.ts";
import { TextField } from "../ui/field.tsx";
import { useAsk } from "./api/use-ask.ts";

type Facets = { readonly byProduct: readonly { readonly product: string }[] };
type Props = {
  readonly label: string;
  readonly hint: string;
  readonly error: string | null;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly required?: boolean;
};

export function ProductField(props: Props) {
  const id = useId();
  const { value } = useAsk<Facets>("/threads/facets");
  return (
    <>
      <TextField {...props} inputMode="numeric" autocomplete="off" list={id} />
      <datalist id={id}>
        {value?.byProduct.map(({ product }) => gtin14(product) !== null && <option key={product} value={product} />)}
      </datalist>
    </>
  );
}
