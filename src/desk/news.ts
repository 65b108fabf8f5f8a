// Tells the company's office which threads changed, for whoever has the desk open. Nothing rests on it, and it holds nothing up.

import type { Domain, NoteId, TwinId } from "../domain/ids.ts";
import { officeOf } from "../platform/stubs.ts";
import { Nudge } from "./nudge.ts";
import type { ThreadName } from "./working.ts";

/** Whoever has more than this to look at anew looks at everything. */
const MOST_AT_ONCE = 500;

export class News {
  readonly #ctx: DurableObjectState;
  readonly #env: Env;
  readonly #changed = new Map<NoteId, ThreadName>();
  #nudge: Nudge | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    this.#ctx = ctx;
    this.#env = env;
  }

  tell(maker: Domain, twin: TwinId, notes: readonly NoteId[]): void {
    if (notes.length === 0) return;
    for (const note of notes) if (this.#changed.size < MOST_AT_ONCE) this.#changed.set(note, { twin, note });
    this.#nudge ??= new Nudge(async () => {
      const threads = [...this.#changed.values()];
      this.#changed.clear();
      await officeOf(this.#env, maker).changed(threads);
    });
    this.#ctx.waitUntil(this.#nudge.give());
  }
}
