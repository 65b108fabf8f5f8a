// Which devices reach which of a person's things: the channels of all things, put together by what each is called.

import type { Channel } from "../api/views.ts";
import { CARD_LABEL } from "./channels.ts";

export type Reaching = {
  readonly name: string;
  /** `stranger`: it has all rights, and is none of the devices that the keyring knows. */
  readonly kind: "this" | "card" | "device" | "stranger";
  readonly channels: readonly { readonly twin: string; readonly channel: string }[];
  readonly lastUsedAt: string | null;
};

const ORDER: readonly Reaching["kind"][] = ["this", "stranger", "device", "card"];

/** Who has all rights over these things. `devices` are the names that the keyring knows, `own` among them this device's. */
export function whoReaches(
  things: readonly { readonly twin: string; readonly channels: readonly Channel[] }[],
  devices: ReadonlySet<string>,
  own: string | null,
): Reaching[] {
  const found = new Map<string, Reaching>();
  for (const { twin, channels } of things) {
    for (const { id, label, scopes, current, lastUsedAt } of channels) {
      if (!scopes.includes("owner")) continue;
      const kind = current ? "this" : label === CARD_LABEL ? "card" : devices.has(label) ? "device" : "stranger";
      const key = current ? "this" : `${kind} ${label}`;
      const before = found.get(key);
      const used = [before?.lastUsedAt ?? null, lastUsedAt].filter((at) => at !== null).sort();
      found.set(key, {
        name: label,
        kind,
        channels: [...(before?.channels ?? []), { twin, channel: id }],
        lastUsedAt: used.at(-1) ?? null,
      });
    }
  }
  // A device that has none of these things still knows the card.
  for (const name of devices) {
    if (name === own || found.has(`device ${name}`)) continue;
    found.set(`device ${name}`, { name, kind: "device", channels: [], lastUsedAt: null });
  }
  return [...found.values()].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (b.lastUsedAt ?? "").localeCompare(a.lastUsedAt ?? ""),
  );
}
