// What a keyring holds, and how two devices' versions of it become one. Pure: no clock, no network, no storage.

import type { RosterCode } from "../../domain/terms/roster.ts";

/** The way to one thing. `given`: a token that somebody else handed to this person, used as it is; else a channel of the card's own. */
export type RingTwin = {
  readonly twin: string;
  readonly token: string;
  /** The card's own channel; null for a given token. */
  readonly channel: string | null;
  readonly recoveryCode: string | null;
  readonly given: boolean;
  readonly addedAt: string;
};

export type RingTerms = {
  readonly code: RosterCode;
  readonly alternates: readonly RosterCode[];
  readonly at: string;
};

/** A device that keeps this ring. `at`: when it was added or last named. */
export type RingDevice = { readonly id: string; readonly name: string; readonly key: string; readonly at: string };

/** What was taken out, and when: a device that was away must not bring it back. */
export type Gone = { readonly id: string; readonly at: string };

export type Ring = {
  readonly v: 1;
  readonly twins: readonly RingTwin[];
  readonly devices: readonly RingDevice[];
  /** Twins and devices that were taken out. */
  readonly gone: readonly Gone[];
  readonly terms: RingTerms | null;
  /** When the owner showed that the twelve words are on paper. */
  readonly confirmedAt: string | null;
};

/** What stands where a ring was, once a new card took its place: the new secret, sealed to each device that goes on. */
export type Moved = {
  readonly v: 1;
  readonly movedAt: string;
  readonly to: readonly { readonly device: string; readonly box: string }[];
};

export const emptyRing: Ring = { v: 1, twins: [], devices: [], gone: [], terms: null, confirmedAt: null };

export const isRing = (document: unknown): document is Ring =>
  (document as Ring | null)?.v === 1 && Array.isArray((document as Ring).twins);

export const isMoved = (document: unknown): document is Moved =>
  (document as Moved | null)?.v === 1 && Array.isArray((document as Moved).to);

/** The later of each id; of two alike in time the one that sorts first, so that every device chooses the same. */
function latest<T>(items: readonly T[], id: (item: T) => string, at: (item: T) => string): T[] {
  const chosen = new Map<string, T>();
  for (const item of items) {
    const other = chosen.get(id(item));
    const order = other === undefined ? 1 : at(item).localeCompare(at(other));
    if (order > 0 || (order === 0 && JSON.stringify(item) < JSON.stringify(other))) chosen.set(id(item), item);
  }
  return [...chosen.values()].sort((a, b) => at(a).localeCompare(at(b)) || id(a).localeCompare(id(b)));
}

const newestTerms = (a: RingTerms | null, b: RingTerms | null): RingTerms | null =>
  latest(
    [a, b].filter((terms) => terms !== null),
    () => "terms",
    ({ at }) => at,
  )[0] ?? null;

/** One ring of two: everything of both, but for what was taken out after it was added. The same whichever comes first. */
export function merge(a: Ring, b: Ring): Ring {
  const gone = latest(
    [...a.gone, ...b.gone],
    ({ id }) => id,
    ({ at }) => at,
  );
  const goneAt = new Map(gone.map(({ id, at }) => [id, at]));
  const stays = (id: string, at: string): boolean => !((goneAt.get(id) ?? "") >= at);
  return {
    v: 1,
    twins: latest(
      [...a.twins, ...b.twins],
      ({ twin }) => twin,
      ({ addedAt }) => addedAt,
    ).filter((one) => stays(one.twin, one.addedAt)),
    devices: latest(
      [...a.devices, ...b.devices],
      ({ id }) => id,
      ({ at }) => at,
    ).filter((one) => stays(one.id, one.at)),
    gone,
    terms: newestTerms(a.terms, b.terms),
    confirmedAt: [a.confirmedAt, b.confirmedAt].filter((at) => at !== null).sort()[0] ?? null,
  };
}

export const sameRing = (a: Ring, b: Ring): boolean => JSON.stringify(merge(a, a)) === JSON.stringify(merge(b, b));

/** After whatever the ring knows of this id, whatever this device's clock says. */
function after(ring: Ring, id: string, now: string): string {
  const known = [
    ...ring.gone.filter((one) => one.id === id).map(({ at }) => at),
    ...ring.twins.filter(({ twin }) => twin === id).map(({ addedAt }) => addedAt),
    ...ring.devices.filter((one) => one.id === id).map(({ at }) => at),
  ].sort();
  const last = known.at(-1);
  return last === undefined || now > last ? now : new Date(Date.parse(last) + 1).toISOString();
}

export const withTwin = (ring: Ring, twin: Omit<RingTwin, "addedAt">, now: string): Ring =>
  merge(ring, { ...emptyRing, twins: [{ ...twin, addedAt: after(ring, twin.twin, now) }] });

export const withDevice = (ring: Ring, device: Omit<RingDevice, "at">, now: string): Ring =>
  merge(ring, { ...emptyRing, devices: [{ ...device, at: after(ring, device.id, now) }] });

/** Without a twin or a device, on every device that merges this. */
export const without = (ring: Ring, id: string, now: string): Ring =>
  merge(ring, { ...emptyRing, gone: [{ id, at: after(ring, id, now) }] });

/** Without this way to a twin, on every device that merges this. Another way to it, which a device found later, stays. */
export function withoutToken(ring: Ring, { twin, token }: Pick<RingTwin, "twin" | "token">): Ring {
  const way = ring.twins.find((one) => one.twin === twin && one.token === token);
  return way === undefined ? ring : merge(ring, { ...emptyRing, gone: [{ id: twin, at: way.addedAt }] });
}

export const withTerms = (ring: Ring, terms: Omit<RingTerms, "at">, now: string): Ring => ({
  ...ring,
  terms: {
    ...terms,
    at: ring.terms !== null && ring.terms.at >= now ? new Date(Date.parse(ring.terms.at) + 1).toISOString() : now,
  },
});

/** A name that no other device of the ring has. */
export function freeName(ring: Ring, wanted: string, own: string | null): string {
  const taken = new Set(ring.devices.filter(({ id }) => id !== own).map(({ name }) => name));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted} ${count}`;
  return name;
}
