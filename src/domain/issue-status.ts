// How a known issue stands. Apart from known-issue.ts, for pages that show it and have no room for what checks an issue.

export const ISSUE_STATUSES = ["investigating", "fix-planned", "fixed", "wont-fix"] as const;
export type IssueStatus = (typeof ISSUE_STATUSES)[number];
