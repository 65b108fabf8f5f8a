// How long a text may be, counted as the server counts (src/domain/text.ts): in Unicode code points.

export const MOST_CHARACTERS = 8_000;

/** Negative where it is too long. */
export const charactersLeft = (text: string): number => MOST_CHARACTERS - Array.from(text).length;
