// What a note is about. Apart from note.ts, for pages that read a kind and have no room for what checks a note.

export const KINDS = ["problem", "safety", "question", "idea", "praise", "maintenance", "workaround", "diary"] as const;
export type Kind = (typeof KINDS)[number];
