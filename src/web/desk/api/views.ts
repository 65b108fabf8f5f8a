// What the API answers a company's desk, as types: none of its schemas comes into a page.

import type { z } from "zod";
import type * as views from "../../../api/desk-views.ts";
import type * as own from "../../../api/maker-views.ts";
import type { DeliveryState } from "../../../domain/delivery.ts";
import type { EventType } from "../../../domain/event-types.ts";
import type { MakerMessageType, Outcome } from "../../../domain/exchange.ts";
import type { IssueStatus } from "../../../domain/issue-status.ts";
import type { Kind, Wants } from "../../../domain/note.ts";
import type { NoticeKind } from "../../../domain/notice-kind.ts";
import type { ThreadState, Verdict } from "../../../domain/thread.ts";
import type { Photo } from "../../api/views.ts";

export type {
  DeliveryState,
  EventType,
  IssueStatus,
  Kind,
  MakerMessageType,
  NoticeKind,
  Outcome,
  Photo,
  ThreadState,
  Verdict,
  Wants,
};

/** A thread in a list. */
export type ThreadItem = z.infer<typeof views.deskThreadView>;
/** A thread whole: the note, what both sides said, and what the team said to itself. */
export type ThreadDetail = z.infer<typeof views.wholeThreadView>;
export type Message = ThreadDetail["messages"][number];
export type InternalNote = ThreadDetail["internalNotes"][number];

export type KnownIssue = z.infer<typeof own.issueView>;
export type SavedReply = z.infer<typeof own.savedReplyView>;
export type TeamKey = z.infer<typeof own.keyView>;
export type Insights = z.infer<typeof own.insightsView>;
/** A number of owners, as far as it may be known. */
export type Band = z.infer<typeof own.band>;
export type SentNotice = z.infer<typeof own.makerNoticeView>;
export type Delivery = z.infer<typeof own.deliveryView>;
export type Endpoint = z.infer<typeof own.endpointView>;
export type EndpointCheck = z.infer<typeof own.endpointCheckView>;
