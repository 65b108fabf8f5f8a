// The rules for what the item's key signs once a history is shown. They come after it: what is loaded first has no room for them.

type Rules = typeof import("../../domain/record/present.ts");
let rules: Promise<Rules> | null = null;

/** @throws where they can't be fetched; asked again, they are fetched anew. */
export function laterRules(): Promise<Rules> {
  const fetched = (rules ??= import("../../domain/record/present.ts"));
  fetched.catch(() => {
    rules = null;
  });
  return fetched;
}
