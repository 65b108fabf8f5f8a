// What the help pages answer, in the order they are offered.

export const TOPICS = [
  "lost-card",
  "found-card",
  "lost-phone",
  "shared-phone",
  "leaving-household",
  "who-can-read",
  "what-is-signed",
] as const;
export type Topic = (typeof TOPICS)[number];

export const isTopic = (text: string | undefined): text is Topic =>
  (TOPICS as readonly (string | undefined)[]).includes(text);
