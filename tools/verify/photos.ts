// The photos that disclosed bodies name: whether those in the file are the ones that were recorded.

import { createHash } from "node:crypto";
import type { Bundle } from "../../src/domain/record/bundle.ts";
import type { Body } from "../../src/domain/record/entry.ts";

export type Photos = { readonly named: number; readonly missing: number; readonly altered: number };

export function photosOf({ photos }: Bundle, bodies: readonly (Body | null)[]): Photos {
  const named = bodies.flatMap((body) => body?.photos ?? []);
  const kept = named.flatMap(({ sha256 }) =>
    Object.hasOwn(photos, sha256) ? [{ sha256, base64: photos[sha256]! }] : [],
  );
  const altered = kept.filter(
    ({ sha256, base64 }) => createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex") !== sha256,
  );
  return { named: named.length, missing: named.length - kept.length, altered: altered.length };
}
