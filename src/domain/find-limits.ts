// How much somebody who found a thing may write. Apart from find.ts, so that the page comes without zod.

export const FIND_CHARACTERS = 2_000;
export const CONTACT_CHARACTERS = 300;
