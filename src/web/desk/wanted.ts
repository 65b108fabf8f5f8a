// Where somebody wanted to go when they had to sign in first.

let path: string | null = null;

export function keepWanted(url: string): void {
  path = url;
}

/** Whether somebody was sent to sign in from where they were, and did not come by themselves. */
export const isWanted = (): boolean => path !== null;

/** The way there, once; else the inbox. */
export function takeWanted(): string {
  const found = path ?? "/desk";
  path = null;
  return found;
}
