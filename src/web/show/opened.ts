// What a link opens, as the API answers it.

import type { Domain, NoticeId } from "../../domain/ids.ts";
import type { Checkpoint } from "../../domain/record/checkpoint.ts";
import type { DidDocument } from "../../domain/record/company-keys.ts";
import type { Presence } from "../../domain/record/presence.ts";
import type { ShownHistory } from "../../domain/record/shown.ts";
import type { ShownNotice } from "../../domain/share.ts";

export type OpenedShare = ShownHistory & {
  /** Absent where no link opened it. `upTo`: the last entry whose words it may show of the owner's side. */
  readonly share?: { readonly createdAt: string; readonly upTo: number };
  readonly keys: Readonly<Record<Domain, DidDocument>>;
  readonly notices: readonly ShownNotice[];
  readonly expiresAt: string;
};

/** How things stand now, and the answer to the last live check. */
export type ShareStatus = {
  readonly checkpoint: Checkpoint;
  /** Those that stand now. */
  readonly notices: readonly NoticeId[];
  readonly presence: Presence | null;
  readonly expiresAt: string;
};
