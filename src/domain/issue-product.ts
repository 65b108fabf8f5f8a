// Which threads a known issue takes. Apart from known-issue.ts, for pages that offer issues and have no room for what checks one.

/**
 * Whether an issue takes a thread, by the GTIN-14 that each is about. An issue without a product takes any thread, and a thing whose owner
 * gave no GTIN fits any issue: the company knows it by its name, and from the note.
 */
export const takesThread = (issue: string | null, thing: string | null): boolean =>
  issue === null || thing === null || issue === thing;
