// Which deliveries are shown: the filter as it stands in the address. Pure.

import { queryOf } from "../../api/ask.ts";

const NAMES = ["state", "endpoint", "type", "from", "to", "twin", "note"] as const;
/** Each "" where it does not matter. `from` and `to` as a field for them has them, in this browser's own time. */
export type DeliveryFilter = { readonly [name in (typeof NAMES)[number]]: string };

export const filterIn = (query: Readonly<Record<string, string>>): DeliveryFilter => ({
  state: query["state"] ?? "",
  endpoint: query["endpoint"] ?? "",
  type: query["type"] ?? "",
  from: query["from"] ?? "",
  to: query["to"] ?? "",
  twin: query["twin"] ?? "",
  note: query["note"] ?? "",
});

export const addressOf = (filter: Partial<DeliveryFilter>): string => `/desk/deliveries${queryOf(filter)}`;

/** The moment that a date and time of this browser's clock is; null where it is none. */
export function instantOf(local: string): string | null {
  const at = new Date(local);
  return local === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

export const askedOf = ({ from, to, ...rest }: DeliveryFilter): string =>
  `/deliveries${queryOf({ ...rest, from: instantOf(from), to: instantOf(to) })}`;

export const isNarrowed = (filter: DeliveryFilter): boolean => NAMES.some((name) => filter[name] !== "");
