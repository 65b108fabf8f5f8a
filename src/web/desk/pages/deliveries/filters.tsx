// What narrows the deliveries down.

import { useLocation } from "preact-iso";
import { DELIVERY_STATES } from "../../../../domain/delivery.ts";
import { EVENT_TYPES } from "../../../../domain/event-types.ts";
import { LinkButton } from "../../../ui/button.tsx";
import { Select, TextField } from "../../../ui/field.tsx";
import { deskWords } from "../../../words/desk/words.ts";
import type { Endpoint } from "../../api/views.ts";
import { addressOf, isNarrowed, type DeliveryFilter } from "./filter.ts";

/** Where the filters need not be folded to leave room for what they filter. */
const ROOMY = "(min-width: 60rem)";

type Props = { readonly filter: DeliveryFilter; readonly endpoints: readonly Endpoint[] };

export function Filters({ filter, endpoints }: Props) {
  const w = deskWords.value.deliveries;
  const { route } = useLocation();
  const set = (name: keyof DeliveryFilter) => (value: string) => route(addressOf({ ...filter, [name]: value }), true);
  const gone =
    filter.endpoint === "" || endpoints.some(({ id }) => id === filter.endpoint)
      ? []
      : [{ value: filter.endpoint, label: w.removedEndpoint }];
  const isOpen = isNarrowed(filter) || matchMedia(ROOMY).matches;
  return (
    <details class="filters-fold" open={isOpen}>
      <summary>{w.filters}</summary>
      <div class="delivery-filters" role="group" aria-label={w.filters}>
        <Select
          label={w.state}
          value={filter.state}
          onChange={set("state")}
          options={[
            { value: "", label: w.anyState },
            ...DELIVERY_STATES.map((value) => ({ value, label: w.states[value] })),
          ]}
        />
        <Select
          label={w.endpoint}
          value={filter.endpoint}
          onChange={set("endpoint")}
          options={[
            { value: "", label: w.anyEndpoint },
            ...endpoints.map(({ id, url }) => ({ value: id, label: url })),
            ...gone,
          ]}
        />
        <Select
          label={w.type}
          value={filter.type}
          onChange={set("type")}
          options={[
            { value: "", label: w.anyType },
            ...EVENT_TYPES.map((value) => ({ value: value as string, label: value })),
          ]}
        />
        <TextField label={w.from} type="datetime-local" value={filter.from} onInput={set("from")} />
        <TextField label={w.to} type="datetime-local" value={filter.to} onInput={set("to")} />
        {isNarrowed(filter) && (
          <div class="line">
            {filter.note !== "" && <span>{w.thread}</span>}
            <LinkButton tone="quiet" icon="close" href={addressOf({})}>
              {w.reset}
            </LinkButton>
          </div>
        )}
      </div>
    </details>
  );
}
