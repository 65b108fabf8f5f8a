// Where somebody wanted to go when they had to sign in first.

let path: string | null = null;

export function keepWanted(url: string): void {
  path = url;
}

/** The way there, once; else the inbox. */
export function takeWanted(): string {
  const found = path ?? "/desk";
  path = null;
  return found;
}
