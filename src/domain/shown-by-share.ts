// Which bodies a share opens: decided here, and nowhere else. Apart from share.ts, so that a page comes without zod.

/** What a share shows: everything but `withhold`, and of the owner's side nothing after `upTo`. */
export type Showing = { readonly withhold: readonly number[]; readonly upTo: number };

type Placed = { readonly seq: number; readonly by: { readonly role: "twin" | "owner" | "channel" | "maker" } };

/**
 * Whether a share shows an entry's body. What an owner or somebody they let in records later waits until the owner has looked at it; a
 * company's words and the twin's own do not, so that a recall can't be missed by an old link.
 */
export const shows = ({ withhold, upTo }: Showing, { seq, by }: Placed): boolean =>
  !withhold.includes(seq) && (by.role === "twin" || by.role === "maker" || seq <= upTo);
