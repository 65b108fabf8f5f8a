// What the API answers a company's desk, as types: none of its schemas comes into a page.

import type { z } from "zod";
import type * as views from "../../../api/desk-views.ts";
import type { EventType } from "../../../domain/event-types.ts";
import type { MakerMessageType, Outcome } from "../../../domain/exchange.ts";
import type { Kind, Wants } from "../../../domain/note.ts";
import type { ThreadState, Verdict } from "../../../domain/thread.ts";
import type { Photo } from "../../api/views.ts";
import type { Role } from "../session.ts";

export type { EventType, Kind, MakerMessageType, Outcome, Photo, ThreadState, Verdict, Wants };

/** A thread in a list. */
export type ThreadItem = z.infer<typeof views.deskThreadView>;
/** A thread whole: the note, what both sides said, and what the team said to itself. */
export type ThreadDetail = z.infer<typeof views.wholeThreadView>;
export type Message = ThreadDetail["messages"][number];
export type InternalNote = ThreadDetail["internalNotes"][number];

export const ISSUE_STATUSES = ["investigating", "fix-planned", "fixed", "wont-fix"] as const;
export type IssueStatus = (typeof ISSUE_STATUSES)[number];

export type KnownIssue = {
  readonly id: string;
  readonly title: string;
  readonly product: string | null;
  readonly status: IssueStatus;
  readonly fixedIn: string | null;
  readonly text: string | null;
  /** Null under 5. */
  readonly linked: number | null;
  readonly meToo: number | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type SavedReply = { readonly id: string; readonly title: string; readonly text: string };

export type TeamKey = {
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

export type Insights = {
  readonly counted: number;
  readonly excluded: number;
  readonly weeks: { readonly from: string; readonly to: string };
  readonly byKind: readonly { readonly kind: Kind; readonly n: number }[];
  readonly byProduct: readonly { readonly product: string; readonly n: number }[];
  readonly byWeek: readonly { readonly week: string; readonly n: number }[];
  readonly knownIssues: readonly { readonly issue: string; readonly n: number }[];
  readonly firstReplySeconds: {
    readonly p50: number | null;
    readonly p90: number | null;
    readonly slowest: number | null;
  };
  readonly addressed: { readonly share: number | null; readonly of: number };
};

export const NOTICE_KINDS = ["safety", "recall", "service"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** A number of owners, as far as it may be known. */
export type Band = { readonly from: number; readonly to: number };

export type SentNotice = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly gtin: string | null;
  /** How many it named; null for every item. */
  readonly serials: number | null;
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly at: string;
  readonly targeted: Band;
  readonly delivered: Band;
  readonly finished: boolean;
  readonly withdrawn: { readonly reason: string; readonly at: string } | null;
};

export const DELIVERY_STATES = ["queued", "delivering", "delivered", "delayed", "dead", "aside", "gap"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type Delivery = {
  readonly event: string;
  readonly type: EventType;
  readonly twin: string;
  readonly note: string | null;
  readonly product: string | null;
  readonly seq: number;
  readonly endpoint: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly attempts: readonly {
    readonly n: number;
    readonly at: string;
    readonly status: number | null;
    readonly ms: number | null;
    readonly outcome: "delivered" | "poison" | "gone" | "retry";
    readonly reason: string | null;
    readonly head: string | null;
  }[];
  readonly nextAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Endpoint = {
  readonly id: string;
  readonly url: string;
  /** Null for all. */
  readonly types: readonly EventType[] | null;
  readonly description: string | null;
  readonly processor: string | null;
  readonly enabled: boolean;
  readonly createdAt: string;
  readonly keys: readonly { readonly publicKey: string; readonly createdAt: string; readonly endsAt: string | null }[];
  readonly health: {
    readonly state: "ok" | "failing" | "disabled";
    readonly since: string | null;
    readonly reason: "gone" | "failing" | null;
    readonly lastSuccessAt: string | null;
    readonly parked: number;
  };
  readonly verifies: { readonly ok: boolean; readonly at: string } | null;
};

export type EndpointCheck = {
  readonly steps: readonly {
    readonly step: "wrong-signature" | "stale" | "right";
    readonly expected: "refused" | "accepted";
    readonly status: number | null;
    readonly ms: number | null;
    readonly ok: boolean;
    readonly detail: string;
  }[];
  readonly verifies: boolean;
  readonly at: string;
};
