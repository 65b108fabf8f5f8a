// How the tests call the code under test: one for what must be accepted, one for what must be refused.

import { cleanPhoto, type Photo } from "../../../src/domain/photo/photo.ts";

export function clean(data: Uint8Array): Photo {
  const result = cleanPhoto(data);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** The refusal's sentence, or "accepted". */
export function refusal(data: Uint8Array): string {
  const result = cleanPhoto(data);
  return result.ok ? "accepted" : result.error;
}
