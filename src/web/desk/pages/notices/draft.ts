// A notice as it is written, before it is sent: what is wrong with it, and what is asked of the API for it. Pure.

import { gtin14, isSerial } from "../../../../domain/gtin.ts";
import type { NoticeKind } from "../../api/views.ts";

export const MOST_SERIALS = 10_000;

export type NoticeDraft = {
  readonly kind: NoticeKind;
  readonly gtin: string;
  readonly which: "every" | "named";
  /** One a line. */
  readonly serials: string;
  readonly title: string;
  readonly text: string;
  readonly url: string;
};

export const NEW_DRAFT: NoticeDraft = {
  kind: "recall",
  gtin: "",
  which: "every",
  serials: "",
  title: "",
  text: "",
  url: "",
};

/** The serials that are named, each once, in their order. */
export const serialsIn = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export type Fault =
  | { readonly at: "gtin" | "url" | "no-serials" | "many-serials" }
  | { readonly at: "serial"; readonly line: number; readonly text: string };

export const namesItems = ({ kind, which }: NoticeDraft): boolean => kind !== "service" && which === "named";

/** Null when it may be sent as far as can be known here. */
export function faultIn(draft: NoticeDraft): Fault | null {
  const { kind, gtin, serials, url } = draft;
  const isMissing = gtin.trim() === "";
  if (isMissing ? kind !== "service" : gtin14(gtin.trim()) === null) return { at: "gtin" };
  const address = url.trim();
  if (address !== "" && !(URL.canParse(address) && new URL(address).protocol === "https:")) return { at: "url" };
  if (!namesItems(draft)) return null;
  const lines = serials.split("\n").map((line) => line.trim());
  const wrong = lines.findIndex((line) => line !== "" && !isSerial(line));
  if (wrong >= 0) return { at: "serial", line: wrong + 1, text: lines[wrong]! };
  const { length } = serialsIn(serials);
  return length === 0 ? { at: "no-serials" } : length > MOST_SERIALS ? { at: "many-serials" } : null;
}

/** What is asked for; of a draft without a fault. */
export function askedOf(draft: NoticeDraft) {
  const { kind, gtin, serials, title, text, url } = draft;
  const product = gtin14(gtin.trim());
  return {
    kind,
    title: title.trim(),
    text: text.trim(),
    ...(product !== null && { gtin: product }),
    ...(namesItems(draft) && { serials: serialsIn(serials) }),
    ...(url.trim() !== "" && { url: url.trim() }),
  };
}
