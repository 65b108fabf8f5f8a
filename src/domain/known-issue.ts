// Known issues: what a company says about something that several owners met. Its status is told to each of them in their thread.

import * as z from "zod";
import type { IssueId } from "./ids.ts";
import { SHOWN_FROM } from "./insights.ts";
import { ISSUE_STATUSES, type IssueStatus } from "./issue-status.ts";
import { gtin } from "./product.ts";
import { text } from "./text.ts";

export const MAX_ISSUES = 1_000;

const TITLE_CHARACTERS = 200;
const FIXED_IN_CHARACTERS = 120;
const TEXT_CHARACTERS = 4_000;

const fields = {
  title: text(TITLE_CHARACTERS),
  status: z.enum(ISSUE_STATUSES),
  fixedIn: text(FIXED_IN_CHARACTERS)
    .nullable()
    .describe("Where it is fixed, in words an owner finds again: a version, a batch, a date."),
  text: text(TEXT_CHARACTERS).nullable().describe("What owners are told beside the status."),
};

export const issueInput = z.strictObject({
  title: fields.title,
  product: gtin.optional().describe("A GTIN; without one it concerns every product of the company."),
  status: fields.status,
  fixedIn: fields.fixedIn.optional(),
  text: fields.text.optional(),
});
export type IssueInput = z.infer<typeof issueInput>;

export const issueChange = z
  .strictObject({
    title: fields.title.optional(),
    status: fields.status.optional(),
    fixedIn: fields.fixedIn.optional(),
    text: fields.text.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "name at least one of title, status, fixedIn, text");
export type IssueChange = z.infer<typeof issueChange>;

/** What owners read of an issue. `version` counts its changes from 1. Times in ms. */
export type PublishedIssue = {
  readonly id: IssueId;
  readonly version: number;
  readonly title: string;
  readonly product: string | null;
  readonly status: IssueStatus;
  readonly fixedIn: string | null;
  readonly text: string | null;
  readonly updatedAt: number;
};

/** A published issue, and how many owners counted themselves in: exact, and never to be shown as it is. */
export type CountedIssue = PublishedIssue & { readonly createdAt: number; readonly meToo: number };

/** A number of owners as either side may see it: of few, one could be known. */
export const shown = (owners: number): number | null => (owners >= SHOWN_FROM ? owners : null);

/** Whether an issue concerns a product; one without a product concerns all of its company's. */
export const concerns = (issue: Pick<PublishedIssue, "product">, product: string | null): boolean =>
  issue.product === null || issue.product === product;

/** An issue as an owner sees it: under their note, or among those of their product. */
export type OwnersIssue = {
  readonly id: IssueId;
  readonly title: string;
  readonly status: IssueStatus;
  readonly fixedIn: string | null;
  readonly text: string | null;
  readonly updatedAt: string;
  readonly meToo: boolean;
  readonly others: number | null;
};
