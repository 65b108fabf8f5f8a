// One line of JSON a fact, for the operator. Never a token, a code, a word of an owner or an address.

export function log(event: string, facts: Readonly<Record<string, string | number | boolean | null>> = {}): void {
  console.log(JSON.stringify({ event, ...facts }));
}
