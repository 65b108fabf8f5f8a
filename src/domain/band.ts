// Numbers of owners as a company is told them: in bands, so that no single owner can be seen to come or go.

/** How wide a band is: 0 to 19, 20 to 39 and so on. */
export const BAND = 20;

export type Band = { readonly from: number; readonly to: number };

/** The band in which a whole number from 0 on lies. */
export function bandOf(n: number): Band {
  const from = n - (n % BAND);
  return { from, to: from + BAND - 1 };
}
