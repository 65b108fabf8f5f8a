// What a notice is about. Apart from notice.ts, for pages that name the kinds and have no room for what checks a notice.

/** Marketing is no kind of notice: nothing here could carry it. */
export const NOTICE_KINDS = ["safety", "recall", "service"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
