// What this device keeps of a thing's papers: what it saw last, and what was typed and not saved yet, photos too.

import { meta, papersKey, setMeta } from "../../store/meta.ts";
import type { Form, Tagged } from "./form.ts";

export type Kept = {
  readonly seen: Tagged | null;
  /** Typed on top of `seen`; null when nothing waits to be saved. */
  readonly typed: Form | null;
};

export const keptPapers = async (twin: string): Promise<Kept> =>
  (await meta<Kept>(papersKey(twin))) ?? { seen: null, typed: null };

export const keepPapers = (twin: string, kept: Kept): Promise<void> => setMeta(papersKey(twin), kept);
