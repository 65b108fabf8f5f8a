// What a company's first key is called until whoever holds it gives their own name. It names nobody: no answer is signed with it.

export const FOUNDING_LABEL = "first key";
