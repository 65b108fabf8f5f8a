// What the inbox shows: the filter as it stands in the address, so that a view can be kept, sent to a colleague and gone back to. Pure.

import { queryOf } from "../api/ask.ts";

export const STATES = ["open", "answered", "closed"] as const;
const NAMES = ["state", "order", "q", "verdict", "kind", "wants", "product", "label", "assignee", "issue"] as const;
export type FilterName = (typeof NAMES)[number];
/** Each "" where it does not matter. `state` is "all" where it does not; `order` is "" or "oldest". */
export type Filter = { readonly [name in FilterName]: string };

/** Begins with what waits for an answer. */
const USUAL: Filter = {
  state: "open",
  order: "",
  q: "",
  verdict: "",
  kind: "",
  wants: "",
  product: "",
  label: "",
  assignee: "",
  issue: "",
};

/** The filter in an address of the desk. */
export function filterIn(url: string): Filter {
  const query = new URLSearchParams(url.split("?")[1] ?? "");
  return {
    ...USUAL,
    ...Object.fromEntries(NAMES.filter((name) => query.has(name)).map((name) => [name, query.get(name)])),
  };
}

/** `?state=…` of a filter; "" for the usual one. */
export const addressOf = (filter: Filter): string =>
  queryOf(Object.fromEntries(NAMES.map((name) => [name, filter[name] === USUAL[name] ? null : filter[name]])));

/** Whether what waits longest comes first: only what is open waits, and among the others it does not matter. */
export const isByWaiting = ({ state, order }: Filter): boolean => state === "open" && order === "oldest";

/** What is asked of the API for it. */
export const askedOf = (filter: Filter): string =>
  queryOf({
    ...filter,
    state: filter.state === "all" ? null : filter.state,
    order: isByWaiting(filter) ? filter.order : null,
  });

/** How much beside the state and the words is narrowed down. */
export const narrowed = (filter: Filter): readonly FilterName[] =>
  NAMES.filter((name) => !["state", "order", "q"].includes(name) && filter[name] !== "");

export const unfiltered = (filter: Filter): boolean => addressOf({ ...filter, order: "" }) === "";
